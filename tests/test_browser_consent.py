"""Consent dialogs are found, answered once per device and recorded."""

from pathlib import Path

import pytest

from auditor.browser.capture import visit_panel
from auditor.browser.consent_words import meaning
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, Ended, Page, PageEvidence, Template
from auditor.settings import ShopSettings
from tests.browser_site import page, serving

DIALOG = """<h1>Shop</h1><p>{text}</p><div id="b" style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px;display:none">
  {text} <a href="/policy">{policy}</a> <button onclick="answer('yes')">{yes}</button> <button onclick="answer('no')">{no}</button></div>
<script>
  function answer(what) { document.cookie = 'choice=' + what + ';path=/'; b.remove(); fetch('/chosen-' + what); }
  if (!document.cookie.includes('choice=')) b.style.display = 'block';
</script>"""
POLISH = {
    "text": "Używamy plików cookie, aby ulepszać sklep.",
    "policy": "Polityka cookies",
    "yes": "Akceptuję wszystkie",
    "no": "Tylko niezbędne",
}
PERSIAN = {"text": "این فروشگاه از کوکی‌ها استفاده می‌کند.", "policy": "سیاست کوکی", "yes": "پذیرش همه", "no": "رد همه"}
ONETRUST = """<h1>Shop</h1><div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" style="position:fixed;bottom:0;width:100%;background:#eee">
  We use cookies. <button id="onetrust-accept-btn-handler" onclick="done('yes')">Accept All</button>
  <button id="onetrust-reject-all-handler" onclick="done('no')">Reject All</button></div></div>
<script>function done(what) { document.cookie = 'choice=' + what + ';path=/'; document.getElementById('onetrust-consent-sdk').remove(); fetch('/chosen-' + what); }
  if (document.cookie.includes('choice=')) document.getElementById('onetrust-consent-sdk').remove();</script>"""


@pytest.mark.parametrize(
    ("name", "means"),
    [
        ("Reject all", "reject"), ("Accept only necessary", "reject"), ("Tylko niezbędne", "reject"), ("رد همه", "reject"),
        ("Accept all", "accept"), ("Akceptuję wszystkie", "accept"), ("پذیرش همه", "accept"), ("Cookie settings", "settings"),
        ("×", "close"), ("Zamknij", "close"), ("بستن", "close"), ("Blue mug", "other"),
    ],
)  # fmt: skip
def test_what_a_button_means(name: str, means: str) -> None:
    assert meaning(name, "", False) == means
    assert meaning(name, "", True) == "other"


def filled(words: dict[str, str]) -> str:
    html = DIALOG
    for name, text in words.items():
        html = html.replace("{" + name + "}", text)
    return html


async def panel(html: str, folder: Path, wish: str = "reject") -> tuple[list[PageEvidence], list[str]]:
    async with serving({"/1": html, "/2": html, "/3": html, "/chosen-no": "", "/chosen-yes": ""}) as site:
        shop = ShopSettings.model_validate({"start_url": site.url, "allow_private": True, "consent": wish})
        pages = [Page(url=f"{site.url}/{n}", key=f"/{n}", template=Template.CONTENT) for n in (1, 2, 3)]
        async with BrowserSession(shop, proxy=None) as session:
            found = [one async for one in visit_panel(session, pages, [Device.DESKTOP], folder)]
        return sorted(found, key=lambda one: one.page.key), [
            path for _host, path, _headers in site.asked if "chosen" in path
        ]


@pytest.mark.browser
@pytest.mark.parametrize(("words", "attributes"), [(POLISH, 'lang="pl"'), (PERSIAN, 'lang="fa" dir="rtl"')])
async def test_an_unknown_dialog_is_rejected_once(words: dict[str, str], attributes: str, tmp_path: Path) -> None:
    html = page(filled(words)).replace('lang="en"', attributes)
    (first, *others), chosen = await panel(html, tmp_path)
    assert first.visit.ended is Ended.LOADED, first.visit.note
    assert first.consent is not None
    assert (first.consent.dialog_seen, first.consent.choice, first.consent.still_open) == (True, "rejected", False)
    assert first.consent.by in ("fallback", "autoconsent")
    assert chosen == ["/chosen-no"]
    assert [(one.consent.choice, one.consent.by) for one in others if one.consent] == [("rejected", "stored")] * 2
    assert first.requests is not None
    phases = {request.url.rpartition("/")[2]: request.phase for request in first.requests.items}
    assert phases["1"] == "before"
    assert others[0].requests is not None
    assert {request.phase for request in others[0].requests.items} == {"stored"}
    assert first.layout is not None
    assert first.layout.pinned == ()
    assert '"choice"' in (tmp_path / first.visit.artifacts["storage"].path).read_text()


@pytest.mark.browser
async def test_a_known_dialog_is_rejected_by_autoconsent(tmp_path: Path) -> None:
    (first, *_others), chosen = await panel(page(ONETRUST), tmp_path)
    assert first.consent is not None
    assert (first.consent.choice, first.consent.by) == ("rejected", "autoconsent")
    assert first.consent.cmp is not None
    assert "onetrust" in first.consent.cmp.lower()
    assert chosen == ["/chosen-no"]


@pytest.mark.browser
async def test_a_dialog_can_be_left(tmp_path: Path) -> None:
    evidence, chosen = await panel(page(ONETRUST), tmp_path, "leave")
    assert [(one.consent.choice, one.consent.still_open) for one in evidence if one.consent] == [("left", True)] * 3
    assert chosen == []
