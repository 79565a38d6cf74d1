"""What closes the gate: the ``gate`` part of the operator's file."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from auditor.finding import Area, Finding, Severity
from auditor.operator_file import read_operator_file
from auditor.settings import Settings

Action = Literal["fail", "warn", "ignore"]
GrowingMetric = Literal["bytes", "requests", "cls"]
TimedMetric = Literal["lcp", "fcp", "tbt", "cls", "si", "ttfb"]

FLOORS: dict[str, float] = {"lcp": 100, "fcp": 100, "tbt": 50, "cls": 0.02, "si": 100, "ttfb": 100}
"""A difference below is none, in ms but for ``cls``. Our proposal."""


class Rule(Settings):
    """What to do with a new finding that fits all that is named here. ``severity`` means this one and worse; ``check``
    is a check's id or a pattern such as ``speed/*``."""

    severity: Severity | None = None
    area: Area | None = None
    check: str | None = None
    action: Action = "fail"

    def fits(self, finding: Finding) -> bool:
        ladder = list(Severity)
        return (
            (self.severity is None or ladder.index(finding.severity) <= ladder.index(self.severity))
            and self.area in (None, finding.area)
            and (self.check is None or fnmatchcase(finding.check, self.check))
        )

    @property
    def said(self) -> str:
        named = (self.severity and f"{self.severity} or worse", self.area, self.check)
        return ", ".join(str(part) for part in named if part) or "any"


class Growth(Settings):
    """How much a counted number of a page may grow: by ``share`` of what it was, and by ``least`` in any case (bytes,
    requests, or the score of layout shift)."""

    metric: GrowingMetric
    share: float = Field(0.1, ge=0, le=10)
    least: float = Field(ge=0)
    action: Action = "fail"


class Timing(Settings):
    """The rank tests. ``effect`` is the least share by which a time must be worse; ``level`` the share of releases
    without any change that may close the gate by chance, over all metrics and pages together."""

    metrics: tuple[TimedMetric, ...] = ("lcp", "tbt", "cls")
    effect: float = Field(0.05, ge=0, le=1)
    floors: dict[TimedMetric, float] = {}
    level: float = Field(0.05, gt=0, le=0.2)
    most_loads: int = Field(15, ge=5, le=40)
    action: Action = "fail"

    def floor(self, metric: str) -> float:
        return {str(name): value for name, value in self.floors.items()}.get(metric, FLOORS[metric])


class GatePolicy(Settings):
    """``findings``: the first rule that fits a new finding decides; what none fits is ignored. ``show_stoppers`` close
    the gate also when they were there before, ``new`` only when they were not. ``most`` limits the findings of a
    severity, old and new. ``seconds`` is the time for the whole gate.
    """

    findings: tuple[Rule, ...] = (Rule(severity=Severity.MODERATE), Rule(action="warn"))
    show_stoppers: Literal["fail", "new", "warn"] = "fail"
    most: dict[Severity, Annotated[int, Field(ge=0)]] = {}
    third_party_scripts: Action = "fail"
    growth: tuple[Growth, ...] = (
        Growth(metric="bytes", least=51_200),
        Growth(metric="requests", share=0.2, least=8),
        Growth(metric="cls", share=0, least=0.05),
    )
    timing: Timing = Timing()
    confirm: bool = True
    seconds: float = Field(240, ge=30, le=7200)

    def rule_for(self, finding: Finding) -> Rule | None:
        return next((rule for rule in self.findings if rule.fits(finding)), None)


def _reference(value: str) -> str:
    if not value.startswith(("env:", "file:")) or len(value) < 6:
        raise ValueError("give the address of a secret, never the secret: env:NAME or file:PATH")
    return value


Reference = Annotated[str, AfterValidator(_reference)]


class AccessReferences(Settings):
    """How to get into a preview: where its secrets are. They are sent to the preview's own origin only."""

    basic: Reference | None = None
    headers: dict[str, Reference] = {}
    cookies: dict[str, Reference] = {}
    storage_state: Reference | None = None


class GateConfig(Settings):
    """``auditor-gate.yaml``. ``shop`` holds settings of a shop as ``shops.yaml`` does, without its address; ``access``
    the access to the preview and ``base_access`` to the base; ``source_map`` names the template file of pages by path
    pattern. ``budgets`` are files: Lighthouse's budget.json, or the assertions of Lighthouse CI."""

    version: Literal[1]
    name: str = ""
    shop: dict[str, Any] = {}
    access: AccessReferences = AccessReferences()
    base_access: AccessReferences = AccessReferences()
    gate: GatePolicy = GatePolicy()
    source_map: dict[str, str] = {}
    budgets: tuple[Path, ...] = ()
    accepted: Path = Path("accepted.yaml")

    @model_validator(mode="after")
    def _no_secret_in_shop(self) -> Self:
        if "access" in self.shop:
            raise ValueError("put access beside shop, not into it; its values are env:NAME or file:PATH")
        return self


def read_config(path: Path | None) -> GateConfig:
    """The defaults where there is no file.

    :raises SettingsFileError: for the first thing that is wrong in it.
    """
    return read_operator_file(path, GateConfig) if path is not None else GateConfig(version=1)
