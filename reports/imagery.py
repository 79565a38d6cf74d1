"""The contact sheet: pictures of the products that were looked at, with what is weak about each.

Read from the evidence of product and category pages; a visit whose evidence is broken or missing is left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from auditor.evidence import Box, Device, Document, Ended, Image, Images, Template
from auditor.finding import Area, Finding, Severity, Verdict
from auditor.reading.pictures import card_images, main_image
from auditor.result import AuditResult, PageResult
from auditor.run_folder import RunFolder
from reports.finding_view import anchor_of
from reports.language import _
from reports.recorded import said
from reports.shop_text import clean, readable
from reports.shots import Shot
from reports.wording import SEVERITIES

MOST_PRODUCTS = 24
MOST_LISTED = 36
MOST_BYTES = 30_000_000
"""Of one visit's evidence."""

ABOUT_PICTURES = frozenset({"A11Y-004"})
"""Rows of other areas that judge pictures."""


@dataclass(frozen=True)
class Weakness:
    """Why a picture is marked: ``anchor`` is the finding's card, ``sure`` says that it failed."""

    title: str
    found: str
    severity: str
    severity_name: str
    anchor: str
    sure: bool


@dataclass(frozen=True)
class SheetPicture:
    name: str
    key: str
    url: str
    shot: Shot | None
    weak: tuple[Weakness, ...]


@dataclass(frozen=True)
class ImagerySheet:
    """``products``: main pictures of product pages; ``listed``: pictures of product cards in lists."""

    products: tuple[SheetPicture, ...] = ()
    listed: tuple[SheetPicture, ...] = ()

    @property
    def marked(self) -> int:
        return sum(bool(one.weak) for one in (*self.products, *self.listed))

    @property
    def shots(self) -> tuple[Shot, ...]:
        return tuple(one.shot for one in (*self.products, *self.listed) if one.shot)


def imagery_sheet(result: AuditResult, folder: RunFolder) -> ImagerySheet:
    """Weak ones first, else in the order of the panel."""
    findings = [one for one in result.findings if one.area is Area.IMAGERY or one.row in ABOUT_PICTURES]
    products = tuple(_products(result, folder, findings))
    listed = tuple(_listed(result, folder, findings))
    return ImagerySheet(
        tuple(sorted(products, key=_worst_first))[:MOST_PRODUCTS], tuple(sorted(listed, key=_worst_first))[:MOST_LISTED]
    )


def _worst_first(one: SheetPicture) -> tuple[int, int]:
    worst = min((list(Severity).index(Severity(weak.severity)) for weak in one.weak if weak.sure), default=9)
    return worst, -len(one.weak)


def _products(result: AuditResult, folder: RunFolder, findings: list[Finding]) -> Iterator[SheetPicture]:
    seen: set[str] = set()
    for page in _pages(result, Template.PRODUCT):
        if page.key in seen:
            continue
        document, images = _evidence(folder, page)
        if document is None or images is None:
            continue
        seen.add(page.key)
        main = main_image(images, document)
        name = next(iter(document.h1), "") or document.title or page.key
        weak = tuple(_weaknesses(findings, page.key, None, result))
        yield _picture(page, name, page.url, main.box if main else None, weak)


def _listed(result: AuditResult, folder: RunFolder, findings: list[Finding]) -> Iterator[SheetPicture]:
    seen: set[str] = set()
    for page in _pages(result, Template.CATEGORY, Template.SEARCH):
        document, images = _evidence(folder, page)
        if document is None or images is None:
            continue
        for image in card_images(images, document):
            link = image.link_url or image.url
            if link in seen or image.box is None:
                continue
            seen.add(link)
            weak = tuple(_weaknesses(findings, page.key, image, result))
            yield _picture(page, image.alt or image.link_text, link, image.box, weak)


def _pages(result: AuditResult, *templates: Template) -> Iterable[PageResult]:
    """Those that loaded, on the desktop where there is one: its pictures are the larger ones."""
    pages = [page for page in result.pages if page.template in templates and page.ended is Ended.LOADED]
    devices = [page.device for page in pages]
    return sorted(pages, key=lambda page: page.device is not Device.DESKTOP and Device.DESKTOP in devices)


def _picture(page: PageResult, name: str, url: str, box: Box | None, weak: tuple[Weakness, ...]) -> SheetPicture:
    shot = None
    if box is not None and page.full_page:
        shot = Shot(page.device, page.full_page, None, box, 0, exact=True)
    return SheetPicture(clean(name, 80), page.key, url, shot, weak)


def _weaknesses(findings: list[Finding], key: str, image: Image | None, result: AuditResult) -> Iterator[Weakness]:
    """Those of a product page; of a picture in a list only those that name it."""
    for finding in findings:
        there = [one for one in finding.occurrences if one.page_key == key]
        if image is not None:
            there = [one for one in there if one.selector == image.selector]
        if not there:
            continue
        texts = result.checks.get(finding.check)
        yield Weakness(
            title=_(texts.title) if texts else finding.check,
            found=readable(said(finding.found)),
            severity=finding.severity.value,
            severity_name=SEVERITIES[finding.severity],
            anchor=anchor_of(finding),
            sure=finding.verdict is Verdict.FAILED,
        )


def _evidence(folder: RunFolder, page: PageResult) -> tuple[Document | None, Images | None]:
    root = folder.path.resolve()
    try:
        path = (root / "pages" / page.visit / "evidence.json").resolve()
        if not path.is_relative_to(root) or path.stat().st_size > MOST_BYTES:
            return None, None
        raw: Mapping[str, Any] = json.loads(path.read_bytes())
        return Document.model_validate(raw["document"]), Images.model_validate(raw["images"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None, None
