"""Single findings as Markdown tickets, a file each, for a tracker."""

import os
import re
from pathlib import Path

from auditor.result import AuditResult
from reports.language import _
from reports.markdown import code
from reports.worklist import Task, tasks

MOST = 10_000
MARK = ".auditor-tickets"


def write_tickets(result: AuditResult, folder: Path) -> list[Path]:
    """A file for each finding, worst first, named by its number, check and fingerprint.

    Tickets that an earlier call left in the folder are replaced; a folder with other things in it is refused.

    :raises OSError: when the folder cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARK).exists() and any(folder.iterdir()):
        raise FileExistsError(0, "it holds other files; name an empty folder", str(folder))
    (folder / MARK).touch()
    for old in folder.glob("[0-9]*.md"):
        old.unlink()
    written = []
    for number, task in enumerate(tasks(result)[:MOST], 1):
        name = re.sub(r"[^a-z0-9-]+", "-", f"{task.check}-{task.fingerprint}".lower()).strip("-")[:120]
        path = folder / f"{number:04}-{name}.md"
        unfinished = path.with_suffix(".part")
        unfinished.write_text(ticket(task), encoding="utf-8")
        os.replace(unfinished, path)
        written.append(path)
    return written


def ticket(task: Task) -> str:
    """What the shop wrote stands in code spans only: it mentions nobody, links nowhere and is no HTML."""
    facts = [
        (_("Severity"), task.severity),
        (_("State"), task.state),
        (_("Area"), task.area),
        (_("Where"), task.where),
        (_("Devices"), task.devices),
        (_("Element"), code(task.element) if task.element else ""),
        (_("Check"), f"`{task.check}` {task.row}"),
        (_("Fingerprint"), f"`{task.fingerprint}`"),
    ]
    lines = [f"# {task.problem}", "", code(task.seen, 400), ""]
    lines += [f"- **{name}**: {value}" for name, value in facts if value]
    if task.pages:
        lines += ["", f"## {_('Pages')}", "", *(f"- {code(page, 300)}" for page in task.pages.splitlines())]
    for heading, text in ((_("Why it matters"), task.why), (_("How to fix it"), task.remedy)):
        if text:
            lines += ["", f"## {heading}", "", text]
    if task.source:
        lines += ["", f"{_('Source')}: <{task.source}>"]
    return "\n".join(lines) + "\n"
