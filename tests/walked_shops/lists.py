"""A one-page checkout whose lists and radio buttons are of its own making, drawn at the end of the page."""

from collections.abc import Collection

_SCRIPT = """<script>
const chosen = {};
const store = (path) => fetch(path, {method: "POST", headers: {"content-type": "application/json"},
  body: JSON.stringify({...chosen, city: document.querySelector("[name=city]").value})});
const close = () => document.querySelectorAll("[role=listbox]").forEach((one) => one.remove());
const show = (opener, names, done) => {
  close();
  const list = document.createElement("div");
  list.setAttribute("role", "listbox"); list.id = "list-" + opener.id; list.className = "list";
  for (const name of names) {
    const option = document.createElement("div");
    option.setAttribute("role", "option"); option.textContent = name; option.className = "option";
    option.onclick = () => { done(name); close(); opener.setAttribute("aria-expanded", "false"); ORDERS };
    list.append(option);
  }
  document.body.append(list);
  opener.setAttribute("aria-controls", list.id); opener.setAttribute("aria-expanded", "true");
};
addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
const COUNTRIES = ["Albania", "Austria", "Belgium", "France", "Germany", "Ireland", "Italy", "Poland", "Spain", "United Kingdom"];
const country = document.querySelector("#country");
country.onclick = () => show(country, COUNTRIES, (name) => { chosen.country = name; country.firstChild.textContent = name; later(); });
const city = document.querySelector("[name=city]");
city.oninput = () => show(city, [city.value, city.value + " North"], (name) => { city.value = name; later(); });
let waiting = 0;
const later = () => { clearTimeout(waiting); waiting = setTimeout(async () => {
  if (!chosen.country || !city.value) return;
  await store("/checkout/addresses");
  document.querySelector("#delivery").innerHTML = '<label><span role="radio" aria-checked="false" tabindex="0" class="dot"></span> Post £3.00</label>';
  const radio = document.querySelector("#delivery [role=radio]");
  radio.onclick = async () => { await store("/checkout/addresses"); radio.setAttribute("aria-checked", "true"); document.querySelector("#pay").hidden = false; };
}, 500); };
</script>"""


def one_page(has: Collection[str]) -> str:
    orders = 'fetch("/order", {method: "POST"}); fetch("/neutral", {method: "POST", body: "x=1"})'
    script = _SCRIPT.replace("ORDERS", orders if "ordering-lists" in has else "")
    return f"""<style>.list{{position:absolute;top:300px;left:300px;background:#fff;border:1px solid;z-index:9}}.option{{padding:6px;cursor:pointer}}
.dot{{display:inline-block;width:18px;height:18px;border:1px solid;border-radius:9px}}</style>
<h1>Checkout</h1><form method=post action=/order><label>E-mail <input type=email name=email required></label>
<label>Full name <input name=name required></label><label>Street and number <input name=street required></label>
<label>Postcode <input name=postcode required></label><label>City <input name=city role=combobox aria-autocomplete=list required></label>
<div><span>Country *</span><button type=button id=country role=combobox aria-haspopup=listbox aria-expanded=false data-placeholder>Choose a country</button></div>
<h2>Delivery</h2><div id=delivery>Give your address to see the ways of delivery.</div>
<div id=pay hidden><h2>Payment</h2><div role=radiogroup aria-label="Payment method"><span role=radio aria-checked=false class=dot></span> Cash on delivery</div></div>
<button class=big>Place order</button></form>{script}"""
