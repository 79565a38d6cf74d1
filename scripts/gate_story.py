"""The story of a shop's releases, played against the demo shop: `python scripts/gate_story.py OUT [STEP ...]`.

A baseline is made; a release that changes nothing passes; each planted regression closes the gate with the right
reason; the repair opens it again. OUT gets what a developer would read of each step; the table says whether each went
as it should. Exit code 1 when one did not.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from auditor.demo import serve

CONFIG = "version: 1\nname: demo\nshop: {depth: DEPTH}\ngate: {seconds: 600}\n"
AUDITOR = str(Path(sys.executable).with_name("auditor"))


@dataclass(frozen=True)
class Step:
    """``reason`` is the row or the id of one of the reasons that must close the gate; "" where it must stay open."""

    name: str
    defect: str = ""
    reason: str = ""
    depth: str = "pages"


STORY = (
    Step("nothing-changed"),
    Step("alt-removed", "image-alt-missing", "A11Y-004"),
    Step("layout-shifts", "speed-late-banner", "growth/cls"),
    Step("script-of-5-mb", "speed-heavy-script", "growth/bytes"),
    Step("price-gone", "product-price-missing", "PDP-001"),
    Step("cart-button-dead", "product-button-dead", "PDP-004", "cart"),
    Step("repaired"),
)


def auditor(folder: Path, *arguments: str) -> int:
    given = [AUDITOR, *arguments, "--allow-private", "--config", "gate.yaml", "--quiet"]
    return subprocess.run(given, cwd=folder, stdout=subprocess.DEVNULL, timeout=1200).returncode


def play(step: Step, folder: Path, out: Path) -> tuple[bool, str]:
    """Whether the step went as it should, and its line of the table."""
    baseline = f"{step.depth}.json"
    (folder / "gate.yaml").write_text(CONFIG.replace("DEPTH", step.depth))
    if not (folder / baseline).exists():
        with serve(language="en") as shop:
            auditor(folder, "baseline", "create", "--url", shop.url, "--file", baseline)
    since = time.monotonic()
    with serve(language="en", defects=[step.defect] if step.defect else []) as release:
        code = auditor(folder, "gate", "--url", release.url, "--baseline", baseline, "--out", "gate")
    took = time.monotonic() - since
    told = json.loads((folder / "gate" / "gate.json").read_text())
    reasons = {error["row"] or error["id"] for error in told["errors"]}
    right = code == (1 if step.reason else 0) and (not step.reason or step.reason in reasons)
    shutil.copy(folder / "gate" / "gate.md", out / f"{step.name}.md")
    said = ", ".join(sorted(reasons)) or told["answer"]
    return (
        right,
        f"| {step.name} | {step.reason or 'open'} | {said} | {code} | {took:.0f} | {'yes' if right else 'NO'} |",
    )


def main() -> None:
    out, chosen = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    print("| release | expected | the gate said | exit | s | right |\n|---|---|---|---|---|---|", flush=True)
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="gate-story-") as place:
        for step in STORY:
            if not chosen or step.name in chosen:
                right, line = play(step, Path(place), out)
                wrong += not right
                print(line, flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
