"""The HTML report: one file that needs no network and runs no script."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from reports.areas import Chapter
from reports.brand import spoken
from reports.compiled_templates import CompiledTemplates
from reports.crops import Picture, Shot, cut
from reports.dress import PLAIN, Dress
from reports.films import film_pictures
from reports.fonts import font_faces
from reports.language import _, _n, current, number
from reports.sections import Section, sections_of
from reports.shop_text import shown_address, web_address
from reports.tables import columns
from reports.view import ReportView
from reports.wording import METRIC_HEADINGS, METRICS

ALWAYS_SHOWN = 4
"""Findings of a card that are shown without a click."""

MOST_LISTED = 120
"""Problems in the list of all."""

CONTENT_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)


def pictures_of(view: ReportView, folder: Path) -> dict[Shot, Picture]:
    """All that a report shows but the films, cut from the screenshots in the run folder."""
    cards = [card for row in view.severities for card in row.cards] + list(view.review)
    evidence = [shot for card in cards for place in card.places for shot, _caption in place.shots]
    steps = [step.shot for journey in view.walked for step in journey.steps if step.shot]
    met = [facts.shot for facts in view.points.values() if facts.shot]
    return cut([*met, *view.thumbnails.values(), *view.imagery.shots, *steps, *evidence], folder)


def html_report(
    view: ReportView, folder: Path, sections: tuple[Section, ...] | None = None, dress: Dress = PLAIN,
    *, pictures: Mapping[Shot, Picture] | None = None, paper: bool = False,
) -> str:  # fmt: skip
    """:param folder: the run folder that holds the screenshots.
    :param sections: the parts to show, in their order; all of ``sections_of(view)`` if left out.
    :param dress: brand and comments.
    :param pictures: those of ``pictures_of``, where they have been cut already.
    :param paper: to be printed, and not shown on a screen.
    """
    shown = sections_of(view) if sections is None else sections
    values = {
        "view": view,
        "sections": shown,
        "anchors": anchors_of(shown),
        "most_listed": MOST_LISTED,
        "pictures": pictures_of(view, folder) if pictures is None else pictures,
        "films": film_pictures(view.timed, folder, paper=paper),
        "metric_columns": {name: METRIC_HEADINGS.get(name, name.upper()) for name in columns(view.metrics)},
        "metric_names": METRICS,
        "policy": CONTENT_POLICY,
        "language": current().code,
        "direction": current().direction,
        "always": ALWAYS_SHOWN,
        "brand": dress.brand,
        "comments": dress.comments,
        "opening": dress.opening,
        "fonts": font_faces(),
    }
    return dress.render(values) if dress.render else environment().get_template("report.html").render(values)


def anchors_of(sections: tuple[Section, ...]) -> frozenset[str]:
    """Of the findings that the report shows: a link to another would lead nowhere."""
    chapters = [section.about for section in sections if isinstance(section.about, Chapter)]
    return frozenset(card.anchor for chapter in chapters for card in (*chapter.failed, *chapter.review))


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
        "address": address, "isolated": isolated, "shown": shown_address, "prose": prose, "whole": _whole,
        "spoken": spoken,
    }  # fmt: skip
    return environment


def whole(value: int) -> str:
    return number(value, 0)


@pass_context
def _whole(_context: Context, value: int) -> str:
    """With a context, Jinja does not work it out when it compiles a template, in the language of that moment."""
    return whole(value)


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
    mirrored = current().direction == "rtl"
    foreign = [
        value for value in sorted(set(values), key=len, reverse=True)
        if value and (not value.isascii() or (mirrored and not (value[0].isalnum() and value[-1].isalnum())))
    ]  # fmt: skip
    for value in foreign:
        before, found, after = sentence.partition(value)
        if found:
            return isolated(before, values) + Markup("<bdi>{}</bdi>").format(value) + isolated(after, values)
    return escape(sentence)
