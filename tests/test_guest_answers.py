"""What a guest answers in lists: options that fit the identity, and what counts as chosen already."""

import pytest

from auditor.browser.journey.guest_answers import GuestAnswers, first_real, is_chosen
from auditor.evidence.sight import FieldSeen, Option
from auditor.fields import FieldMeaning


def options(*texts: str) -> list[Option]:
    return [Option(value=f"v{at}", text=text) for at, text in enumerate(texts)]


def made(value: str, *, label: str = "Country *", filled: bool = True) -> FieldSeen:
    return FieldSeen(
        index=1, selector="#c", tag="button", type="listbox", opens="list", label=label, value=value, filled=filled
    )


@pytest.mark.parametrize(
    ("market", "language", "texts", "wanted"),
    [
        ("PL", "pl", ("Wybierz kraj", "Niemcy", "Polska"), "Polska"),
        ("DE", "de", ("Bitte wählen", "Österreich", "Deutschland"), "Deutschland"),
        ("IR", "fa", ("انتخاب کنید", "ایران", "عراق"), "ایران"),
    ],
)
def test_the_country_of_the_identity_is_taken_by_its_name(
    market: str, language: str, texts: tuple[str, ...], wanted: str
) -> None:
    answers = GuestAnswers(market, language)
    found = answers.option(options(*texts), FieldMeaning.COUNTRY)
    assert found is not None
    assert found.text == wanted
    assert answers.identity.country == market


def test_the_identity_moves_where_the_shop_does_not_deliver_to_its_country() -> None:
    answers = GuestAnswers("PL", "en")
    found = answers.option(options("Choose", "Germany"), FieldMeaning.COUNTRY)
    assert found is not None
    assert (found.text, answers.identity.country) == ("Germany", "DE")


def test_a_list_of_no_countries_has_no_answer() -> None:
    answers = GuestAnswers("PL", "en")
    assert answers.option(options("Please select"), FieldMeaning.COUNTRY) is None
    assert first_real(options("Please select", "--")) is None
    assert answers.identity.country == "PL"


@pytest.mark.parametrize(
    ("field", "chosen"),
    [
        (made("United Kingdom ▼"), True),
        (made("Country ▼"), False),
        (made("Select a country"), False),
        (made("Wybierz kraj", label="Kraj"), False),
        (made("", filled=False), False),
        (made("Polska", label="Kraj"), True),
    ],
    ids=lambda one: one.value if isinstance(one, FieldSeen) else str(one),
)
def test_an_invitation_to_choose_is_no_choice(field: FieldSeen, chosen: bool) -> None:
    assert is_chosen(field) is chosen
