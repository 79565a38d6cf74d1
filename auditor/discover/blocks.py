"""Answers that are no shop: a bot wall, a login, maintenance, a captive portal."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Block = Literal["none", "blocked", "login", "maintenance", "captive_portal", "http_error", "not_html"]

_CHALLENGE_HEADERS = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("x-datadome", "protected"),
    ("x-sucuri-block", ""),
)
_CHALLENGE_MARKS = re.compile(
    r"/cdn-cgi/challenge-platform/|cf-browser-verification|_cf_chl_opt|geo\.captcha-delivery\.com|_Incapsula_Resource|px-captcha|"
    r"/_sec/cp_challenge/|sec-if-cpt-container|/\.well-known/sgcaptcha|awsWafCookieDomainList|/_Incapsula_|ddos-guard|kpsdk|"
    r"<title>Just a moment\.\.\.</title>|/__challenge_|arvancloud.{0,40}challenge",
    re.IGNORECASE,
)
_PORTAL_MARKS = re.compile(r"<WISPAccessGatewayParam|WISPAccessGatewayParam\s", re.IGNORECASE)
FEW_LINKS = 10
FEW_CHARACTERS = 2_000


class Answer(NamedTuple):
    """What a block is told by. ``headers`` have lower-case names; ``links`` counts links to the shop's own pages."""

    status: int
    headers: Mapping[str, str]
    html: str
    is_html: bool
    links: int = 0
    text_chars: int = 0
    cards: int = 0
    has_password_field: bool = False


def block_of(answer: Answer) -> tuple[Block, str]:
    """The kind of block and a sentence that says what to do, or ``("none", "")``. Status and structure decide, not
    words."""
    status, headers = answer.status, answer.headers
    if status == 511 or _PORTAL_MARKS.search(answer.html[:200_000]):
        return (
            "captive_portal",
            "A captive portal of this network answered in place of the shop. Log in to the network, then audit again.",
        )
    if _is_challenge(answer):
        return "blocked", (
            f"The shop's bot protection answered (status {status}) instead of the page. No challenge is solved: "
            "ask the shop to let the auditor's user agent or address through, then audit again."
        )
    if status in (401, 407):
        return "login", "The shop asks for a password (status 401). Give it with --auth, --header or --cookie."
    if status == 503:
        wait = (
            f" It asks to come back after {headers['retry-after'][:40]} (Retry-After)."
            if headers.get("retry-after")
            else ""
        )
        return (
            "maintenance",
            f"The shop says that it is not available (status 503), as it does in maintenance.{wait} Audit again later.",
        )
    if status in (403, 429):
        return "blocked", (
            f"The shop refuses the auditor (status {status}). Ask the shop to let its user agent or address through, "
            "or audit more slowly (politeness.delay_s)."
        )
    if status >= 400 or status < 200:
        return (
            "http_error",
            f"The start page answers with status {status}. Check the address, and whether the shop is up.",
        )
    if 300 <= status < 400:
        return (
            "http_error",
            f"The start page answers with status {status} and no page. Give the address that it leads to.",
        )
    if not answer.is_html:
        kind = headers.get("content-type", "no content type")[:60]
        return "not_html", f"The start address is not a web page ({kind}). Give the address of the shop's home page."
    if (
        answer.has_password_field
        and answer.links <= FEW_LINKS
        and not answer.cards
        and answer.text_chars <= FEW_CHARACTERS
    ):
        return (
            "login",
            "The start page holds a password field and no shop. Give access with --auth, --header or --cookie.",
        )
    if headers.get("retry-after") and answer.links <= 2 and answer.text_chars <= FEW_CHARACTERS:
        return (
            "maintenance",
            "The start page is a placeholder that asks to come back later (Retry-After). Audit again later.",
        )
    return "none", ""


def _is_challenge(answer: Answer) -> bool:
    for name, value in _CHALLENGE_HEADERS:
        if (
            name in answer.headers
            and value in answer.headers[name].lower()
            and (answer.status >= 400 or name == "cf-mitigated")
        ):
            return True
    marked = bool(answer.is_html and _CHALLENGE_MARKS.search(answer.html[:300_000]))
    return marked and (
        answer.status in (202, 403, 405, 429, 503) or (answer.links <= 2 and answer.text_chars <= FEW_CHARACTERS)
    )
