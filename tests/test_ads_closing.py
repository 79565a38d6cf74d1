"""Whether a layer that was closed stays away is tried in the browser."""

import asyncio

import pytest

from auditor.evidence import Piece
from tests.ads_cases.benign import box
from tests.ads_cases.looking import looking
from tests.ads_cases.site import Case

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.timeout(120), pytest.mark.xdist_group("ads cases")]
STYLE = "left:20%;top:20%;width:60%;height:60%;background:#fff"
OFFER = box(
    "offer", style=STYLE, html="<h2>Our news</h2><button aria-label=Close onclick=away(this.parentNode)>x</button>"
)
FORGETS = "function away(d){d.remove()}" + OFFER
REMEMBERS = "function away(d){d.remove();localStorage.offer=1}if(!localStorage.offer){" + OFFER + "}"
STUBBORN = "function away(){}" + OFFER


@pytest.fixture(scope="module")
def offers() -> dict[str, Piece]:
    async def all_three() -> dict[str, Piece]:
        found = {}
        async with looking() as eyes:
            for script in (FORGETS, REMEMBERS, STUBBORN):
                (load,) = await eyes.at(Case("offer", "quiet", more={"app": script}), press=False)
                found[script] = next(one for one in load.insertions.pieces if one.kind == "layer")
        return found

    return asyncio.run(all_three())


@pytest.mark.parametrize(("script", "returns"), [(FORGETS, True), (REMEMBERS, False), (STUBBORN, None)])
def test_it_is_told_whether_a_closed_offer_comes_back(
    script: str, returns: bool | None, offers: dict[str, Piece]
) -> None:
    assert offers[script].returns is returns
    assert offers[script].escapes is False
