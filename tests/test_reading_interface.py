"""In which language a shop is, whatever its template states and in whatever language its goods are described."""

import pytest

from auditor.evidence import Texts
from auditor.reading.interface import interface_language
from auditor.reading.visits import language_read
from tests.factories.pages import document

GOODS = (
    "Espresso cup in moss green, made in small batches for everyday use and meant to be kept for years. We chose it "
    "because it is easy to look after and to repair. Each piece is checked by hand before it is packed. "
) * 4
WORDS = {
    "de": "Suchen Anmelden Warenkorb (0) Menge Zum Warenkorb hinzufügen Versandkosten Bewertungen",
    "it": "Cerca Accedi Il tuo carrello Quantità Aggiungi al carrello Spedizione Recensioni",
    "pl": "Szukaj Zaloguj się Koszyk (0) Ilość Dodaj do koszyka Dostawa Opinie",
    "fa": "جستجو ورود سبد خرید تعداد افزودن به سبد خرید ارسال نظرات",
    "en": "Search Log in Cart (0) Quantity Add to cart Delivery Reviews",
}


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("stated", ["en", "de", None])
def test_the_words_of_a_shop_tell_its_language_though_its_goods_are_english(language: str, stated: str | None) -> None:
    told = interface_language(WORDS[language] + GOODS, stated)
    assert told == (stated if language == "en" else language)


@pytest.mark.parametrize("stated", ["ru", "el", "sk"])
def test_a_language_without_words_of_its_own_here_keeps_what_it_states(stated: str) -> None:
    assert interface_language("Suchen Warenkorb" + GOODS, stated) == stated


def test_few_words_of_another_language_do_not_outvote_what_is_stated() -> None:
    assert interface_language("Menü Warenkorb " + GOODS, "en") == "en"
    assert interface_language(f"{WORDS['en']} Français Deutsch Koszyk Warenkorb Suchen {GOODS}", "en") == "en"


def test_a_page_is_read_in_the_language_of_its_words() -> None:
    texts = Texts(main=GOODS, all=f"{WORDS['de']} {GOODS}")
    assert language_read(document(lang="en"), texts) == "de"
