"""The story of a shop's releases, played against the demo shop: `python scripts/gate_story.py OUT [STEP ...]`.

A baseline is made; a release that changes nothing that matters passes; each planted regression closes the gate with the
right reason; what is accepted opens it, and so does the repair. OUT gets what a developer reads of each step: the pull
request's comment, and what the job printed. The table says whether each step went as it should; exit code 1 when one
did not.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditor.demo import serve
from benchmarks.gate.releases import RELEASES, serving, settings_for

AUDITOR = str(Path(sys.executable).with_name("auditor"))
BASELINE = "auditor-baseline.json"
SECONDS = 600


@dataclass(frozen=True)
class Step:
    """``release`` of the demo shop, or one of its states; ``reason`` is the row or the id that must close the gate, ""
    where none may. ``timed``: against the base itself, with loads in turns. ``accepted``: its reasons are accepted
    before, by the fingerprints that the step before printed."""

    name: str
    release: str = "unchanged"
    code: int = 0
    reason: str = ""
    timed: bool = False
    accepted: bool = False


STORY = (
    Step("nothing-changed"),
    Step("harmless", "harmless"),
    *(
        Step(name, name, 1, RELEASES[name].reason)
        for name in ("alt-removed", "layout-shift", "script-300-kib", "third-party", "cart-dead")
    ),
    Step("largest-paint-40", "lcp-40", 1, "timing/lcp", timed=True),
    Step("third-party-again", "third-party", 1, "third-party-script"),
    Step("third-party-accepted", "third-party", accepted=True),
    Step("behind-a-login", "login-wall", 3),
    Step("not-there", "gone", 3),
    Step("repaired"),
)


@contextmanager
def shown(release: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The address of a release, and what the gate has to be told of it."""
    if release == "gone":
        yield "http://127.0.0.1:9/", {}
    elif release in RELEASES:
        with serving(RELEASES[release]) as shop:
            yield shop.url, settings_for(shop)
    else:
        with serve(language="en", defects=[release]) as shop:
            yield shop.url, {}


def auditor(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    given = [AUDITOR, *arguments, "--config", "gate.yaml"]
    return subprocess.run(given, cwd=folder, capture_output=True, text=True, timeout=SECONDS)


def play(step: Step, folder: Path, out: Path) -> tuple[bool, str]:
    """Whether the step went as it should, and its line of the table."""
    if step.accepted:
        for error in told(folder)["errors"]:
            why = ("--reason", "reviews by a new provider", "--until", "2099-01-01")
            auditor(folder, "baseline", "accept", error["fingerprint"], *why)
    with ExitStack() as shops:
        url, settings = shops.enter_context(shown(step.release))
        configure(folder, settings)
        asked = ["--url", url, "--allow-private", "--quiet", "--out", "gate", "--wait", "0"]
        if step.timed:
            asked += ["--profile", "ci", "--base", shops.enter_context(shown("unchanged"))[0]]
        else:
            asked += ["--baseline", BASELINE]
        since = time.monotonic()
        done = auditor(folder, "gate", *asked, "--explain")
        took = time.monotonic() - since
    reasons = {error["row"] or error["id"] for error in told(folder)["errors"]}
    right = done.returncode == step.code and (step.reason in reasons if step.reason else not reasons)
    shutil.copy(folder / "gate" / "gate.md", out / f"{step.name}.md")
    (out / f"{step.name}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    said = ", ".join(sorted(reasons)) or told(folder)["answer"]
    return (
        right,
        f"| {step.name} | {step.reason or f'exit {step.code}'} | {said} | {done.returncode} | {took:.0f} "
        f"| {'yes' if right else 'NO'} |",
    )


def told(folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((folder / "gate" / "gate.json").read_text())
    return found


def configure(folder: Path, settings: dict[str, list[str]]) -> None:
    config = {"version": 1, "name": "demo", "shop": settings, "gate": {"seconds": SECONDS}}
    (folder / "gate.yaml").write_text(json.dumps(config))


def main() -> None:
    out, chosen = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    print("| release | expected | the gate said | exit | s | right |\n|---|---|---|---|---|---|", flush=True)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="gate-story-") as place:
        folder = Path(place)
        with shown("unchanged") as (url, settings):
            configure(folder, settings)
            made = auditor(folder, "baseline", "create", "--url", url, "--allow-private", "--file", BASELINE, "--quiet")
        (out / "baseline.txt").write_text(made.stdout + made.stderr, encoding="utf-8")
        for step in STORY:
            if not chosen or step.name in chosen:
                right, line = play(step, folder, out)
                wrong += not right
                print(line, flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
