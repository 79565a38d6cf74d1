"""The run folder: all that an audit recorded, and all that a replay needs."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from auditor.evidence import (
    SCHEMA_VERSION,
    Discovery,
    FilterLists,
    JourneyEvidence,
    PageEvidence,
    PageFacts,
    Panel,
    StorefrontBaseline,
    Timed,
    VantageLoad,
)
from auditor.finding import Outcome
from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.result import AuditResult, Run
from auditor.settings import ShopSettings

ModelT = TypeVar("ModelT", bound=BaseModel)

BASELINE, FILTER_LISTS = "storefront-baseline.yaml", "filter-lists.json"
LAYOUT = """run.json            how the run went
settings.json       what was asked for, without secrets
discovery.json      how discovery went
discovery/          pages.jsonl, links.jsonl: a line for each page fetched and each link seen
panel.json          the pages that were picked, with reasons
pages/              a folder for each page and device: evidence.json, timed.json and its artifacts
vantages/           a file for each load as another kind of shopper, with its picture
storefront-baseline.yaml  what the operator had approved
filter-lists.json   what public filter lists said of the hosts that were met, with the day of each list
journeys/           a folder for each journey and device: evidence.json and its pictures
outcomes.jsonl      the answer of each check on each page
crops/              the report's pictures, cut from the screenshots; they are cut again where they are gone
report.json, report.html, report.md
"""


class RunFolderError(Exception):
    """The folder is no run folder, or cannot be read or written. The message says what to do."""


def default_folder(start_url: str, now: datetime, root: Path = Path("runs")) -> Path:
    """``runs/HOST/TIME``, with a number behind it if it is taken."""
    parts = urlsplit(start_url)
    host = (parts.hostname or "shop").replace(":", "_") + (f"_{parts.port}" if parts.port else "")
    wanted = root / host / now.strftime("%Y-%m-%dT%H-%M-%SZ")
    folder, number = wanted, 1
    while folder.exists():
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


class RunFolder:
    """Reads and writes one run. Each file is written whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path) -> "RunFolder":
        """:raises RunFolderError: when the folder holds something else or cannot be made."""
        try:
            path.mkdir(parents=True, exist_ok=True)
            taken = [entry.name for entry in path.iterdir()]
        except OSError as error:
            raise RunFolderError(f"Cannot use {path} as run folder: {error.strerror}. Choose another --out.") from error
        if taken:
            raise RunFolderError(f"{path} is not empty ({taken[0]} …). Choose another --out, or remove it first.")
        (path / "discovery").mkdir()
        (path / "pages").mkdir()
        return cls(path)

    @classmethod
    def open(cls, path: Path) -> "RunFolder":
        """:raises RunFolderError: when it is not the folder of a run."""
        if not (path / "run.json").is_file():
            raise RunFolderError(f"{path} is no run folder: it has no run.json. Name the folder that an audit printed.")
        return cls(path)

    @property
    def discovered_pages(self) -> Path:
        return self.path / "discovery" / "pages.jsonl"

    @property
    def discovered_links(self) -> Path:
        return self.path / "discovery" / "links.jsonl"

    def write_text(self, name: str, text: str) -> Path:
        return self.write_bytes(name, text.encode())

    def write_bytes(self, name: str, content: bytes) -> Path:
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.part")
        try:
            unfinished.write_bytes(content)
            os.replace(unfinished, target)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        return target

    def write(self, name: str, model: BaseModel) -> Path:
        return self.write_text(name, model.model_dump_json(indent=1, exclude_defaults=False))

    def write_run(self, run: Run) -> None:
        self.write("run.json", run)

    def write_settings(self, shop: ShopSettings) -> None:
        self.write_text("settings.json", shop.model_dump_json(indent=1, exclude={"access"}))

    def write_visit(self, evidence: PageEvidence) -> None:
        """Its folder is named by the visit's id."""
        self.write_text(f"pages/{evidence.visit.id}/evidence.json", evidence.model_dump_json(exclude_defaults=True))

    def write_timed(self, timed: Timed) -> None:
        """Beside the evidence of the untimed visit to the same page."""
        self.write_text(f"pages/{timed.visit}/timed.json", timed.model_dump_json(exclude_defaults=True))

    def write_outcomes(self, outcomes: Iterable[Outcome]) -> None:
        lines = (outcome.model_dump_json(exclude_defaults=True) for outcome in outcomes)
        self.write_text("outcomes.jsonl", "".join(f"{line}\n" for line in lines))

    def write_result(self, result: AuditResult) -> Path:
        return self.write("report.json", result)

    def write_journey(self, evidence: JourneyEvidence) -> None:
        name = f"journeys/{evidence.journey}.{evidence.device}/evidence.json"
        self.write_text(name, evidence.model_dump_json(exclude_defaults=True))

    def write_vantage(self, load: VantageLoad, name: str) -> None:
        self.write_text(f"vantages/{name}.json", load.model_dump_json(exclude_defaults=True))

    def vantages(self) -> Iterator[VantageLoad]:
        """Loads as other kinds of shopper, by the names of their files."""
        for path in sorted((self.path / "vantages").glob("*.json")):
            yield self._read(str(path.relative_to(self.path)), VantageLoad)

    def write_filter_lists(self, lists: FilterLists) -> None:
        self.write_text(FILTER_LISTS, lists.model_dump_json(exclude_defaults=True))

    def filter_lists(self) -> FilterLists | None:
        """None where the run asked no list."""
        return self._read(FILTER_LISTS, FilterLists) if (self.path / FILTER_LISTS).is_file() else None

    def baseline(self) -> StorefrontBaseline | None:
        """What was approved when the run was made, or was given since; None where nothing was."""
        if not (self.path / BASELINE).is_file():
            return None
        try:
            return read_operator_file(self.path / BASELINE, StorefrontBaseline)
        except SettingsFileError as error:
            raise RunFolderError(str(error)) from None

    def journeys(self) -> Iterator[JourneyEvidence]:
        for path in sorted((self.path / "journeys").glob("*/evidence.json")):
            yield self._read(str(path.relative_to(self.path)), JourneyEvidence)

    def run(self) -> Run:
        return self._read("run.json", Run)

    def settings(self) -> ShopSettings:
        return self._read("settings.json", ShopSettings)

    def discovery(self) -> Discovery:
        """How discovery went. A run that was ended before it was over left only its pages: they are counted."""
        if (self.path / "discovery.json").is_file():
            return self._read("discovery.json", Discovery)
        statuses = Counter(str(facts.status) for facts in self.facts())
        start, fetched = self.settings().start_url, statuses.total()
        return Discovery(
            start_url=start, home_url=start, language=None, ended="interrupted",
            fetched=fetched, statuses=dict(statuses),
            why=f"The audit was ended in discovery, after {fetched} pages. Audit again to see the shop.",
        )  # fmt: skip

    def panel(self) -> Panel:
        """The panel; none of a run that was ended before it was picked."""
        if (self.path / "panel.json").is_file():
            return self._read("panel.json", Panel)
        return Panel(short={"home": "the audit was ended before its panel was picked"})

    def result(self) -> AuditResult:
        return self._read("report.json", AuditResult)

    def outcomes(self) -> Iterator[Outcome]:
        """The answers that were written with the last report.

        :raises RunFolderError: when there are none.
        """
        if not (self.path / "outcomes.jsonl").is_file():
            raise RunFolderError(f"{self.path} holds no outcomes. Judge it first: auditor replay {self.path}")
        yield from _lines(self.path / "outcomes.jsonl", Outcome)

    def facts(self) -> Iterator[PageFacts]:
        """Lines of ``discovery/pages.jsonl``; one that a killed run left unfinished is passed over."""
        yield from _lines(self.discovered_pages, PageFacts)

    def visits(self) -> Iterator[PageEvidence]:
        """By the names of their folders."""
        for path in sorted((self.path / "pages").glob("*/evidence.json")):
            yield self._with_timed(self._read(str(path.relative_to(self.path)), PageEvidence), path.parent)

    def _with_timed(self, visit: PageEvidence, folder: Path) -> PageEvidence:
        timed = None
        missing = {section: why for section, why in visit.missing.items() if section != "timed"}
        if (folder / "timed.json").is_file():
            timed = self._read(str((folder / "timed.json").relative_to(self.path)), Timed)
            missing |= {"timed": timed.why} if timed.why else {}
        elif "timed" in visit.missing:
            missing["timed"] = "no timed loads were made of it"
        return visit.model_copy(update={"timed": timed, "missing": missing})

    def _read(self, name: str, model: type[ModelT]) -> ModelT:
        path = self.path / name
        try:
            text = path.read_bytes()
        except OSError as error:
            raise RunFolderError(
                f"{path} cannot be read ({error.strerror}): the run ended before it was written."
            ) from error
        try:
            return model.model_validate_json(text)
        except ValidationError as error:
            raise RunFolderError(_unreadable(path, text, error)) from error


def _unreadable(path: Path, text: bytes, error: ValidationError) -> str:
    try:
        version = json.loads(text).get("schema_version", SCHEMA_VERSION)
    except (ValueError, AttributeError):
        return f"{path} is not JSON: it was cut or edited. Run the audit again."
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{path}: {place}: {first['msg']} (evidence version {version}, this auditor reads {SCHEMA_VERSION})."


def _lines(path: Path, model: type[ModelT]) -> Iterator[ModelT]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                yield model.model_validate_json(line)
            except ValidationError:
                if not line.endswith(b"\n"):
                    return
                raise RunFolderError(f"{path} holds a line that cannot be read: {line[:80]!r}") from None
