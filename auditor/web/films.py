"""How the pages of a run filled up: pictures of its timed loads."""

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from auditor.evidence import Timed
from auditor.reading.repeated import repeated
from reports.speed_states import Film, films_of

MOST_VISITS, MOST_BYTES = 60, 8_000_000


def films_in(folder: Path) -> dict[str, tuple[Film, ...]]:
    """Films by the id of the visit, in the current language; without the visits that have none."""
    found = {timed.visit: tuple(films_of(timed, repeated(timed, "lcp"))) for timed in _timed(folder)}
    return {visit: films for visit, films in found.items() if films}


@lru_cache(maxsize=16)
def _timed(folder: Path) -> tuple[Timed, ...]:
    """Visits whose loads were filmed; one that cannot be read is passed over."""
    found = []
    for path in sorted((folder / "pages").glob("*/timed.json"))[:MOST_VISITS]:
        try:
            if path.stat().st_size > MOST_BYTES:
                continue
            timed = Timed.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            continue
        if any(load.film for load in timed.loads):
            found.append(timed)
    return tuple(found)
