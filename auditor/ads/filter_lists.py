"""Public filter lists as labels of hosts: read from a folder, matched by the endings of a host. Never an alarm."""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from auditor.evidence import FilterList, FilterLists, ListKind

MAX_BYTES = 40_000_000
OLD_DAYS = 90
"""A list loses its use slowly (Drazner et al. 2019: 0.13 % a day); after a quarter the report says how old it is."""

_HOST = r"(?:[a-z0-9_-]{1,63}\.){1,8}[a-z][a-z0-9-]{1,30}"
_RULE = re.compile(rf"(@@)?\|\|({_HOST})\^?(?:\$([\w~,=.-]+))?", re.I)
_PLAIN = re.compile(rf"(?:(?:0\.0\.0\.0|127\.0\.0\.1)\s+)?({_HOST})\s*(?:#.*)?", re.I)
_DATE = re.compile(r"^[!#] *(?:last modified|updated|last[ -]updated|version|timeupdated): *(.{6,40})$", re.I | re.M)
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)|(\d{1,2}) (\w{3})\w* (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# An option that leaves the rule on for every page of a shop. Others tie it to some sites or take away only a part.
_WHOLE = frozenset(
    (
        "third-party", "3p", "all", "popup", "document", "doc", "important", "script", "image", "subdocument",
        "stylesheet", "xmlhttprequest", "other", "frame", "media", "font", "ping", "websocket", "object", "network",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A list that is known by the name of its file, in a folder of uBlock Origin, of AdGuard or in our own cache."""

    name: str
    kind: ListKind
    files: tuple[str, ...]
    url: str = ""


KNOWN = (
    Known("EasyList", "ads", ("easylist.txt",), "https://easylist.to/easylist/easylist.txt"),
    Known("EasyPrivacy", "trackers", ("easyprivacy.txt",), "https://easylist.to/easylist/easyprivacy.txt"),
    Known("URLhaus", "bad", ("urlhaus-filter-online.txt", "ruleset_208.json"),
          "https://malware-filter.gitlab.io/malware-filter/urlhaus-filter-online.txt"),
    Known("uBlock badware", "bad", ("badware.txt", "badware.min.txt", "ruleset_257.json"),
          "https://ublockorigin.github.io/uAssets/filters/badware.txt"),
    Known("uBlock filters", "ads", ("filters.min.txt",)),
    Known("AdGuard Base", "ads", ("ruleset_2.json",)),
    Known("AdGuard Tracking", "trackers", ("ruleset_3.json",)),
    Known("Phishing", "bad", ("phishing-filter.txt", "ruleset_255.json")),
    Known("Scam", "bad", ("ruleset_256.json",)),
    Known("Anti-malware", "bad", ("ruleset_259.json",)),
)  # fmt: skip


def default_folder() -> Path:
    """Where ``auditor ads lists`` keeps its lists, by the XDG base directory specification."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if cache.startswith("/") else Path.home() / ".cache") / "storefront-auditor" / "filter-lists"


@dataclass(frozen=True)
class HostRules:
    """The rules of a list that name whole hosts; ``excepted`` are those that it takes out again."""

    hosts: frozenset[str]
    excepted: frozenset[str]
    rules: int

    def names(self, host: str) -> bool:
        """Whether the list names the host, or one that it belongs to, and no exception is nearer."""
        for ending in _endings(host):
            if ending in self.excepted:
                return False
            if ending in self.hosts:
                return True
        return False


def host_rules(text: str) -> HostRules:
    """The rules for whole hosts in a filter list or a list of hosts. Time is linear in the text."""
    hosts: set[str] = set()
    excepted: set[str] = set()
    rules = 0
    for line in text.splitlines():
        line = line.strip()
        if not line or line[0] in "!#[" or "##" in line or "#@#" in line:
            continue
        rules += 1
        rule = _RULE.fullmatch(line)
        if rule is not None and _for_all(rule[3]):
            (excepted if rule[1] else hosts).add(rule[2].lower())
        elif rule is None and (plain := _PLAIN.fullmatch(line)) is not None:
            hosts.add(plain[1].lower())
    return HostRules(frozenset(hosts), frozenset(excepted), rules)


def _for_all(options: str | None) -> bool:
    return options is None or all(one.lstrip("~") in _WHOLE for one in options.lower().split(","))


def _endings(host: str) -> Iterator[str]:
    labels = host.lower().rstrip(".").split(".")
    return (".".join(labels[at:]) for at in range(len(labels) - 1))


def list_text(content: bytes) -> str:
    """The text of a list's file; AdGuard's packages keep it within a JSON.

    :raises ValueError: for what is no list, with the reason.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    text = content.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if start == "<":
        raise ValueError("it is a web page")
    if start in ("[", "{") and not text.lstrip().startswith("[Adblock"):
        try:
            return _raw_list(json.loads(text))
        except (ValueError, RecursionError):
            raise ValueError("it is a JSON without a list") from None
    return text


def _raw_list(data: Any) -> str:
    first = data[0] if isinstance(data, list) and data else data
    raw = first.get("metadata", {}).get("rawFilterList") if isinstance(first, dict) else None
    if not isinstance(raw, str):
        raise ValueError
    return raw


def list_day(text: str) -> date | None:
    """The day that a list says it is of, from its first lines."""
    for stated in _DATE.finditer(text[:4000]):
        day = _DAY.search(stated[1])
        if day is None:
            continue
        try:
            if day[1]:
                return date(int(day[1]), int(day[2]), int(day[3]))
            return date(int(day[6]), _MONTHS.index(day[5].lower()) + 1, int(day[4]))
        except ValueError:
            continue
    return None


def labels_of(hosts: Collection[str], folder: Path, today: date) -> FilterLists:
    """What the lists in a folder say of ``hosts``. A list that cannot be read is told as such, and the others count."""
    lists: list[FilterList] = []
    labels: dict[str, list[str]] = {}
    for known, path in _files(folder):
        told, rules = _read(known, path, today)
        lists.append(told)
        for host in sorted(hosts) if rules else ():
            if rules and rules.names(host):
                labels.setdefault(host, []).append(known.name)
    return FilterLists(lists=tuple(lists), labels={host: tuple(names) for host, names in sorted(labels.items())})


def _files(folder: Path) -> Iterable[tuple[Known, Path]]:
    """Each known list once, wherever below the folder it is."""
    if not folder.is_dir():
        return
    below = {path.name: path for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".json")}
    for known in KNOWN:
        path = next((below[name] for name in known.files if name in below), None)
        if path is not None:
            yield known, path


def _read(known: Known, path: Path, today: date) -> tuple[FilterList, HostRules | None]:
    facts = FilterList(name=known.name, kind=known.kind)
    try:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        noted = noted_download(path)
        if noted and noted.get("sha256") not in (None, digest):
            raise ValueError("it is not as it was downloaded")
        text = list_text(content)
        rules = host_rules(text)
        if not rules.hosts:
            raise ValueError("it names no host")
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else str(problem)
        return facts.model_copy(update={"note": f"not used: {why}"}), None
    dated = list_day(text) or _day_of(noted.get("date")) or datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    age = (today - dated).days
    note = f"{age} days old" if age > OLD_DAYS else ""
    update = {"dated": dated, "sha256": digest, "hosts": len(rules.hosts), "rules": rules.rules, "note": note}
    return facts.model_copy(update=update), rules


def noted_download(path: Path) -> dict[str, str]:
    """What was noted beside a list when it was downloaded: its ETag, SHA-256 and day. Empty where nothing was."""
    try:
        noted = json.loads(path.with_suffix(".download").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in noted.items()} if isinstance(noted, dict) else {}


def _day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
