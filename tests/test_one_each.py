"""One product, or one list, that has several addresses counts once; two that look alike stay two."""

import pytest

from auditor.evidence import PageFacts, PageSignals, Template
from auditor.queries import catalogue_of, product_lists
from auditor.reading.one_each import one_each, together
from tests import factories as make


def pages(*known: tuple[str, str], **fields: object) -> list[PageFacts]:
    return [make.page_facts(url, key=url, h1=h1, template=Template.PRODUCT, depth=2, **fields) for url, h1 in known]


def keys(found: tuple[PageFacts, ...]) -> list[str]:
    return [page.key for page in found]


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ([("/p/mug", "Mug"), ("/p/mug?category=4", "Mug"), ("/p/mug?category=7&page=2", "Mug")], ["/p/mug"]),
        ([("/p/mug?category=4", "Mug"), ("/p/mug?category=7", "Mug")], ["/p/mug?category=4"]),
        ([("/p?id=1", "Mug"), ("/p?id=1&list=4", "Mug"), ("/p?id=2", "Lamp")], ["/p?id=1", "/p?id=2"]),
        # Two products of one name, told apart by a parameter that tells others apart.
        ([("/p?id=1", "Mug"), ("/p?id=2", "Mug"), ("/p?id=3", "Lamp")], ["/p?id=1", "/p?id=2", "/p?id=3"]),
        # Choices that the shop calls by names of their own.
        ([("/p/mug?colour=blue", "Blue mug"), ("/p/mug?colour=red", "Red mug")], ["/p/mug?colour=blue", "/p/mug?colour=red"]),
        ([("/p/mug", "Mug"), ("/q/mug", "Mug")], ["/p/mug", "/q/mug"]),
        ([("/p?id=1", ""), ("/p?id=2", "")], ["/p?id=1", "/p?id=2"]),
    ],
)  # fmt: skip
def test_parameters_that_change_nothing_make_no_other_product(known: list[tuple[str, str]], kept: list[str]) -> None:
    assert keys(one_each(pages(*known))) == kept
    assert sorted(keys(one_each(pages(*reversed(known))))) == sorted(kept)


def test_a_number_of_its_own_makes_another_product() -> None:
    blue, red = (
        make.page_facts(f"/p/mug?c={n}", key=f"/p/mug?c={n}", h1="Mug", signals=PageSignals(sku=f"M-{n}"))
        for n in (1, 2)
    )
    assert len(one_each([blue, red])) == 2


def test_what_is_kept_knows_what_its_other_addresses_know() -> None:
    listed = make.page_facts("/p/mug", key="/p/mug", h1="Mug", in_sitemap=True)
    linked = make.page_facts("/p/mug?from=list", key="/p/mug?from=list", h1="Mug", depth=3)
    only = one_each([linked, listed])[0]
    assert (only.key, only.in_sitemap, only.depth) == ("/p/mug", True, 3)
    assert [len(alike) for alike in together([linked, listed])] == [2]


def test_a_list_in_another_order_is_no_other_list() -> None:
    lamps, mugs = ("Lamp A", "Lamp B"), ("Mug A", "Mug B")
    known = (
        ("/shop?cat=1", lamps, 900), ("/shop?cat=1&order=name", lamps[::-1], 900), ("/shop?cat=2", mugs, 900),
        ("/bare?cat=3", (), 700), ("/bare?cat=4", (), 800),
    )  # fmt: skip
    found = [
        make.page_facts(url, key=url, h1="Shop", headings=names, main_chars=chars, template=Template.CATEGORY)
        for url, names, chars in known
    ]
    kept = ("/bare?cat=3", "/bare?cat=4", "/shop?cat=1", "/shop?cat=2")
    assert product_lists(found) == tuple(make.at(url) for url in kept)


def test_the_catalogue_holds_each_product_once() -> None:
    known = pages(("/p/mug", "Mug"), ("/p/mug?category=4", "Mug"), ("/p/lamp", "Lamp"))
    assert [goods.key for goods in catalogue_of(known, [], "en").goods] == ["/p/lamp", "/p/mug"]
