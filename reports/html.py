"""The HTML report: one file that needs no network and runs no script."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports.compiled_templates import CompiledTemplates
from reports.crops import cut
from reports.films import film_pictures
from reports.language import _, _n, current, number
from reports.shop_text import shown_address, web_address
from reports.tables import columns
from reports.view import ReportView
from reports.wording import METRIC_HEADINGS, METRICS

ALWAYS_SHOWN = 4
"""Findings of a card that are shown without a click."""

CONTENT_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_report(view: ReportView, folder: Path) -> str:
    """:param folder: the run folder that holds the screenshots."""
    cards = [card for row in view.severities for card in row.cards] + list(view.review)
    evidence = [shot for card in cards for place in card.places for shot, _caption in place.shots]
    steps = [step.shot for journey in view.walked for step in journey.steps if step.shot]
    pictures = cut([*view.thumbnails.values(), *view.imagery.shots, *steps, *evidence], folder)
    return environment().get_template("report.html").render(
        view=view,
        pictures=pictures,
        films=film_pictures(view.timed, folder),
        metric_columns={name: METRIC_HEADINGS.get(name, name.upper()) for name in columns(view.metrics)},
        metric_names=METRICS,
        policy=CONTENT_POLICY,
        language=current().code,
        direction=current().direction,
        always=ALWAYS_SHOWN,
    )  # fmt: skip


@cache
def environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports"),
        bytecode_cache=CompiledTemplates(Path(__file__)),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The tags of the extension look these two up; a template is compiled once for all languages.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {"gettext": _translated, "ngettext": _counted, "_": _translated}
    environment.filters |= {
        "address": address, "isolated": isolated, "shown": shown_address, "prose": prose, "whole": whole,
    }  # fmt: skip
    return environment


def whole(value: int) -> str:
    return number(value, 0)


def _translated(text: str, **values: object) -> Markup:
    return Markup(_(text)) % _shown(values)


def _counted(one: str, many: str, num: int, **values: object) -> Markup:
    return Markup(_n(one, many, num)) % _shown({"num": num} | values)


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {name: whole(value) if isinstance(value, int) else value for name, value in values.items()}


def address(url: str, text: str | None = None) -> Markup:
    """An address isolated from the writing direction around it; a link where it is a web address."""
    target = web_address(url)
    shown = Markup('<bdi dir="ltr">{}</bdi>').format(text if text is not None else shown_address(url))
    if target is None:
        return shown
    return Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>').format(target, shown)


def prose(sentence: str) -> Markup:
    """Our own sentence, with what stands between back-ticks as code."""
    parts = re.split(r"`([^`]+)`", sentence)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def isolated(sentence: str, values: tuple[str, ...]) -> Markup:
    """The sentence with the shop's words in it isolated, so that a Persian name does not turn its sentence around."""
    foreign = [value for value in sorted(set(values), key=len, reverse=True) if not value.isascii()]
    for value in foreign:
        before, found, after = sentence.partition(value)
        if found:
            return isolated(before, values) + Markup("<bdi>{}</bdi>").format(value) + isolated(after, values)
    return escape(sentence)
