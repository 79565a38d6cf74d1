"""Links that lead nowhere, from the two files of discovery."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditor.discover.link_address import address
from auditor.discover.recorder import read_pages
from auditor.discover.scope import bare_host
from auditor.evidence.discovery import DeadLink
from auditor.evidence.pages import Region

MOST_SOURCES = 20


@dataclass(slots=True)
class _Dead:
    status: int
    hops: int
    sources: dict[str, None] = field(default_factory=dict)
    source_hashes: set[int] = field(default_factory=set)
    regions: dict[Region, None] = field(default_factory=dict)
    text: str = ""


def dead_links(pages: Path, links: Path) -> tuple[tuple[DeadLink, ...], int, int]:
    """Same-site links whose target answered an error or nothing, or went through more than one redirect; most linked
    first.

    Then how many distinct same-site targets have a known answer, and how many have not. ``found_on`` holds at most 20
    page keys. A target that refused only us (401, 403, 429) is known but not dead.
    """
    known: dict[str, tuple[int, int]] = {}
    keys: dict[str, str] = {}
    hosts: set[str] = set()
    dead: dict[str, _Dead] = {}
    for page in read_pages(pages):
        where = address(page.url)
        if not where:
            continue
        hosts.add(f"{bare_host(where.host)}:{where.port}")
        hops = len(page.redirects)
        known[page.url] = page.status, hops
        known.setdefault(page.final_url, (page.status, 0))
        keys[page.url] = keys[page.final_url] = page.key
        if (page.status not in (401, 403, 429) and not 200 <= page.status < 400) or hops > 1:
            dead[page.url] = _Dead(page.status, hops)
    checked: set[str] = set()
    unchecked: set[int] = set()
    for source, target, region, text in _read_links(links):
        if target not in known:
            where = address(target)
            if where and f"{bare_host(where.host)}:{where.port}" in hosts:
                unchecked.add(hash(target))
            continue
        checked.add(target)
        found = dead.get(target)
        if found:
            key = keys.get(source, source)
            found.source_hashes.add(hash(key))
            if len(found.sources) < MOST_SOURCES:
                found.sources[key] = None
            found.regions[region] = None
            found.text = found.text or text
    linked = [
        DeadLink(
            url=url,
            status=found.status,
            hops=found.hops,
            found_on=tuple(found.sources),
            found_on_count=len(found.source_hashes),
            regions=tuple(found.regions),
            text=found.text,
        )
        for url, found in dead.items()
        if found.source_hashes
    ]
    linked.sort(key=lambda link: (-link.found_on_count, link.url))
    return tuple(linked), len(checked), len(unchecked)


def _read_links(path: Path) -> Iterator[tuple[str, str, Region, str]]:
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.endswith("\n"):
                link = json.loads(line)
                yield link["source"], link["target"], link["region"], link["text"]
