"""The accuracy benchmark: it finds parts of pages it does not know, spoils them, and counts what came of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web

from auditor.check import load_checks
from auditor.finding import Certainty, Outcome, Problem, Verdict
from benchmarks.accuracy import publishing
from benchmarks.accuracy.mutation import alike, defect, removing
from benchmarks.accuracy.mutations import MUTATIONS
from benchmarks.accuracy.pictures import address, picture
from benchmarks.accuracy.proxy import HEALTHY, UNTOUCHED, MutatingProxy
from benchmarks.accuracy.remedies import INFORMATION, healthy
from benchmarks.accuracy.shop_page import ShopPage
from benchmarks.accuracy.shops import OSCAR
from benchmarks.accuracy.tables import count, misses, said_falsely, section, share, unjudged
from benchmarks.accuracy.trial import Seen, Trial, append, new_problems, read

PRODUCT = """<!doctype html><html lang="en"><head><title>Mug</title><meta name="viewport" content="width=device-width"></head><body>
<header><nav><a href="/a">A</a><a href="/b">B</a><a href="/c">C</a></nav></header>
<div class="frame"><nav aria-label="breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/k">Kitchen</a></li>
<li>Blue mug</li></ol></nav>
<div><div><img alt="Blue mug" src="/m.jpg"></div><div><h1>Blue mug</h1><p>£8.50</p><p>In stock</p>
<form action="/add"><button>Add to basket</button></form></div></div>
<p>A mug of blue glaze from a small kiln.</p></div><footer></footer></body></html>"""
_CARD = '<li><a href="/p{n}"><img alt="Mug {n}" src="/{n}.jpg"></a><a href="/p{n}">Mug {n}</a><p>£{n}.50</p></li>'
LIST = """<!doctype html><html lang="en"><head><title>Mugs</title><meta name="viewport" content="width=device-width"></head>
<body><header></header><main><nav aria-label="breadcrumb"><ol><li><a href="/">Home</a></li><li>Mugs</li></ol></nav>
<h1>Mugs</h1><ul>CARDS</ul></main><footer></footer></body></html>""".replace(
    "CARDS", "".join(_CARD.format(n=n) for n in range(1, 7))
)


def _product(kind: str = "product", *, mended: bool = True) -> ShopPage:
    page = ShopPage(PRODUCT, kind, "/blue-mug/", (("/p1", "Mug 1", "£1.50", "/1.jpg"),))
    if mended:
        healthy(page)
    return page


def _trial(**changes: Any) -> Trial:
    return Trial(
        shop="oscar", mutation="m", benign=False, summary="no price", wanted=("PDP-001",), also=(), seen=(), before=(),
        crashed=(), note="", verdicts={}, shop_version="1", browser="150", at=datetime(2026, 1, 1, tzinfo=UTC),
    ).model_copy(update=changes)  # fmt: skip


def _seen(row: str, *, certain: bool = True) -> Seen:
    return Seen(row=row, check="product/price-unclear", certain=certain, of="none", page="/x", device="mobile")


def test_parts_of_a_page_are_found_without_class_names() -> None:
    page = _product(mended=False)
    assert page.price is not None
    assert page.price.get_text() == "£8.50"
    assert page.buy_button is not None
    assert page.buy_button.get_text() == "Add to basket"
    assert page.main.get("class") == ["frame"]
    assert page.trail == [("Home", "/"), ("Kitchen", "/k"), ("Blue mug", "")]
    assert len(page.gallery) == 1
    assert [card.name for card in ShopPage(LIST, "category", "/mugs").cards] == ["li"] * 6


def test_a_healthy_product_page_says_what_the_shop_left_out() -> None:
    page = _product()
    data = {one["@type"]: one for one in (json.loads(tag.get_text()) for tag in page.soup.select("script[type*=json]"))}
    assert data["Product"]["offers"]["price"] == "8.50"
    assert data["Product"]["offers"]["priceCurrency"] == "GBP"
    assert [place["name"] for place in data["BreadcrumbList"]["itemListElement"]] == ["Home", "Kitchen", "Blue mug"]
    assert {str(link["href"]) for link in page.footer.select("a[href^='/']")} == set(INFORMATION)
    assert "within 30 days" in page.main.get_text()


def test_mutations_are_named_once_and_are_about_rows_that_checks_have() -> None:
    rows = {spec.row for spec in load_checks()}
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
    assert {row for mutation in MUTATIONS for row in mutation.rows | mutation.also} <= rows
    assert all(mutation.rows for mutation in MUTATIONS)


@pytest.mark.parametrize("mutation", [one for one in MUTATIONS if one.edit], ids=lambda one: one.name)
def test_an_edit_changes_a_page_of_an_unknown_theme(mutation: Any) -> None:
    changed = []
    for kind in sorted(mutation.kinds):
        page = _product() if kind == "product" else ShopPage(LIST, kind, "/returns" if kind == "content" else "/mugs")
        if kind != "product":
            healthy(page)
        before = str(page)
        try:
            mutation.edit(page)
        except LookupError:
            continue
        changed.append(str(page) != before)
    assert any(changed)


def test_a_planted_defect_counts_only_where_it_failed() -> None:
    found = _trial(seen=(_seen("PDP-001"),))
    doubted = _trial(shop="evershop", seen=(_seen("PDP-001", certain=False),))
    counts = count([found, doubted])["PDP-001"]
    assert (counts.planted, counts.failed, counts.review) == (2, 1, 1)
    assert "evershop" in misses([found, doubted])
    assert "oscar" not in misses([found, doubted])


def test_what_failed_before_is_left_out_and_named() -> None:
    trial = _trial(before=("PDP-001",))
    assert count([trial]).get("PDP-001") is None or count([trial])["PDP-001"].planted == 0
    assert "PDP-001 failed there before" in unjudged([trial])


def test_a_failure_nobody_planted_is_false_also_on_a_look_alike() -> None:
    other = _trial(seen=(_seen("PDP-001"), _seen("MOB-003")), also=("IMG-001",))
    benign = _trial(benign=True, mutation="b", seen=(_seen("PDP-001"),))
    assert [one.row for one in other.false] == ["MOB-003"]
    assert [one.row for one in benign.false] == ["PDP-001"]
    assert "look-alike" in said_falsely([benign])
    assert count([benign])["PDP-001"].false == 1


def test_shares_come_with_wilson_intervals() -> None:
    assert share(18, 20) == "18/20 (70–97 %)"
    assert share(0, 0) == "–"


def test_a_problem_that_was_there_before_is_not_new() -> None:
    def outcome(*problems: Problem) -> Outcome:
        return Outcome(check="mobile/zoom-blocked", verdict=Verdict.FAILED, page_key="/x", problems=problems)

    rows = {"mobile/zoom-blocked": "MOB-002"}
    known = outcome(Problem(discriminator="a"), Problem(discriminator="b", certainty=Certainty.NEEDS_REVIEW))
    later = outcome(Problem(discriminator="a"), Problem(discriminator="b"), Problem(discriminator="c"))
    assert [one.of for one in new_problems([known], [later], rows)] == ["b", "c"]
    assert new_problems([known], [known], rows) == ()


def test_trials_are_kept_and_the_latest_counts(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "trials.jsonl"
    append(file, _trial())
    append(file, _trial(seen=(_seen("PDP-001"),)))
    assert read(file)["oscar", "m"].verdict("PDP-001") == "failed"
    assert read(tmp_path / "none.jsonl") == {}


def test_the_section_goes_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"# Accuracy\n\n{publishing.BEGIN}\nold\n{publishing.END}\nafter\n")
    publishing.publish([_trial()], page)
    assert "old" not in page.read_text()
    assert section([_trial()]) in page.read_text()
    assert page.read_text().endswith("after\n")
    page.write_text("nothing")
    with pytest.raises(ValueError, match="needs the lines"):
        publishing.publish([_trial()], page)


def test_pictures_are_drawn_by_their_address_and_kept(tmp_path: Path) -> None:
    path = address(4, 40, "empty")
    drawn = picture(path, tmp_path)
    assert drawn is not None
    assert drawn[8:12] == b"WEBP"
    assert picture(path, tmp_path) == drawn
    assert picture("/bench-media/plain/../x.webp", tmp_path) is None


@asynccontextmanager
async def _served() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        body = PRODUCT.replace("<footer>", f"<footer>{request.host} {request.headers.get('Cookie', '-')}")
        return web.Response(text=body, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@pytest.mark.server
async def test_the_cookie_says_which_mutation_is_served_and_the_shop_never_sees_it(tmp_path: Path) -> None:
    mutations = {
        "no-heading": defect("no-heading", "no heading", "PDP-001", "product", removing("h1")),
        "same": alike("same", "nothing", "PDP-001", "category"),
    }
    shop = replace(OSCAR, pages=(("product", "/blue-mug/"),))
    async with (
        _served() as upstream,
        ClientSession() as client,
        MutatingProxy(shop, upstream, mutations, tmp_path).serving() as proxy,
    ):
        told = []
        for state in (UNTOUCHED, HEALTHY, "no-heading"):
            headers = {"Cookie": f"bench={state}; sid=1"}
            async with client.get(f"{proxy.url}blue-mug/", headers=headers) as answer:
                told.append(await answer.text())
    untouched, mended, spoilt = told
    assert "<h1>" in untouched
    assert "ld+json" not in untouched
    assert "sid=1" in untouched
    assert "bench=" not in untouched
    assert upstream.split("/")[2] not in untouched
    assert "ld+json" in mended
    assert "<h1>Blue mug" in mended
    assert "<h1>Blue mug" not in spoilt
    assert "ld+json" in spoilt
