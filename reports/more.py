"""Parts of a report that come from other runs."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.sections import Section


@dataclass(frozen=True)
class More:
    """``sections`` in the language of the moment; ``markdown`` says the same as text."""

    sections: Callable[[], tuple[Section, ...]]
    markdown: Callable[[], str]
