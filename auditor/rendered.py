"""A page as the browser rendered it, for discovery where an HTTP client cannot read it or its links need JavaScript."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rendered:
    """``html`` is the document after its scripts ran, ``url`` where the browser ended, ``headers`` those of the main
    response, with lower-case names."""

    url: str
    status: int
    html: str
    headers: dict[str, str] = field(default_factory=dict)


Render = Callable[[str], Awaitable[Rendered | None]]
"""Opens an address in the browser; None when that failed."""
