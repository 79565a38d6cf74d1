"""What a report wears beyond what was found: an agency's brand and a consultant's comments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from reports.brand_reading import Brand

NOTHING = Markup("")


@dataclass(frozen=True)
class Dress:
    """``comments`` by check or fingerprint, and ``opening`` for the cover, are HTML and trusted: their maker has
    escaped them. ``render`` writes the page from its values where a brand has templates of its own."""

    brand: "Brand | None" = None
    comments: Mapping[str, Markup] = field(default_factory=dict)
    opening: Markup = NOTHING
    render: Callable[[Mapping[str, Any]], str] | None = None


PLAIN = Dress()
