"""GitHub's workflow commands: lines on standard output that become annotations of the pull request."""

from collections.abc import Mapping

from auditor.gate.outputs.location import first_page, host_of, path_of
from auditor.gate.verdict import GateReport
from reports.shop_text import clean

MOST_OF_A_KIND = 10
"""GitHub shows so many errors and so many warnings of a step."""


def annotations(report: GateReport, source_map: Mapping[str, str]) -> str:
    lines = []
    for level, reasons in (("error", report.errors), ("warning", report.warnings)):
        for reason in reasons[:MOST_OF_A_KIND]:
            file = path_of(first_page(reason), host_of(report), source_map)
            lines.append(
                f"::{level} file={_property(file)},line=1,title={_property(clean(reason.title, 120))}::"
                f"{_data(clean(reason.found, 400))}"
            )
    if not report.errors and report.answer not in ("open", "closed"):
        lines.append(f"::error title=The gate::{_data(clean(report.why, 400))}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
