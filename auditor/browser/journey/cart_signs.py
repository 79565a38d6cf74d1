"""What shows that the cart took a product."""

from collections.abc import Callable
from dataclasses import dataclass

from auditor.browser.journey.shop_tab import ShopTab
from auditor.evidence.sight import Sight
from auditor.interlock.site import site_of
from auditor.journey_ranking.marks import ADDING_ADDRESS, CART, last_concepts
from auditor.journey_ranking.standing import Product, cart_count, holds, names_product

Signs = tuple[str, ...]


@dataclass(frozen=True)
class CartSigns:
    """``before``: the page before anything was pressed; ``began``: the monotonic second of the press."""

    shop: ShopTab
    product: Product
    language: str | None
    before: Sight
    began: float

    def enough(self, sight: Sight) -> Signs | None:
        """One strong sign or two weak ones; else None."""
        strong, weak = self.strong(sight), list(self.answers(self.began))
        if (
            sight.outside_text != self.before.outside_text
            and names_product(sight.outside_text, self.product.name)
            and not names_product(self.before.outside_text, self.product.name)
        ):
            weak.append("a message or a drawer names the product")
        return (*strong, *weak) if strong or len(weak) > 1 else None

    def strong(self, sight: Sight) -> Signs:
        signs = []
        earlier, now = cart_count(self.before, self.language), cart_count(sight, self.language)
        if now is not None and now > (earlier or 0):
            signs.append(f"the cart's number went from {earlier or 0} to {now}")
        if "cart" in last_concepts(sight.url) and holds(sight, self.product, self.language):
            signs.append("the shop led to its cart, which names the product")
        return tuple(signs)

    def weak(self, sight: Sight) -> Signs:
        """One weak sign is enough to have a look at the cart, which decides."""
        changed = sight.text != self.before.text or sight.url != self.before.url
        return self.answers(self.began) or (("the shop took something",) if changed and self.wrote(self.began) else ())

    def answers(self, since: float) -> Signs:
        """Requests of ours that the shop answered well and that are about a cart."""
        for exchange in self.shop.traffic.since(since):
            ours = site_of(exchange.url) == site_of(self.shop.session.shop.start_url)
            about = ADDING_ADDRESS.search(exchange.url) or (exchange.method != "GET" and CART.search(exchange.url))
            if ours and about and exchange.status is not None and exchange.status < 400:
                return (
                    f"the shop answered {exchange.method} {exchange.url.partition('?')[0][-50:]} by {exchange.status}",
                )
        return ()

    def wrote(self, since: float) -> bool:
        """Whether the shop took anything that was sent."""
        return any(one.method != "GET" and one.status and one.status < 400 for one in self.shop.traffic.since(since))

    def taken(self, sight: Sight) -> bool:
        """Whether the shop said that it took it, and no number beside the cart says that it did not."""
        return bool(self.answers(self.began)) and not self._stayed(sight)

    def perhaps(self, sight: Sight) -> Signs:
        """What makes it possible that the cart holds it since the first press; the cart's page decides."""
        wrote = self.wrote(self.began) and not self._stayed(sight)
        return self.answers(self.began) or (("the shop took something",) if wrote else ())

    def _stayed(self, sight: Sight) -> bool:
        count = cart_count(sight, self.language)
        return count is not None and count == cart_count(self.before, self.language)

    def since(self, began: float) -> Callable[[Sight], Signs | None]:
        """What shows it after another press, made at ``began``."""
        return lambda sight: (*self.strong(sight), *self.answers(began)) or None
