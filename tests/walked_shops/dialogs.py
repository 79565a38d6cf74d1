"""Dialogs that open when a product is added: they ask how to go on, or say that it was added."""

from collections.abc import Collection

SHAPES = frozenset({"dialog-asks", "dialog-cancels", "dialog-chooses", "dialog-confirms"})
WORDS = {
    "en": ("Add to basket", "Continue shopping", "Proceed to checkout", "Choose a size", "Goes well with it"),
    "pl": ("Dodaj do koszyka", "Kontynuuj zakupy", "Przejdź do kasy", "Wybierz rozmiar", "Pasuje do tego"),
    "fa": ("افزودن به سبد", "ادامه خرید", "تسویه حساب", "انتخاب اندازه", "همراه با این"),
}
_OPEN = """<script>document.querySelector("form.add").addEventListener("submit", async (event) => { event.preventDefault();
const form = event.target, name = document.querySelector("h1").textContent, price = document.querySelector("strong").textContent;
%s
const over = document.createElement("div"); over.className = "over"; over.innerHTML = `<div role="dialog" aria-modal="true">%s</div>`;
%s.append(over);
const send = async (then) => { const taken = await (await fetch("/cart/options", {method: "POST", body: new URLSearchParams(new FormData(form))})).json();
  document.querySelector("#n").textContent = taken.count; over.remove(); if (then) location.href = then; };
for (const one of over.querySelectorAll("[data-does]")) one.onclick = (event) => { event.preventDefault();
  ({close: () => over.remove(), stay: () => send(""), leave: () => send("/cart"), accessory: () => one.remove(),
    chosen: () => over.querySelector("select").value && send("/cart")})[one.dataset.does](); };
})</script>"""
_LINE = """<h2>{add}</h2><table><tr><td>${{name}}</td><td><input name=add_qty value=1 size=2></td><td>${{price}}</td></tr></table>"""
ASK = """await fetch("/modal", {method: "POST", headers: {"content-type": "application/json"},
  body: JSON.stringify({product_id: form.product.value, quantity: 1})});"""
_BUTTON = '<a class="big" style="cursor:pointer" data-does="{does}">{text}</a> '


def language_of(has: Collection[str]) -> str:
    return "pl" if "polish" in has else "fa" if "persian" in has else "en"


def _button(does: str, text: str) -> str:
    return _BUTTON.format(does=does, text=text)


def dialog(has: Collection[str]) -> str:
    """The script of the one shape that ``has`` names; "" for none."""
    add, stay, leave, size, more = WORDS[language_of(has)]
    line, ask = _LINE.format(add=add), ASK
    if "dialog-asks" in has:
        accessory = f'<p>{more}: Candle £4.00 <a href="#" data-does="accessory">{add}</a></p>'
        return _OPEN % (ask, line + accessory + _button("stay", stay) + _button("leave", leave), "form")
    if "dialog-cancels" in has:
        return _OPEN % (ask, line + _button("close", stay) + _button("leave", leave), "document.body")
    if "dialog-chooses" in has:
        choice = (
            f'<label>{size} <select name=size required><option value="">–</option><option>M</option></select></label>'
        )
        return _OPEN % (ask, f"<h2>{size}</h2>{choice}" + _button("chosen", add), "form")
    if "dialog-confirms" in has:
        added = (
            'const told = await (await fetch("/cart/options", {method: "POST", body: new URLSearchParams(new FormData(form))})).json();'
            'document.querySelector("#n").textContent = told.count;'
        )
        plain = "<p>${name} – 1 × ${price}</p>"
        away = f'<a class="big" href="/checkout">{leave}</a>'
        return _OPEN % (added, plain + _button("close", stay) + away, "document.body")
    return ""
