"""A journey waits for no consent dialog where the visits met none, and answers one that is open all the same."""

from pathlib import Path
from typing import Any

import pytest

from auditor.browser.capture import visit
from auditor.browser.journey.looking_around import LookingAround
from auditor.browser.session import BrowserSession
from auditor.evidence import Device, JourneyName, Page, Sight, Template
from auditor.progress import Silent
from auditor.settings import ShopSettings
from tests.browser_site import Content, page, serving

DIALOG = """<div role="dialog" style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">We use cookies.
<button onclick="answer('yes')">Accept all</button> <button onclick="answer('no')">Reject all</button></div>
<script>function answer(what) { document.querySelector('[role=dialog]').remove(); fetch('/chosen-' + what); }</script>"""


class HomeOnly:
    name: JourneyName = "browse"

    async def go(self, around: LookingAround, sight: Sight) -> None:
        """Nothing more."""

    def facts(self) -> dict[str, Any]:
        return {}


@pytest.mark.browser
async def test_a_dialog_that_the_visits_did_not_meet_is_answered_at_once(tmp_path: Path) -> None:
    pages: dict[str, Content] = {"/": page("<h1>Lamps</h1>"), "/chosen-no": "", "/chosen-yes": ""}
    async with serving(pages) as site:
        shop = ShopSettings(start_url=site.url, allow_private=True)
        async with BrowserSession(shop, proxy=None) as session:
            assert not session.met_no_dialog(Device.DESKTOP)
            home = Page(url=f"{site.url}/", key="/", template=Template.HOME)
            await visit(session, home, Device.DESKTOP, tmp_path / "run" / "pages" / "home")
            assert session.met_no_dialog(Device.DESKTOP)
            assert not session.met_no_dialog(Device.MOBILE)
            site.pages["/"] = page(f"<h1>Lamps</h1>{DIALOG}")
            around = LookingAround(
                session, shop, Device.DESKTOP, tmp_path, home_url=f"{site.url}/", platform=None, language="en",
                progress=Silent(), seconds=30.0, allowed=lambda _url: True,
            )  # fmt: skip
            journey = await around.walk(HomeOnly())
        assert site.requests_of("/chosen-no")
        assert not site.requests_of("/chosen-yes")
    assert journey.consent is not None
    assert (journey.consent.dialog_seen, journey.consent.choice) == (True, "rejected")
