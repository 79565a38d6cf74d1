"""Whether the number of a sentence on other shoppers was in the document that the shop sent."""

import pytest

from auditor.browser.activity import sent_in

PAGE = "<p><b>14</b> people are looking</p><p>Return it within 30 days, the people who look after returns are kind</p>"


@pytest.mark.parametrize(
    ("sentence", "number", "sent"),
    [
        ("14 people are looking at this right now", 14, True),
        ("30 people are looking at this right now", 30, False),
        ("within 30 hours", 30, True),
        ("4 people are looking at this right now", 4, False),
    ],
)
def test_the_number_counts_beside_its_own_word(sentence: str, number: int, sent: bool) -> None:
    assert sent_in(PAGE, sentence, number) is sent


def test_digits_and_letters_of_persian_are_read_as_one() -> None:
    page = "<p>۱۸ نفر این کالا را می‌بینند، تحویل ۳ روزه</p>"
    assert sent_in(page, "۱۸ نفر این کالا را می‌بینند", 18)
    assert not sent_in(page, "۳ نفر این کالا را می‌بینند", 3)
