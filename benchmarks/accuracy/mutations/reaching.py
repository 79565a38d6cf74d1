"""By how many steps and by which addresses products are reached."""

from collections.abc import Callable
from urllib.parse import urlsplit
from zlib import crc32

from aiohttp import web

from benchmarks.accuracy.mutation import Answer, Edit, alike, defect
from benchmarks.accuracy.shop_page import ShopPage

EVERYWHERE = "home category product cart search content other"
COPY = "/outlet"
WAY = "/way"
LISTS = frozenset({"accessories", "women", "men", "kids"})


def _original(path: str) -> str:
    return path.removeprefix(COPY)


def _copies(page: ShopPage, right: Callable[[str], str] | None) -> None:
    """Each card links a second address of its product; ``right`` says what canonical every product's page names."""
    for tag in page.soup.select("link[rel=canonical]"):
        tag.decompose()
    if page.kind == "product" and right is not None:
        page.add(page.head, f'<link rel="canonical" href="{right(page.path)}">')
    for card in page.cards if page.kind == "category" else ():
        link = card if card.name == "a" else card.select_one("a[href]")
        if link is not None:
            path = urlsplit(str(link["href"])).path
            page.add(
                page.main, f'<p><a href="{COPY}{path}" style="display:inline-block;padding:12px">Also here</a></p>'
            )


def _unlinked(page: ShopPage) -> None:
    """Every fourth product is linked from nowhere."""
    for card in [*page.cards, *page.soup.select(".bench-related > li")]:
        link = card if card.name == "a" else card.select_one("a[href]")
        path = urlsplit(str(link["href"])).path if link is not None else ""
        if crc32(path.rstrip("/").encode()) % 4 == 0:
            card.decompose()


def _behind(steps: int) -> tuple[Edit, Answer]:
    """Lists are linked only from the last of ``steps`` pages, of which each leads to the next."""
    lists: set[str] = set()

    def edit(page: ShopPage) -> None:
        for link in page.soup.select("a[href]"):
            path = urlsplit(str(link["href"])).path
            if path.strip("/") in LISTS:
                lists.add(path)
                link["href"] = f"{WAY}/1"
        for card in page.cards if page.kind in ("home", "cart", "content") else ():
            card.decompose()

    def answer(request: web.Request) -> web.Response | None:
        if not request.path.startswith(f"{WAY}/"):
            return None
        step = int(request.path.removeprefix(f"{WAY}/"))
        ways = [f"{WAY}/{step + 1}"] if step < steps else sorted(lists)
        links = "".join(f'<li><a href="{path}">Go on to {path}</a></li>' for path in ways)
        text = f"<!doctype html><html lang='en'><head><title>Way</title></head><body><ul>{links}</ul></body></html>"
        return web.Response(text=text, content_type="text/html")

    return edit, answer


FAR, FAR_ANSWER = _behind(4)
NEAR, NEAR_ANSWER = _behind(1)

REACHING = (
    defect("products-far-away", "four pages lie before the lists", "NAV-004", EVERYWHERE, FAR, answer=FAR_ANSWER,
           crawl=True, shops="evershop", device="desktop", also="NAV-001 NAV-002 NAV-003"),
    alike("products-behind-a-page", "one page lies before the lists", "NAV-004", EVERYWHERE, NEAR, answer=NEAR_ANSWER,
          crawl=True, shops="evershop", device="desktop", also="NAV-001 NAV-002"),
    # The list still says how many there are.
    defect("products-unlinked", "every fourth product is in the sitemap only", "NAV-005", EVERYWHERE, _unlinked,
           crawl=True, shops="evershop", device="desktop", also="NAV-023"),
    defect("products-doubled", "each product has a second address", "NAV-008", "category product other",
           lambda page: _copies(page, None), crawl=True, device="desktop", route=_original),
    alike("products-doubled-with-canonical", "the second address names the first as canonical", "NAV-008",
          "category product other", lambda page: _copies(page, _original), crawl=True, device="desktop",
          route=_original),
)  # fmt: skip
