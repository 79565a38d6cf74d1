"""Third parties of a run: whom its pages ask, how often, for how many bytes."""

import json
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auditor.registrable import split_host

MOST_VISITS, MOST_BYTES = 60, 20_000_000


@lru_cache(maxsize=64)
def third_parties_in(folder: Path) -> list[dict[str, Any]]:
    """``host``, ``requests``, ``bytes``, ``pages``; the most bytes first. Empty where the evidence is gone."""
    found: dict[str, dict[str, Any]] = defaultdict(lambda: {"requests": 0, "bytes": 0, "pages": set()})
    for path in sorted((folder / "pages").glob("*/evidence.json"))[:MOST_VISITS]:
        try:
            if path.stat().st_size > MOST_BYTES:
                continue
            evidence = json.loads(path.read_bytes())
            own = urlsplit(evidence["page"]["url"]).hostname or ""
            for request in (evidence.get("requests") or {}).get("items", ()):
                host = urlsplit(str(request.get("url", ""))).hostname or ""
                if host and not _same_site(host, own):
                    found[host]["requests"] += 1
                    found[host]["bytes"] += request.get("transferred_bytes") or 0
                    found[host]["pages"].add(evidence["page"]["key"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    rows = [{"host": host, **row, "pages": len(row["pages"])} for host, row in found.items()]
    return sorted(rows, key=lambda row: (-row["bytes"], row["host"]))


def _same_site(host: str, own: str) -> bool:
    return host == own or (_domain(host) != "" and _domain(host) == _domain(own))


def _domain(host: str) -> str:
    return split_host(host).top_domain_under_public_suffix
