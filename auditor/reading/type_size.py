"""The text that a shopper sees, for judging its size."""

import re
from collections.abc import Iterable

from auditor.evidence import Layout, TextRun

_READABLE = re.compile(r"\w")
"""Icon fonts use private characters, which are no letters."""
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_READ_ALOUD_PX = 3
"""Texts for screen readers alone stand in a box of a pixel or two."""


def shown_runs(layout: Layout) -> tuple[TextRun, ...]:
    """Visible texts with letters; icons and texts that only screen readers get are left out."""
    return tuple(
        run
        for run in layout.texts
        if run.visible
        and run.font_px > 1
        and (run.box is None or min(run.box.width, run.box.height) > _READ_ALOUD_PX)
        and _READABLE.search(run.text)
    )


def characters(runs: Iterable[TextRun]) -> int:
    return sum(run.chars for run in runs)


def in_arabic_script(run: TextRun) -> bool:
    return _ARABIC.search(run.text) is not None
