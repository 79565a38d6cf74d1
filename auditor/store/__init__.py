"""The index of runs: what was due, what ran, where its folder is. Run folders stay the truth of what was seen."""

from auditor.store.database import Store, StoreError, open_store
from auditor.store.runs import Claim, RunRow, RunState

__all__ = ["Claim", "RunRow", "RunState", "Store", "StoreError", "open_store"]
