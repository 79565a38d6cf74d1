"""What was seen of a case, kept in a file of its own: judging it again needs no browser."""

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from auditor.ads.loads import Seen
from auditor.evidence import Device, Insertions, Page, VantageName
from auditor.evidence.frozen import Frozen
from tests.ads_cases.site import Case


class Load(Frozen):
    """One load of the case's page."""

    page: Page
    device: Device
    vantage: VantageName
    insertions: Insertions
    via: str = ""

    @property
    def seen(self) -> Seen:
        return Seen(self.page, self.device, self.vantage, self.insertions, looked=True, via=self.via)


class Record(Frozen):
    """``form`` is the digest of the case: another case needs another record. ``wrote``: what the presses wrote to the
    shop, which must be nothing."""

    case: str
    form: str
    loads: tuple[Load, ...]
    wrote: tuple[str, ...]
    took_s: float
    browser: str
    at: datetime

    @property
    def seen(self) -> tuple[Seen, ...]:
        return tuple(load.seen for load in self.loads)


def form(case: Case) -> str:
    """Changes with anything that the case serves or how it is looked at."""
    return hashlib.sha256("".join(_text(getattr(case, one.name)) for one in fields(case)).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    if callable(value) and hasattr(value, "__code__"):
        return f"{value.__code__.co_code.hex()}{[one for one in value.__code__.co_consts if isinstance(one, str)]}"
    if hasattr(value, "items"):
        return "".join(f"{key}={_text(one)}" for key, one in value.items())
    return repr(value)


def record(case: Case, loads: Sequence[Seen], wrote: Sequence[str], took_s: float, browser: str) -> Record:
    kept = tuple(
        Load(page=one.page, device=one.device, vantage=one.vantage, insertions=one.insertions, via=one.via)
        for one in loads
    )
    return Record(
        case=case.name, form=form(case), loads=kept, wrote=tuple(wrote), took_s=round(took_s, 2), browser=browser,
        at=datetime.now(UTC),
    )  # fmt: skip


def file_of(case: Case, folder: Path) -> Path:
    return folder / f"{case.name.split()[0]}.json"


def read(case: Case, folder: Path) -> Record | None:
    """The record of this very case; None where there is none or the case has changed since."""
    file = file_of(case, folder)
    if not file.exists():
        return None
    kept = Record.model_validate_json(file.read_text())
    return kept if kept.form == form(case) else None


def write(kept: Record, case: Case, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = file_of(case, folder).with_suffix(".part")
    unfinished.write_text(kept.model_dump_json())
    unfinished.replace(file_of(case, folder))
