"""How the catalogue grades its rows, and which of them can say `failed`."""

from pathlib import Path

from auditor.check import load_checks
from benchmarks.accuracy.mutation import words

HIGH = words(
    "NAV-001 NAV-002 NAV-003 NAV-004 NAV-006 NAV-007 NAV-009 NAV-010 NAV-012 NAV-013 NAV-014 NAV-017 NAV-018 "
    "NAV-023 SPD-001 SPD-003 SPD-004 SPD-005 SPD-008 SPD-009 SPD-010 SPD-012 MOB-001 MOB-002 MOB-003 MOB-004 "
    "MOB-005 MOB-006 MOB-008 MOB-009 MOB-011 IMG-001 IMG-002 IMG-003 IMG-005 IMG-006 IMG-009 PDP-001 PDP-003 "
    "PDP-004 PDP-006 PDP-009 PDP-010 PDP-013 PDP-014 PDP-015 CHK-001 CHK-002 CHK-003 CHK-007 CHK-010 CHK-011 "
    "CHK-012 CHK-013 CHK-014 CHK-016 CHK-017 ADS-001 ADS-006 ADS-008 ADS-010 ADS-012 ADS-013 TRU-001 TRU-002 "
    "TRU-003 TRU-005 TRU-006 A11Y-001 A11Y-002 A11Y-003 A11Y-004 A11Y-007 DRK-001 DRK-005 DRK-006 DRK-008"
)
"""Rows that the catalogue of checks grades as deterministic, with few false positives expected."""
EVIDENCE = Path(__file__).parents[2] / "tests" / "evidence"


def rows_that_fail(evidence: Path = EVIDENCE) -> frozenset[str]:
    """Rows of which a check says `failed` of some saved evidence, by the names of the files."""
    return frozenset(spec.row for spec in load_checks() if any((evidence / spec.id).glob("failed-*.json")))
