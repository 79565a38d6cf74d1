"""What the operator's settings say of a step, before anything is ranked. The interlock is asked all the same."""

from collections.abc import Collection, Sequence

from auditor.evidence.journey import Ranked, ScorePart
from auditor.evidence.sight import Control, Sight
from auditor.lexicon import fold

_ROLES = {"a": "link", "button": "button", "summary": "button", "input": "button"}
SURE = 1.0


def named(sight: Sight, role: str, name: str) -> list[Control]:
    """The visible controls of a role whose name is ``name``, or else begins with it."""
    wanted = fold(name)
    able = [one for one in sight.controls if one.visible and (one.role or _ROLES.get(one.tag, "")) == role]
    return [one for one in able if fold(one.name) == wanted] or [
        one for one in able if wanted and fold(one.name).startswith(wanted)
    ]


def put_first(ranking: Sequence[Ranked], wanted: Sequence[Control], why: str) -> tuple[Ranked, ...]:
    """``wanted`` before all that was ranked."""
    sure = tuple(
        Ranked(
            index=one.index, selector=one.selector, name=one.name[:120], tag=one.tag, target=one.target[:500],
            score=SURE, parts=(ScorePart(name="override", value=SURE, why=why[:160]),),
        )
        for one in wanted
    )  # fmt: skip
    found = {one.index for one in sure}
    return (*sure, *(one for one in ranking if one.index not in found))


def without(ranking: Sequence[Ranked], never: Collection[int]) -> tuple[Ranked, ...]:
    """The ranking without controls that are never pressed."""
    return tuple(one for one in ranking if one.index not in never)
