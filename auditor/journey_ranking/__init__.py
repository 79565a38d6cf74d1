"""What a journey presses next and where it stands, told from what it sees. No browser: stored sights are
ranked again."""

from auditor.journey_ranking.intents import advance, rank, rerank
from auditor.journey_ranking.scoring import BEST, THRESHOLD, margin, reasons

__all__ = ["BEST", "THRESHOLD", "advance", "margin", "rank", "reasons", "rerank"]
