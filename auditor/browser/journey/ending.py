"""How a journey ends before its end."""

from typing import Literal

from auditor.evidence.journey import Blocker, StepIntent


class Ended(Exception):
    """The journey cannot or must not go on. The message is a sentence for the shop's owner."""

    def __init__(
        self, blocker: Blocker, at: StepIntent, why: str, *, how: Literal["stuck", "forbidden", "not_walked"] = "stuck"
    ) -> None:
        super().__init__(why)
        self.blocker, self.at, self.why, self.how = blocker, at, why, how


class NextProduct(Exception):
    """This product cannot be bought; another one may."""

    def __init__(self, blocker: Blocker, at: StepIntent, why: str) -> None:
        super().__init__(why)
        self.ended = Ended(blocker, at, why)
