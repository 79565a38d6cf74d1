"""How a visit ended. A page that is no shop page must be recorded as what it is and never be judged."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auditor.evidence import Ended, Template

LITTLE_TEXT = 1500
"""Letters and digits below which a page is more likely a notice than a shop page (a judgement)."""

_WALL_COOKIES = re.compile(r"\b(datadome|_px\w*|ak_bmsc|incap_ses\w*|aws-waf-token)=", re.I)
_WALL_SERVERS = re.compile(r"cloudflare|akamaighost|datadome|sucuri|imperva|ddos-guard|awselb", re.I)
_WALL_HTML = re.compile(
    r"cdn-cgi/challenge-platform|cf-chl-|_cf_chl_opt|captcha-delivery\.com|px-captcha|_pxAppId|sec-if-cpt-container|"
    r"_Incapsula_Resource|awswaf\.com|ddos-guard|akam-sw|Pardon Our Interruption",
    re.I,
)
_CAPTCHA_FRAMES = re.compile(
    r"challenges\.cloudflare\.com|captcha-delivery\.com|hcaptcha\.com/captcha|recaptcha/(api2|enterprise)/(anchor|bframe)|"
    r"arkoselabs\.com|geo\.captcha",
    re.I,
)
_WALL_WORDS = re.compile(
    r"verify (that )?you are (a )?human|are you a (robot|human)|checking your browser|just a moment|attention required|"
    r"access denied|you have been blocked|unusual traffic|nie jestem robotem|potwierdź,? że jesteś człowiekiem|"
    r"weryfikacja bezpieczeństwa|من ربات نیستم|بررسی مرورگر",
    re.I,
)
_MAINTENANCE_WORDS = re.compile(
    r"under maintenance|maintenance mode|scheduled maintenance|down for maintenance|we('|’)ll be back (soon|shortly)|"
    r"we will be back|be right back|back soon|przerwa techniczna|prace (techniczne|serwisowe|konserwacyjne)|"
    r"zaraz wracamy|"
    r"wracamy (wkrótce|niebawem)|sklep (jest )?(chwilowo |tymczasowo )?(niedostępny|zamknięty)|در دست تعمیر|"
    r"در حال (به[\s\u200c]?)?روز ?رسانی|به[\s\u200c]?زودی (باز|بر)|wartungsarbeiten|en maintenance|en mantenimiento",
    re.I,
)
_PORTAL_WORDS = re.compile(r"captive portal|wi-?fi (login|access|portal)|hotspot|network (login|sign-?in)", re.I)
_SHOWS_SOMETHING = re.compile(r"<(img|picture|svg|video|canvas|iframe|object|form|script)\b", re.I)
_LOGIN_PATH = re.compile(r"log[-_]?in|sign[-_]?in|logowanie|account/auth|/auth/|password", re.I)


@dataclass(frozen=True)
class Loaded:
    """What is known of a load. ``failure``: the browser's net error or ""; ``text``: visible; ``html``: as sent."""

    wanted_url: str
    final_url: str = ""
    template: Template = Template.OTHER
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    title: str = ""
    text: str = ""
    html: str = ""
    content_type: str = "text/html"
    frame_urls: tuple[str, ...] = ()
    has_password: bool = False
    links: int = 0
    same_site: bool = True
    failure: str = ""


def judge_ending(load: Loaded) -> tuple[Ended, str]:
    """How the visit ended, and a sentence for the operator ("" when the page loaded)."""
    for question in (_failed, _captive, _walled, _in_maintenance, _errored, _behind_login, _no_document, _empty):
        answer = question(load)
        if answer:
            return answer
    return Ended.LOADED, ""


Answer = tuple[Ended, str] | None

_FAILURES = (
    ("ERR_NAME_NOT_RESOLVED", "The host name is not known; check the address."),
    ("ERR_CONNECTION_REFUSED", "Nothing answers at this address and port."),
    ("ERR_CERT", "The certificate of the site is not valid, so the browser refused the page."),
    ("ERR_SSL", "The encrypted connection could not be made."),
    ("ERR_TOO_MANY_REDIRECTS", "The page redirects in a circle."),
    ("ERR_EMPTY_RESPONSE", "The server closed the connection without an answer."),
    ("ERR_TUNNEL_CONNECTION_FAILED", "The address was refused or could not be reached through the egress proxy."),
    ("ERR_CONNECTION_RESET", "The server cut the connection."),
    ("Download is starting", "The address is no web page but a download."),
    ("ERR_ABORTED", "The address is no web page but a download, or its loading was broken off."),
)


def _failed(load: Loaded) -> Answer:
    if not load.failure:
        return None
    for code, sentence in _FAILURES:
        if code in load.failure:
            return Ended.HTTP_ERROR, sentence
    return Ended.HTTP_ERROR, f"The page could not be loaded ({load.failure[:120]})."


def _little(load: Loaded) -> bool:
    return sum(char.isalnum() for char in load.text[: 4 * LITTLE_TEXT]) < LITTLE_TEXT


def _captive(load: Loaded) -> Answer:
    words = load.title + " " + load.text[:2000]
    if load.status == 511 or (not load.same_site and _little(load) and _PORTAL_WORDS.search(words)):
        return Ended.CAPTIVE_PORTAL, "A network login page answered instead of the shop; log in there and try again."
    return None


def _walled(load: Loaded) -> Answer:
    words = load.title + " " + load.text[:3000]
    refused = load.status in (401, 403, 405, 406, 409, 429, 503)
    marked = bool(_WALL_HTML.search(load.html[:200_000])) or any(map(_CAPTCHA_FRAMES.search, load.frame_urls))
    server = (
        "cf-mitigated" in load.headers
        or "x-datadome" in load.headers
        or bool(_WALL_SERVERS.search(load.headers.get("server", "")))
        or bool(_WALL_COOKIES.search(load.headers.get("set-cookie", "")))
    )
    if load.status == 429:
        return Ended.BLOCKED, "The shop answers 429, too many requests; ask more gently or have our user agent allowed."
    if load.headers.get("cf-mitigated") == "challenge" or (refused and (marked or (server and load.status != 503))):
        return Ended.BLOCKED, f"A bot wall answered ({load.status}); ask the shop to allow our user agent."
    if _little(load) and (
        (marked and _WALL_WORDS.search(words)) or (refused and _WALL_WORDS.search(words)) or (marked and load.links < 3)
    ):
        return Ended.BLOCKED, "A page that asks for a human visitor answered; ask the shop to allow our user agent."
    if load.status == 403:
        return Ended.BLOCKED, "The shop refuses the page (403); ask the shop to allow our user agent."
    return None


def _in_maintenance(load: Loaded) -> Answer:
    words = bool(_MAINTENANCE_WORDS.search(load.title + " " + load.text[:3000]))
    if load.status == 503 and (words or "retry-after" in load.headers):
        return Ended.MAINTENANCE, "The shop is in maintenance (503); audit it when it is open."
    if words and _little(load) and load.links < 8:
        return Ended.MAINTENANCE, "The page says that the shop is in maintenance; audit it when it is open."
    return None


def _errored(load: Loaded) -> Answer:
    if load.status == 401:
        return Ended.LOGIN, "The page asks for a name and a password (401); give them with --auth."
    if load.status is not None and load.status >= 400:
        return Ended.HTTP_ERROR, f"The page answered {load.status}."
    return None


def _behind_login(load: Loaded) -> Answer:
    if not load.has_password or load.template in (Template.ACCOUNT, Template.CHECKOUT):
        return None
    moved = _path(load.final_url) != _path(load.wanted_url)
    asked_for_it = _LOGIN_PATH.search(_path(load.wanted_url))
    if asked_for_it:
        return None
    if (moved and _LOGIN_PATH.search(load.final_url)) or (_little(load) and load.links < 5):
        return Ended.LOGIN, "A login form answered instead of the page; give access with --cookie or --header."
    return None


def _no_document(load: Loaded) -> Answer:
    kind = load.content_type.lower()
    if kind and "html" not in kind and "xml" not in kind:
        return Ended.HTTP_ERROR, f"The address is no web page but {kind[:60]}."
    return None


def _empty(load: Loaded) -> Answer:
    if load.text.strip() or load.links or _SHOWS_SOMETHING.search(load.html):
        return None
    return Ended.HTTP_ERROR, "The page is empty. Check the address, and whether the shop is up."


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.rstrip("/") + ("?" + parts.query if parts.query else "")
