# mypy: disable-error-code="import-not-found"
"""Run by the shop's own Python: fill the folder named by CARTRIDGE_FOLDER with a database and photographs."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.storefronts.oscar.catalogue import DESCRIPTION, SHELVES, Shelf
from tests.storefronts.oscar.photograph import photograph

SIZES = ("Small", "Large")
SIZE = 1
PUBLISHED = 2


def seed(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.cartridge.settings"
    import django

    django.setup()
    from cartridge.shop.models import Category, ProductOption
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    (folder / "media" / "product").mkdir(parents=True)
    for name in SIZES:
        ProductOption.objects.create(type=SIZE, name=name)
    shop = Category.objects.create(title="Shop", slug="shop")
    for number, shelf in enumerate(SHELVES[:4]):
        category = Category.objects.create(title=shelf.name, parent=shop)
        for place, name in enumerate(shelf.products):
            _product(folder, shelf, place, name, category, sized=number == 0)


def _product(folder: Path, shelf: Shelf, place: int, name: str, category: Any, *, sized: bool) -> None:
    """A product of the first shelf is sold by size; the fourth of each shelf is sold out."""
    from cartridge.shop.models import Product

    product = Product.objects.create(
        title=name, content=DESCRIPTION.format(name=name), available=True, status=PUBLISHED, in_sitemap=True
    )
    product.categories.add(category)
    file = f"product/{product.pk}.jpg"
    (folder / "media" / file).write_bytes(photograph(shelf.shape, product.pk))
    product.images.create(file=file, description=name)
    if sized:
        product.variations.create_from_options({f"option{SIZE}": list(SIZES)})
    else:
        product.variations.create()
    product.variations.manage_empty()
    for step, variation in enumerate(product.variations.all()):
        variation.unit_price = shelf.price + place * Decimal("3.25") + step * 2
        variation.num_in_stock = 0 if place == 3 else 25
        variation.save()
    product.variations.set_default_images([])
    product.copy_default_variation()
    product.save()


if __name__ == "__main__":
    seed(Path(os.environ["CARTRIDGE_FOLDER"]))
