"""Markup and scripts that mutations put into pages."""

import json
from collections.abc import Mapping
from html import escape

_HASHED_NAMES = """(() => {
  const original = NAMES, hashed = Object.fromEntries(Object.entries(original).map(([hash, name]) => [name, hash]));
  const one = (name) => hashed[name] || name;
  const selector = (text) => typeof text === "string"
    ? text.replace(/([.#])(-?[A-Za-z_][\\w-]*)/g, (all, mark, name) => mark + one(name)) : text;
  const words = (text, table) => String(text).replace(/[^\\s]+/g, (name) => table[name] || name);
  for (const type of [Document, Element, DocumentFragment]) {
    for (const name of ["querySelector", "querySelectorAll", "matches", "closest"]) {
      const was = type.prototype[name];
      if (was) type.prototype[name] = function (text) { return was.call(this, selector(text)); };
    }
  }
  for (const type of [Document, DocumentFragment]) {
    const was = type.prototype.getElementById;
    type.prototype.getElementById = function (id) { return was.call(this, one(id)); };
  }
  for (const type of [Document, Element]) {
    const was = type.prototype.getElementsByClassName;
    type.prototype.getElementsByClassName = function (names) { return was.call(this, words(names, hashed)); };
  }
  for (const name of ["add", "remove", "contains", "toggle", "replace"]) {
    const was = DOMTokenList.prototype[name];
    DOMTokenList.prototype[name] = function (...names) {
      return was.apply(this, names.map((each) => typeof each === "string" ? one(each) : each));
    };
  }
  const get = Element.prototype.getAttribute, set = Element.prototype.setAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = get.call(this, name);
    return value && (name === "class" || name === "id") ? words(value, original) : value;
  };
  Element.prototype.setAttribute = function (name, value) {
    set.call(this, name, name === "class" || name === "id" ? words(value, hashed) : value);
  };
  for (const [property, attribute] of [["className", "class"], ["id", "id"]]) {
    Object.defineProperty(Element.prototype, property, {
      get() { return this.getAttribute(attribute) || ""; },
      set(value) { this.setAttribute(attribute, value); },
    });
  }
})();"""


def hashed_names(names: Mapping[str, str]) -> str:
    """The page's own scripts go on using the names that they know; `names` maps hashes to these."""
    return _HASHED_NAMES.replace("NAMES", json.dumps(dict(names)).replace("<", "\\u003c"))


DIV_BUTTONS = """document.addEventListener("click", (event) => {
  const div = event.target.closest && event.target.closest("[data-was]");
  if (!div || event.defaultPrevented || div.dataset.was !== "submit" || div.hasAttribute("data-was-disabled")) return;
  const named = div.getAttribute("data-was-form");
  const form = named ? document.getElementById(named) : div.closest("form");
  if (!form) return;
  const name = div.getAttribute("data-was-name");
  if (name) {
    const field = Object.assign(document.createElement("input"), {type: "hidden", name});
    field.value = div.getAttribute("data-was-value") || "";
    form.append(field);
  }
  form.requestSubmit();
});"""

_MINI_CART = """document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-mini-cart")) return;
  const pressed = event.submitter;
  event.preventDefault();
  event.stopImmediatePropagation();
  const body = new URLSearchParams(new FormData(form));
  if (pressed && pressed.name) body.append(pressed.name, pressed.value);
  await fetch(form.action, {method: "POST", body});
  const known = [...document.querySelectorAll("a[href]")].find((link) => /\\/(cart|basket)\\/?$/.test(link.pathname));
  const drawer = document.createElement("aside");
  drawer.style = "position:fixed;top:0;right:0;bottom:0;width:320px;max-width:100%;padding:24px;z-index:9000;" +
    "background:#fff;color:#222;box-shadow:0 0 24px rgba(0,0,0,.4)";
  const title = document.createElement("p");
  title.textContent = "1 × " + (document.querySelector("h1") || document).textContent.trim();
  const link = document.createElement("a");
  link.href = known ? known.href : "";
  link.textContent = LABEL;
  drawer.append(title, link);
  document.body.append(drawer);
}, true);"""


def mini_cart(label: str) -> str:
    """The form that fills the cart is sent behind the scenes; a drawer shows what was added and the way to the cart."""
    return _MINI_CART.replace("LABEL", json.dumps(label))


OVERLAY = """addEventListener("DOMContentLoaded", () => {
  if (sessionStorage.getItem("newsletter")) return;
  const veil = document.createElement("div");
  veil.style = "position:fixed;inset:0;z-index:99999;background:rgba(0,0,0,.6);display:flex;align-items:center;" +
    "justify-content:center";
  veil.innerHTML = '<div style="background:#fff;color:#222;padding:32px;position:relative;max-width:420px">' +
    '<button type="button" aria-label="Close" style="position:absolute;top:8px;right:8px;font-size:24px">×</button>' +
    '<h2>10 % off your first order</h2><p>Hear of new things first.</p>' +
    '<form onsubmit="return false"><input type="email" placeholder="you@shop.example" aria-label="E-mail">' +
    '<button type="submit">Sign up</button></form></div>';
  veil.querySelector("button").addEventListener("click", () => {
    sessionStorage.setItem("newsletter", "closed");
    veil.remove();
  });
  document.body.append(veil);
});"""

REGION_GATE = """addEventListener("DOMContentLoaded", () => {
  const gate = document.createElement("div");
  gate.setAttribute("role", "dialog");
  gate.setAttribute("aria-modal", "true");
  gate.style = "position:fixed;inset:0;z-index:99999;background:#fff;color:#222;padding:15vh 10vw";
  gate.innerHTML = '<h2>Where should we deliver?</h2><form><label>Country <select name="region">' +
    '<option value="DE">Germany</option><option value="IE">Ireland</option><option value="PL">Poland</option>' +
    '<option value="GB">United Kingdom</option></select></label> <button type="submit">Go to the shop</button></form>';
  gate.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    document.cookie = "region=" + event.target.region.value + ";path=/";
    gate.remove();
    document.documentElement.style.overflow = "";
  });
  document.documentElement.style.overflow = "hidden";
  document.body.append(gate);
});"""


def sizes(sold_out: str) -> str:
    """A choice of sizes whose first is sold out."""
    return (
        '<p><label>Size <select name="benchmark_size">'
        f'<option value="s">S – {escape(sold_out)}</option><option value="m">M</option><option value="l">L</option>'
        "</select></label></p>"
    )


SIZES = """addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-sizes]"), choice = form.elements.benchmark_size;
  const button = form.querySelector("button, input[type=submit]");
  const label = button.value || button.textContent;
  const show = () => {
    const sold = choice.value === "s";
    button.disabled = sold;
    const text = sold ? form.dataset.sizes : label;
    if (button.tagName === "INPUT") button.value = text; else button.textContent = text;
  };
  choice.addEventListener("change", show);
  show();
});"""

_ORDER_LABEL = """(() => {
  const change = () => document.querySelectorAll("a[href*=checkout]").forEach((link) => {
    if (link.textContent !== LABEL) link.textContent = LABEL;
  });
  change();
  new MutationObserver(change).observe(document.documentElement, {childList: true, subtree: true});
})();"""


def order_label(label: str) -> str:
    """Links into the checkout are called `label`, also those that a script of the shop's puts in later."""
    return _ORDER_LABEL.replace("LABEL", json.dumps(label))


# Moved when the shop's scripts have found their elements: a shop that breaks is no test of a walker.
SHADOW = """addEventListener("load", () => setTimeout(() => {
  const host = document.createElement("shop-checkout");
  const root = host.attachShadow({mode: "open"});
  root.append(...[...document.querySelectorAll("link[rel=stylesheet], style")].map((sheet) => sheet.cloneNode(true)));
  root.append(...[...document.body.childNodes].filter((node) => node.localName !== "script"));
  document.body.prepend(host);
}));"""
