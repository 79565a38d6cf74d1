"""The contact sheet: pictures of the products that were looked at, with what is weak about each.

Read from the evidence of product and category pages; a visit whose evidence is broken or missing is left out.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from auditor.evidence import Box, Device, Document, Ended, Image, Images, Links, Template
from auditor.finding import Area, Finding, Occurrence, Severity, Verdict
from auditor.reading.pictures import card_images, main_image
from auditor.result import AuditResult, PageResult
from auditor.run_folder import RunFolder
from reports.counted_pictures import COUNTING, PagePictures, address_of, counted
from reports.finding_view import anchor_of
from reports.language import _
from reports.recorded import said
from reports.shop_text import clean, readable
from reports.shots import Shot
from reports.wording import SEVERITIES

MOST_PRODUCTS = 24
MOST_LISTED = 36
MOST_BYTES = 30_000_000
"""Of one visit's evidence."""

ABOUT_PICTURES = frozenset({"A11Y-004"})
"""Rows of other areas that judge pictures."""


@dataclass(frozen=True)
class Weakness:
    """Why a picture is marked: ``anchor`` is the finding's card, ``sure`` says that it failed. ``found`` is empty on
    pictures that the finding counts and whose numbers it does not name."""

    title: str
    found: str
    severity: str
    severity_name: str
    anchor: str
    sure: bool


@dataclass(frozen=True)
class SheetPicture:
    name: str
    key: str
    url: str
    shot: Shot | None
    weak: tuple[Weakness, ...]


@dataclass(frozen=True)
class ImagerySheet:
    """``products``: main pictures of product pages; ``listed``: pictures of product cards in lists."""

    products: tuple[SheetPicture, ...] = ()
    listed: tuple[SheetPicture, ...] = ()

    @property
    def marked(self) -> int:
        return sum(bool(one.weak) for one in (*self.products, *self.listed))

    @property
    def shots(self) -> tuple[Shot, ...]:
        return tuple(one.shot for one in (*self.products, *self.listed) if one.shot)


def imagery_sheet(result: AuditResult, folder: RunFolder) -> ImagerySheet:
    """Weak ones first, else in the order of the panel."""
    findings = [one for one in result.findings if one.area is Area.IMAGERY or one.row in ABOUT_PICTURES]
    products = tuple(_products(result, folder, findings))
    listed = tuple(_listed(result, folder, findings))
    return ImagerySheet(
        tuple(sorted(products, key=_worst_first))[:MOST_PRODUCTS], tuple(sorted(listed, key=_worst_first))[:MOST_LISTED]
    )


def _worst_first(one: SheetPicture) -> tuple[int, int]:
    worst = min((list(Severity).index(Severity(weak.severity)) for weak in one.weak if weak.sure), default=9)
    return worst, -len(one.weak)


def _products(result: AuditResult, folder: RunFolder, findings: list[Finding]) -> Iterator[SheetPicture]:
    seen: set[str] = set()
    for page in _pages(result, Template.PRODUCT):
        if page.key in seen:
            continue
        recorded = _evidence(folder, page)
        if recorded is None:
            continue
        seen.add(page.key)
        main = main_image(recorded.images, recorded.document)
        name = next(iter(recorded.document.h1), "") or recorded.document.title or page.key
        weak = tuple(_weakness(one, result) for one in findings if _sightings(one, page.key))
        yield _picture(page, name, page.url, main.box if main else None, weak)


def _listed(result: AuditResult, folder: RunFolder, findings: list[Finding]) -> Iterator[SheetPicture]:
    seen: set[str] = set()
    visits = {page.visit: page for page in result.pages}
    read = cache(lambda visit: _evidence(folder, visits[visit]) if visit in visits else None)
    for page in _pages(result, Template.CATEGORY, Template.SEARCH):
        recorded = read(page.visit)
        if recorded is None:
            continue
        there = {one.fingerprint: _counted(one, page.key, read) for one in findings}
        for image in card_images(recorded.images, recorded.document):
            link = address_of(image)
            if link in seen or image.box is None:
                continue
            seen.add(link)
            weak = tuple(_weaknesses(findings, page.key, image, there, result))
            yield _picture(page, image.alt or image.link_text, link, image.box, weak)


def _sightings(finding: Finding, key: str) -> list[Occurrence]:
    return [one for one in finding.occurrences if one.page_key == key]


def _counted(finding: Finding, key: str, read: Callable[[str], PagePictures | None]) -> frozenset[str]:
    """Addresses of the pictures that the finding counts on the page, on every device that shows it."""
    found: set[str] = set()
    for one in _sightings(finding, key) if finding.check in COUNTING else ():
        recorded = read(one.visit or "")
        if recorded is not None:
            found |= counted(finding.check, one, recorded)
    return frozenset(found)


def _weaknesses(
    findings: Iterable[Finding], key: str, image: Image, there: Mapping[str, frozenset[str]], result: AuditResult
) -> Iterator[Weakness]:
    """Of a picture in a list: findings that name it, and those that count it."""
    for finding in findings:
        if any(one.selector == image.selector for one in _sightings(finding, key)):
            yield _weakness(finding, result)
        elif address_of(image) in there[finding.fingerprint]:
            yield replace(_weakness(finding, result), found="")


def _weakness(finding: Finding, result: AuditResult) -> Weakness:
    texts = result.checks.get(finding.check)
    return Weakness(
        title=_(texts.title) if texts else finding.check,
        found=readable(said(finding.found)),
        severity=finding.severity.value,
        severity_name=SEVERITIES[finding.severity],
        anchor=anchor_of(finding),
        sure=finding.verdict is Verdict.FAILED,
    )


def _pages(result: AuditResult, *templates: Template) -> Iterable[PageResult]:
    """Those that loaded, on the desktop where there is one: its pictures are the larger ones."""
    pages = [page for page in result.pages if page.template in templates and page.ended is Ended.LOADED]
    devices = [page.device for page in pages]
    return sorted(pages, key=lambda page: page.device is not Device.DESKTOP and Device.DESKTOP in devices)


def _picture(page: PageResult, name: str, url: str, box: Box | None, weak: tuple[Weakness, ...]) -> SheetPicture:
    shot = None
    if box is not None and page.full_page:
        shot = Shot(page.device, page.full_page, None, box, 0, exact=True)
    return SheetPicture(clean(name, 80), page.key, url, shot, weak)


def _evidence(folder: RunFolder, page: PageResult) -> PagePictures | None:
    root = folder.path.resolve()
    try:
        path = (root / "pages" / page.visit / "evidence.json").resolve()
        if not path.is_relative_to(root) or path.stat().st_size > MOST_BYTES:
            return None
        raw: Mapping[str, Any] = json.loads(path.read_bytes())
        links = Links.model_validate(raw["links"]) if raw.get("links") else None
        return PagePictures(
            page.template, Document.model_validate(raw["document"]), Images.model_validate(raw["images"]), links
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
        return None
