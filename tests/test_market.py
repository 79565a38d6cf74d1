"""Which country a shop sells to."""

import pytest

from auditor.market import market
from tests import factories as make


@pytest.mark.parametrize(
    ("url", "language", "lang", "price", "expected"),
    [
        ("https://sklep.example/", "pl", "pl", None, "PL"),
        ("https://shop.pl/", "en", "en", "£ 10", "PL"),
        ("https://shop.co.uk/", "en", "en", None, "GB"),
        ("https://shop.example/", "en", "en-GB", None, "GB"),
        ("https://shop.example/", "en", "en-US", "1 299,00 zł", "PL"),
        ("https://shop.example/", "fa", "fa", "۱٬۲۹۹٬۰۰۰ تومان", "IR"),
        ("https://shop.example/", "en", "en", None, None),
        ("http://127.0.0.1:8000/", "de", "de", "10 €", None),
    ],
)
def test_market(url, language, lang, price, expected):
    prices = (make.price(price),) if price else ()
    visit = make.page_evidence(lang=lang, texts=make.texts(prices=prices))
    assert market(url, language, [visit]) == expected
