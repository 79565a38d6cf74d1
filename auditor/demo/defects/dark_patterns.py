"""Patterns that press shoppers into what they did not choose."""

from auditor.demo.defects.defect import Defect, asking, in_language, rows, wording

ON = rows("product")


def _plans(often: str, once: str, monthly: str) -> str:
    return (
        f'<fieldset class="plan"><legend>{often}</legend>'
        f'<p><label><input type="radio" name="plan" value="once"> {once}</label></p>'
        f'<p><label><input type="radio" name="plan" value="monthly" checked> {monthly}</label></p></fieldset>'
    )


PLANS = {
    "en": _plans("How often", "One-time purchase", "Subscribe and save 10 %"),
    "pl": _plans("Jak często", "Zakup jednorazowy", "Subskrypcja co miesiąc, 10 % taniej"),
    "fa": _plans("هر چند وقت", "خرید یک‌باره", "اشتراک ماهانه با ۱۰٪ تخفیف"),
}
URGENCY = {
    "en": "<p>Limited time offer, ends soon!</p>",
    "pl": "<p>Oferta ograniczona czasowo, ostatnia szansa!</p>",
    "fa": "<p>پیشنهاد محدود، آخرین فرصت!</p>",
}
# The clock of each visitor starts at twenty minutes, whenever they come.
CLOCK = """<p class="deal-clock">{words} <span id="deal-clock">20:00</span></p><script>(() => {{
const end = Date.now() + 1200000, clock = document.getElementById("deal-clock");
const tell = () => {{ const left = Math.max(0, Math.round((end - Date.now()) / 1000));
clock.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0"); }};
tell(); setInterval(tell, 1000); }})()</script>"""
CLOCKS = {
    "en": CLOCK.format(words="Hurry, this offer ends soon:"),
    "pl": CLOCK.format(words="Oferta ograniczona czasowo, kończy się za"),
    "fa": CLOCK.format(words="پیشنهاد محدود، آخرین فرصت تا"),
}
CROWD = """<p class="crowd-line"><span id="crowd-now"></span></p><script>
const crowd = 12 + Math.floor(Math.random() * 40);
document.getElementById("crowd-now").textContent = {before} + crowd + {after};</script>"""
CROWDS = {
    "en": CROWD.format(before='""', after='" people are viewing this right now"'),
    "pl": CROWD.format(before='"Ten produkt: "', after='" osób ogląda go teraz"'),
    "fa": CROWD.format(before='""', after='" نفر در حال مشاهده این کالا هستند"'),
}


def _offer(words: str, join: str, decline: str) -> str:
    return (
        f'<section class="offer"><h2>{words}</h2><p><button type="button" class="button">{join}</button> '
        f'<button type="button" class="button quiet">{decline}</button></p></section>'
    )


OFFERS = {
    "en": _offer("Save 10 %", "Save now", "No thanks, I prefer to pay full price"),
    "pl": _offer("Oszczędź 10 %", "Oszczędzam", "Nie, dziękuję, wolę przepłacać"),
    "fa": _offer("۱۰٪ تخفیف", "تخفیف می‌گیرم", "نه، تخفیف نمی‌خواهم"),
}

COUNTER = "www.google-analytics.com"
PIXEL = '<img src="{}/collect?v=1&amp;tid=UA-1" alt="" width="1" height="1">'

DARK_PATTERNS = (
    Defect("dark-urgency", "An offer on product pages ends soon, nobody knows when", rows("DRK-002"), ON,
           part="price", edit=in_language(".price-block", URGENCY)),
    Defect("dark-subscription", "A subscription is chosen in advance", rows("DRK-010"), ON,
           also=rows("MOB-004 MOB-006"), edit=in_language("form.add", PLANS)),
    Defect("dark-clock", "A clock counts down from twenty minutes for every visitor anew", rows("DRK-001"), ON, "both",
           also=rows("DRK-002"), edit=in_language(".price-block", CLOCKS)),
    Defect("dark-last-pieces", "Of every product only three pieces are left", rows("DRK-003"), ON, products=6,
           edit=wording(".stock", lambda page: str(page.catalogue.words["text"]["low_stock"]))),
    Defect("dark-crowd", "A script draws the number of people who look at a product", rows("DRK-004"), ON,
           edit=in_language(".facts", CROWDS)),
    Defect("dark-shaming", "Who declines an offer has to say that they like to pay more", rows("DRK-007"), ON,
           doubtful=True, edit=in_language("main", OFFERS)),
    Defect("dark-counted-at-once", "Visitors are counted before they answered the consent dialog", rows("DRK-008"),
           rows("home"), hosts=(COUNTER,), edit=asking(PIXEL, COUNTER)),
)  # fmt: skip
