"""Where in a repository a page belongs: code hosts refuse web addresses as locations."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from urllib.parse import unquote, urlsplit

from auditor.gate.verdict import GateReport, Reason
from reports.shop_text import clean

_UNSAFE = re.compile(r"[^\w.~-]+")
LONGEST_PART = 80


def path_of(page: str, host: str, source_map: Mapping[str, str]) -> str:
    """The template file that the operator named for the page, else a path below the shop's host: without scheme and
    query, with a port as ``_3000``, never leading out of its folder."""
    path = urlsplit(page).path or "/"
    for pattern, file in source_map.items():
        if fnmatchcase(path, pattern.replace("**", "*")):
            return file
    parts = [_part(part) for part in unquote(path).split("/")]
    return "/".join([_part(host.replace(":", "_")) or "shop", *(part for part in parts if part)])


def _part(part: str) -> str:
    name = _UNSAFE.sub("-", clean(part, LONGEST_PART)).strip("-")
    return "" if name in (".", "..") else name


def host_of(report: GateReport) -> str:
    return urlsplit(report.candidate.url).netloc.rpartition("@")[2] if report.candidate else "shop"


def address_of(page: str, report: GateReport) -> str:
    """The page's full address at the candidate, without user, password and fragment."""
    if report.candidate is None:
        return page
    parts = urlsplit(report.candidate.url)
    return f"{parts.scheme}://{host_of(report)}{page if page.startswith('/') else '/' + page}"


def first_page(reason: Reason) -> str:
    return reason.pages[0] if reason.pages else "/"
