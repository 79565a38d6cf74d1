"""The shops, their pages by kind, and how each is started."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.metadata import version

from auditor.evidence import Template
from benchmarks.accuracy.remedies import INFORMATION
from tests.storefronts import evershop as evershop_module
from tests.storefronts import shops

TEMPLATES = {
    "home": Template.HOME, "category": Template.CATEGORY, "product": Template.PRODUCT, "cart": Template.CART,
    "content": Template.CONTENT, "search": Template.SEARCH,
}  # fmt: skip


@dataclass(frozen=True)
class Shop:
    """``pages`` are the panel, a kind and a path each. ``shell``: a page whose frame information pages borrow.
    ``drawn_again``: its script draws the page anew in the browser; it is left out, and pages are as the server sends
    them."""

    name: str
    version: str
    start: Callable[[], AbstractContextManager[shops.Storefront]]
    pages: tuple[tuple[str, str], ...]
    shell: str
    drawn_again: bool = False

    def kind_of(self, path: str) -> str:
        """The kind of page at ``path``; ``other`` for those that are not in the panel."""
        if path in INFORMATION:
            return "content"
        listed = {known.partition("?")[0].rstrip("/"): kind for kind, known in self.pages}
        return listed.get(path.rstrip("/"), "other")


OSCAR = Shop(
    "oscar",
    f"django-oscar {version('django-oscar')}",
    shops.oscar,
    (
        ("home", "/catalogue/"),
        ("category", "/catalogue/category/kitchen_1/"),
        ("category", "/catalogue/category/living-room_4/"),
        ("product", "/catalogue/speckled-stoneware-mug_1/"),
        ("product", "/catalogue/tall-enamel-mug_2/"),
        ("product", "/catalogue/glass-tea-mug_5/"),
        ("product", "/catalogue/oak-tripod-lamp_11/"),
        ("product", "/catalogue/zinc-window-box_23/"),
        ("cart", "/basket/"),
        ("search", "/search/?q=mug"),
        ("content", "/contact"),
        ("content", "/returns"),
    ),
    "/basket/",
)
EVERSHOP = Shop(
    "evershop",
    evershop_module.PACKAGES[0].replace("@evershop/evershop@", "EverShop "),
    shops.evershop,
    (
        ("home", "/"),
        ("category", "/accessories"),
        ("product", "/accessories/ceramic-coffee-cup-white"),
        ("product", "/accessories/stainless-steel-thermos-yellow"),
        ("product", "/accessories/ceramic-candy-bowl-black"),
        ("product", "/accessories/modern-ceramic-vase-green"),
        ("product", "/accessories/desk-pen-holder-white"),
        ("cart", "/cart"),
        ("search", "/search?keyword=cup"),
        ("content", "/contact"),
        ("content", "/returns"),
    ),
    "/cart",
    drawn_again=True,
)
SHOPS = {shop.name: shop for shop in (OSCAR, EVERSHOP)}
