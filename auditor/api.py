"""All that a check, built in or third party, may import of the auditor. Frozen by a test; see docs/contracts.md."""

from auditor.check import Judgement, NotApplicable, NotRecorded, _, _n, check
from auditor.evidence import *  # noqa: F403
from auditor.evidence import __all__ as _evidence
from auditor.finding import Area, Certainty, Measure, Problem, Severity

__all__ = [
    "Area",
    "Certainty",
    "Judgement",
    "Measure",
    "NotApplicable",
    "NotRecorded",
    "Problem",
    "Severity",
    "_",
    "_n",
    "check",
    *_evidence,
]
