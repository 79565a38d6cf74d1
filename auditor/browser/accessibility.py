"""Runs axe-core over a page, in our own world."""

from functools import cache

from auditor.browser.isolated_world import IsolatedWorld, ScriptFailed
from auditor.browser.vendor_files import vendor_file
from auditor.evidence import Accessibility

AXE_SECONDS = 20.0
MAX_ELEMENTS = 12_000
MAX_RESULTS = {"results": 80, "nodes": 20}


@cache
def _source() -> str:
    return vendor_file("axe.min.js").read_text("utf-8") + "\n0"


async def run_axe(world: IsolatedWorld, elements: int) -> Accessibility:
    """What axe-core says of a page of ``elements`` elements; call after ``collectPage``, whose selectors it uses.

    :raises ScriptFailed: when the page is too large, or axe did not end in time.
    """
    if elements > MAX_ELEMENTS:
        raise ScriptFailed(f"axe-core takes too long on a page of {elements} elements")
    await world.evaluate(_source(), AXE_SECONDS)
    return Accessibility.model_validate(await world.call("runAxe", MAX_RESULTS, seconds=AXE_SECONDS))
