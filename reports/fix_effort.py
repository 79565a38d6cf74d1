"""How much work a repair is likely to be, and what it brings: an estimate by kind of work, not a quotation."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

from auditor.finding import Area, Finding, OwnerKind, Severity
from reports.language import Words, _

Size = Literal["hours", "days", "weeks"]
Effect = Literal["high", "medium", "low"]
SIZES: tuple[Size, ...] = get_args(Size)
EFFECTS: tuple[Effect, ...] = get_args(Effect)
MUCH = 0.5
"""Of the pages that were looked at: from this share on a problem reaches most shoppers who come by. Our proposal."""

SIZE_NAMES = Words[Size]({"hours": _("Up to a day"), "days": _("A few days"), "weeks": _("Weeks")})
EFFECT_NAMES = Words[Effect]({"high": _("Great"), "medium": _("Medium"), "low": _("Small")})
KINDS = Words[str](
    {
        "setting": _("a setting or a text in the shop system"),
        "template": _("a small change to one template"),
        "theme": _("building a part of the theme"),
        "content": _("entering content, product by product"),
        "delivery": _("changing how pages and files are sent"),
        "removal": _("taking out or limiting a script"),
        "search": _("setting up the search"),
        "checkout": _("rebuilding the way to the order"),
    }
)


@dataclass(frozen=True)
class Work:
    """``kind`` names an entry of fix_effort.toml."""

    size: Size
    kind: str

    @property
    def size_name(self) -> str:
        return SIZE_NAMES[self.size]

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


@lru_cache(maxsize=1)
def estimates() -> dict[str, Any]:
    """``{"kinds": {kind: {"size", "because"}}, "areas": {area: kind}, "checks": {check: kind}}``"""
    return tomllib.loads(files("reports").joinpath("fix_effort.toml").read_text(encoding="utf-8"))


def work_of(check: str, area: Area, owner: OwnerKind = OwnerKind.UNKNOWN) -> Work:
    """By the check, else by who can put it right, else by the area."""
    known = estimates()
    kind: str = known["checks"].get(check) or known["areas"][area.value]
    if check not in known["checks"] and owner in (OwnerKind.TAG_MANAGER, OwnerKind.THIRD_PARTY):
        kind = "removal"
    return Work(known["kinds"][kind]["size"], kind)


def effect_of(severity: Severity, reach: float) -> Effect:
    """How much the repair does for shoppers: by the harm, and by how many of the pages looked at have it."""
    if severity is Severity.CRITICAL or (severity is Severity.SERIOUS and reach >= MUCH):
        return "high"
    if severity is Severity.SERIOUS or (severity is Severity.MODERATE and reach >= MUCH):
        return "medium"
    return "low"


def widest(group: list[Finding]) -> float:
    """The reach of findings of one check together: at least that of the widest."""
    return max((finding.reach for finding in group), default=0.0)
