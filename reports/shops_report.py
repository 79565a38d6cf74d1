"""The comparison of shops as a page, as Markdown, as data."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.brand_reading import Brand
from reports.brand_templates import rendered
from reports.fonts import font_faces
from reports.html import CONTENT_POLICY, environment
from reports.language import current
from reports.markdown import code
from reports.shop_lines import Line
from reports.side_by_side import SideBySide, side_by_side
from reports.wording import _

Runs = Sequence[tuple[AuditResult, RunFolder]]


def shops_html(runs: Runs, brand: Brand | None = None) -> str:
    values = {
        "told": side_by_side(runs),
        "brand": brand,
        "policy": CONTENT_POLICY,
        "language": current().code,
        "direction": current().direction,
        "fonts": font_faces(),
    }
    if brand and brand.environment:
        return rendered(brand.environment, "side_by_side.html", values)
    return environment().get_template("side_by_side.html").render(values)


def shops_markdown(runs: Runs) -> str:
    told = side_by_side(runs)
    lines = ["# " + _("Shops side by side"), ""]
    lines += [f"- {code(shop.host)}: {shop.ended}, {shop.date}. {code(shop.why, 300)}" for shop in told.shops]
    if told.warnings:
        lines += ["", "## " + _("What cannot be compared"), "", *(f"- {warning}" for warning in told.warnings)]
    for heading, rows in (
        (_("Scores"), told.scores),
        (_("Where you are behind"), told.behind),
        (_("Where you are ahead"), told.ahead),
        (_("Page speed"), told.times),
        (_("Journeys"), told.journeys),
        (_("Findings by severity"), told.counts),
        (_("Other problems"), told.alike),
    ):
        if rows:
            lines += ["", f"## {heading}", "", *_table(told, rows)]
    return "\n".join(lines) + "\n"


def _table(told: SideBySide, rows: Sequence[Line]) -> list[str]:
    head = " | ".join(code(shop.host, 60) for shop in told.shops)
    body = [
        f"| {_named(row)} | " + " | ".join(_cell(cell.text, cell.mark) for cell in row.cells) + " |" for row in rows
    ]
    return [f"| | {head} |", "|---" * (len(told.shops) + 1) + "|", *body]


def _named(row: Line) -> str:
    return f"{row.name} ({_('not comparable')}: {row.because})" if row.because else row.name


def _cell(text: str, mark: str) -> str:
    shown = code(text, 200) if ":" in text else text
    return f"**{shown}**" if mark == "best" else shown


def shops_json(runs: Runs) -> str:
    """The tables, without pictures. ``mark`` is best, failed, passed, doubt or ""."""
    told = asdict(side_by_side(runs))
    shops: list[dict[str, Any]] = told["shops"]
    for shop, (result, folder) in zip(shops, runs, strict=True):
        shop.pop("pictures")
        shop |= {"run": result.run.id, "folder": str(folder.path)}
    return json.dumps({"schema_version": 1} | told, indent=1, ensure_ascii=False) + "\n"
