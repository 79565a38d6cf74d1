"""Whole checkout forms, as shop platforms lay them out, in the shop's language."""

import pytest

from auditor.fields import type_fields
from tests.factories import field

Row = tuple[str, str, str, str]
"""Type, name, label, meaning."""

WOOCOMMERCE_PL: list[Row] = [
    ("text", "billing_first_name", "Imię *", "first_name"),
    ("text", "billing_last_name", "Nazwisko *", "last_name"),
    ("text", "billing_company", "Nazwa firmy (opcjonalne)", "company"),
    ("text", "billing_nip", "NIP (opcjonalne)", "tax_id"),
    ("select", "billing_country", "Kraj / region *", "country"),
    ("text", "billing_address_1", "Ulica *", "address_line1"),
    ("text", "billing_address_2", "Ciąg dalszy adresu (opcjonalnie)", "address_line2"),
    ("text", "billing_postcode", "Kod pocztowy *", "postcode"),
    ("text", "billing_city", "Miasto *", "city"),
    ("tel", "billing_phone", "Telefon *", "phone"),
    ("email", "billing_email", "Adres e-mail *", "email"),
    ("checkbox", "createaccount", "Stworzyć konto?", "create_account"),
    ("checkbox", "ship_to_different_address", "Wysłać na inny adres?", "same_address"),
    ("textarea", "order_comments", "Uwagi do zamówienia (opcjonalnie)", "note"),
    ("radio", "payment_method", "Przelew bankowy", "payment_method"),
    ("checkbox", "terms", "Przeczytałem/am i akceptuję regulamin *", "terms_consent"),
]
WOOCOMMERCE_FA: list[Row] = [
    ("text", "billing_first_name", "نام *", "first_name"),
    ("text", "billing_last_name", "نام خانوادگی *", "last_name"),
    ("select", "billing_state", "استان *", "region"),
    ("select", "billing_city", "شهر *", "city"),
    ("text", "billing_address_1", "آدرس خیابان *", "address_line1"),
    ("text", "billing_postcode", "کدپستی (بدون فاصله و با اعداد انگلیسی) *", "postcode"),
    ("tel", "billing_phone", "تلفن همراه *", "phone"),
    ("email", "billing_email", "آدرس ایمیل (اختیاری)", "email"),
    ("textarea", "order_comments", "توضیحات سفارش (اختیاری)", "note"),
]
HASHED_FA: list[Row] = [
    ("text", "x1", "نام و نام خانوادگی تحویل‌گیرنده", "full_name"),
    ("tel", "x2", "شماره موبایل", "phone"),
    ("text", "x3", "کد ملی", "national_id"),
    ("select", "x4", "استان", "region"),
    ("select", "x5", "شهر", "city"),
    ("textarea", "x6", "نشانی پستی", "street"),
    ("text", "x7", "پلاک", "house_number"),
    ("text", "x8", "واحد", "flat"),
    ("text", "x9", "کد پستی", "postcode"),
    ("text", "x10", "کد تخفیف", "coupon"),
]
OSCAR_EN: list[Row] = [
    ("text", "first_name", "First name *", "first_name"),
    ("text", "last_name", "Last name *", "last_name"),
    ("text", "line1", "First line of address *", "address_line1"),
    ("text", "line2", "Second line of address", "address_line2"),
    ("text", "line3", "Third line of address", "address_line2"),
    ("text", "line4", "City *", "city"),
    ("text", "state", "State/County", "region"),
    ("text", "postcode", "Post/Zip-code *", "postcode"),
    ("select", "country", "Country *", "country"),
    ("tel", "phone_number", "Phone number", "phone"),
    ("textarea", "notes", "Instructions", "note"),
]
SHOPWARE_DE: list[Row] = [
    ("select", "salutationId", "Anrede*", "salutation"),
    ("text", "billingAddress[firstName]", "Vorname*", "first_name"),
    ("text", "billingAddress[lastName]", "Nachname*", "last_name"),
    ("checkbox", "createCustomerAccount", "Kundenkonto anlegen", "create_account"),
    ("email", "email", "E-Mail-Adresse*", "email"),
    ("text", "billingAddress[street]", "Straße und Hausnummer*", "address_line1"),
    ("text", "billingAddress[zipcode]", "PLZ*", "postcode"),
    ("text", "billingAddress[city]", "Ort*", "city"),
    ("select", "billingAddress[countryId]", "Land*", "country"),
    ("select", "billingAddress[countryStateId]", "Bundesland*", "region"),
    (
        "checkbox",
        "acceptedDataProtection",
        "Ich habe die Datenschutzbestimmungen zur Kenntnis genommen",
        "terms_consent",
    ),
]
EVERSHOP_EN: list[Row] = [
    ("text", "shippingAddress.full_name", "", "full_name"),
    ("text", "shippingAddress.telephone", "", "phone"),
    ("text", "shippingAddress.address_1", "", "address_line1"),
    ("text", "shippingAddress.city", "", "city"),
    ("select", "shippingAddress.country", "", "country"),
    ("select", "shippingAddress.province", "", "region"),
    ("text", "shippingAddress.postcode", "", "postcode"),
]
ONE_PAGE_DE: list[Row] = [
    ("email", "a", "E-Mail", "email"),
    ("text", "b", "Vorname", "first_name"),
    ("text", "c", "Name", "last_name"),
    ("text", "d", "Straße", "street"),
    ("text", "e", "Nr.", "house_number"),
    ("text", "f", "PLZ", "postcode"),
    ("text", "g", "Ort", "city"),
    ("text", "h", "Gutscheincode", "coupon"),
    ("tel", "i", "Kartennummer", "card_number"),
    ("tel", "j", "MM/JJ", "card_expiry"),
    ("tel", "k", "Prüfziffer", "card_cvc"),
    ("text", "l", "Name", "card_name"),
]
JAPANESE: list[Row] = [
    ("text", "order[name][name01]", "姓", "last_name"),
    ("text", "order[name][name02]", "名", "first_name"),
    ("text", "order[kana][kana01]", "セイ", "last_name_kana"),
    ("text", "order[kana][kana02]", "メイ", "first_name_kana"),
    ("text", "order[postal_code]", "郵便番号", "postcode"),
    ("select", "order[address][pref]", "都道府県", "region"),
    ("text", "order[address][addr01]", "市区町村", "city"),
    ("text", "order[address][addr02]", "番地・建物名", "address_line1"),
    ("tel", "order[phone_number]", "電話番号", "phone"),
]
TURKISH: list[Row] = [
    ("text", "f1", "Adınız", "first_name"),
    ("text", "f2", "Soyadınız", "last_name"),
    ("tel", "f3", "Cep Telefonu", "phone"),
    ("select", "f4", "İl", "region"),
    ("select", "f5", "İlçe", "district"),
    ("select", "f6", "Mahalle", "district"),
    ("textarea", "f7", "Adres", "address_line1"),
    ("text", "f8", "T.C. Kimlik No", "national_id"),
]


@pytest.mark.parametrize(
    ("rows", "language"),
    [
        (WOOCOMMERCE_PL, "pl"),
        (WOOCOMMERCE_FA, "fa"),
        (HASHED_FA, "fa"),
        (OSCAR_EN, "en"),
        (SHOPWARE_DE, "de"),
        (EVERSHOP_EN, "en"),
        (ONE_PAGE_DE, "de"),
        (JAPANESE, "ja"),
        (TURKISH, "tr"),
        (WOOCOMMERCE_PL, None),
        (HASHED_FA, None),
        (SHOPWARE_DE, "en"),
    ],
)
def test_forms_are_read_as_a_whole(rows: list[Row], language: str | None) -> None:
    fields = [
        field(kind, name, label=label, tag=kind if kind in ("select", "textarea") else "input", form=0)
        for kind, name, label, _ in rows
    ]
    found = [str(one.meaning) for one in type_fields(fields, language=language)]
    assert found == [meaning for *_, meaning in rows]


def test_labels_that_the_platform_names_contradict_keep_cards_apart() -> None:
    fields = [
        field("text", "billing_phone", label="Phone", autocomplete="cc-number", form=0),
        field("text", "first_name", label="First name", form=0),
    ]
    assert type_fields(fields, language="en")[0].meaning == "card_number"
