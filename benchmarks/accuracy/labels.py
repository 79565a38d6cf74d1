"""Findings on shops as they are, beside the labels that a person gave them by looking at the page.

    python -m benchmarks.accuracy.labels                         the share of findings that are true
    python -m benchmarks.accuracy.labels --audit oscar evershop  audits these shops as they are, into --out
    python -m benchmarks.accuracy.labels --compare               what today's checks say of those audits without a label
    python -m benchmarks.accuracy.labels --write                 the table of docs/reviews/labels.md

Labels are lines of docs/reviews/labels.csv, one for each sighting of a finding on a page and a device.
"""

import argparse
import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import groupby
from pathlib import Path

from auditor.check import load_checks
from auditor.finding import Verdict
from auditor.replay import replay
from auditor.run_folder import RunFolder
from benchmarks.accuracy.publishing import put_between
from benchmarks.accuracy.shops import SHOPS
from benchmarks.accuracy.tables import share

REVIEWS = Path(__file__).parents[2] / "docs" / "reviews"
BEGIN, END = "<!-- labels: generated -->", "<!-- labels: end -->"
TIMED = frozenset(f"SPD-00{number}" for number in range(1, 10))
"""A person cannot see these in a page."""

LABELS = ("true", "arguable", "false")


@dataclass(frozen=True)
class Sighting:
    """A ``failed`` finding on one page (or journey, or "the shop") and device; ``label`` is empty until somebody
    looked."""

    shop: str
    row: str
    check: str
    fingerprint: str
    page: str
    device: str
    found: str
    label: str = ""
    why: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return self.shop, self.check, self.fingerprint, self.page, self.device


def sightings(shop: str, folder: Path) -> Iterator[Sighting]:
    """Every ``failed`` finding of the run in ``folder``, as today's checks judge it.

    :raises RunFolderError: when it holds no run.
    """
    result, _outcomes = replay(RunFolder(folder), load_checks())
    for finding in result.findings:
        if finding.verdict is Verdict.FAILED and finding.row not in TIMED:
            for page, device in dict.fromkeys(
                (one.page_key or one.journey or "the shop", one.device or "") for one in finding.occurrences
            ):
                yield Sighting(shop, finding.row, finding.check, finding.fingerprint, page, device, finding.found)


def labelled(file: Path) -> list[Sighting]:
    """:raises ValueError: naming the line whose label is none of LABELS."""
    with file.open(newline="") as lines:
        found = [Sighting(**line) for line in csv.DictReader(lines)]
    for number, one in enumerate(found, 2):
        if one.label not in LABELS:
            raise ValueError(f"{file}, line {number}: the label “{one.label}” is none of {', '.join(LABELS)}")
    return found


def unlabelled(said: Iterable[Sighting], labels: Iterable[Sighting]) -> list[Sighting]:
    known = {one.key for one in labels}
    return [one for one in said if one.key not in known]


def told(labels: Sequence[Sighting]) -> str:
    """The share of true ones, by shop and of all, with 95 % Wilson intervals."""
    lines = []
    for shop in (*dict.fromkeys(one.shop for one in labels), ""):
        counts = Counter(one.label for one in labels if shop in ("", one.shop))
        true = share(counts["true"], counts.total())
        lines.append(f"{shop or 'all'}: {true} true, {counts['false']} false, {counts['arguable']} arguable")
    return "\n".join(lines)


def table(labels: Iterable[Sighting]) -> str:
    """What is not true first; the same finding on several pages is one row."""
    rows = ["| shop | row | finding | sightings | label | why |", "| --- | --- | --- | --- | --- | --- |"]

    def kind(one: Sighting) -> tuple[str, ...]:
        return str(LABELS[::-1].index(one.label)), one.shop, one.row, one.found, one.label, one.why

    for (_rank, shop, row, found, label, why), same in groupby(sorted(labels, key=kind), key=kind):
        cells = (shop, row, found, str(len(list(same))), label, why)
        rows.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(rows)


def publish(labels: Sequence[Sighting], page: Path) -> None:
    """:raises ValueError: when the page has lost its markers."""
    shares = "".join(f"* {line}\n" for line in told(labels).splitlines())
    put_between(page, BEGIN, END, f"{shares}\n{table(labels)}")


def audited(name: str, out: Path) -> None:
    """Audits the shop as it is, without timed loads: nobody can label those.

    :raises subprocess.CalledProcessError: when the audit does, for example because ``out`` is there already.
    """
    with SHOPS[name].start() as storefront:
        options = ["audit", storefront.url, "--allow-private", "--speed-runs", "0", "--out", str(out)]
        subprocess.run([sys.executable, "-c", "from auditor.cli import main; main()", *options], check=True)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.accuracy.labels", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    options.add_argument("--audit", nargs="+", choices=list(SHOPS), default=[])
    options.add_argument("--compare", action="store_true")
    options.add_argument("--write", action="store_true")
    options.add_argument("--out", type=Path, default=Path("runs/labelled"), help="%(default)s")
    options.add_argument("--labels", type=Path, default=REVIEWS / "labels.csv", help="docs/reviews/labels.csv")
    chosen = options.parse_args()
    for name in chosen.audit:
        audited(name, chosen.out / name)
    labels = labelled(chosen.labels)
    print(told(labels))
    if chosen.write:
        publish(labels, REVIEWS / "labels.md")
    if not chosen.compare and not chosen.audit:
        return 0
    said = [one for run in sorted(chosen.out.glob("*/run.json")) for one in sightings(run.parent.name, run.parent)]
    waiting = unlabelled(said, labels)
    gone = unlabelled(labels, said)
    print(f"said today: {len(said)}, of which nobody labelled {len(waiting)}; labelled and not said today: {len(gone)}")
    lines = csv.writer(sys.stdout)
    lines.writerow(field.name for field in fields(Sighting))
    lines.writerows(astuple(one) for one in waiting)
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
