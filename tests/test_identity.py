"""The synthetic shopper fits the country, cannot be reached, and is never made up where it would be a lie."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.fields import CARD, FieldMeaning
from auditor.identity import countries, identity_for, value_for, values_for
from auditor.lexicon import LANGUAGES, script_of

NEVER = CARD | {
    FieldMeaning.BANK_ACCOUNT,
    FieldMeaning.COUPON,
    FieldMeaning.CREATE_ACCOUNT,
    FieldMeaning.LOYALTY_NUMBER,
    FieldMeaning.NATIONAL_ID,
    FieldMeaning.NEWSLETTER_CONSENT,
    FieldMeaning.NEWSLETTER_EMAIL,
    FieldMeaning.OTP,
    FieldMeaning.PASSWORD,
    FieldMeaning.PAYMENT_METHOD,
    FieldMeaning.QUANTITY,
    FieldMeaning.SEARCH,
    FieldMeaning.TAX_ID,
    FieldMeaning.TERMS_CONSENT,
    FieldMeaning.UNKNOWN,
    FieldMeaning.COMPANY,
}
POSTCODES = {
    "PL": r"\d\d-\d{3}", "IR": r"\d{10}", "GB": r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "US": r"\d{5}", "DE": r"\d{5}", "FR": r"\d{5}",
    "ES": r"\d{5}", "IT": r"\d{5}", "PT": r"\d{4}-\d{3}", "NL": r"\d{4} [A-Z]{2}", "SE": r"\d{3} \d\d", "CZ": r"\d{3} \d\d",
    "TR": r"\d{5}", "AE": r"\d{5}", "SA": r"\d{5}", "JP": r"\d{3}-\d{4}", "CN": r"\d{6}", "CA": r"[A-Z]\d[A-Z] \d[A-Z]\d",
    "AU": r"\d{4}", "IE": r"[A-Z]\d\d [A-Z\d]{4}", "AT": r"\d{4}", "CH": r"\d{4}", "BE": r"\d{4}",
}  # fmt: skip


@pytest.mark.parametrize(("country", "shape"), POSTCODES.items())
def test_each_country_has_an_address_of_its_own_form(country: str, shape: str) -> None:
    identity = identity_for(country, None)
    assert identity.country == country
    assert re.fullmatch(shape, identity.postcode)
    assert all((identity.street, identity.house_number, identity.city, identity.region, identity.region_code))
    assert identity.street in identity.address
    assert identity.house_number in identity.address


@pytest.mark.parametrize("country", countries())
def test_phone_numbers_have_the_form_of_their_country(country: str) -> None:
    identity = identity_for(country, None)
    number = phonenumbers.parse(identity.phone)
    assert phonenumbers.is_possible_number(number)
    assert country in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[number.country_code or 0]
    if not identity.phone_reserved:
        assert phonenumbers.is_valid_number(number)
        assert re.search(r"0{5}", identity.phone)


@pytest.mark.parametrize(
    ("country", "reserved"),
    [
        ("GB", r"\+44207946 ?0\d{3}"),
        ("US", r"\+1\d{3}55501\d\d"),
        ("CA", r"\+1\d{3}55501\d\d"),
        ("DE", r"\+493023125\d{3}"),
        ("FR", r"\+3319900\d{4}"),
        ("SE", r"\+46701740(60[5-9]|6[1-9]\d)"),
        ("AU", r"\+6149157015[6-9]"),
        ("IE", r"\+3532091\d{5}"),
    ],
)
def test_reserved_ranges_are_kept_to(country: str, reserved: str) -> None:
    identity = identity_for(country, None)
    assert identity.phone_reserved
    assert re.fullmatch(reserved, identity.phone)


def test_persian_shops_get_a_persian_shopper_with_latin_letters_in_reserve() -> None:
    identity = identity_for("IR", "fa-IR")
    assert identity.full_name == "آزمون ممیزی"
    assert script_of(identity.address) == "Arabic"
    assert values_for(FieldMeaning.FIRST_NAME, identity) == ("آزمون", "Test")
    assert identity.in_latin().city == "Tehran"
    assert value_for(FieldMeaning.PHONE, identity) == "09000000000"


def test_names_follow_the_shops_language_and_the_countrys_letters() -> None:
    assert identity_for("PL", "pl").full_name == "Audyt Testowy"
    assert identity_for("PL", "fa").full_name == "Test Audit"
    assert identity_for("JP", "ja").full_name == "テスト監査"
    assert identity_for("JP", "en").city == "Taito-ku"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_shopper_of_its_own_where_no_country_is_known(language: str) -> None:
    identity = identity_for(None, language)
    assert identity.language == language
    assert identity_for(identity.country, language) == identity


def test_unknown_countries_say_which_one_was_taken() -> None:
    assert identity_for("ZW", None).country == "GB"
    assert identity_for("uk", None).country == "GB"
    assert identity_for("??", "pl").country == "PL"


@given(st.text(max_size=50))
def test_the_email_is_an_address_on_a_reserved_domain_whatever_the_suffix(suffix: str) -> None:
    email = identity_for("PL", "pl", suffix=suffix).email
    assert re.fullmatch(r"ux-audit(-[a-z0-9]{1,32})?@example\.com", email)


def test_suffixes_tell_runs_apart() -> None:
    assert identity_for("PL", "pl", suffix="a1").email != identity_for("PL", "pl", suffix="a2").email


@pytest.mark.parametrize("meaning", sorted(NEVER))
@pytest.mark.parametrize("options", [(), ("Visa", "Mastercard"), ("1", "2")])
def test_what_must_not_be_filled_has_no_value(meaning: FieldMeaning, options: tuple[str, ...]) -> None:
    for country in ("PL", "IR", "JP"):
        assert value_for(meaning, identity_for(country, None), options=options) is None


@pytest.mark.parametrize(
    ("country", "language", "options", "chosen"),
    [
        ("PL", "pl", ("AF", "DE", "PL"), "PL"),
        ("PL", "pl", ("Niemcy", "Polska", "Włochy"), "Polska"),
        ("PL", "en", ("", "Germany", "Poland"), "Poland"),
        ("DE", "pl", ("Niemcy", "Polska"), "Niemcy"),
        ("IR", "fa", ("افغانستان", "ايران", "عراق"), "ايران"),
        ("US", "en", ("United States Minor Outlying Islands", "United States (US)"), "United States (US)"),
        ("GB", "en", ("Ukraine", "United Kingdom (UK)"), "United Kingdom (UK)"),
        ("CZ", "cs", ("Slovensko", "Česká republika"), "Česká republika"),
        ("PL", "de", ("🇩🇪 DE - Deutschland (EUR €)", "🇵🇱 PL - Polen (PLN zł)"), "🇵🇱 PL - Polen (PLN zł)"),
        ("PL", "pl", ("Germany", "France"), None),
    ],
)
def test_the_country_is_found_in_the_list(
    country: str, language: str, options: tuple[str, ...], chosen: str | None
) -> None:
    assert value_for(FieldMeaning.COUNTRY, identity_for(country, language), options=options) == chosen


@pytest.mark.parametrize(
    ("country", "options", "chosen"),
    [
        ("US", ("", "NJ", "NY"), "NY"),
        ("US", ("New Jersey", "New York"), "New York"),
        ("PL", ("Wybierz", "Małopolskie", "Mazowieckie"), "Mazowieckie"),
        ("IR", ("اصفهان", "تهران"), "تهران"),
        ("IR", ("Esfahan", "Tehran"), "Tehran"),
        ("DE", ("DE-BY", "DE-BE"), "DE-BE"),
        ("US", ("Alabama", "Alaska"), None),
    ],
)
def test_the_region_is_found_in_the_list(country: str, options: tuple[str, ...], chosen: str | None) -> None:
    assert value_for(FieldMeaning.REGION, identity_for(country, None), options=options) == chosen


def test_the_neutral_form_of_address_is_preferred_and_the_invitation_never_chosen() -> None:
    identity = identity_for("DE", "de")
    assert value_for(FieldMeaning.SALUTATION, identity, options=("Bitte wählen", "Herr", "Divers")) == "Divers"
    assert value_for(FieldMeaning.SALUTATION, identity, options=("-- Please select --", "Mr", "Ms")) == "Mr"


def test_street_and_number_go_together_or_apart() -> None:
    identity = identity_for("DE", "de")
    assert value_for(FieldMeaning.ADDRESS_LINE1, identity) == "Unter den Linden 2"
    assert value_for(FieldMeaning.STREET, identity) == "Unter den Linden"
    assert value_for(FieldMeaning.HOUSE_NUMBER, identity) == "2"
    assert value_for(FieldMeaning.ADDRESS_LINE1, identity_for("FR", "fr")) == "5 rue de Thorigny"
