"""Days, costs and terms as shops write them, in several languages."""

import pytest

from auditor.reading.promises import days_in, return_days, warranty_term


@pytest.mark.parametrize(
    ("line", "language", "days"),
    [
        ("Return it free of charge within 30 days", "en", (30,)),
        ("30-day returns", "en", (30,)),
        ("You have fourteen days", "en", (14,)),
        ("within 14 (fourteen) days of delivery", "en", (14,)),
        ("w ciągu 14 dni roboczych", "pl", (14,)),
        ("تا ۷ روز کاری", "fa", (7,)),
        ("innerhalb von 30 Tagen", "de", (30,)),
        ("sous 14 jours ouvrés", "fr", (14,)),
        ("商品到着後8日以内", "ja", (8,)),
        ("2024 was a good year", "en", ()),
        ("1.500 days", "en", ()),
        ("Warranty of 2 years", "en", ()),
        ("innerhalb von 4 Wochen", "de", (28,)),
        ("two weeks", "en", (14,)),
        ("1 month", "en", (30,)),
        ("تا یک هفته", "fa", (7,)),
        ("خلال أربعة عشر يوما", "ar", (14,)),
        ("on dört gün içinde", "tr", (14,)),
        ("2か月以内", "ja", (60,)),
        ("3 mesas", "es", ()),
    ],
)
def test_days_are_read(line, language, days):
    assert days_in(line, language) == days


@pytest.mark.parametrize(
    ("line", "language", "days"),
    [
        ("You can send items back within fourteen days of receiving them.", "en", 14),
        ("30-day money-back guarantee", "en", 30),
        ("30 Tage Geld zurück Garantie", "de", 30),
        ("Soddisfatto o rimborsato durante 30 giorni", "it", 30),
        ("Zboží můžete vrátit do 14 dnů", "cs", 14),
        ("Zwroty przyjmujemy w terminie czternastu dni", "pl", 14),
        ("ضمانت بازگشت ۱۰ روزه", "fa", 10),
        ("支持7天无理由退货", "zh", 7),
    ],
)
def test_a_term_is_read_from_the_words_of_a_shop(line, language, days):
    assert return_days(line, language) == (days, line)


def test_the_term_of_a_return_is_not_that_of_the_refund_or_the_warranty():
    text = (
        "Delivery takes 3 days.\nYou can return the lamp within 20 days.\n"
        "The money is refunded within 30 days.\nThe warranty ends after 365 days."
    )
    assert return_days(text, "en") == (20, "You can return the lamp within 20 days.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Warranty: 2 years", "en"),
        ("Warranty\n5 years", "en"),
        ("Gwarancja producenta: 24 miesiące", "pl"),
        ("گارانتی ۱۸ ماهه", "fa"),
    ],
)
def test_a_warranty_with_a_number_is_a_term(text, language):
    assert warranty_term(text, language)


def test_a_word_for_warranty_alone_is_none():
    assert warranty_term("We give a warranty on everything", "en") is None
