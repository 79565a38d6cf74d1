"""The shops that are walked, how each is started and what is known of it for the mutations."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from auditor import __version__
from auditor.demo import DemoShop
from tests.storefronts import evershop as evershop_module
from tests.storefronts import shops

STOREFRONTS = Path(shops.__file__).parent
CURRENCIES = {
    "en-gb": "GBP", "pl": "PLN", "cs": "CZK", "da": "DKK", "fa": "IRR", "ja": "JPY", "pt-br": "BRL", "ru": "RUB",
    "sv": "SEK", "tr": "TRY", "uk": "UAH", "zh-hans": "CNY", "ar": "AED",
}  # fmt: skip


@dataclass(frozen=True)
class Running:
    """``orders`` counts those in the shop's own database."""

    url: str
    orders: Callable[[], int]


@dataclass(frozen=True)
class Shop:
    """``add`` is the CSS selector of the form that fills the cart, ``given`` products' paths to start from when none is
    found (such a walk counts as one without a product; where none is given the walker looks by itself).
    ``rendered_by_script``: its pages are drawn in the browser, so that only mutations by script change anything.
    """

    name: str
    version: str
    about: str
    languages: tuple[str, ...]
    start: Callable[[str], AbstractContextManager[shops.Storefront]] | None
    add: str = "form"
    given: tuple[str, ...] = ()
    rendered_by_script: bool = False

    @asynccontextmanager
    async def running(self, language: str) -> AsyncIterator[Running]:
        """The shop for as long as the block lasts."""
        if self.start is None:
            async with DemoShop(language) as demo:
                yield Running(demo.url, lambda: demo.orders)
            return
        block = self.start(language)
        storefront = await asyncio.to_thread(block.__enter__)
        try:
            yield Running(storefront.url, storefront.orders)
        finally:
            await asyncio.to_thread(block.__exit__, None, None, None)


def _pinned(shop: str, package: str) -> str:
    text = (STOREFRONTS / shop / "requirements.txt").read_text()
    found = re.search(rf"^{package}==(\S+)$", text, re.MULTILINE | re.IGNORECASE)
    assert found, f"{package} is not pinned"
    return found[1]


def _oscar(language: str) -> AbstractContextManager[shops.Storefront]:
    return shops.oscar(language, CURRENCIES.get(language, "EUR"))


SHOPS = {
    shop.name: shop
    for shop in (
        Shop(
            name="demo",
            version=__version__,
            about="our own demo shop; steps on one page each",
            languages=("en", "pl", "fa"),
            start=None,
            add="form.add",
        ),
        Shop(
            name="oscar",
            version=f"django-oscar {version('django-oscar')}",
            about="pages from the server; guest or customer first, then the address; one way of delivery",
            languages=(
                "en-gb", "pl", "fa", "de", "fr", "es", "it", "nl", "pt-br", "ar", "cs", "sv", "tr", "ja", "zh-hans",
                "ru", "uk", "da", "fi", "el",
            ),
            start=_oscar,
            add="#add_to_basket_form",
            given=("catalogue/tall-enamel-mug_2/",),
        ),
        Shop(
            name="cartridge",
            version=f"Cartridge {_pinned('cartridge', 'cartridge')}, Mezzanine {_pinned('cartridge', 'mezzanine')}",
            about="pages from the server; sizes to choose; both addresses on one page, the card on the next",
            languages=("en", "de", "pl", "fa", "fr", "ar", "es", "it", "sv", "tr"),
            start=shops.cartridge,
            add="#add-cart",
            given=("shop/product/tall-enamel-mug/", "shop/product/copper-saucepan/"),
        ),
        Shop(
            name="shuup",
            version=f"Shuup {_pinned('shuup', 'shuup')}",
            about="veil while the cart is written to; both addresses on one page; delivery and payment on the next",
            languages=("en", "de", "es", "it", "pt-br", "ja", "ru", "zh-hans"),
            start=shops.shuup,
            add="#add-to-cart-button",
        ),
        Shop(
            name="pretix",
            version=f"pretix {_pinned('pretix', 'pretix')}",
            about="tickets and goods on one page with a number for each; asynchronous cart; nothing is delivered",
            languages=("en", "de", "pl", "ar", "fr", "es"),
            start=shops.pretix,
            add="form[action*='cart/add']",
        ),
        Shop(
            name="evershop",
            version=evershop_module.PACKAGES[0].removeprefix("@evershop/").replace("@", " "),
            about="React in the browser, all of the checkout on one page, menus of its own making",
            languages=("en",),
            start=lambda _language: shops.evershop(),
            rendered_by_script=True,
        ),
    )
}  # fmt: skip
