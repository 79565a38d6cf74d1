"""What a single field leaves open is settled by the fields around it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.evidence import Field
from auditor.fields import CARD, FieldMeaning, type_fields
from tests.factories import field


def meanings(fields: Sequence[Field], language: str | None = "en") -> list[str]:
    return [one.meaning for one in type_fields(fields, language=language)]


def labelled(*labels: str) -> list[Field]:
    return [field(label=label, form=0) for label in labels]


@pytest.mark.parametrize(
    ("labels", "language", "expected"),
    [
        (("Vorname", "Name"), "de", ["first_name", "last_name"]),
        (("Naam", "Achternaam"), "nl", ["first_name", "last_name"]),
        (("نام", "نام خانوادگی"), "fa", ["first_name", "last_name"]),
        (("Straße", "Hausnummer", "PLZ", "Ort"), "de", ["street", "house_number", "postcode", "city"]),
        (("Adresse", "Nr", "PLZ"), "de", ["street", "house_number", "postcode"]),
        (("Ulica", "Kod pocztowy"), "pl", ["address_line1", "postcode"]),
        (("Address", "Address", "City"), "en", ["address_line1", "address_line2", "city"]),
        (("City", "Code", "Country"), "en", ["city", "postcode", "country"]),
        (("Code",), "en", ["coupon"]),
        (("Card number", "Month", "Year", "Code"), "en", ["card_number", "card_expiry", "card_expiry", "card_cvc"]),
        (("Full name", "Card number", "Name"), "en", ["card_name", "card_number", "card_name"]),
        (("Day", "Month", "Year"), "en", ["birth_date", "birth_date", "birth_date"]),
    ],
)
def test_neighbours_settle(labels: tuple[str, ...], language: str, expected: list[str]) -> None:
    assert meanings(labelled(*labels), language) == expected


def test_other_forms_are_no_neighbours() -> None:
    fields = [field(label="City", form=0), field(label="Code", form=1)]
    assert meanings(fields) == ["city", "coupon"]


def test_a_name_in_an_address_form_far_from_the_card_stays_a_name() -> None:
    fields = labelled(
        "E-mail", "Full name", "Address", "City", "Postcode", "Phone", "Card number", "Expiry date", "CVC"
    )
    assert meanings(fields)[1] == "full_name"


def test_the_only_name_in_an_address_form_is_the_whole_name() -> None:
    assert meanings(labelled("نام", "آدرس", "کد پستی"), "fa")[0] == "full_name"


def test_a_list_between_city_and_country_is_the_region() -> None:
    fields = [
        field(label="City", form=0),
        field("select", tag="select", name="f19", form=0),
        field("select", tag="select", label="Country", form=0),
    ]
    assert meanings(fields) == ["city", "region", "country"]


def test_the_checkouts_own_email_is_not_a_newsletter() -> None:
    fields = [
        field("email", label="Email", form=0),
        field("checkbox", label="Sign me up for the newsletter", form=0),
        field("email", label="Your email", region="footer", form=1),
    ]
    assert meanings(fields) == ["email", "newsletter_consent", "newsletter_email"]


FILLABLE = st.sampled_from(["Name", "Full name", "Phone", "City", "Postcode", "", "Street", "Number", "Code", "Year"])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [
            {"autocomplete": "cc-number"},
            {"name": "cardNumber"},
            {"id": "card-number"},
            {"name": "cc_cvv"},
            {"placeholder": "MM / YY"},
            {"label": "شماره کارت"},
            {"label": "Numer karty"},
            {"label": "Karteninhaber"},
        ]
    ),
    FILLABLE,
    st.lists(FILLABLE, max_size=4),
    st.sampled_from(["en", "pl", "fa", None]),
)
def test_one_card_signal_outweighs_any_label(
    signal: dict[str, str], label: str, around: list[str], language: str | None
) -> None:
    fields = [*labelled(*around), field(**dict[str, Any]({"label": label, "form": 0} | signal)), *labelled(*around)]
    found = type_fields(fields, language=language)[len(around)].meaning
    assert found in CARD | {FieldMeaning.COUPON}


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from(["text", "select", "checkbox", "tel"]))
def test_any_text_gets_an_answer(label: str, name: str, kind: str) -> None:
    (found,) = type_fields([field(kind, name, label=label, placeholder=name, id=label[:20])], language=None)
    assert 0 <= found.score <= 1
    assert bool(found.because) or found.meaning is FieldMeaning.UNKNOWN
