"""MOB-011."""

from auditor.api import (
    Certainty,
    Device,
    Document,
    Judgement,
    Layout,
    Measure,
    NotApplicable,
    Problem,
    Severity,
    Texts,
    _,
    check,
)
from auditor.lexicon import detect_language
from auditor.reading.type_size import in_arabic_script, shown_runs

RIGHT_TO_LEFT = frozenset({"fa", "ar", "he", "ur", "ckb"})
LEAST_SHARE = 0.8
"""Our band: texts in the script that are set from the right, or centred."""

FEWEST = 8
SENTENCE_CHARS = 15


@check(
    id="mobile/right-to-left-broken",
    row="MOB-011",
    severity=Severity.SERIOUS,
    devices={Device.MOBILE},
    title=_("A page in Persian or Arabic is not set from right to left"),
    why=_("Sentences with numbers and Latin names fall apart, and lists begin at the wrong edge."),
    fix=_("Set dir=rtl and the right lang on the html element, and align by start and end instead of left and right."),
    shopwide=True,
    found=_("The page is written in {language}, and its direction is {direction}"),
    found_as={"align": _("{share} % of the texts are set from the right")},
    source="https://www.w3.org/International/questions/qa-html-dir",
    scale="share",
)
def right_to_left_broken(document: Document, texts: Texts, layout: Layout, *, least: float = LEAST_SHARE) -> Judgement:
    language = detect_language(texts.all, document.lang)
    if language not in RIGHT_TO_LEFT:
        raise NotApplicable("the page is not written from right to left")
    runs = [run for run in shown_runs(layout) if in_arabic_script(run) and run.chars >= SENTENCE_CHARS]
    right = [run for run in runs if _from_the_right(run.align, run.direction)]
    share = len(right) / len(runs) if runs else 1.0
    yield Measure(value=round(share, 4), unit="share", of=len(runs))
    # What its lang attribute says is row A11Y-007's.
    values = {"language": language, "direction": document.direction or "-", "share": round(100 * share)}
    if document.direction != "rtl":
        # A theme may set the direction on what is inside, so that the page still looks right.
        inside = bool(runs) and share >= least
        yield Problem(
            values=values, discriminator="dir", certainty=Certainty.NEEDS_REVIEW if inside else Certainty.CERTAIN
        )
    elif len(runs) >= FEWEST and share < least:
        worst = next(run for run in runs if run not in right)
        yield Problem(selector=worst.selector, box=worst.box, values=values, middle=True, discriminator="align")


def _from_the_right(align: str, direction: str) -> bool:
    if align in ("start", "justify", "match-parent"):
        return direction == "rtl"
    return align in ("right", "-webkit-right", "center", "-webkit-center") or (align == "end" and direction == "ltr")
