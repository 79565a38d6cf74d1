# mypy: disable-error-code="import-not-found"
"""Run by the shop's own Python: fill the folder named by DATA_DIR with a database and pictures."""

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.storefronts.oscar.photograph import photograph

SHELVES = {
    "Tickets": (("Day ticket", "book", "12.00", ("Adult", "Student")), ("Weekend pass", "book", "29.00", ())),
    "Workshops": (("Throw a mug", "cup", "45.00", ()), ("Bind a notebook", "book", "38.00", ())),
    "To take home": (
        ("Fair mug", "cup", "14.50", ()),
        ("Fair apron", "apron", "34.00", ("Small", "Large")),
        ("Copper saucepan", "pan", "64.00", ()),
    ),
}


def seed() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.pretix.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django_scopes import scopes_disabled

    call_command("migrate", run_syncdb=True, verbosity=0)
    with scopes_disabled():
        _shop()


def _shop() -> None:
    from pretix.base.models import Event, Organizer

    begins = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3650)
    organizer = Organizer.objects.create(name="Rowan & Reed", slug="rowan")
    event = Event.objects.create(
        organizer=organizer, name="Fair for the house", slug="fair", currency="GBP", date_from=begins, live=True,
        is_public=True, plugins="pretix.plugins.banktransfer,pretix.plugins.manualpayment",
    )  # fmt: skip
    event.set_defaults()
    event.settings.payment_banktransfer__enabled = True
    event.settings.payment_banktransfer_bank_details_type = "other"
    event.settings.payment_banktransfer_bank_details = "Account 1 at the bank of shop.example"
    event.settings.payment_manual__enabled = True
    event.settings.payment_manual_public_name = "At the door"
    event.settings.contact_mail = "shop@shop.example"
    event.settings.imprint_url = "https://shop.example/imprint"
    quota = event.quotas.create(name="everything", size=500)
    for place, (name, products) in enumerate(SHELVES.items()):
        category = event.categories.create(name=name, position=place)
        for product in products:
            _product(event, category, quota, *product)


def _product(
    event: Any, category: Any, quota: Any, name: str, shape: str, price: str, versions: tuple[str, ...]
) -> None:
    from django.core.files.base import ContentFile

    tickets = category.position < 2
    item = event.items.create(
        category=category, name=name, default_price=Decimal(price), admission=tickets, personalized=tickets,
        description=f"{name}: made in small batches for everyday use, and meant to be kept for years.",
    )  # fmt: skip
    item.picture.save(f"{item.pk}.jpg", ContentFile(photograph(shape, item.pk)))
    quota.items.add(item)
    for step, version in enumerate(versions):
        quota.variations.add(item.variations.create(value=version, default_price=Decimal(price) - 3 * step))


if __name__ == "__main__":
    seed()
