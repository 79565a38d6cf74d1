"""Defects of what shoppers choose by: lists, filters and reviews."""

from typing import TYPE_CHECKING

from aiohttp import web

from auditor.demo.defects.defect import Defect, Document, removing, rows
from auditor.demo.wording import number

if TYPE_CHECKING:
    from auditor.demo.storefront import Storefront

COPY = "/copy"
LONG = "all"
"""The key of the list that holds every product."""

MANY = 128


def _second_address(page: Document) -> None:
    """The first product of a list is linked once more, by an address of its own, and no page names the right one."""
    for link in page.every("link[rel=canonical]") if page.template == "product" else ():
        link.decompose()
    for card in page.every(".list .cards > li")[:1]:
        path = next(str(link["href"]) for link in card.select("a[href]"))
        name = next(link.get_text(" ", strip=True) for link in card.select("a[href]") if link.get_text(strip=True))
        twin = f'<a href="{COPY}{path}" style="display:block;padding:12px 0">{name}</a>'
        card.extend(Document(twin, "", page.catalogue).every("a"))


async def _copied(request: web.Request, store: "Storefront") -> web.StreamResponse | None:
    if not request.path.startswith(f"{COPY}/product/"):
        return None
    original = request.clone(rel_url=request.rel_url.with_path(request.path.removeprefix(COPY)))
    match = await request.app.router.resolve(original)
    return await match.handler(original)


def _many_reviews(page: Document) -> None:
    page.change_data("Product", lambda data: data.get("aggregateRating", {}).update(reviewCount=MANY))
    for line in page.every(".average"):
        line.append(f" ({number(MANY, page.catalogue.language)})")


CHOOSING = (
    Defect("list-product-doubled", "A product of each list has a second address", rows("NAV-008"),
           rows("category product"), part="cards", edit=_second_address, answer=_copied),
    Defect("list-without-filters", "A list of 84 products cannot be filtered", rows("NAV-020"), rows("category"),
           at=LONG, edit=removing(".filters")),
    Defect("list-without-pages", "A list shows 12 of 84 products, and nothing leads to the others", rows("NAV-023"),
           rows("category"), at=LONG, edit=removing("nav.pages", "link[rel=next]")),
    Defect("list-reviews-unsorted", "There are 128 reviews, and nothing shows how their stars are spread",
           rows("PDP-012"), rows("product"), part="reviews", edit=_many_reviews),
)  # fmt: skip
