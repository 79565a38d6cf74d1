"""Defects of the forms and the last page of the checkout."""

import re
from dataclasses import replace

from auditor.demo.defects.defect import Defect, Document, Edit, adding, all_of, removing, rows, setting, wording

ON = rows("checkout")
_MORE = (
    ("middle_name", "Middle name", "additional-name"), ("company", "Company", "organization"),
    ("address_2", "Address line 2", "address-line2"), ("region", "County", "address-level1"), ("fax", "Fax", "off"),
    ("job", "Job title", "organization-title"), ("nickname", "Nickname", "nickname"),
)  # fmt: skip


def _long(page: Document) -> None:
    for field in page.every("form.form .field:has(#phone)"):
        for name, label, complete in _MORE:
            html = f"<div class='field'><label for='{name}'>{label} <span class='optional'>(optional)</span></label>"
            html += f"<input id='{name}' name='{name}' type='text' autocomplete='{complete}'></div>"
            field.insert_before(Document(html, "", page.catalogue).soup)


def _insisting(page: Document) -> None:
    _long(page)
    for name, _label, _complete in _MORE:
        for mark in page.every(f"label[for={name}] .optional"):
            mark.decompose()
        setting(f"#{name}", "required", "")(page)
        setting(f"#{name}", "aria-required", "true")(page)


def _placeholders(page: Document) -> None:
    for label in page.every("form.form .field > label"):
        for field in page.every(f"input#{label['for']}"):
            field["placeholder"] = label.get_text(" ", strip=True)
            label.decompose()


def _letters_only(page: Document) -> None:
    for field in page.every("form.form input"):
        if field.get("type") in ("email", "tel"):
            field["type"] = "text"
        field.attrs.pop("inputmode", None)


def _mute(page: Document) -> None:
    for field in page.every("[aria-invalid]"):
        for name in ("aria-invalid", "aria-describedby", "autofocus"):
            field.attrs.pop(name, None)
    for message in page.every(".error"):
        message.decompose()


def _forgets(page: Document) -> None:
    if page.every("[aria-invalid], .error"):
        for field in page.every("form.form input:not([type=radio])"):
            field["value"] = ""


def _at_the_end(change: Edit) -> Edit:
    """Only where the order can be placed."""

    def edit(page: Document) -> None:
        if page.every(".place-order"):
            change(page)

    return edit


def _surplus(page: Document) -> None:
    for total in page.every(".totals dd strong"):
        total.string = re.sub(r"\d+", lambda found: str(int(found[0]) + 3), total.get_text(), count=1)


def _undated(page: Document) -> None:
    for name in page.every(".choices label span"):
        name.string = re.split(r"[,،]", name.get_text())[0]


TICKED = "<p><label><input type='checkbox' name='newsletter' value='1' checked> <span>Newsletter</span></label></p>"

_PLANTED = (
    Defect("checkout-long", "The checkout asks for fifteen fields", rows("CHK-007"), ON, also=rows("CHK-016"),
           edit=_long),
    Defect("checkout-unmarked", "No field says whether it is required", rows("CHK-009"), ON,
           edit=removing(".optional", "h2 + p")),
    Defect("checkout-no-autocomplete", "Browsers get no hints", rows("CHK-010"), ON,
           edit=setting("form.form input, form.form select", "autocomplete", None)),
    Defect("checkout-letters-only", "Phones always open the letter keyboard", rows("CHK-011"), ON, edit=_letters_only),
    Defect("checkout-placeholders", "Labels vanish when something is typed", rows("CHK-012"), ON, edit=_placeholders),
    Defect("checkout-surplus", "The total grows by three at the last step", rows("CHK-014"), ON,
           edit=_at_the_end(_surplus)),
    Defect("checkout-errors-mute", "Mistakes are refused without a word", rows("CHK-015"), ON, edit=_mute),
    Defect("checkout-forgets", "A mistake empties the whole form", rows("CHK-016"), ON, edit=_forgets),
    Defect("checkout-undated", "Ways of delivery have no dates", rows("CHK-019"), ON, edit=_undated),
    Defect("checkout-review-thin", "The last page shows neither address nor a way to change it", rows("CHK-020"), ON,
           edit=_at_the_end(removing("h3 + p", "h3"))),
    Defect("checkout-button-neutral", "The last button says nothing of paying", rows("CHK-021"), ON,
           edit=_at_the_end(wording(".place-order", lambda page: "OK"))),
    Defect("checkout-newsletter-ticked", "The newsletter is ticked beforehand", rows("DRK-006"), ON,
           edit=all_of(adding("form.form", TICKED))),
    Defect("checkout-laborious", "The checkout insists on fourteen answers", rows("CHK-022"), ON,
           also=rows("CHK-007 CHK-016"), edit=_insisting),
)  # fmt: skip
CHECKOUT_FORMS = tuple(replace(one, journey="buy") for one in _PLANTED)
