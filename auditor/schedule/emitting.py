"""What a scheduled run adds to its report: the changes since the run before."""

import json
from pathlib import Path

from auditor.compare import Comparison, compare
from auditor.run_folder import RunFolder, RunFolderError
from reports.changes import changes_markdown


def write_changes(folder: Path, before: Path) -> Comparison | None:
    """``changes.json`` and ``changes.md`` in the run's folder; None when one of the two cannot be read."""
    try:
        new, old = RunFolder.open(folder), RunFolder.open(before)
        comparison = compare(old.result(), new.result(), old.outcomes(), new.outcomes())
    except RunFolderError:
        return None
    told = json.dumps(comparison.model_dump(mode="json"), indent=1, ensure_ascii=False)
    new.write_text("changes.json", told + "\n")
    new.write_text("changes.md", changes_markdown(comparison))
    return comparison
