"""Where an element of raw HTML sits: by tag and role first, then by class words."""

import re
from collections.abc import Mapping
from typing import Any

from auditor.evidence.pages import Region

_TAGS: dict[str, Region] = {
    "header": "header",
    "nav": "nav",
    "main": "main",
    "footer": "footer",
    "aside": "aside",
    "dialog": "dialog",
}
_ROLES: dict[str, Region] = {
    "banner": "header",
    "navigation": "nav",
    "main": "main",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
_BLOCKS = frozenset({"div", "section", "ul", "ol", "table", "tr", "td", "center", "menu"})
_NAMED = re.compile(
    r"(?:site|page|main|global|top|shop|store|primary|secondary|mobile|mega)?[-_]?"
    r"(header|topbar|nav|navbar|navigation|menu|megamenu|footer|sidebar|modal|drawer|offcanvas|popup|cookies?|consent|gdpr|rodo)"
    r"(?:[-_]?(?:wrapper|container|inner|outer|area|section|content|bar|banner|notice|dialog|overlay|policy-notice))?",
    re.IGNORECASE,
)
_WORDS: dict[str, Region] = {
    "header": "header",
    "topbar": "header",
    "nav": "nav",
    "navbar": "nav",
    "navigation": "nav",
    "menu": "nav",
    "megamenu": "nav",
    "footer": "footer",
    "sidebar": "aside",
    "modal": "dialog",
    "drawer": "dialog",
    "offcanvas": "dialog",
    "popup": "dialog",
    "cookie": "dialog",
    "cookies": "dialog",
    "consent": "dialog",
    "gdpr": "dialog",
    "rodo": "dialog",
}
_CRUMBS = re.compile(r"bread[-_]?crumbs?", re.IGNORECASE)


def region_of(tag: str, attributes: Mapping[str, Any], outer: Region) -> Region:
    """The region of an element whose parent is in ``outer``.

    A menu inside the footer stays footer, the head of an article stays main; a breadcrumb trail is found anywhere but
    in the footer.
    """
    role, classes, ident = attributes.get("role"), attributes.get("class"), attributes.get("id")
    if (classes or ident or tag == "nav" or role) and outer not in ("breadcrumb", "footer", "dialog"):
        marks = f"{classes or ''} {ident or ''} {attributes.get('aria-label') or ''} {attributes.get('itemtype') or ''}"
        if "crumb" in marks.lower() and tag not in ("body", "html", "main") and _CRUMBS.search(marks):
            return "breadcrumb"
    own = _ROLES.get(role) if role else _TAGS.get(tag)
    if own is None and (classes or ident) and outer in ("other", "header") and tag in _BLOCKS:
        for word in (*(classes or "").split()[:8], ident or ""):
            named = _NAMED.fullmatch(word)
            if named:
                own = _WORDS[named[1].lower()]
                break
    if own is None or own == outer:
        return outer
    if outer == "other" or own == "dialog":
        return own
    if outer == "header":
        return own if own in ("nav", "main") else outer
    return outer if outer != "nav" or own != "main" else own
