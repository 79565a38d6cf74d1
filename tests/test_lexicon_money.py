"""Prices as shops of many countries write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lexicon import Money, has_currency, parse_price, sign_may_mean

PRICES = [
    ("1 299,00 zł", "pl", "1299.00", "PLN"),
    ("1 299,00 zł", "pl", "1299.00", "PLN"),
    ("1 299,00 PLN", None, "1299.00", "PLN"),
    ("12,99zł", "pl", "12.99", "PLN"),
    ("199 99 zł", "pl", "199.99", "PLN"),
    ("od 49,90 zł", "pl", "49.90", "PLN"),
    ("Cena: 1.299,00 zł brutto", "pl", "1299.00", "PLN"),
    ("۱٬۲۹۹٬۰۰۰ تومان", "fa", "1299000", "IRT"),
    ("۱,۲۹۹,۰۰۰ تومان", "fa", "1299000", "IRT"),
    ("1,299,000 تومان", "fa", "1299000", "IRT"),
    ("۱/۲۹۹/۰۰۰ تومان", "fa", "1299000", "IRT"),
    ("۲۵۰ هزار تومان", "fa", "250000", "IRT"),
    ("۱۲۵۰۰۰ ریال", "fa", "125000", "IRR"),
    ("۱۲٬۵۰۰٬۰۰۰﷼", "fa", "12500000", "IRR"),
    ("قیمت: ۹۹٬۰۰۰ تومان", "fa", "99000", "IRT"),
    ("99,000 ت", "fa", "99000", "IRT"),
    ("۲۵٫۵ تومان", "fa", "25.5", "IRT"),
    ("$1,299.00", None, "1299.00", "$"),
    ("$1,299.00", "en-US", "1299.00", "USD"),
    ("$19", "en-CA", "19", "CAD"),
    ("US$ 49.95", None, "49.95", "USD"),
    ("49.95 USD", None, "49.95", "USD"),
    ("USD 49.95", None, "49.95", "USD"),
    ("£5", "en", "5", "GBP"),
    ("From £1,099.99", "en", "1099.99", "GBP"),
    ("2 for £5", "en", "5", "GBP"),
    ("€ 1.299,-", "nl", "1299", "EUR"),
    ("1.299,-", "nl", "1299", None),
    ("€12,50", "nl", "12.50", "EUR"),
    ("12,50 €", "de", "12.50", "EUR"),
    ("1.299,00 €", "de", "1299.00", "EUR"),
    ("1 299,00 €", "fr", "1299.00", "EUR"),
    ("12€50", "fr", "12.50", "EUR"),
    ("1.299 €", "es", "1299", "EUR"),
    ("CHF 1’299.–", "de-CH", "1299", "CHF"),
    ("CHF 1'299.50", None, "1299.50", "CHF"),
    ("Fr. 49.90", "de-CH", "49.90", "CHF"),
    ("12 990 Kč", "cs", "12990", "CZK"),
    ("1 299,- Kč", "cs", "1299", "CZK"),
    ("12.990 Ft", "hu", "12990", "HUF"),
    ("1 299 kr", "sv", "1299", "SEK"),
    ("1 299:-", "sv", "1299", "SEK"),
    ("1.299,95 kr.", "da", "1299.95", "DKK"),
    ("1299 kr", None, "1299", "kr"),
    ("R$ 1.299,90", "pt-BR", "1299.90", "BRL"),
    ("MX$499.00", None, "499.00", "MXN"),
    ("$ 12.990", "es-CL", "12990", "CLP"),
    ("1.299,90 TL", "tr", "1299.90", "TRY"),
    ("₺1.299,90", "tr", "1299.90", "TRY"),
    ("¥12,800", "ja", "12800", "JPY"),
    ("１２，８００円", "ja", "12800", "JPY"),
    ("12,800円（税込）", "ja", "12800", "JPY"),
    ("￥199.00", "zh-CN", "199.00", "CNY"),
    ("199元", "zh-CN", "199", "CNY"),
    ("NT$1,280", "zh-TW", "1280", "TWD"),
    ("₹1,29,900", "en-IN", "129900", "INR"),
    ("₹1,29,900.50", "en-IN", "129900.50", "INR"),
    ("12.500 د.ك", "ar", "12.500", "KWD"),
    ("٢٩٩٫٠٠ ر.س", "ar", "299.00", "SAR"),
    ("299.00 د.إ", "ar", "299.00", "AED"),
    ("١٬٢٩٩ ج.م", "ar", "1299", "EGP"),
    ("15,00 GBP", None, "15.00", "GBP"),
    ("1 299 ₽", "ru", "1299", "RUB"),
    ("129.000 ₫", "vi", "129000", "VND"),
    ("Rp 129.000", "id", "129000", "IDR"),
    ("₩12,000", "ko", "12000", "KRW"),
    ("1299.00", None, "1299.00", None),
    ("1299", None, "1299", None),
    ("0.99", None, "0.99", None),
    ("Price: 12.99", "en", "12.99", None),
    ("12.99 - 24.99 zł", "pl", "12.99", "PLN"),
    ("$10 – $20", "en-US", "10", "USD"),
    ("3 x 49,90 zł", "pl", "49.90", "PLN"),
    ("EUR 0,99", "de", "0.99", "EUR"),
    ("iPhone 13 1 299 zł", "pl", "1299", "PLN"),
    ("129,00 zł/szt.", "pl", "129.00", "PLN"),
    ("1 234 567,89 zł", "pl", "1234567.89", "PLN"),
    ("4 999 zł 5 999 zł", "pl", "4999", "PLN"),
    ("1.234.567,89 €", "de", "1234567.89", "EUR"),
    ("1,234,567.89 $", "en-US", "1234567.89", "USD"),
    ("od 49 zł", "pl", "49", "PLN"),
    ("Cena regularna: 199,00 zł", "pl", "199.00", "PLN"),
    ("1 299,00\u202fzł", "pl", "1299.00", "PLN"),
    ("1\u202f299,00\u00a0€", "fr", "1299.00", "EUR"),
    ("قیمت از ۹۹٬۰۰۰ تومان", "fa", "99000", "IRT"),
    ("۱٫۵ میلیون تومان", "fa", "1500000", "IRT"),
    ("129,- Kč", "cs", "129", "CZK"),
    ("UVP 49,95 €", "de", "49.95", "EUR"),
    ("ab 9,90 €*", "de", "9.90", "EUR"),
    ("Now £19.99 (was £29.99)", "en", "19.99", "GBP"),
    ("20% off: £8.00", "en", "8.00", "GBP"),
    ("A$49.95", None, "49.95", "AUD"),
    ("C$ 49.95", None, "49.95", "CAD"),
    ("0,99 €", "de", "0.99", "EUR"),
    ("0.990 KWD", None, "0.990", "KWD"),
]


@pytest.mark.parametrize(("text", "language", "amount", "currency"), PRICES)
def test_price(text: str, language: str | None, amount: str, currency: str | None) -> None:
    assert parse_price(text, language) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    [
        "", "Gratis", "-20%", "20 % off", "iPhone 13", "Nike Air Max 90", "SKU 12345",
        "-5,00 zł", "−£20", "- £20", "zł", "$", "12 reviews",
        "(12)", "19 99",
        "Koszyk", "تومان", "1 299 zł" + " " * 600,
    ],
)  # fmt: skip
def test_no_price(text: str) -> None:
    assert parse_price(text, "pl") is None


@pytest.mark.parametrize(
    "text", ["12 zł", "€5", "5 EUR", "۱۲ تومان", "12,-€", "R$ 5", "NT$5", "100円", "ریال", "5 kr."]
)
def test_a_currency_is_seen(text: str) -> None:
    assert has_currency(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12.99",
        "eurovision",
        "złoty medal",
        "letter",
        "tlen",
        "krem",
        "kredyt",
        "تهران",
        "lightly",
    ],
)
def test_no_currency_is_seen(text: str) -> None:
    assert not has_currency(text)


@pytest.mark.parametrize(
    ("sign", "code", "may"),
    [
        ("$", "CAD", True),
        ("$", "eur", False),
        ("kr", "DKK", True),
        ("EUR", "EUR", True),
        ("EUR", "PLN", False),
        ("IRT", "IRR", True),
        ("¥", "JPY", True),
        ("元", "TWD", True),
    ],
)
def test_what_a_sign_may_mean(sign: str, code: str, may: bool) -> None:
    assert sign_may_mean(sign, code) is may


@settings(deadline=None)
@given(st.integers(0, 9_999_999), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", ".", ""]))
def test_a_polish_price_comes_back_whatever_groups_it(whole: int, cents: int, gap: str) -> None:
    text = f"{whole:,}".replace(",", gap) + f",{cents:02d} zł"
    assert parse_price(text, "pl") == Money(Decimal(f"{whole}.{cents:02d}"), "PLN")


@settings(deadline=None)
@given(st.integers(1, 999_999_999), st.sampled_from(["٬", ",", "،", "/"]))
def test_a_persian_price_comes_back_whatever_groups_it(whole: int, gap: str) -> None:
    text = f"{whole:,}".replace(",", gap).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert parse_price(f"{text} تومان", "fa") == Money(Decimal(whole), "IRT")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    price = parse_price(text)
    assert price is None or price.amount >= 0
