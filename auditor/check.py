"""How a check is declared, and the registry that finds them."""

import inspect
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Literal, TypeVar

from auditor import evidence
from auditor.evidence import (
    AcrossDevices,
    Device,
    JourneyEvidence,
    JourneyName,
    Page,
    PageEvidence,
    ShopEvidence,
    Template,
    TemplateEvidence,
    Visit,
)
from auditor.finding import Area, Measure, Problem, Severity

Judgement = Iterator[Problem | Measure]
Judge = Callable[..., Judgement]
JudgeT = TypeVar("JudgeT", bound=Judge)
Scope = Literal["page", "template", "devices", "journey", "shop"]
Scale = Literal["curve", "share", "binary"]

SECTIONS: dict[type, str] = {
    getattr(evidence, hint.__args__[0].__name__): name
    for name, hint in typing.get_type_hints(PageEvidence).items()
    if typing.get_origin(hint) is not None and type(None) in typing.get_args(hint)
}
"""Evidence section type to its field in PageEvidence, e.g. ``{Images: "images"}``."""

_WIDE: dict[type, Scope] = {
    TemplateEvidence: "template",
    AcrossDevices: "devices",
    JourneyEvidence: "journey",
    ShopEvidence: "shop",
}
_ID = re.compile(r"^[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*$")


class NotApplicable(Exception):
    """Raised by a judge where its question makes no sense (a shop without variants)."""


class NotRecorded(Exception):
    """Raised by a judge where the evidence is too thin to answer."""


def _(text: str) -> str:
    """Mark a text for translation."""
    return text


def _n(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a plural by ``{count}``."""
    return (one, many)


class DeclarationError(Exception):
    """A check is declared wrongly. The message names the check and what to change."""


@dataclass(frozen=True)
class Parameter:
    """One thing a judge reads. ``optional``: None is handed over where the section was not recorded."""

    name: str
    type: type
    optional: bool


@dataclass(frozen=True)
class CheckSpec:
    """A declared check.

    ``limits`` are the judge's keyword-only parameters with their defaults: thresholds that a shop may override.
    ``indicative``: judged on an untimed load, so the number is a hint. ``scored`` False: listed, outside the score.
    ``found_as`` holds other sentences by the problem's discriminator (up to a colon). ``shopwide``: a problem of the
    shop's set-up, one finding whatever the template. ``journeys``: those that a check of scope ``journey`` judges.
    """

    id: str
    row: str
    severity: Severity
    title: str
    why: str
    fix: str
    found: tuple[str, str]
    source: str
    judge: Judge
    templates: frozenset[Template]
    devices: frozenset[Device]
    scale: Scale
    scored: bool
    indicative: bool
    formerly: tuple[str, ...]
    scope: Scope
    reads: tuple[Parameter, ...]
    limits: dict[str, Any] = field(default_factory=dict)
    module: str = ""
    found_as: dict[str, tuple[str, str]] = field(default_factory=dict)
    shopwide: bool = False
    journeys: frozenset[JourneyName] = frozenset({"buy"})

    @property
    def area(self) -> Area:
        return Area(self.id.split("/")[0])


class Registry:
    """All declared checks, by id."""

    def __init__(self) -> None:
        self._specs: dict[str, CheckSpec] = {}

    def add(self, spec: CheckSpec) -> None:
        known = self._specs.get(spec.id)
        if known is not None and known.module != spec.module:
            raise DeclarationError(f"Two checks are called {spec.id}: {known.module} and {spec.module}. Rename one.")
        self._specs[spec.id] = spec

    def get(self, check_id: str) -> CheckSpec | None:
        return self._specs.get(check_id)

    def __iter__(self) -> Iterator[CheckSpec]:
        return iter(sorted(self._specs.values(), key=lambda spec: (list(Area).index(spec.area), spec.row, spec.id)))

    def __len__(self) -> int:
        return len(self._specs)


REGISTRY = Registry()


def load_checks() -> Registry:
    """Import built-in and third-party checks by the entry-point group ``auditor.checks``."""
    for point in entry_points(group="auditor.checks"):
        point.load()
    return REGISTRY


def check(
    *,
    id: str,
    row: str,
    severity: Severity,
    title: str,
    why: str,
    fix: str,
    found: str | tuple[str, str],
    source: str,
    templates: set[Template] | frozenset[Template] = frozenset(),
    devices: set[Device] | frozenset[Device] = frozenset(Device),
    scale: Scale = "binary",
    scored: bool = True,
    indicative: bool = False,
    formerly: tuple[str, ...] = (),
    found_as: Mapping[str, str | tuple[str, str]] | None = None,
    shopwide: bool = False,
    journeys: set[JourneyName] | frozenset[JourneyName] = frozenset({"buy"}),
) -> Callable[[JudgeT], JudgeT]:
    """Declare a check.

    The judge's parameter types name what it reads: sections of one visit (and ``Page``, ``Visit``), or one of
    TemplateEvidence, AcrossDevices, JourneyEvidence (of ``journeys``), ShopEvidence. Keyword-only parameters with
    defaults are its limits. No ``templates`` means all.
    ``found`` is the sentence of what was seen, with the names of ``Problem.values`` in braces; ``found_as`` says it
    otherwise for some discriminators.

    :raises DeclarationError: when the id, a text or a parameter is not as it must be.
    """

    def declare(judge: JudgeT) -> JudgeT:
        if not _ID.match(id) or id.split("/")[0] not in set(Area):
            raise DeclarationError(f"Check id {id!r}: use area/what-is-wrong with an area of {', '.join(Area)}.")
        scope, reads, limits = _signature(id, judge)
        REGISTRY.add(
            CheckSpec(
                id=id, row=row, severity=severity, title=title, why=why, fix=fix,
                found=_both_forms(found),
                source=source, judge=judge, templates=frozenset(templates) or frozenset(Template),
                devices=frozenset(devices), scale=scale, scored=scored, indicative=indicative, formerly=formerly,
                scope=scope, reads=reads, limits=limits, module=judge.__module__,
                found_as={name: _both_forms(text) for name, text in (found_as or {}).items()}, shopwide=shopwide,
                journeys=frozenset(journeys),
            )
        )  # fmt: skip
        return judge

    return declare


def _both_forms(text: str | tuple[str, str]) -> tuple[str, str]:
    return text if isinstance(text, tuple) else (text, text)


def _signature(check_id: str, judge: Judge) -> tuple[Scope, tuple[Parameter, ...], dict[str, Any]]:
    hints = typing.get_type_hints(judge)
    reads: list[Parameter] = []
    limits: dict[str, Any] = {}
    scope: Scope = "page"
    for name, parameter in inspect.signature(judge).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            limits[name] = parameter.default
            continue
        args = [arg for arg in typing.get_args(hints[name]) if arg is not type(None)]
        wanted = args[0] if args else hints[name]
        if wanted in _WIDE:
            scope = _WIDE[wanted]
        elif wanted not in SECTIONS and wanted not in (Page, Visit):
            raise DeclarationError(f"Check {check_id}: parameter {name} has a type that is no evidence: {wanted}.")
        reads.append(Parameter(name, wanted, optional=bool(args)))
    if scope != "page" and len(reads) > 1:
        raise DeclarationError(f"Check {check_id}: a check of scope {scope} takes that one piece of evidence only.")
    if not reads:
        raise DeclarationError(f"Check {check_id}: name the evidence it reads by a typed parameter.")
    return scope, tuple(reads), limits
