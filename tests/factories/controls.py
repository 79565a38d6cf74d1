"""Controls, fields and pages as the interlock sees them."""

from auditor.interlock import (
    Clickable,
    Field,
    Form,
    PageState,
)

SHOP = "https://shop.example"
EMAIL = Field(type="email", name="email", words="email E-mail")
STREET = Field(name="street", words="street Street", autocomplete="street-address")
DELIVERY = Field(type="radio", name="shipping_method", words="shipping_method post Post Delivery")
PAYMENT = Field(type="radio", name="payment_method", words="payment_method cod Cash on delivery Payment")
CARD = Field(name="c", words="Card number", autocomplete="cc-number")
TERMS = Field(type="checkbox", name="x", words="I accept the terms and conditions")
NUMBER = Field(type="number", name="quantity", words="quantity")
SIZE = Field(type="select", name="option1", words="option1 Size")
STEPS = ("Address", "Delivery", "Payment")


def button(label: str, action: str, *fields: Field, url: str = f"{SHOP}/checkout", steps: tuple[str, ...] = STEPS, language: str = "en", more: tuple[Field, ...] = (), buttons: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> Clickable:  # fmt: skip
    page = PageState(
        url=url,
        language=language,
        fields=(*fields, *more),
        steps=steps,
        current=0 if steps else None,
        buttons=(label, *buttons),
    )
    form = Form(action=SHOP + action, method="POST", fields=fields)
    return Clickable(label=label, tag="button", type="submit", page=page, form=form, names=names, frame_url=url)
