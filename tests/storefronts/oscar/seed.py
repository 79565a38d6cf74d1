"""Fill an empty folder with a shop: database, photographs with their thumbnails, search index.

Run as `python -m tests.storefronts.oscar.seed FOLDER`: Django can be set up once per process, and the server
works in a copy of the folder.
"""

import os
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.storefronts.oscar.catalogue import APRON, APRON_SIZES, DESCRIPTION, REVIEWS, SHELVES, Shelf
from tests.storefronts.oscar.photograph import photograph


def seed(folder: Path) -> None:
    """Write a complete shop into `folder`, an empty directory."""
    os.environ["OSCAR_FOLDER"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.oscar.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    _place_missing_image(folder / "media")
    addresses = _Seeder().stock()
    call_command("rebuild_index", interactive=False, verbosity=0)
    _open_once(addresses)


def _place_missing_image(media: Path) -> None:
    import oscar

    media.mkdir()
    shutil.copy(Path(oscar.__file__).parent / "static/oscar/img/image_not_found.jpg", media)


class _Seeder:
    """Writes catalogue rows through django-oscar's models, which exist only after `django.setup()`."""

    def __init__(self) -> None:
        from django.apps import apps

        self.model = apps.get_model
        self.count = 0

    def stock(self) -> list[str]:
        """Everything for sale, and where it can be sent. Gives the addresses (paths) that show photographs."""
        from django.db import transaction
        from oscar.apps.catalogue.categories import create_from_breadcrumbs

        with transaction.atomic():
            self._countries()
            self.partner = self.model("partner", "Partner").objects.create(name="Warehouse")
            self.kind = self.model("catalogue", "ProductClass").objects.create(name="Household")
            products = []
            for shelf in SHELVES:
                category = create_from_breadcrumbs(f"{shelf.department} > {shelf.name}", separator=" > ")
                products += [self._product(shelf, place, category) for place in range(len(shelf.products))]
            products.append(self._apron(create_from_breadcrumbs("Kitchen > Textiles", separator=" > ")))
        listing = [f"/catalogue/?page={page}" for page in (1, 2, 3)]
        return listing + [product.get_absolute_url() for product in products]

    def _countries(self) -> None:
        country = self.model("address", "Country")
        for order, (code, name) in enumerate(
            (("GB", "United Kingdom"), ("IE", "Ireland"), ("DE", "Germany"), ("PL", "Poland"))
        ):
            country.objects.create(
                iso_3166_1_a2=code, printable_name=name, name=name, is_shipping_country=True, display_order=9 - order
            )

    def _product(self, shelf: Shelf, place: int, category: Any) -> Any:
        name = shelf.products[place]
        product = self.model("catalogue", "Product").objects.create(
            title=name, upc=f"RR{self.count + 1000}", product_class=self.kind, description=DESCRIPTION.format(name=name)
        )
        product.categories.add(category)
        self._photographs(product, shelf.shape, 1 + (place == 0))
        # The fourth of each shelf is sold out.
        self._stock(product, shelf.price + place * Decimal("3.25"), 0 if place == 3 else 25)
        for title, body, score in REVIEWS[: place % 4]:
            product.reviews.create(
                title=title, body=body, score=score, name="A. Reader", email="reader@shop.example", status=1
            )
        return product

    def _apron(self, category: Any) -> Any:
        model = self.model("catalogue", "Product")
        parent = model.objects.create(
            title=APRON, product_class=self.kind, structure="parent", description=DESCRIPTION.format(name=APRON)
        )
        parent.categories.add(category)
        self._photographs(parent, "apron", 2)
        for place, size in enumerate(APRON_SIZES):
            child = model.objects.create(
                title=f"{APRON}, {size.lower()}", upc=f"RRA{place}", structure="child", parent=parent
            )
            self._stock(child, Decimal("34.00") + place * 2, 25)
        return parent

    def _photographs(self, product: Any, shape: str, views: int) -> None:
        from django.core.files.base import ContentFile

        for view in range(views):
            self.count += 1
            picture = ContentFile(photograph(shape, self.count), name=f"rr-{self.count}.jpg")
            self.model("catalogue", "ProductImage").objects.create(
                product=product, original=picture, display_order=view, caption=f"{product.title}, view {view + 1}"
            )

    def _stock(self, product: Any, price: Decimal, number: int) -> None:
        self.model("partner", "StockRecord").objects.create(
            product=product, partner=self.partner, partner_sku=product.upc, price=price, num_in_stock=number
        )


def _open_once(addresses: list[str]) -> None:
    """Thumbnails are made when a page first shows them: do it now, so that no audited page pays for it."""
    from django.test import Client

    for address in addresses:
        # A new visitor each time: the list of recently viewed products would make each page longer than the last.
        status = Client().get(address).status_code
        if status != 200:
            raise RuntimeError(f"the seeded shop answers {status} at {address}")
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


if __name__ == "__main__":
    seed(Path(sys.argv[1]))
