"""How a shop helps before and after buying: chat, self-service, feedback, profiles elsewhere, seals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.evidence import Image, Link, PageEvidence, Request, ShopEvidence
from auditor.lexicon import Concept, mentions
from auditor.reading.addresses import leads_to
from auditor.reading.main_text import lines_about
from auditor.reading.visits import language_of, loaded

CHATS = re.compile(
    r"(?:^|\.)(?:tawk\.to|intercom\.io|intercomcdn\.com|zdassets\.com|livechatinc\.com|livechat\.com"
    r"|tidio\.co|tidiochat\.com"
    r"|crisp\.chat|drift\.com|driftt\.com|smartsupp\.com"
    r"|smartsuppchat\.com|olark\.com|gorgias\.chat"
    r"|userlike\.com|jivosite\.com"
    r"|goftino\.com|raychat\.io|imber\.live|najva\.com|thulium\.com|callpage\.io|freshchat\.com|chatwoot\.com)$"
)
PROFILES = re.compile(
    r"(?:^|\.)(?:facebook\.com|instagram\.com|twitter\.com|x\.com|youtube\.com|tiktok\.com|pinterest\.[a-z.]+|linkedin\.com"
    r"|t\.me|telegram\.me|aparat\.com|eitaa\.com|threads\.net)$"
)
_RATES = re.compile(r"rating|review|comment|feedback|opini|recenz|bewert|\bavis\b|testimonial|survey|complain")
_SHARES = re.compile(r"shar(?:e|er|ing)|intent|/pin/create|dialog/", re.IGNORECASE)
TEMPLATES = frozenset({
    "shopify", "wix", "wordpress", "wordpressdotcom", "woocommerce", "magento", "prestashop", "opencart",
    "bigcommerce",
    "squarespace", "weebly", "envato", "themeforest", "bootstrap", "yourpage", "username", "yourusername",
    "yourprofile",
    "example", "profile", "shopifythemes", "yourbrand", "yourshop", "getbootstrap",
})  # fmt: skip
"""Profiles that themes come with."""

SEALS: dict[str, re.Pattern[str]] = {
    "enamad.ir": re.compile(r"enamad|اینماد|نماد اعتماد", re.IGNORECASE),
    "trustedshops": re.compile(r"trusted[-_ ]?shops", re.IGNORECASE),
    "ehi-siegel": re.compile(r"ehi[-_ ]?(?:siegel|seal|geprüft)|ehi\.org", re.IGNORECASE),
    "thuiswinkel": re.compile(r"thuiswinkel", re.IGNORECASE),
    "heureka": re.compile(r"heureka|ověřeno zákazníky", re.IGNORECASE),
    "samandehi.ir": re.compile(r"samandehi|ساماندهی", re.IGNORECASE),
    "trustpilot": re.compile(r"trustpilot", re.IGNORECASE),
    "ecommercetrustmark": re.compile(r"ecommerce[-_ ]?(?:europe)?[-_ ]?trust ?mark", re.IGNORECASE),
}
"""Issuer, as its host names it, and the words of its badge."""


@dataclass(frozen=True)
class Badge:
    issuer: str
    image: Image
    page: PageEvidence
    href: str | None


def links_of(shop: ShopEvidence) -> Iterator[tuple[PageEvidence, Link]]:
    for visit in loaded(shop):
        for link in visit.links.items if visit.links else ():
            yield visit, link


def chat_requests(shop: ShopEvidence) -> tuple[tuple[PageEvidence, Request], ...]:
    """Requests to makers of chat windows."""
    return tuple(
        (visit, request)
        for visit in loaded(shop)
        for request in (visit.requests.items if visit.requests else ())
        if CHATS.search(urlsplit(request.url).hostname or "")
    )


def speaks_of_chat(shop: ShopEvidence) -> tuple[PageEvidence, str] | None:
    """A link or button that is called a chat."""
    for visit in loaded(shop):
        language = language_of(visit, shop)
        named = [link.name for link in (visit.links.items if visit.links else ()) if link.visible]
        named += [button.name for button in (visit.controls.buttons if visit.controls else ()) if button.visible]
        for name in named:
            if len(name) <= 40 and mentions(name, Concept.CHAT, language):
                return visit, name
    return None


def profile_links(shop: ShopEvidence) -> dict[str, tuple[PageEvidence, Link]]:
    """Links to profiles on other platforms, by address; buttons for sharing are left out."""
    return {
        link.url: (visit, link)
        for visit, link in links_of(shop)
        if PROFILES.search(urlsplit(link.url).hostname or "") and not _SHARES.search(link.url)
    }


def leads_to_nobody(url: str) -> bool:
    """The front page of a platform, or the profile that a theme came with."""
    parts = urlsplit(url)
    pieces = [piece for piece in parts.path.lower().split("/") if piece]
    return (not pieces and not parts.query) or (bool(pieces) and pieces[-1].lstrip("@") in TEMPLATES)


def names(shop: ShopEvidence, concept: Concept, *, longest: int = 60) -> str | None:
    """A link, button or heading that carries the concept, or an address that does; what is told stands for all."""
    for visit in loaded(shop):
        language = language_of(visit, shop)
        for link in visit.links.items if visit.links else ():
            if leads_to(link.url, concept) or (len(link.name) <= longest and mentions(link.name, concept, language)):
                return link.name or link.url
        for button in visit.controls.buttons if visit.controls else ():
            if len(button.name) <= longest and mentions(button.name, concept, language):
                return button.name
    return next(
        (heading for facts in shop.pages for heading in facts.headings if mentions(heading, concept, shop.language)),
        None,
    )


def rating_form_seen(shop: ShopEvidence) -> bool:
    """A form by which customers rate or review, on a visited page or a fetched one."""
    marks = [f"{form.action} {form.id} {form.classes}" for facts in shop.pages for form in facts.signals.forms]
    for visit in loaded(shop):
        seen = visit.controls.forms if visit.controls else ()
        marks += [f"{form.action} {form.id} {form.classes}" for form in seen]
    return any(_RATES.search(mark.lower()) for mark in marks)


def says(shop: ShopEvidence, concept: Concept) -> str | None:
    """A line of any visited page that speaks of the concept."""
    for visit in loaded(shop):
        found = lines_about(visit.texts.all if visit.texts else "", concept, language_of(visit, shop))
        if found:
            return found[0]
    return None


def badges(shop: ShopEvidence) -> tuple[Badge, ...]:
    """Pictures of seals outside the products, by the words of their text or address."""
    found: dict[tuple[str, str], Badge] = {}
    for visit in loaded(shop):
        for image in visit.images.items if visit.images else ():
            said = f"{image.alt or ''} {image.link_text} {urlsplit(image.url).path} {image.link_url or ''}"
            if image.card is not None or not image.visible:
                continue
            for issuer, words in SEALS.items():
                if words.search(said):
                    found.setdefault((issuer, image.url), Badge(issuer, image, visit, image.link_url))
    return tuple(found.values())


def may_be_pressed(badge: Badge) -> bool:
    """Whether a seal without a link may still open its issuer's page: pressed by a script, or served by the issuer.

    Issuers in Iran hand out pictures that open a window; such a picture comes from the issuer's host.
    """
    targets = badge.page.targets.items if badge.page.targets else ()
    pressed = any(target.selector == badge.image.selector for target in targets)
    return pressed or badge.issuer.split(".")[0] in (urlsplit(badge.image.url).hostname or "")
