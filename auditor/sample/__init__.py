"""The panel: a fixed set of pages per template that every run looks at."""

from auditor.sample.panel import choose_panel
from auditor.sample.proportions import scaled_panel

__all__ = ["choose_panel", "scaled_panel"]
