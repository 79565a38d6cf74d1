"""What the gate writes: every output is a function of its report."""

from collections.abc import Mapping
from pathlib import Path

from auditor.gate.outputs.annotations import annotations
from auditor.gate.outputs.codequality import code_quality
from auditor.gate.outputs.comment import COMMENT_CHARACTERS, SUMMARY_BYTES, comment
from auditor.gate.outputs.junit import junit
from auditor.gate.outputs.sarif import sarif
from auditor.gate.verdict import GateReport

NAMES = {
    "json": "gate.json",
    "sarif": "gate.sarif",
    "junit": "gate.junit.xml",
    "code-quality": "gl-code-quality-report.json",
    "markdown": "gate.md",
    "summary": "gate.summary.md",
    "annotations": "gate.annotations.txt",
}
"""Format to file name."""


def write_outputs(report: GateReport, folder: Path, source_map: Mapping[str, str]) -> dict[str, Path]:
    """Write all formats into ``folder``; ``{format: path}``.

    :raises OSError: when the folder cannot be written.
    """
    texts = {
        "json": report.model_dump_json(indent=1) + "\n",
        "sarif": sarif(report, source_map),
        "junit": junit(report),
        "code-quality": code_quality(report, source_map),
        "markdown": comment(report, COMMENT_CHARACTERS),
        "summary": comment(report, SUMMARY_BYTES, in_bytes=True),
        "annotations": annotations(report, source_map),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for form, text in texts.items():
        (folder / NAMES[form]).write_text(text, encoding="utf-8")
    return {form: folder / NAMES[form] for form in texts}
