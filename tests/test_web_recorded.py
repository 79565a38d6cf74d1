"""What the dashboard shows of what a run recorded: filmstrips, and sentences in the language of the page."""

import json
from html import unescape
from pathlib import Path

from PIL import Image

from auditor.evidence import FilmFrame
from auditor.run_folder import RunFolder
from auditor.store import history
from tests.factories.speed import insight, load, timed
from tests.web_place import Web, filled, web

__all__ = ["filled", "web"]


def filmed(web: Web, audit: int) -> str:
    """The name of a picture that a page of the audit now has in its film, before one that is gone."""
    with web.store.read() as connection:
        folder = Path(str(history.audit_of(connection, audit).folder))
    visit = json.loads((folder / "report.json").read_text())["pages"][0]["visit"]
    name = f"pages/{visit}/film-1.webp"
    Image.new("RGB", (9, 16)).save(folder / name)
    film = (FilmFrame(at_ms=690, picture=name), FilmFrame(at_ms=990, picture="pages/gone.webp"))
    RunFolder(folder).write_timed(timed(load([insight("LCPBreakdown")], lcp=700, film=film), visit=visit))
    return name


async def test_filmstrips_of_a_run_are_shown_and_those_of_two_runs_side_by_side(web):
    last = web.audits[2]
    name = filmed(web, last)
    async with web.client() as client:
        shown = (await client.get(f"/audits/{last}")).text
        assert f'src="/audits/{last}/files/{name}" alt="690 ms"' in shown
        assert "gone.webp" not in shown
        picture = await client.get(f"/audits/{last}/files/{name}")
        assert picture.headers["content-type"] == "image/webp"
        both = (await client.get(f"/compare?before={last}&after={last}")).text
    assert both.count(f'src="/audits/{last}/files/{name}"') == 2


async def test_what_an_audit_found_is_told_in_the_language_of_the_page(web):
    async with web.client() as client:
        english, polish, persian = [
            unescape((await client.get(f"/shops/demo?lang={code}")).text) for code in ("en", "pl", "fa")
        ]
    assert "Viewport: none" in english
    assert "Viewport: brak" in polish
    assert "Viewport: none" not in polish + persian
