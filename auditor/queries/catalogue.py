"""What a run knows of the goods: names, codes that a shopper can read, and the menu's nouns."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from auditor.evidence import Ended, PageEvidence, PageFacts, Template
from auditor.lexicon import fold
from auditor.queries.lists import product_lists
from auditor.reading.listing import main_product
from auditor.reading.one_each import together
from auditor.reading.search import search_fields
from auditor.reading.structured import text_of

MOST_CODES = 3
MOST_ASKED = 2
_NUMBERS = ("sku", "mpn", "gtin13", "gtin", "gtin8", "gtin12", "gtin14", "isbn", "productID")
_CODE = r"[A-Z0-9][A-Z0-9._/-]{3,24}"
_LONGEST_TITLE = 150


@dataclass(frozen=True)
class Goods:
    """A product. ``key`` is its page key, ``codes`` the codes that stand on its page for people to read."""

    key: str
    title: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """``goods``: the panel's products first. ``titles``: of all products known, without repeats. ``asked_on``: inner
    pages to look for a search field on, where the home page has none."""

    goods: tuple[Goods, ...] = ()
    titles: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    language: str | None = None
    whole_shop: bool = False
    asked_on: tuple[str, ...] = ()


def catalogue_of(
    pages: Iterable[PageFacts], visits: Iterable[PageEvidence], language: str | None, *, whole_shop: bool = False
) -> Catalogue:
    """From discovered pages (classified) and from what visits saw of product pages and of the menu."""
    known, seen = list(pages), [visit for visit in visits if visit.visit.ended is Ended.LOADED]
    goods: dict[str, Goods] = {}
    linked = names_in_lists(known, seen)
    for visit in seen:
        key, title = visit.page.key, _title_of(visit) or linked.get(visit.page.key)
        if visit.page.template is Template.PRODUCT and key not in goods and title:
            goods[key] = Goods(key, title, codes_of(visit))
    sold = [one for one in known if one.template is Template.PRODUCT and one.status == 200]
    for alike in sorted(together(sold), key=lambda pages: min(page.key for page in pages)):
        facts = min(alike, key=lambda page: (len(page.key), page.key))
        title = " ".join(facts.h1.split()) or linked.get(facts.key, "")
        if not any(page.key in goods for page in alike) and 2 < len(title) <= _LONGEST_TITLE:
            goods[facts.key] = Goods(facts.key, title)
    titles = tuple(dict.fromkeys(one.title for one in goods.values()))
    asked_on = _asked_on(known, seen, language)
    return Catalogue(tuple(goods.values()), titles, _nouns(known, seen), language, whole_shop, asked_on)


def _asked_on(pages: list[PageFacts], visits: list[PageEvidence], language: str | None) -> tuple[str, ...]:
    """Pages of the panel on which a search field was seen, lists first; else the likeliest list of products."""
    seen = [
        (visit.page.template is not Template.CATEGORY, visit.page.url)
        for visit in visits
        if visit.page.template in (Template.CATEGORY, Template.PRODUCT)
        and visit.controls is not None
        and search_fields(visit.controls, language)
    ]
    lists = [(True, url) for url in product_lists(pages)]
    return tuple(dict.fromkeys(url for _other, url in (*sorted(seen), *lists)))[:MOST_ASKED]


def codes_of(visit: PageEvidence) -> tuple[str, ...]:
    """Codes in the structured data that also stand in the text, and what follows a word such as "SKU"."""
    if visit.texts is None or visit.document is None:
        return ()
    text, found = visit.texts.main or visit.texts.all, []
    if visit.structured_data is not None:
        product = main_product(visit.structured_data, visit.document.h1) or {}
        stated = [text_of(product.get(name)) for name in _NUMBERS]
        found += [code for code in stated if len(code) >= 4 and re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text)]
    for match in _labelled().finditer(text[:30_000]):
        if any(letter.isdigit() for letter in match[2]):
            found.append(match[2].strip("._/-"))
    return tuple(dict.fromkeys(found))[:MOST_CODES]


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    listed = tomllib.loads(files("auditor.queries").joinpath("codes.toml").read_text(encoding="utf-8"))["labels"]
    labels = "|".join(
        re.escape(label).replace(r"\ ", r"[\s.-]{1,2}") for label in sorted(listed, key=len, reverse=True)
    )
    return re.compile(rf"(?i:(?<![^\W\d_])({labels})(?![^\W\d_]))[\s:：#.№]{{1,6}}({_CODE})(?![\w-])")


def _title_of(visit: PageEvidence) -> str:
    named = ""
    if visit.structured_data is not None and visit.document is not None:
        named = text_of((main_product(visit.structured_data, visit.document.h1) or {}).get("name"))
    shown = next((one for one in (visit.document.h1 if visit.document else ()) if one.strip()), "")
    title = " ".join((shown or named).split())
    return title if 2 < len(title) <= _LONGEST_TITLE else ""


def names_in_lists(pages: Iterable[PageFacts], visits: Iterable[PageEvidence]) -> dict[str, str]:
    """What links call the pages that they lead to, by page key, for pages that do not name themselves.

    A link on a card holds badges and prices too: the name is those words of it that the address spells as well. What
    several pages would be called names none of them.
    """
    keys = {url: page.key for page in pages for url in (page.url, page.final_url)}
    called: dict[str, str] = {}
    for visit in visits:
        for link in visit.links.items if visit.links else ():
            key = keys.get(link.url)
            inner = link.same_site and link.visible and link.region in ("main", "other")
            if key and key != visit.page.key and inner:
                called[key] = called.get(key) or _spelt_in(link.name, link.url)
    names = Counter(called.values())
    return {key: name for key, name in called.items() if names[name] == 1}


def _spelt_in(name: str, url: str) -> str:
    """Words of ``name`` in a row that are the last part of the address with letters, without its number and ending."""
    parts = unquote(urlsplit(url).path).split("/")
    last = next((part for part in reversed(parts) if part and not part.isdigit()), "")
    spelt = _letters(re.sub(r"^\d+[-_]|([-_]\d+)?(\.[a-z]{2,5})?$", "", last))
    words = name[:_LONGEST_TITLE].split()
    runs = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return next((" ".join(run) for run in runs if len(spelt) > 2 and _letters(" ".join(run)) == spelt), "")


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _nouns(pages: list[PageFacts], visits: list[PageEvidence]) -> tuple[str, ...]:
    """Names of categories as the menu writes them, else as their pages do."""
    lists = {facts.url for facts in pages if facts.template is Template.CATEGORY}
    found = [
        link.name
        for visit in visits
        for link in (visit.links.items if visit.links else ())
        if link.same_site and link.region in ("nav", "header") and link.url in lists
    ]
    found += [facts.h1 for facts in pages if facts.template is Template.CATEGORY]
    names = (" ".join(re.sub(r"[(\[]?\d+[)\]]?", " ", name).split()) for name in found)
    return tuple({fold(name): name for name in names if 3 < len(name) <= 40}.values())
