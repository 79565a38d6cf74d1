"""Sending an address form once with one field empty and one malformed, and putting it right again.

Only where steps follow: a form beside ways of paying or terms is never touched.
"""

from collections.abc import Sequence

from playwright.async_api import Error as PlaywrightError

from auditor.browser.interlock import Vetoed
from auditor.browser.journey.form_filling import FormFiller
from auditor.browser.journey.observing import Observer
from auditor.browser.journey.observing_cart import aside
from auditor.browser.journey.shop_tab import ShopTab
from auditor.browser.journey.tab_view import CannotLook
from auditor.evidence.checkout import ErrorProbe, ProbedField
from auditor.evidence.journey import FieldUse, Ranked
from auditor.evidence.sight import FieldSeen, Sight
from auditor.fields import FieldMeaning
from auditor.identity import Identity, values_for
from auditor.interlock.clickable import Asks
from auditor.journey_ranking import advance
from auditor.journey_ranking.checkout_state import errors, moved_on
from auditor.journey_ranking.standing import groups, kind_of

NEEDED_SECONDS = 40.0
ANSWER_SECONDS = 8.0
MALFORMED = "not-an-address"
_EMPTIED = ("last_name", "city", "full_name", "address_line1", "street", "first_name")
_TEXT = ("text", "email", "tel", "textarea", "search", "number")


async def try_errors(
    tab: ShopTab, observer: Observer, filler: FormFiller, uses: Sequence[FieldUse], touched: set[int], sight: Sight
) -> tuple[Sight, set[int], bool]:
    """Send the form with errors once, and fill in again what is empty afterwards. Returns the page, the indices of the
    fields that were filled in last, and whether the shop took the form as it was."""
    who, language = filler.answers.identity, filler.language
    ranking = advance(sight, touched, language)
    after, accepted = await probe_errors(tab, observer, sight, uses, ranking, who, language)
    if after is sight or accepted:
        return after, touched if after is sight else set(), accepted
    filler.done -= {(one.name, one.id, one.selector) for one in after.fields if not one.filled}
    with aside(tab), observer.paused():
        _uses, _touched, after = await filler.fill(after)
    again = {use.field.index for use in renewed(uses, after) if use.action in ("filled", "chosen", "prefilled")}
    return after, again, False


def renewed(uses: Sequence[FieldUse], sight: Sight) -> list[FieldUse]:
    """The same uses, with the places that their fields have on the page that came back."""
    now = {_key(one): one.index for one in sight.fields}
    return [
        use.model_copy(update={"field": use.field.model_copy(update={"index": now.get(_key(use.field), -1)})})
        for use in uses
    ]


async def probe_errors(
    tab: ShopTab, observer: Observer, sight: Sight, uses: Sequence[FieldUse], ranking: tuple[Ranked, ...],
    who: Identity, language: str | None,
) -> tuple[Sight, bool]:  # fmt: skip
    """The page with everything filled in again, or the next step and True where the shop took it as it was."""
    plan = _plan(uses, sight, language)
    if isinstance(plan, str) or tab.left < NEEDED_SECONDS or not ranking:
        observer.missing["probe"] = plan if isinstance(plan, str) else "there was no time, or nothing to press"
        return sight, False
    step = max(0, observer.step - 1)
    with aside(tab), observer.paused():
        try:
            probe, after = await _send(tab, observer, sight, plan, ranking[0], language)
            observer.keep("probe", probe.model_copy(update={"step": step}))
            return (after, True) if probe.accepted else (await _repair(tab, after, plan, who), False)
        except (Vetoed, PlaywrightError, CannotLook) as problem:
            if tab.tab.is_closed():
                raise
            observer.missing["probe"] = f"the form could not be sent with errors: {str(problem).splitlines()[0][:120]}"
            return await _repair(tab, await tab.look(), plan, who), False


def _plan(uses: Sequence[FieldUse], sight: Sight, language: str | None) -> list[tuple[FieldUse, str]] | str:
    """Which fields are to be wrong, and how; or why none may be."""
    if groups(sight, Asks.PAYMENT, language) or any(
        one.shown and kind_of(one, language) in (Asks.TERMS, Asks.CARD) for one in sight.fields
    ):
        return "the address stands beside ways of paying or terms"
    typed = [use for use in uses if use.action in ("filled", "prefilled") and use.field.type in _TEXT]
    found: list[tuple[FieldUse, str]] = []
    mail = next((use for use in typed if use.meaning in ("email", "username")), None)
    for meaning in _EMPTIED:
        use = next((use for use in typed if use.meaning == meaning), None)
        if use is not None and (use.field.required or meaning in _EMPTIED[:3]):
            found.append((use, ""))
            break
    if mail is not None:
        found.append((mail, MALFORMED))
    return found or "the form asks for nothing that could be left out"


async def _send(
    tab: ShopTab, observer: Observer, sight: Sight, plan: list[tuple[FieldUse, str]], button: Ranked,
    language: str | None,
) -> tuple[ErrorProbe, Sight]:  # fmt: skip
    selectors = [use.field.selector for use, _ in plan]
    expression = f"observeAround({_quoted(selectors)})"
    earlier = await observer.run(expression)
    forms = {use.field.form for use, _ in plan}
    filled = {_key(one): one.label or one.name for one in sight.fields if _counts(one) and one.form in forms}
    for use, value in plan:
        if (field := _find(sight, use.field)) is not None:
            await tab.fill(field, value)
    complaints = len(errors(sight))

    def answered(now: Sight) -> str | None:
        if moved_on(sight, now, language):
            return "moved"
        return "errors" if len(errors(now)) > complaints and not tab.traffic.waiting else None

    answer, after = await tab.press(button, answered, ANSWER_SECONDS, patience=1.5)
    if answer == "moved" and not errors(after) and not any(_find(after, use.field) for use, _ in plan):
        return ErrorProbe(step=0, accepted=True), after
    later = await observer.run(expression)
    if not isinstance(earlier, dict) or not isinstance(later, dict):
        raise Vetoed("the page could not be read")
    wrong = {_key(use.field) for use, _ in plan}
    emptied = {_key(one) for one in after.fields if one.shown and not one.filled}
    return (
        ErrorProbe(
            step=0,
            fields=tuple(
                _probed(use, value, was, now)
                for (use, value), was, now in zip(plan, earlier["around"], later["around"], strict=True)
            ),
            said=tuple(_fresh(str(earlier["text"]), str(later["text"])))[:8],
            focus_in_message=bool(later["focus"]),
            filled=len(filled.keys() - wrong),
            lost=tuple(label for key, label in filled.items() if key in emptied - wrong)[:10],
        ),
        after,
    )


def _probed(use: FieldUse, value: str, was: dict[str, object] | None, now: dict[str, object] | None) -> ProbedField:
    fresh = _fresh(str((was or {}).get("text", "")), str((now or {}).get("text", "")))
    return ProbedField(
        selector=use.field.selector, label=use.field.label or use.field.name,
        wrong="malformed" if value else "empty", message=" ".join(fresh)[:200],
        native=bool((now or {}).get("native")), focused=bool((now or {}).get("focused")),
    )  # fmt: skip


def _fresh(before: str, after: str) -> list[str]:
    """Lines that were not there before."""
    known = {line.strip() for line in before.splitlines()}
    new = dict.fromkeys(line.strip()[:200] for line in after.splitlines())
    return [line for line in new if len(line) > 2 and line not in known]


async def _repair(tab: ShopTab, sight: Sight, plan: list[tuple[FieldUse, str]], who: Identity) -> Sight:
    for use, _ in plan:
        meaning = FieldMeaning.EMAIL if use.meaning == "username" else FieldMeaning(use.meaning)
        value = next(iter(values_for(meaning, who)), None)
        field = _find(sight, use.field)
        if value is not None and field is not None:
            await tab.fill(field, value)
    await tab.traffic.quiet(0.1, 3.0)
    return await tab.look()


def _find(sight: Sight, field: FieldSeen) -> FieldSeen | None:
    shown = [one for one in sight.fields if one.shown]
    return next((one for one in shown if _key(one) == _key(field)), None)


def _key(field: FieldSeen) -> tuple[str, str]:
    return (field.name or field.selector, field.id)


def _counts(field: FieldSeen) -> bool:
    own = field.type not in ("password", "hidden", "search", "radio", "checkbox")
    return own and field.shown and field.filled and field.region not in ("header", "nav", "footer")


def _quoted(selectors: list[str]) -> str:
    return "[" + ",".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in selectors) + "]"
