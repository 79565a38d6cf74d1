"""``goals.yaml``: what the client wants the shop to reach, in numbers that an audit can judge."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from auditor.evidence import Device, Template
from auditor.finding import Area, Severity
from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.settings import Settings, ShopSettings

FILE = "goals.yaml"
MOST_GOALS = 60

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Goal(Settings):
    """One of three kinds, told by its key.

    ``score``: the least score, overall or of an ``area``. ``metric`` with ``most``: the most that any page of a
    ``template`` on a ``device`` may have, in ms, for ``cls`` as a score, in bytes or requests. ``findings``: the most
    findings there may be, of an ``area``, of a ``severity`` and worse, or of one ``check``. ``text`` are the client's
    own words for it.
    """

    text: Text | None = None
    score: int | None = Field(None, ge=1, le=100)
    metric: Literal["lcp", "fcp", "tbt", "cls", "si", "ttfb", "inp", "bytes", "requests"] | None = None
    most: float | None = Field(None, ge=0)
    findings: int | None = Field(None, ge=0)
    area: Area | None = None
    severity: Severity | None = None
    check: Text | None = None
    template: Template | None = None
    device: Device | None = None

    @model_validator(mode="after")
    def _of_one_kind(self) -> Self:
        if sum(value is not None for value in (self.score, self.metric, self.findings)) != 1:
            raise ValueError("a goal has one of score, metric and findings")
        if (self.metric is None) != (self.most is None):
            raise ValueError("metric and most belong together: metric: lcp, most: 2500")
        if (self.severity or self.check) and self.findings is None:
            raise ValueError("severity and check go with findings")
        if self.area and self.metric:
            raise ValueError("area goes with score and with findings")
        if (self.template or self.device) and self.metric is None:
            raise ValueError("template and device go with metric")
        return self


class Goals(Settings):
    """``goals.yaml``."""

    version: Literal[1]
    goals: tuple[Goal, ...] = Field(min_length=1, max_length=MOST_GOALS)


def read_goals(path: Path) -> Goals:
    """:raises SettingsFileError: for the first thing that is wrong, with its line."""
    return read_operator_file(path, Goals)


def goals_of(folder: Path, settings: ShopSettings | None) -> tuple[Goal, ...]:
    """Those that lie in the run folder, then the budgets that the run was asked to judge. A broken file gives none."""
    found: tuple[Goal, ...] = ()
    if (folder / FILE).is_file():
        try:
            found = read_goals(folder / FILE).goals
        except SettingsFileError:
            found = ()
    return (*found, *budget_goals(settings))[:MOST_GOALS]


def budget_goals(settings: ShopSettings | None) -> tuple[Goal, ...]:
    """Speed budgets for whole templates; those for single addresses and kinds of files are findings of their own."""
    made = []
    for budget in settings.speed.budgets if settings else ():
        if budget.max is None or budget.url or budget.path != "/" or budget.kind != "total":
            continue
        metric = "bytes" if budget.metric == "kib" else budget.metric
        most = budget.max * 1024 if budget.metric == "kib" else budget.max
        made.append(
            Goal.model_validate({"metric": metric, "most": most, "template": budget.template, "device": budget.device})
        )
    return tuple(made)
