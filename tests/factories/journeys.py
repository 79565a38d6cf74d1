"""Walked journeys of the Persian shop that does not exist, with a picture of every step."""

from pathlib import Path
from typing import Any

from auditor.evidence import Device
from auditor.result import Journey
from tests.factories.pages import SHOP
from tests.factories.results import screenshot

WALK: tuple[tuple[str, str, str, str], ...] = (
    ("open", "Opened the product page", "p/صندلی-گردو", "the page shows a price and a button"),
    ("close_layer", "Pressed “پذیرفتن همه”", "p/صندلی-گردو", "the layer is gone"),
    ("choose_variant", "Chose “گردویی تیره” of 3", "p/صندلی-گردو", "the button can be pressed"),
    ("add_to_cart", "Pressed “افزودن به سبد خرید”, and the cart took it", "p/صندلی-گردو", "the cart's number went from 0 to 1"),
    ("open_cart", "Pressed “سبد خرید”", "cart", "the cart lists the product"),
    ("start_checkout", "Pressed “ادامه فرایند خرید”", "checkout", "the page asks for contact data"),
    ("choose_guest", "Chose to go on as a guest", "checkout", "the form changed"),
    ("fill_contact", "Filled 3 fields and pressed “ادامه”", "checkout/address", "the next step is shown"),
    ("fill_address", "Filled 6 fields and pressed “ادامه”", "checkout/shipping", "the next step is shown"),
    ("choose_delivery", "Chose “پست پیشتاز” and pressed “ادامه”", "checkout/payment", "the page lists ways to pay"),
    ("reach_payment", "Reached the payment step; nothing was chosen and nothing sent", "checkout/payment", "3 ways to pay"),
    ("empty_cart", "Pressed “حذف”", "cart", "the cart says that it is empty"),
)  # fmt: skip


def steps(device: Device, folder: Path | None = None, count: int = len(WALK)) -> tuple[dict[str, Any], ...]:
    made = []
    for place, (intent, did, path, effect) in enumerate(WALK[:count], 1):
        picture = f"journeys/buy.{device}/{place:02}-{intent}.jpg"
        if folder is not None:
            width, height, factor = (412, 823, 1.75) if device is Device.MOBILE else (1350, 940, 1)
            screenshot(folder / picture, round(width * factor), round(height * factor))
        made.append(
            {
                "intent": intent, "did": did, "because": [f"the words of “{intent}”", "it is in the main part"],
                "reached": f"{SHOP}{path}", "confirmed": True, "effect": [effect], "waited_ms": 140 * place,
                "took_ms": 900 + 200 * place, "clicks": 1, "keys": 31 if intent.startswith("fill") else 0,
                "fields": 5 if intent.startswith("fill") else 0, "picture": picture if folder else None,
            }
        )  # fmt: skip
    return tuple(made)


def bought(device: Device = Device.MOBILE, folder: Path | None = None, **fields: Any) -> Journey:
    """A guest came to the payment step."""
    made: dict[str, Any] = {
        "name": "buy", "device": device, "ended": "completed", "reached": "reach_payment",
        "steps": steps(device, folder), "product": "صندلی گردو", "cleaned_up": True, "guest": "offered",
        "effort": {"clicks": 12, "keys": 62, "fields": 10, "pages": 5, "waited_s": 10.9, "desktop_low_s": 41.2,
                   "desktop_high_s": 63, "phone_low_s": 52.5, "phone_high_s": 75},
        "refused_requests": (f"POST {SHOP}order: places an order", f"POST {SHOP}order: places an order",
                             "POST https://pay.example/session: starts a payment"),
        "traces": ("a cart of a guest, which was emptied", "an abandoned checkout of a test identity"),
        "beyond_robots": (f"{SHOP}cart", f"{SHOP}checkout"),
    }  # fmt: skip
    return Journey.model_validate(made | fields)


def stuck(device: Device = Device.DESKTOP, folder: Path | None = None, **fields: Any) -> Journey:
    """The shop offered no delivery; the last step was not confirmed."""
    walked = steps(device, folder, 10)
    failed = {"confirmed": False, "effect": [], "did": "Pressed “ادامه”"}
    made = {
        "ended": "stuck", "reached": "choose_delivery", "stuck_at": "choose_delivery", "blocker": "no-delivery",
        "why": "The shop offers no delivery to IR: “ارسال به این نشانی ممکن نیست”.", "cleaned_up": False,
        "steps": (*walked[:-1], walked[-1] | failed), "refused_requests": (),
    }  # fmt: skip
    return bought(device, folder, **made | fields)
