"""Fields are typed by their labels in 15 languages, and nothing that must not be filled is taken for something else."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.evidence import Field
from auditor.fields import CARD, FieldMeaning, type_fields
from auditor.lexicon import LANGUAGES
from tests.factories import field

LABELS: dict[str, dict[str, str]] = YAML(typ="safe").load(
    (Path(__file__).parent / "fields_labels.yaml").read_text(encoding="utf-8")
)
CASES = [(language, meaning, label) for language, listed in LABELS.items() for meaning, label in listed.items()]
NEVER_FILLED = CARD | {FieldMeaning.COUPON, FieldMeaning.NATIONAL_ID}


def typed(one: Field, language: str | None = "en") -> str:
    return type_fields([one], language=language)[0].meaning


def wrong(language_of: dict[str, str | None]) -> list[tuple[str, str, str, str]]:
    return [
        (language, label, meaning, found)
        for language, meaning, label in CASES
        if (found := typed(field(label=label), language_of[language])) != meaning
        and (meaning, found) not in {("street", "address_line1"), ("address_line1", "street")}
    ]


def test_the_table_is_wide_enough() -> None:
    assert set(LABELS) == set(LANGUAGES)
    assert len(CASES) >= 160
    assert min(len(listed) for listed in LABELS.values()) >= 8


def test_labels_alone_are_read_in_all_languages() -> None:
    assert wrong({language: language for language in LANGUAGES}) == []


def test_labels_are_read_when_the_language_is_not_known() -> None:
    mistaken = wrong(dict.fromkeys(LANGUAGES))
    assert len(mistaken) <= 0.1 * len(CASES), mistaken


def test_labels_are_read_when_the_page_declares_the_wrong_language() -> None:
    mistaken = wrong(dict.fromkeys(LANGUAGES, "en"))
    assert len(mistaken) <= 0.1 * len(CASES), mistaken


@pytest.mark.parametrize("declared", ["own", None, "en", "hu"])
def test_card_labels_are_never_taken_for_something_fillable(declared: str | None) -> None:
    for language, meaning, label in CASES:
        if meaning == "card_number":
            assert typed(field(label=label), language if declared == "own" else declared) in NEVER_FILLED, label


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("billing_first_name", "first_name"),
        ("billing_last_name", "last_name"),
        ("billing_address_1", "address_line1"),
        ("billing_address_2", "address_line2"),
        ("billing_postcode", "postcode"),
        ("billing_email", "email"),
        ("billing_company", "company"),
        ("order_comments", "note"),
        ("firstname", "first_name"),
        ("street[0]", "address_line1"),
        ("street[1]", "address_line2"),
        ("region_id", "region"),
        ("vat_id", "tax_id"),
        ("id_country", "country"),
        ("id_state", "region"),
        ("id_gender", "salutation"),
        ("checkout[shipping_address][zip]", "postcode"),
        ("checkout[shipping_address][last_name]", "last_name"),
        ("checkout[email_or_phone]", "email"),
        ("checkout[reduction_code]", "coupon"),
        ("input-payment-firstname", "first_name"),
        ("input-payment-address-1", "address_line1"),
        ("input-payment-zone", "region"),
        ("input-payment-postcode", "postcode"),
        ("billingAddress[firstName]", "first_name"),
        ("billingAddress[zipcode]", "postcode"),
        ("billingAddress[street]", "address_line1"),
        ("shippingAddress[countryStateId]", "region"),
        ("line1", "address_line1"),
        ("line2", "address_line2"),
        ("line4", "city"),
        ("postcode", "postcode"),
        ("phone_number", "phone"),
        ("full_name", "full_name"),
        ("address_1", "address_line1"),
        ("shippingAddress.postcode", "postcode"),
        ("dwfrm_billing_addressFields_firstName", "first_name"),
        ("dwfrm_billing_creditCardFields_cardNumber", "card_number"),
        ("sylius_checkout_address[shippingAddress][postcode]", "postcode"),
        ("addressLine1Input", "address_line1"),
        ("provinceCodeInput", "region"),
        ("payment[cc_number]", "card_number"),
        ("payment[cc_exp_month]", "card_expiry"),
        ("payment[cc_cid]", "card_cvc"),
        ("cc_owner", "card_name"),
        ("nr_domu", "house_number"),
        ("kod_pocztowy", "postcode"),
        ("giftcard_code", "coupon"),
        ("couponCode", "coupon"),
        ("qty", "quantity"),
    ],
)
def test_names_of_platforms_are_enough(name: str, meaning: str) -> None:
    assert typed(field(name=name)) == meaning


@pytest.mark.parametrize(
    ("label", "language", "meaning"),
    [
        ("Ulica 2", "pl", "address_line2"),
        ("Straße 2", "de", "address_line2"),
        ("خیابان ۲", "fa", "address_line2"),
        ("Вулиця 2", "uk", "address_line2"),
        ("Ulica 12", "pl", "address_line1"),
        ("Street address, line 1 of 2", "en", "address_line1"),
        ("Jméno společnosti", "cs", "company"),
        ("회사 이름", "ko", "company"),
        ("街道 及门牌号", "zh", "address_line1"),
        ("Nimesi", "fi", "full_name"),
    ],
)
def test_lines_and_companies_are_told_by_the_whole_label(label: str, language: str, meaning: str) -> None:
    assert typed(field(label=label), language) == meaning


def test_two_signals_are_surer_than_one() -> None:
    name_only = field(name="billing_first_name", label="Ainm")
    both = field(name="billing_first_name", id="billing_first_name", label="Ainm")
    one, two = type_fields([name_only], language="ga")[0], type_fields([both], language="ga")[0]
    assert two.score > one.score
    assert two.because == ("name firstname", "id firstname", "name in en", "id in en")


@pytest.mark.parametrize(
    ("one", "meaning"),
    [
        (field(label="Coupon code", name="code"), "coupon"),
        (field(placeholder="Enter code", name="code"), "coupon"),
        (field("search", "q", placeholder="Search"), "search"),
        (field(name="s", placeholder="Szukaj produktów"), "search"),
        (field("email", "email", placeholder="Your email", region="footer"), "newsletter_email"),
        (field("email", "EMAIL", label="Subscribe to our newsletter"), "newsletter_email"),
        (field(tag="textarea", type="textarea", name="gift_message", label="Gift message"), "gift_message"),
        (field(tag="textarea", type="textarea", label="Message on the card"), "gift_message"),
        (field(label="Gift card number", name="giftcard"), "coupon"),
        (field(label="Company name", name="name"), "company"),
        (field(label="User name"), "username"),
        (field(label="Product name"), "unknown"),
        (field(label="Verification code"), "otp"),
        (field("password", label="Password", name="password"), "password"),
        (field("number", "quantity", label="Quantity"), "quantity"),
        (field("tel", "exp-date", label="Expiry (MM/YY)"), "card_expiry"),
        (field("tel", "data", placeholder="1234 5678 9012 3456"), "card_number"),
        (field("password", "pin", label="CVV"), "card_cvc"),
        (field(label="IBAN"), "bank_account"),
        (field(label="Name on card", name="name"), "card_name"),
        (field(label="Name", name="billing_name", autocomplete="cc-name"), "card_name"),
        (field(label="Loyalty card number"), "loyalty_number"),
        (field("file", label="Address"), "unknown"),
        (field(label="", name="x7f3a"), "unknown"),
    ],
)  # fmt: skip
def test_look_alikes_are_told_apart(one: Field, meaning: str) -> None:
    assert typed(one) == meaning


@pytest.mark.parametrize(
    ("label", "language", "meaning"),
    [
        ("I have read and agree to the website terms and conditions *", "en", "terms_consent"),
        ("Zapoznałem się z regulaminem sklepu i akceptuję go", "pl", "terms_consent"),
        ("قوانین و مقررات را خوانده‌ام و می‌پذیرم", "fa", "terms_consent"),
        ("Email me with news and offers", "en", "newsletter_consent"),
        ("Chcę otrzymywać newsletter", "pl", "newsletter_consent"),
        ("Kundenkonto anlegen", "de", "create_account"),
        ("Wysyłka na inny adres", "pl", "same_address"),
        ("Ship to a different address?", "en", "same_address"),
    ],
)
def test_tick_boxes(label: str, language: str, meaning: str) -> None:
    assert typed(field("checkbox", label=label), language) == meaning


def test_a_tick_box_is_never_an_address_and_a_text_field_never_a_consent() -> None:
    assert typed(field("checkbox", label="Phone number")) == "unknown"
    assert typed(field(label="I accept the terms and conditions")) != "terms_consent"


def test_a_wrong_autocomplete_token_loses_against_name_and_label() -> None:
    one = field(name="city", label="City", autocomplete="postal-code")
    assert typed(one) == "city"
    assert typed(field(name="x", autocomplete="shipping postal-code")) == "postcode"


def test_autocomplete_can_be_left_out_for_judging_it() -> None:
    one = field(name="x", autocomplete="email")
    assert type_fields([one], language="en", trust_autocomplete=False)[0].meaning is FieldMeaning.UNKNOWN


def test_new_password_on_a_text_field_only_switches_filling_off() -> None:
    assert typed(field(label="Street address", autocomplete="new-password")) == "address_line1"
