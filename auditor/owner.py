"""Who can put a finding right: the theme, an app, a tag manager, a third party, who enters content, or the shop.

By what a finding names, in this order: the third party that the check named, the address of a file and who brought it
in, the frame or the ids and classes of the element, then what the row is about. What none of them tells is unknown.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import urlsplit

from auditor.evidence import PageEvidence, Request, ShopEvidence
from auditor.finding import Finding, OwnerKind

MOST_ADDRESSES = 8
_ADDRESS = re.compile(r"https?://[^\s\"'<>)]+|(?<![\w/])/[\w%~.-]+(?:/[\w%~.-]+)+")


class Owned(NamedTuple):
    """``name`` is that of the theme, app or host where it is known; ``why`` says what told it."""

    kind: OwnerKind
    name: str = ""
    why: str = ""


UNKNOWN = Owned(OwnerKind.UNKNOWN)


class _Hint(NamedTuple):
    pattern: re.Pattern[str]
    kind: OwnerKind
    name: str


class _Facts(NamedTuple):
    tag_managers: tuple[str, ...]
    paths: tuple[_Hint, ...]
    selectors: tuple[_Hint, ...]
    rows: Mapping[str, OwnerKind]


@cache
def _facts() -> _Facts:
    read = tomllib.loads(files("auditor").joinpath("owner.toml").read_text(encoding="utf-8"))
    paths, selectors = (
        tuple(
            _Hint(re.compile(one["pattern"], re.I), OwnerKind(one["owner"]), one.get("name", "")) for one in read[kind]
        )
        for kind in ("paths", "selectors")
    )
    rows = {row: OwnerKind(kind) for kind, listed in read["rows"].items() for row in listed}
    return _Facts(tuple(read["tag_managers"]), paths, selectors, rows)


def owned(findings: Iterable[Finding], shop: ShopEvidence) -> tuple[Finding, ...]:
    """The findings, each with who owns it."""
    by_key: dict[str, list[PageEvidence]] = defaultdict(list)
    for visit in shop.visits:
        by_key[visit.page.key].append(visit)
    found = []
    for finding in findings:
        visits = [visit for key in finding.pages[:3] for visit in by_key.get(key, ())]
        who = owner_of(finding, visits)
        update = {"owner_kind": who.kind, "owner_name": who.name, "owner_because": who.why}
        found.append(finding.model_copy(update=update))
    return tuple(found)


def owner_of(finding: Finding, visits: Iterable[PageEvidence]) -> Owned:
    """Who owns a finding, from what it names and from the visits that show it."""
    requests = {
        request.url: request for visit in visits for request in (visit.requests.items if visit.requests else ())
    }
    if finding.owner != "shop":
        return _third(finding.owner, _brought_by(finding.owner, requests.values()))
    for address in _addresses(finding, requests):
        who = _of_address(address, requests.get(address))
        if who is not UNKNOWN:
            return who
    return _of_selector(finding) or _of_row(finding)


def _addresses(finding: Finding, requests: Mapping[str, Request]) -> Iterator[str]:
    """Addresses that the finding names, whole ones first; a bare path is that of the request that ends with it."""
    named = [found for value in finding.values.values() if isinstance(value, str) for found in _ADDRESS.findall(value)]
    for address in named[:MOST_ADDRESSES]:
        if address.startswith("http"):
            yield address
        else:
            yield next((url for url in requests if urlsplit(url).path.endswith(address)), address)


def _of_address(address: str, request: Request | None) -> Owned:
    for hint in _facts().paths:
        found = hint.pattern.search(address)
        if found:
            name = hint.name or next((group for group in found.groups() if group), "")
            return Owned(hint.kind, name, f"by its address {urlsplit(address).path[:120]}")
    if request is not None and request.party == "third":
        host = urlsplit(address).hostname or ""
        return _third(host, _brought_by(host, (request,)))
    return UNKNOWN


def _third(host: str, manager: str) -> Owned:
    if _is_tag_manager(host):
        return Owned(OwnerKind.TAG_MANAGER, host, "it is a tag manager's own file")
    if manager:
        return Owned(OwnerKind.TAG_MANAGER, manager, f"{manager} brought in {host}")
    return Owned(OwnerKind.THIRD_PARTY, host, "it comes from another company's address")


def _brought_by(host: str, requests: Iterable[Request]) -> str:
    """The tag manager whose script asked for something of ``host``."""
    for request in requests:
        if not (urlsplit(request.url).hostname or "").endswith(host):
            continue
        for url in (*request.stack_urls, request.initiator_url or ""):
            asked_by = urlsplit(url).hostname or ""
            if _is_tag_manager(asked_by):
                return asked_by
    return ""


def _is_tag_manager(host: str) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in _facts().tag_managers)


def _of_selector(finding: Finding) -> Owned | None:
    selector = finding.selector or ""
    for hint in _facts().selectors:
        found = hint.pattern.search(selector)
        if found:
            return Owned(hint.kind, hint.name, f"by “{found[0]}” in its place on the page")
    return None


def _of_row(finding: Finding) -> Owned:
    kind = _facts().rows.get(finding.row)
    if kind is OwnerKind.CONTENT:
        return Owned(kind, "", "it is entered with each product or page")
    if kind is OwnerKind.SHOP:
        return Owned(kind, "", "settings, addresses, search and answers are made there")
    every = finding.reach >= 1.0 and len(finding.pages) > 1
    if finding.selector and every:
        return Owned(OwnerKind.THEME, "", "it is at the same place of every such page")
    if finding.selector and finding.reach < 0.5 and len(finding.pages) == 1:
        return Owned(OwnerKind.CONTENT, "", "it is on one page of several that look alike")
    return UNKNOWN
