"""What a job on GitHub Actions is told: outputs for later steps, its summary, annotations."""

from collections.abc import Mapping
from pathlib import Path

from auditor.gate.outputs import NAMES
from auditor.gate.verdict import GateReport


def tell_github(report: GateReport, folder: Path, environment: Mapping[str, str]) -> str:
    """Add to the files that GitHub names in the environment; returns the lines for standard output.

    :raises OSError: when one of the files cannot be written.
    """
    outputs = {
        "verdict": report.answer,
        "exit-code": str(report.exit_code),
        "new": str(sum(reason.new for reason in (*report.errors, *report.warnings))),
        "fixed": str(len(report.fixed)),
        "report-path": str(folder),
        "sarif-path": str(folder / NAMES["sarif"]),
    }
    _add(environment.get("GITHUB_OUTPUT"), "".join(f"{name}={value}\n" for name, value in outputs.items()))
    _add(environment.get("GITHUB_STEP_SUMMARY"), (folder / NAMES["summary"]).read_text(encoding="utf-8"))
    return (folder / NAMES["annotations"]).read_text(encoding="utf-8")


def _add(path: str | None, text: str) -> None:
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)
