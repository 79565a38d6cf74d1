"""The sections that a page's collectors fill, each by itself: what a hostile page makes of one costs that one only."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from auditor.browser import sections
from auditor.evidence import Redirect, Request

Raw = Mapping[str, Any]


class PageSections:
    """``parts`` are the sections by name, ``missing`` says why others are not there."""

    def __init__(self, parts: dict[str, Any], missing: dict[str, str]) -> None:
        self._parts, self._missing = parts, missing

    def layout(self, raw: Raw, widths: Iterable[Raw]) -> None:
        """The layout, once the page was scrolled sideways at some ``widths``."""
        self._keep("layout", lambda: sections.layout_section(raw, widths))

    def _keep(self, name: str, build: Callable[[], Any]) -> None:
        try:
            self._parts[name] = build()
        except (ValidationError, KeyError, TypeError) as problem:
            self._missing[name] = f"the page's facts make no sense: {str(problem)[:200]}"

    def collected(
        self,
        raw: Raw,
        *,
        status: int | None,
        headers: dict[str, str],
        redirects: Iterable[Redirect],
        html_bytes: int | None,
        answers: Mapping[str, Request],
    ) -> None:
        """All that ``raw``, the collectors' answer, holds. ``html_bytes`` is the size of the document as it was sent,
        ``answers`` are the requests by address."""
        builders: dict[str, tuple[tuple[str, ...], Callable[[], Any]]] = {
            "document": (("document", "texts"), lambda: sections.document_section(
                raw, status=status, headers=headers, redirects=redirects, html_bytes=html_bytes
            )),
            "links": (("document", "links"), lambda: sections.links_section(raw)),
            "images": (("images",), lambda: sections.images_section(raw, answers)),
            "texts": (("texts", "prices", "trails"), lambda: sections.texts_section(raw)),
            "controls": (("controls",), lambda: sections.controls_section(raw)),
            "targets": (("targets",), lambda: sections.targets_section(raw)),
            "timing": (("timing",), lambda: sections.timing_section(raw)),
        }  # fmt: skip
        for name, (needs, build) in builders.items():
            lost = [need for need in needs if raw[need] is None]
            if lost:
                self._missing[name] = f"its collector failed: {raw['failed'].get(lost[0], 'no answer')}"
            else:
                self._keep(name, build)
        if raw["truncated"]:
            self._missing["elements"] = f"the page has too many elements; the first {raw['elements']} were read"
        if raw["targets"] and raw["targets"]["untested"]:
            self._missing["targets.hit"] = f"{raw['targets']['untested']} targets could not be hit-tested in time"
