"""One gate between two releases of the demo shop, run as a pipeline runs it: by the command line."""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from auditor.browser.busy import Busy
from auditor.check import load_checks
from auditor.demo import DemoShop
from auditor.evidence import Frozen
from auditor.replay import checks_digest
from benchmarks.gate.releases import RELEASES, serving, settings_for

AUDITOR = str(Path(sys.executable).with_name("auditor"))
SECONDS = 900.0


@dataclass(frozen=True)
class Setting:
    """How a gate is asked. ``panel`` is the pages by template, None the profile's own eight; ``walked``: with the
    journey as far as the cart; ``file``: against a baseline file instead of the base itself."""

    name: str
    about: str
    profile: str
    panel: dict[str, int] | None = None
    walked: bool = True
    file: bool = False


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("fast", "ci-fast against a baseline file, 8 pages and the way into the cart", "ci-fast", file=True),
        Setting("fast-base", "ci-fast against the base, 8 pages and the way into the cart", "ci-fast"),
        Setting("full", "ci against the base, 8 pages and the way into the cart, loads in turns", "ci"),
        Setting(
            "pair", "ci against the base, 2 pages, loads in turns", "ci", panel={"home": 1, "product": 1}, walked=False
        ),
        Setting(
            "short", "ci-fast against a baseline file, 2 pages", "ci-fast", panel={"home": 1, "product": 1},
            walked=False, file=True,
        ),
        Setting(
            "cart", "ci-fast against a baseline file, 2 pages and the way into the cart", "ci-fast",
            panel={"home": 1, "product": 1}, file=True,
        ),
    )
}  # fmt: skip


class Trial(Frozen):
    """How a gate went. ``reasons`` are rows or ids of what closed it, ``warned`` of its warnings; ``others`` the share
    of the machine that other programs used meanwhile, 0-1; ``shifts`` what the rank tests say of each metric over all
    pages, as a share, and ``loads`` of how many loads of each side of a page."""

    release: str
    setting: str
    exit_code: int
    answer: str
    why: str
    reasons: tuple[str, ...]
    warned: tuple[str, ...]
    notes: tuple[str, ...] = ()
    took_s: float
    others: float | None
    shifts: dict[str, float] = {}
    loads: int = 0
    stages: dict[str, dict[str, int]] = {}
    browser: str = ""
    at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return self.release, self.setting

    @property
    def found(self) -> bool:
        """Whether the planted regression is among the reasons; of a release without one, whether the gate closed."""
        expected = RELEASES[self.release].reason
        return expected in self.reasons if expected else self.exit_code == 1


def try_out(release: str, setting: Setting, baselines: Path) -> Trial:
    """Serve the shop as it was and as this release has it, and run the gate. Baseline files are made once."""
    chosen = RELEASES[release]
    with tempfile.TemporaryDirectory(prefix="gate-trial-") as place, ExitStack() as shops:
        folder = Path(place)
        candidate = shops.enter_context(serving(chosen))
        (folder / "gate.yaml").write_text(json.dumps(_config(setting, candidate)))
        asked = ["gate", "--url", candidate.url, "--profile", setting.profile, "--out", "gate"]
        if setting.file:
            asked += ["--baseline", str(_baseline(setting, baselines))]
        else:
            asked += ["--base", shops.enter_context(serving(RELEASES["unchanged"])).url]
        busy, since = Busy(), time.monotonic()
        done = _run(folder, asked)
        took, others = time.monotonic() - since, busy.others()
        told = _told(folder / "gate" / "gate.json", done)
        return _trial(release, setting, told, done.returncode, took, others, folder / "gate")


def _config(setting: Setting, shop: DemoShop) -> dict[str, Any]:
    asked: dict[str, Any] = {"depth": "cart" if setting.walked else "pages", **settings_for(shop)}
    if setting.panel is not None:
        asked |= {"panel": setting.panel, "max_pages": 12}
    return {"version": 1, "name": "demo", "shop": asked}


def _baseline(setting: Setting, folder: Path) -> Path:
    file = folder.absolute() / f"baseline-{setting.name}-{_checks()}.json"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="gate-trial-") as place, serving(RELEASES["unchanged"]) as shop:
            (Path(place) / "gate.yaml").write_text(json.dumps(_config(setting, shop)))
            made = ["baseline", "create", "--url", shop.url, "--profile", setting.profile, "--file", str(file)]
            done = _run(Path(place), made)
            if done.returncode:
                raise RuntimeError(f"no baseline was made: {done.stderr[-400:]}")
    return file


@cache
def _checks() -> str:
    """A baseline is of the checks that made it."""
    return checks_digest(list(load_checks()))[:8]


def _run(folder: Path, asked: list[str]) -> subprocess.CompletedProcess[str]:
    command = [AUDITOR, *asked, "--allow-private", "--config", "gate.yaml", "--quiet"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, env=os.environ)


def _told(file: Path, done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    if not file.exists():
        raise RuntimeError(f"the gate wrote nothing (exit {done.returncode}): {done.stderr[-400:]}")
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def _trial(
    release: str, setting: Setting, told: dict[str, Any], code: int, took: float, others: float | None, folder: Path
) -> Trial:
    runs = {file.parent.name: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*/run.json")}
    whole = [answer for answer in told["timing"] if answer["page"] is None]
    return Trial(
        release=release, setting=setting.name, exit_code=code, answer=told["answer"], why=told["why"],
        reasons=_names(told["errors"]), warned=_names(told["warnings"]), notes=tuple(told["notes"]),
        took_s=round(took, 1), others=others, at=datetime.now(UTC),
        shifts={answer["metric"]: round(answer["shift"], 4) for answer in whole},
        loads=max((answer["loads"] for answer in whole), default=0),
        stages={name: run["stages"] for name, run in runs.items()},
        browser=next((run["environment"]["browser"] for run in runs.values()), ""),
    )  # fmt: skip


def _names(reasons: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({reason["row"] or reason["id"] for reason in reasons}))
