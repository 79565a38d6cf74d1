"""How many products a list says that it has, as shops of several languages write it."""

import pytest

from auditor.reading.facets import stated_total
from tests import factories as make


@pytest.mark.parametrize(
    "line",
    [
        "Showing 1–16 of 84 results", "84 Items", "Results: 84", "16 von 84 Artikeln", "Artikel 1-16 von 84",
        "16 articles sur 84", "Wyświetlono 16 z 84 produktów", "1-16 z 84", "نمایش ۱۶ از ۸۴ کالا", "عرض 16 من 84 منتج",
        "84 ürün", "全84件", "共84件商品", "Mostrando 1-16 de 84", "16 van 84", "Visar 16 av 84", "16 z 84 položek",
        "Liczba produktów: 84", "Nombre de produits : 84", "Produkte (84)", "تعداد کالاها: ۸۴",
    ],
)  # fmt: skip
def test_the_total_of_a_list_is_read(line: str) -> None:
    assert stated_total(make.texts(all=f"Mugs\n{line}\nBlue mug")) == 84


@pytest.mark.parametrize(
    "line",
    [
        "4.6 of 5 stars", "9 out of 10 customers", "Image 1 of 4", "made of 100 percent wool", "5 mars de 2026",
        "Set z 12 elementów", "Piece 5 of 12 cm", "von 100 bis 200 Euro",
        "Artikelnummer: 4711", "کد محصول: ۴۷۱۱",
    ],
)  # fmt: skip
def test_other_numbers_are_no_total(line: str) -> None:
    assert stated_total(make.texts(all=f"Mugs\n{line}\nBlue mug")) is None
