"""What all evidence models share."""

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1
"""Version of the evidence on disk. Raised when a field changes its meaning or disappears."""


class Frozen(BaseModel):
    """An immutable model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(Frozen):
    """A rectangle in CSS pixels, from the top left corner of the document (not of the viewport)."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def right(self) -> float:
        return self.x + self.width
