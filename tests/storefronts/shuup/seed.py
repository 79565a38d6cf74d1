# mypy: disable-error-code="import-not-found"
"""Run by the shop's own Python: fill the folder named by SHUUP_FOLDER with a database and photographs."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.storefronts.oscar.catalogue import DESCRIPTION, SHELVES, Shelf
from tests.storefronts.oscar.photograph import photograph

NAME = "Rowan & Reed"


def seed() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.shuup.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db.backends.signals import connection_created
    from django.utils import translation

    # Hundreds of migrations, each waiting for the disk; a seed that is cut off is made again.
    connection_created.connect(_without_waiting_for_the_disk)
    translation.activate("en")
    call_command("migrate", verbosity=0)
    from shuup.core.models import Category, CategoryStatus, ShopStatus
    from shuup.testing import factories
    from shuup.xtheme import set_current_theme

    shop = factories.get_default_shop()
    shop.name = shop.public_name = NAME
    shop.status, shop.maintenance_mode = ShopStatus.ENABLED, False
    shop.save()
    set_current_theme("shuup.themes.classic_gray", shop)
    factories.create_default_order_statuses()
    for service, name in (
        (factories.get_default_payment_method(), "Invoice"),
        (factories.get_default_shipping_method(), "Courier"),
    ):
        service.name = name
        service.save()
    unit = factories.get_default_sales_unit()
    unit.name, unit.symbol = "piece", "pc"
    unit.save()
    supplier = factories.get_default_supplier(shop)
    for shelf in SHELVES[:4]:
        category = Category.objects.create(
            name=shelf.name, slug=shelf.name.lower(), status=CategoryStatus.VISIBLE, visible_in_menu=True
        )
        category.shops.add(shop)
        for place, name in enumerate(shelf.products):
            _product(shop, supplier, category, shelf, place, name)
    Category.objects.rebuild()
    call_command("reindex_product_catalog")


def _without_waiting_for_the_disk(connection: Any, **_signal: object) -> None:
    connection.cursor().execute("PRAGMA synchronous = OFF")


def _product(shop: Any, supplier: Any, category: Any, shelf: Shelf, place: int, name: str) -> None:
    from django.core.files.base import ContentFile
    from filer.models import Image
    from shuup.core.models import ProductMedia, ProductMediaKind
    from shuup.testing import factories

    sku = f"RR-{1000 + 10 * SHELVES.index(shelf) + place}"
    product = factories.create_product(
        sku, shop, supplier, shelf.price + place * Decimal("3.25"), name=name, slug=name.lower().replace(" ", "-"),
        description=DESCRIPTION.format(name=name),
    )  # fmt: skip
    file = ContentFile(photograph(shelf.shape, product.pk), name=f"{sku}.jpg")
    medium = ProductMedia.objects.create(
        product=product,
        kind=ProductMediaKind.IMAGE,
        file=Image.objects.create(name=name, original_filename=f"{sku}.jpg", file=file),
        enabled=True,
        public=True,
    )
    medium.shops.add(shop)
    product.primary_image = medium
    product.save()
    sold = product.get_shop_instance(shop)
    sold.primary_category = category
    sold.save()
    sold.categories.add(category)


if __name__ == "__main__":
    (Path(os.environ["SHUUP_FOLDER"]) / "shop" / "var").mkdir(parents=True)
    seed()
