"""The Markdown report: it fits into a comment, and what the shop wrote stands in code spans only."""

import re
from collections.abc import Iterable, Iterator

from reports.finding_view import Card, Place
from reports.journeys import StepCard, WalkedJourney
from reports.shop_text import clean, shown_address
from reports.unseen import Reason
from reports.view import ReportView
from reports.wording import _

BUDGET = 65_536
"""Characters of a comment on GitHub at most."""
ROOM_FOR_REST = 400
SHOWN_PLACES = 5


def markdown_report(view: ReportView, budget: int = BUDGET) -> str:
    """At most ``budget`` characters: how it ended, what was not seen, scores, journeys, then findings that fit."""
    blocks = [*_opening(view), *_not_seen(view), *_scores(view), *_journeys(view), *_findings(view)]
    written: list[str] = []
    left = budget - ROOM_FOR_REST
    for block in blocks:
        if len(block) + 2 <= left:
            written.append(block)
            left -= len(block) + 2
    dropped = 0
    for heading, cards in _card_groups(view):
        title = heading
        for card in cards:
            block = f"{title}\n\n{_card(card)}" if title else _card(card)
            if len(block) + 2 > left:
                dropped += card.findings
                continue
            written.append(block)
            left -= len(block) + 2
            title = ""
    if dropped:
        written.append(_("{count} more findings are in the full report.").format(count=dropped))
    written.append(_("The full report with pictures is `report.html`; `report.json` is for machines."))
    return "\n\n".join(written)[: budget - 1] + "\n"


_HARMLESS = str.maketrans({"@": None, "<": "‹", ">": "›", "|": "¦"})


def code(text: object, limit: int = 200) -> str:
    """A code span that the text cannot leave: nothing in it is a mention, a link, a picture or HTML."""
    safe = clean(text, limit).translate(_HARMLESS).replace("![", "[")
    if not safe.strip():
        return _("(empty)")
    fence = "`" * (max((len(run) for run in re.findall("`+", safe)), default=0) + 1)
    pad = " " if safe.startswith("`") or safe.endswith("`") else ""
    return f"{fence}{pad}{safe}{pad}{fence}"


def _opening(view: ReportView) -> Iterator[str]:
    yield _("# Storefront audit of {shop}").format(shop=code(view.shop))
    yield _("**{headline}**, {date}, {address}").format(
        headline=view.headline, date=view.date, address=code(shown_address(view.start_url))
    )
    yield code(view.why, 600)
    if view.failed_run:
        yield _("The shop was neither judged nor scored. This report says nothing about how good it is.")


def _not_seen(view: ReportView) -> Iterator[str]:
    yield _("## What this audit did not see")
    if not view.not_seen:
        yield _("Everything that was asked for was looked at.")
    for group in view.not_seen:
        lines = [f"- {group.title}: {group.count}"]
        lines += [f"  - {_things(reason)}: {code(reason.why)}" for reason in group.reasons[:SHOWN_PLACES]]
        yield "\n".join(lines)


def _things(reason: Reason) -> str:
    more = [_("and {count} more").format(count=reason.more)] if reason.more else []
    return " ".join([_("; ").join(map(code, reason.named)), *more])


def _scores(view: ReportView) -> Iterator[str]:
    if view.failed_run:
        return
    yield _("## Scores")
    overall = _("insufficient evidence") if view.overall is None else f"{view.overall} / 100"
    yield _("Overall: **{score}** (areas with {coverage} % of the weight).").format(
        score=overall, coverage=view.overall_coverage
    )
    if view.areas:
        rows = [_("| Area | Score | Coverage |"), "|---|---|---|"]
        rows += [
            f"| {area.name} | {_('insufficient evidence') if area.score is None else area.score} | {area.coverage} % |"
            for area in view.areas
        ]
        yield "\n".join(rows)


def _journeys(view: ReportView) -> Iterator[str]:
    if view.walked:
        yield _("## Journeys")
    for journey in view.walked:
        yield "\n".join(_journey(journey))
        if journey.steps:
            yield "\n".join(_step(step) for step in journey.steps)


def _journey(journey: WalkedJourney) -> Iterator[str]:
    yield _("**{name}, {device}.** {sentence}").format(
        name=journey.name, device=journey.device_name, sentence=journey.sentence
    )
    if journey.why:
        yield code(journey.why, 300)
    if journey.effort:
        yield "- " + _("; ").join(f"{label}: {value}" for label, value in journey.effort)
    yield from (f"- {label}: {code(value)}" for label, value in journey.facts)
    if journey.tripped:
        yield _("- There was a sign that an order was placed. Look for it in the shop.")
    else:
        yield _("- 0 orders were placed. Requests kept from leaving: {count}").format(count=journey.refusals)
    for trace in journey.traces[:SHOWN_PLACES]:
        yield _("- May remain in the shop: {trace}").format(trace=code(trace))


def _step(step: StepCard) -> str:
    told = [f"{step.number}. {step.intent}"]
    if step.did:
        told.append(code(step.did, 120))
    if not step.confirmed:
        told.append(_("nothing confirmed it"))
    if step.shop_took:
        told.append(_("the shop took {time}").format(time=step.shop_took))
    if step.counts:
        told.append(step.counts)
    return " · ".join(told)


def _findings(view: ReportView) -> Iterator[str]:
    if view.failed_run:
        return
    yield _("## Findings")
    counts = _(", ").join(
        _("{count} {severity}").format(count=row.findings, severity=row.name.lower()) for row in view.severities
    )
    yield _("{counts}; {review} to be reviewed by a person.").format(counts=counts, review=view.to_review)


def _card_groups(view: ReportView) -> Iterable[tuple[str, tuple[Card, ...]]]:
    for row in view.severities:
        yield f"### {row.name}", row.cards
    yield _("### To be reviewed by a person"), view.review


def _card(card: Card) -> str:
    mark = _(" (indicative)") if card.indicative else ""
    lines = [f"**{card.title}**{mark} · {card.area} · `{card.check}` · {card.row}", ""]
    lines += [_place(place) for place in card.places[:SHOWN_PLACES]]
    if card.findings > SHOWN_PLACES:
        lines.append(_("- and {count} more").format(count=card.findings - SHOWN_PLACES))
    lines += ["", *(text for text in (card.doubt, card.why, card.fix) if text)]
    if card.source:
        lines.append(f"<{card.source}>")
    return "\n".join(lines)


def _place(place: Place) -> str:
    pages = _(", ").join(code(shown_address(page.key, 100)) for page in place.pages[:3])
    element = f" · {code(place.selector)}" if place.selector else ""
    return f"- {code(place.found, 300)} · {place.reach}{': ' if pages else ''}{pages}{element}"
