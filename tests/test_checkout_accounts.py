"""Forms with a password in a checkout: a log-in is no address, and an account that may be left out is no wall."""

from typing import Any

import pytest

from auditor.evidence.sight import FieldSeen, FormSeen, Sight
from auditor.journey_ranking.checkout_state import login_form

ADDRESS = ("street", "postcode", "city")


def field(index: int, name: str, form: int | None, **known: Any) -> FieldSeen:
    fields = {"index": index, "selector": f"#{name}", "tag": "input", "name": name, "label": name, "form": form} | known
    return FieldSeen.model_validate(fields)


def page(*fields: FieldSeen, language: str = "en") -> Sight:
    forms = tuple(FormSeen(action=f"https://shop.example/{n}", method="post") for n in range(3))
    return Sight(url="https://shop.example/checkout", language=language, fields=fields, forms=forms)


def details(form: int, *more: FieldSeen) -> tuple[FieldSeen, ...]:
    return (*(field(10 + n, name, form) for n, name in enumerate(ADDRESS)), *more)


def password(form: int | None, **known: Any) -> FieldSeen:
    return field(30, "password", form, type="password", **known)


@pytest.mark.parametrize(
    ("fields", "logins"),
    [
        ((field(1, "email", 0, type="email"), password(0)), {0}),
        (details(0, password(0)), {0}),
        (details(0, password(0, required=True), field(40, "account", 0, type="checkbox", label="Create an account")), {0}),
        (details(0, password(0), field(40, "account", 0, type="checkbox", label="Create an account")), set()),
        (details(0, password(0, placeholder="Password (optional)")), set()),
        ((*details(0, password(0, label="Password (optional)")), password(None, required=True)), {None}),
    ],
)  # fmt: skip
def test_a_form_of_an_address_in_which_an_account_is_a_choice_is_no_log_in(
    fields: tuple[FieldSeen, ...], logins: set[int | None]
) -> None:
    assert login_form(page(*fields)) == logins


@pytest.mark.parametrize(
    ("language", "box"), [("pl", "Załóż konto"), ("fa", "ایجاد حساب کاربری"), ("de", "Konto erstellen")]
)
def test_the_box_is_read_in_the_language_of_the_page(language: str, box: str) -> None:
    fields = details(0, password(0), field(40, "account", 0, type="checkbox", label=box))
    assert login_form(page(*fields, language=language)) == set()
