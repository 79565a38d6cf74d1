"""What axe-core said."""

from auditor.evidence.frozen import Frozen


class AxeNode(Frozen):
    """``ratio`` is the contrast (to 1) that was measured where axe was not sure, ``least`` what it should be."""

    selector: str
    html: str
    summary: str
    ratio: float | None = None
    least: float | None = None


class AxeResult(Frozen):
    rule: str
    impact: str | None
    help: str
    help_url: str
    tags: tuple[str, ...] = ()
    nodes: tuple[AxeNode, ...] = ()


class Accessibility(Frozen):
    """``incomplete`` is doubt and never a failure. ``passes`` counts rules."""

    engine: str
    violations: tuple[AxeResult, ...] = ()
    incomplete: tuple[AxeResult, ...] = ()
    passes: int = 0
