"""A reason for a template and how much it weighs."""

from typing import NamedTuple

from auditor.evidence import Template


class Clue(NamedTuple):
    """``weight``: about 5 nearly decides, 3 is strong, 1 supports. ``why`` is a clause that a sentence can be made
    of."""

    template: Template
    weight: float
    why: str
