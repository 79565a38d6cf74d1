"""Which planted defects can be looked for in one audit: those that disturb each other neither by their rows nor by
what they change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from auditor.demo import Defect
from auditor.demo.catalogue import load as load_catalogue
from auditor.evidence import Device, Template

MOST = 9
"""A page spoilt in more ways than this tells little of any of them."""

SHOP_WIDE = frozenset({"NAV-003", "NAV-008", "TRU-001", "TRU-002", "TRU-003", "TRU-006"})
"""Judged on what discovery met of the whole shop; the other rows need a page of each template only."""

ONE_OF_EACH = {Template.HOME: 1, Template.CATEGORY: 1, Template.PRODUCT: 1, Template.CART: 1, Template.CONTENT: 1}


@dataclass
class Group:
    """Defects of one audit; none for the clean shop."""

    defects: list[Defect] = field(default_factory=list)

    def takes(self, defect: Defect) -> bool:
        """Whether ``defect`` may be planted beside the others."""
        if defect.alone or any(one.alone for one in self.defects) or len(self.defects) >= MOST:
            return False
        return all(_apart(one, defect) for one in self.defects)

    @property
    def name(self) -> str:
        return " ".join(one.name for one in self.defects)

    def language_or(self, language: str) -> str:
        """The only language that shows these defects, else ``language``."""
        return next((one.language for one in self.defects if one.language), language)

    @property
    def devices(self) -> tuple[Device, ...]:
        return _devices(self.defects[0]) if self.defects else tuple(Device)

    @property
    def panel(self) -> dict[Template, int]:
        """The home page and the templates that the defects show on."""
        panel = {Template.HOME: 1}
        for defect in self.defects:
            shown = {name for name in defect.templates if name in set(Template)}
            for template, count in ONE_OF_EACH.items():
                if not defect.templates or template in shown:
                    panel[template] = max(panel.get(template, 0), count)
            if "search" in shown:
                panel[Template.SEARCH] = 1
            if defect.products > 1:
                panel[Template.PRODUCT] = max(panel.get(Template.PRODUCT, 0), defect.products)
        return panel

    @property
    def timed(self) -> bool:
        return any(defect.timed for defect in self.defects)

    @property
    def hosts(self) -> tuple[str, ...]:
        return tuple(host for defect in self.defects for host in defect.hosts)

    def paths_in(self, language: str) -> tuple[str, ...]:
        """Pages that have to be looked at: of a category its list or its first product, by what the defect shows on."""
        catalogue = load_catalogue(language)
        found = []
        for defect in self.defects:
            if not defect.at or defect.at.startswith("/"):
                found += [defect.at] if defect.at else []
            elif "product" in defect.templates:
                found.append(catalogue.within(defect.at)[0].path)
            else:
                found.append(catalogue.categories[defect.at].path)
        return tuple(dict.fromkeys(found))

    @property
    def pages(self) -> int:
        """How many pages discovery has to fetch."""
        return max((_pages(one) for one in self.defects), default=120)

    @cached_property
    def expected(self) -> frozenset[str]:
        return frozenset().union(*(one.expect for one in self.defects))

    @cached_property
    def allowed(self) -> frozenset[str]:
        return self.expected.union(*(one.also for one in self.defects))

    def expecting(self, row: str) -> str:
        """The names of the defects that ``row`` has to find."""
        return ", ".join(one.name for one in self.defects if row in one.expect)


def _devices(defect: Defect) -> tuple[Device, ...]:
    if defect.device == "both":
        return tuple(Device)
    return (Device(defect.device),) if defect.device else (Device.MOBILE,)


def _pages(defect: Defect) -> int:
    return 120 if "NAV-012" in defect.expect else 60 if defect.expect & SHOP_WIDE or defect.products > 6 else 30


def _apart(one: Defect, other: Defect) -> bool:
    """Not the same rows, not the same kind of audit; and of those that answer for the shop one at a time."""
    rows, others = one.expect | one.also, other.expect | other.also
    audits = _audit_of(one) == _audit_of(other)
    # A share of all links is another one in a shop that is explored further.
    explored = {_pages(one), _pages(other)} != {60, 120}
    return audits and explored and not rows & others and not set(one.part.split()) & set(other.part.split())


def _audit_of(defect: Defect) -> tuple[object, ...]:
    return _devices(defect), defect.language, defect.products > 1, defect.timed


def grouped(defects: Iterable[Defect]) -> list[Group]:
    """The defects in as few groups as putting each into the first one that takes it gives."""
    groups: list[Group] = []
    for defect in defects:
        for group in groups:
            if group.takes(defect):
                group.defects.append(defect)
                break
        else:
            groups.append(Group([defect]))
    return groups
