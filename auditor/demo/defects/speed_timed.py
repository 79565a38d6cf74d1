"""Defects that only a timed load shows."""

import base64
import random
from functools import cache

from aiohttp import web

from auditor.demo.defects.defect import Defect, adding, all_of, removing, replying, rows, setting

LARGE_STYLE = "/static/every-theme.css"
BUSY_MS = 900
"""On this machine; four times that on the phone that is simulated."""


@cache
def _style() -> str:
    """A style sheet that hardly compresses."""
    noise = base64.b64encode(random.Random(7).randbytes(900_000)).decode()
    return f".theme {{ --noise: '{noise}'; }}"


def _large_style() -> web.Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(text=_style(), content_type="text/css", headers=headers)


BUSY = (
    f"<script>addEventListener('load',()=>setTimeout(()=>{{const end=performance.now()+{BUSY_MS};"
    "while(performance.now()<end);},300))</script>"
)
THROWING = "".join(f"<script>setTimeout(()=>{{shop.part{n}.start()}},{n})</script>" for n in range(3))
HOME = rows("home")

SPEED_TIMED = (
    # Apart from each other: what runs before a late first paint blocks nobody.
    Defect("speed-blocked-by-style", "A style sheet of more than 1 MB holds up the first paint",
           rows("SPD-004 SPD-006"), HOME, also=rows("SPD-001 SPD-007 SPD-008 SPD-010"), timed=True,
           part="first-paint", edit=adding("head", f'<link rel="stylesheet" href="{LARGE_STYLE}">'),
           answer=replying(frozenset({LARGE_STYLE}), _large_style)),
    Defect("speed-busy-script", "A script keeps the processor busy for most of a second", rows("SPD-002"), HOME,
           timed=True, part="first-paint", edit=adding("body", BUSY)),
    Defect("speed-hero-lazy", "The large picture of the home page is loaded lazily", rows("SPD-009"), HOME, timed=True,
           edit=all_of(setting(".hero img", "loading", "lazy"), removing("link[rel=preload][as=image]"))),
    Defect("speed-scripts-throw", "Three scripts of the home page fail", rows("SPD-012"), HOME, timed=True,
           edit=adding("body", THROWING)),
)  # fmt: skip
