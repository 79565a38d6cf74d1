"""The main text of a page that names no main part: what stands outside its frame, in whole sentences."""

from auditor.evidence import PageEvidence
from auditor.reading.main_text import main_text
from tests import factories as make

LONG = "We answer every message within one working day and keep what you write to us. " * 4
TERMS = f"{LONG}Send it back within 30 days, free of charge."


def page(all_text: str, *runs: tuple[str, str]) -> PageEvidence:
    found = [make.text_run(text, region=region) for text, region in runs]
    return make.page_evidence(texts=make.texts(all=all_text, main=all_text), layout=make.layout(texts=found))


def test_a_long_paragraph_is_told_to_its_end() -> None:
    seen = page(f"Menu of the shop\n{TERMS}\nHelp", ("Menu of the shop", "header"), (TERMS[:200], "main"),
                ("Help", "footer"))  # fmt: skip
    assert main_text(seen).splitlines() == [TERMS]


def test_a_script_without_spaces_is_told_to_its_end() -> None:
    text = "商品はお届けから八日以内に返品できます。" * 12
    assert main_text(page(text, (text[:200], "main"))).splitlines() == [text]


def test_a_sentence_keeps_the_words_of_elements_within_it() -> None:
    line = "You may return it within 30 days of delivery"
    seen = page(line, ("You may return it of delivery", "main"), ("30 days", "main"), ("Sizes", "main"))
    assert main_text(seen).splitlines() == [line, "Sizes"]


def test_a_short_name_is_not_completed_by_the_frame() -> None:
    seen = page("Returns\nReturns and refunds", ("Returns", "main"), ("Returns and refunds", "footer"))
    assert main_text(seen).splitlines() == ["Returns"]
