"""What discovery asks of the shared browser."""

from auditor.rendered import Render, Rendered

MOST_RENDERED = 12
"""How many pages discovery may ask the browser for: opening one costs as much as a hundred requests."""

__all__ = ["MOST_RENDERED", "Render", "Rendered"]
