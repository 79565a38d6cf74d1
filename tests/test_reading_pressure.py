"""Clocks that run down, as pages write them: in one text, in parts, and in several languages."""

import pytest

from auditor.reading.pressure import clock, seconds_left
from tests import factories as make

LEFT = 2 * 3600 + 14 * 60 + 33


@pytest.mark.parametrize(
    "text",
    [
        "02:14:33", "02 : 14 : 33", "2h 14m 33s", "2 hours 14 minutes 33 seconds", "noch 2 Std 14 Min 33 Sek",
        "2 godz. 14 min 33 sek", "2 heures 14 min 33 s", "۰۲ ساعت ۱۴ دقیقه ۳۳ ثانیه", "2 ساعة 14 دقيقة 33 ثانية",
        "2時間14分33秒", "2小时14分33秒", "2 saat 14 dk 33 sn",
    ],
)  # fmt: skip
def test_what_is_left_on_a_clock_is_read(text: str) -> None:
    assert seconds_left(text) == LEFT


def test_bare_numbers_are_a_clock_where_the_element_is_called_one() -> None:
    assert seconds_left("02 14 33", called=True) == LEFT
    assert seconds_left("00 02 14 33", called=True) == LEFT
    assert seconds_left("02 14 33") is None
    assert seconds_left("1 02 14 33", called=True) == 86400 + LEFT


@pytest.mark.parametrize("text", ["12 cm", "5 min 30 g", "12:30:15 Uhr", "£14.33", "Open from 9:00 am"])
def test_other_numbers_are_no_clock(text: str) -> None:
    assert seconds_left(text) is None


def test_a_clock_in_parts_counts_beside_words_that_urge_or_by_its_name() -> None:
    words = make.text_run("Hurry, the offer ends soon", selector="p.note", box=make.box(20, 300, 300, 24))
    parts = [make.text_run(text, selector=f"b:nth-of-type({n})", box=make.box(20 + 40 * n, 330, 36, 24))
             for n, text in enumerate(("02", "h", "14", "m", "33", "s"))]  # fmt: skip
    page = make.page_evidence(layout=make.layout(texts=[words, *parts]))
    found = clock(page, "en")
    assert found is not None
    assert found[0] == LEFT
    assert clock(page.model_copy(update={"layout": make.layout(texts=parts)}), "en") is None
    named = [run.model_copy(update={"selector": f"div.countdown > {run.selector}"}) for run in parts[::2]]
    assert clock(page.model_copy(update={"layout": make.layout(texts=named)}), "en") is not None
