"""A consultant's notes brought to a run's findings and to the parts of its report."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import count

from markupsafe import Markup

from auditor.finding import Finding
from auditor.result import AuditResult
from reports.consultant_text import shown
from reports.finding_view import Card
from reports.language import Language, languages, written_in
from reports.markdown import code
from reports.notes import Notes, folded
from reports.reach import Looked, reach
from reports.recorded import said
from reports.sections import Section
from reports.shop_text import readable
from reports.view import ReportView
from reports.wording import _

CHAPTER_LEVEL, COMMENT_LEVEL = 3, 5


NOTHING = Markup("")


@dataclass(frozen=True)
class HiddenFinding:
    """``reason`` is the consultant's, the rest is what the report would have said."""

    title: str
    found: str
    where: str
    check: str
    row: str
    reason: str


@dataclass(frozen=True)
class Annotations:
    """``comments`` by check or fingerprint, ``opening`` for the cover. ``told``: what of the notes had no effect, for
    who wrote them."""

    notes: Notes | None = None
    comments: Mapping[str, Markup] = field(default_factory=dict)
    opening: Markup = NOTHING
    first: tuple[str, ...] = ()
    hidden: tuple[HiddenFinding, ...] = ()
    told: tuple[str, ...] = ()


NO_NOTES = Annotations()


def annotated(result: AuditResult, notes: Notes) -> tuple[AuditResult, Annotations]:
    """The result without the hidden findings, and what the notes say. Scores stay what was measured."""
    told: list[str] = []
    comments: dict[str, Markup] = {}
    reasons: dict[str, str] = {}
    for remark in notes.remarks:
        meant = _meant(remark.about, result.findings)
        if not meant:
            told.append(_nothing(notes, remark.line, remark.about, result.findings))
        if remark.hidden:
            reasons |= {finding.fingerprint: remark.hidden for finding in meant}
        elif meant and remark.text:
            # A comment on a check stands on its card once, one on a fingerprint at its place.
            keys = {remark.about} if _is_fingerprint(remark.about, meant) else {finding.check for finding in meant}
            comments |= {key: comments.get(key, Markup()) + shown(remark.text, COMMENT_LEVEL) for key in keys}
    first = []
    for about, line in notes.first:
        if not _meant(about, result.findings):
            told.append(_nothing(notes, line, about, result.findings))
        first.append(about)
    looked = Looked(result.pages)
    hidden = tuple(
        _hidden(finding, result, looked, reasons[finding.fingerprint])
        for finding in result.findings
        if finding.fingerprint in reasons
    )
    left = tuple(finding for finding in result.findings if finding.fingerprint not in reasons)
    return result.model_copy(update={"findings": left}), Annotations(
        notes=notes, comments=comments, opening=shown(notes.opening, CHAPTER_LEVEL), first=tuple(first), hidden=hidden,
        told=tuple(told),
    )  # fmt: skip


def reordered(view: ReportView, first: tuple[str, ...]) -> ReportView:
    """The view with the named findings first among those of their severity, and first of what is to be done."""
    if not first:
        return view
    numbers = count(1)

    def place(card: Card) -> int:
        names = {card.check, card.row, *(one.fingerprint for one in card.places)}
        return next((at for at, name in enumerate(first) if name in names), len(first))

    def ranked(cards: tuple[Card, ...]) -> tuple[Card, ...]:
        return tuple(replace(card, number=next(numbers)) for card in sorted(cards, key=place))

    severities = tuple(replace(row, cards=ranked(row.cards)) for row in view.severities)
    named = [card for row in severities for card in row.cards if place(card) < len(first)]
    anchors = tuple(card.anchor for card in sorted(named, key=place))
    return replace(view, severities=severities, review=ranked(view.review), first=anchors)


def with_notes(
    sections: tuple[Section, ...], annotations: Annotations, all_sections: Callable[[], tuple[Section, ...]]
) -> tuple[Section, ...]:
    """The parts of a report with the notes in them, and the hidden findings as a part at the end.

    :param sections: those that the report shows.
    :param all_sections: makes all there are, in the language of the moment: headings may be in any of them.
    :raises NotesError: when a heading names no part.
    """
    notes = annotations.notes
    if notes is None:
        return sections
    names = _headings(all_sections)
    texts: dict[str, Markup] = {}
    for chapter in notes.chapters:
        name = names.get(folded(chapter.heading))
        if name is None:
            there = ", ".join(f"“{section.title}”" for section in all_sections())
            said_wrong = f"this report has no chapter “{readable(chapter.heading, 80)}”"
            raise notes.error(chapter.line, f"{said_wrong}. There are: {there}; and “Finding: CHECK”.")
        texts[name] = texts.get(name, Markup()) + shown(chapter.text, CHAPTER_LEVEL)
    noted = tuple(replace(one, note=one.note + texts.get(one.name, Markup())) for one in sections)
    if not annotations.hidden:
        return noted
    return (*noted, Section("hidden", _("Findings hidden by the consultant"), "hidden.html", annotations.hidden))


def notes_markdown(annotations: Annotations) -> str:
    """What the consultant wrote, as it was written, and what was hidden; "" without notes."""
    notes = annotations.notes
    if notes is None:
        return ""
    parts = [notes.opening, *(f"### {chapter.heading}\n\n{chapter.text}" for chapter in notes.chapters)]
    parts += [f"### {code(remark.about)}\n\n{remark.text}" for remark in notes.remarks if remark.text]
    written = [part for part in parts if part.strip()]
    blocks = ["## " + _("Notes of the consultant"), *written] if written else []
    if annotations.hidden:
        listed = (f"- {one.title} ({one.row}): {code(one.reason, 600)}" for one in annotations.hidden)
        blocks += ["## " + _("Findings hidden by the consultant"), "\n".join(listed)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _headings(all_sections: Callable[[], tuple[Section, ...]]) -> dict[str, str]:
    names: dict[str, str] = {}
    for language in languages():
        with written_in(Language(language)):
            for section in all_sections():
                names |= {folded(section.title): section.name, folded(section.name): section.name}
    return names


def _meant(about: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if about in (one.fingerprint, one.check, one.row))


def _is_fingerprint(about: str, meant: tuple[Finding, ...]) -> bool:
    return any(finding.fingerprint == about for finding in meant)


def _nothing(notes: Notes, line: int, about: str, findings: Iterable[Finding]) -> str:
    near = get_close_matches(about, {finding.check for finding in findings}, 1)
    guess = f" Is it {near[0]}?" if near else ""
    return f"{notes.path}, line {line}: this run has no finding {readable(about, 80)!r}.{guess}"


def _hidden(finding: Finding, result: AuditResult, looked: Looked, reason: str) -> HiddenFinding:
    texts = result.checks.get(finding.check)
    return HiddenFinding(
        title=_(texts.title) if texts else finding.check,
        found=readable(said(finding.found)),
        where=reach(finding, looked),
        check=finding.check,
        row=finding.row,
        reason=readable(reason, 600),
    )
