"""The shape of ``schedules.yaml`` and ``shops.yaml``."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger
from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from auditor.schedule.duration import Duration
from auditor.settings import Settings, ShopSettings

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
"""Part of a run's key: small letters, digits and hyphens."""
_NUMERIC_WEEKDAY = re.compile(r"\d")
_WEEKDAYS = "mon, tue, wed, thu, fri, sat, sun"


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name[:60]!r} is no time zone: use a name such as Europe/Warsaw or Asia/Tehran") from None
    return name


def _secret(value: str) -> str:
    if not value.startswith(("env:", "file:")) or len(value) < 6:
        raise ValueError("give the address of a secret, never the secret: env:NAME or file:PATH")
    return value


Zone = Annotated[str, AfterValidator(_zone)]
Secret = Annotated[str, AfterValidator(_secret)]
Misfire = Literal["run_latest", "run_all", "skip"]
Event = Literal["regression", "failed", "missed", "recovered"]


class Budget(Settings):
    """A limit for a metric on pages by path pattern: at most ``max``, or at most this share worse than before."""

    metric: Literal["ttfb", "fcp", "lcp", "cls", "tbt", "inp", "si", "bytes", "requests"]
    path: str = "/**"
    max: float | None = Field(None, gt=0)
    regression: float | None = Field(None, gt=0, le=10)
    level: Literal["error", "warn"] = "error"

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if (self.max is None) == (self.regression is None):
            raise ValueError("give either max (a limit) or regression (a share such as 0.10)")
        return self


class Notify(Settings):
    """Who is told of what, in which language, and whether each time or together with other news (07:00 UTC of the next
    day, Monday or first of the month)."""

    to: Secret
    on: tuple[Event, ...] = ("regression", "failed", "missed", "recovered")
    locale: Literal["en", "pl", "fa"] = "en"
    digest: Literal["at_once", "daily", "weekly", "monthly"] = "at_once"


class Report(Settings):
    """A report that is written into the folder ``to``: of each run, or of a week or month by the first run after it."""

    to: Path
    every: Literal["run", "week", "month"] = "run"
    format: Literal["html", "pdf", "md", "json", "csv", "xlsx"] = "html"
    locale: Literal["en", "pl", "fa"] = "en"
    brand: Path | None = None


class Schedule(Settings):
    """One shop's audits over time.

    ``cron`` has five fields, weekdays by name. ``jitter`` spreads starts, the same for every attempt of a slot.
    ``misfire`` says what becomes of slots that passed while nothing ran, as far back as ``catchup_window``.
    ``retries`` are for failures of the machine, never for findings; the first comes
    after ``retry_delay``, each further one after twice the time.
    """

    name: Name
    shop: Name
    cron: str
    timezone: Zone = "UTC"
    jitter: Duration = timedelta(0)
    misfire: Misfire = "run_latest"
    catchup_window: Duration = timedelta(hours=6)
    max_duration: Duration = timedelta(minutes=60)
    retries: int = Field(2, ge=0, le=10)
    retry_delay: Duration = timedelta(minutes=1)
    paused: bool = False
    budgets: tuple[Budget, ...] = ()
    notify: tuple[Notify, ...] = ()
    reports: tuple[Report, ...] = ()

    @field_validator("cron")
    @classmethod
    def _five_fields(cls, cron: str) -> str:
        fields = cron.split()
        if len(fields) != 5:
            raise ValueError(
                f'a cron has five fields (minute hour day month weekday), this has {len(fields)}: "30 6 * * mon-fri"'
            )
        if _NUMERIC_WEEKDAY.search(fields[4]):
            raise ValueError(f"name the weekdays ({_WEEKDAYS}): programs disagree on which one a number means")
        if fields[2] != "*" and fields[4] != "*":
            raise ValueError("give a day of the month or a weekday, not both: programs disagree on what that means")
        _trigger(cron, "UTC")
        return cron

    @field_validator("max_duration")
    @classmethod
    def _some_time(cls, length: timedelta) -> timedelta:
        if not timedelta(minutes=1) <= length <= timedelta(days=1):
            raise ValueError("an audit needs between 1 minute and 1 day")
        return length

    def trigger(self) -> CronTrigger:
        return _trigger(self.cron, self.timezone)


def _trigger(cron: str, zone: str) -> CronTrigger:
    minute, hour, day, month, weekday = cron.split()
    try:
        return CronTrigger(
            minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=ZoneInfo(zone)
        )  # fmt: skip
    except (ValueError, TypeError) as error:
        raise ValueError(f"{cron!r} is no cron: {error}") from None


class Defaults(Settings):
    """What every schedule takes over where it says nothing."""

    timezone: Zone | None = None
    jitter: Duration | None = None
    misfire: Misfire | None = None
    catchup_window: Duration | None = None
    max_duration: Duration | None = None
    retries: int | None = Field(None, ge=0, le=10)


class Schedules(Settings):
    """``schedules.yaml``. ``dashboard_url`` is where messages lead."""

    version: Literal[1]
    dashboard_url: str | None = Field(None, pattern="^https?://", max_length=500)
    defaults: Defaults = Defaults()
    schedules: tuple[Schedule, ...] = Field(max_length=1000)

    @field_validator("schedules", mode="before")
    @classmethod
    def _with_defaults(cls, schedules: Any, info: ValidationInfo) -> Any:
        defaults = info.data.get("defaults")
        if not isinstance(defaults, Defaults) or not isinstance(schedules, list | tuple):
            return schedules
        given = {name: value for name, value in defaults if value is not None}
        return [given | one if isinstance(one, dict) else one for one in schedules]

    @field_validator("schedules")
    @classmethod
    def _names_differ(cls, schedules: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
        names = [schedule.name for schedule in schedules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two schedules are called {twice[0]!r}: the name is part of a run's key, rename one")
        return schedules


class Shops(Settings):
    """``shops.yaml``: settings by the shop's name."""

    version: Literal[1]
    shops: dict[Name, ShopSettings] = Field(min_length=1, max_length=1000)
