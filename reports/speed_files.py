"""What a timed load fetched, as a waterfall of the files that say most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.evidence import Fetched, TimedLoad
from auditor.reading.causes import file_name
from reports.language import Counted, Words, forms
from reports.shop_text import clean, shown_address
from reports.wording import _, quantity

MOST_FILES = 14
KINDS = Words[str](
    {
        "document": _("page"),
        "stylesheet": _("style sheet"),
        "script": _("script"),
        "image": _("picture"),
        "font": _("font"),
        "media": _("film or sound"),
        "data": _("data"),
        "other": _("other file"),
    }
)


KINDS_COUNTED = Counted[str](
    {
        "document": forms("{count} page", "{count} pages"),
        "stylesheet": forms("{count} style sheet", "{count} style sheets"),
        "script": forms("{count} script", "{count} scripts"),
        "image": forms("{count} picture", "{count} pictures"),
        "font": forms("{count} font", "{count} fonts"),
        "media": forms("{count} film or sound", "{count} films or sounds"),
        "data": forms("{count} answer with data", "{count} answers with data"),
        "other": forms("{count} other file", "{count} other files"),
        "third": forms("{count} of it from a third party", "{count} of them from third parties"),
    }
)


_DATA = frozenset({"fetch", "xhr", "eventsource", "websocket"})


@dataclass(frozen=True)
class Span:
    """A part of a bar: ``start`` and ``size`` in percent of its whole, ``kind`` names its colour."""

    kind: str
    start: float
    size: float


@dataclass(frozen=True)
class FileRow:
    """``owner`` is "" for the shop's own; ``told``: kind, size and times in words."""

    name: str
    url: str
    owner: str
    told: str
    blocking: bool
    largest: bool
    spans: tuple[Span, ...]


def shown_files(files: Iterable[Fetched], load: TimedLoad | None) -> list[Fetched]:
    """The page, what holds back its first paint, its largest picture; then the largest files, in order of time."""
    files = list(files)
    largest = load.traced.lcp_url if load and load.traced else None

    def rank(place: int) -> tuple[bool, bool, float]:
        file = files[place]
        return (place != 0 and file.url != largest, not file.blocking, -file.bytes)

    return [files[place] for place in sorted(sorted(range(len(files)), key=rank)[:MOST_FILES])]


def file_row(place: int, file: Fetched, load: TimedLoad | None, end: float) -> FileRow:
    whole = end or 1.0
    first = min(max(file.first_byte_ms or file.start_ms, file.start_ms), file.end_ms)
    told = _("{kind}, {size}, from {start} to {end}").format(
        kind=KINDS[_kind(file)], size=quantity(file.bytes, "bytes"),
        start=quantity(file.start_ms, "ms"), end=quantity(file.end_ms, "ms"),
    )  # fmt: skip
    return FileRow(
        name=shown_address(urlsplit(file.url).path, 60) if place == 0 else clean(file_name(file.url), 60),
        url=file.url,
        owner="" if file.owner == "shop" else clean(file.owner, 60),
        told=told,
        blocking=file.blocking,
        largest=bool(load and load.traced and load.traced.lcp_url == file.url),
        spans=(
            Span("wait", round(100 * file.start_ms / whole, 2), round(100 * (first - file.start_ms) / whole, 2)),
            Span("fetch", round(100 * first / whole, 2), max(0.4, round(100 * (file.end_ms - first) / whole, 2))),
        ),
    )  # fmt: skip


def _kind(file: Fetched) -> str:
    name = file.type.lower()
    return "data" if name in _DATA else name if name in KINDS else "other"


def kinds_of(files: Iterable[Fetched]) -> str:
    """``3 scripts, 120 KB; 2 pictures, 80 KB``, the heaviest kind first, and what third parties sent."""
    files = list(files)
    counts, sizes = Counter[str](), Counter[str]()
    for file in files:
        counts[_kind(file)] += 1
        sizes[_kind(file)] += round(file.bytes)
        if file.owner != "shop":
            counts["third"] += 1
            sizes["third"] += round(file.bytes)
    order = [kind for kind, _size in sizes.most_common() if kind != "third"] + ["third"] * bool(counts["third"])
    return _("; ").join(
        _("{files}, {size}").format(files=KINDS_COUNTED.of(kind, counts[kind]), size=quantity(sizes[kind], "bytes"))
        for kind in order
    )
