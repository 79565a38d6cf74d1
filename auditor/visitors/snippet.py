"""The script for the shop's pages, made small from its readable source, and the tag that brings it in."""

import gzip
import html
import re
from functools import cache
from pathlib import Path

MOST_BYTES = 1500
"""Of the script, compressed by gzip."""


_NAMES = (
    "doc", "set", "keep", "ours", "touched", "odd", "told", "sent", "waiting", "kind", "owner", "name", "was",
    "key", "original", "host", "url", "tell", "what", "hosts", "area", "covers", "examine", "box", "share", "buy", "at",
    "top", "note", "records", "one", "event", "node", "urls",
    "ready", "watcher", "points", "over", "until", "wait", "grid",
)  # fmt: skip
"""What the source calls its own. None of these words is a property or a text in it."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|/(?![/*\s=])(?:[^/\\\n\[]|\\.|\[[^\]]*\])+/(?=\.)|[\w$]+|\s+|.', re.S)
_SHORT = dict(zip(_NAMES, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", strict=False))


@cache
def snippet() -> str:
    """The script without comments and spaces, its own names shortened. Its source keeps every comment on a line of its
    own and ends every statement by a semicolon or a brace."""
    source = (Path(__file__).parent / "snippet.js").read_text("utf-8")
    kept = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith("//"))
    made = ""
    for token in _TOKEN.findall(kept):
        if token.isspace():
            made += " "
            continue
        if made.endswith(" ") and not (_word(made[-2:-1]) and _word(token[0])):
            made = made[:-1]
        made += _SHORT.get(token, token) if not made.endswith(".") or made.endswith("...") else token
    return made.strip().replace(";}", "}") + "\n"


def _word(letter: str) -> bool:
    return letter.isalnum() or letter in ("_", "$")


def compressed_bytes() -> int:
    return len(gzip.compress(snippet().encode(), 9))


def tag(script_url: str, report_url: str, known: tuple[str, ...], *, page: str = "other", share: float = 0.02) -> str:
    """The tag for the head of a page, before all other scripts.

    :param known: hosts, and with them all below them, that are no news: the shop's own and the approved ones.
    :param page: the template that the tag stands in, such as ``product``.
    :param share: of the sessions that report, 0-1.
    """
    told = {
        "src": script_url, "data-to": report_url, "data-page": page, "data-share": f"{share:g}",
        "data-known": " ".join(known),
    }  # fmt: skip
    return f"<script{''.join(_attribute(*one) for one in told.items())}></script>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{html.escape(value)}"'
