"""The baseline file: what a release is compared with where the old one does not run beside it."""

import json
import os
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from auditor.evidence import Frozen, Panel
from auditor.finding import Finding, Occurrence
from auditor.gate.side import Side

BASELINE_VERSION = 1
MOST_BYTES = 50_000_000


class BaselineError(Exception):
    """The file cannot be read or written. The message says what to do."""


class Baseline(Frozen):
    """``shop`` is the shop's name, the same for all addresses of it; ``panel`` the pages that were looked at."""

    schema_version: Literal[1] = 1
    shop: str
    side: Side
    panel: Panel


def baseline_of(shop: str, side: Side, panel: Panel) -> Baseline:
    """Findings without what changes between runs of the same shop: pictures, boxes, visits."""
    return Baseline(shop=shop, panel=panel, side=side.model_copy(update={"findings": tuple(map(_slim, side.findings))}))


def _slim(finding: Finding) -> Finding:
    places = (
        Occurrence(page_key=one.page_key, device=one.device, journey=one.journey, step=one.step, count=one.count)
        for one in finding.occurrences
    )
    return finding.model_copy(update={"occurrences": tuple(places), "values": {}})


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Written whole or not at all, the same bytes for the same baseline.

    :raises BaselineError: when the place cannot be written.
    """
    text = json.dumps(baseline.model_dump(mode="json", exclude_defaults=True), indent=1, ensure_ascii=False)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(f'{{\n "schema_version": {BASELINE_VERSION},{text.removeprefix("{")}\n', encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BaselineError(f"{path}: it cannot be written ({error.strerror}). Choose another --file.") from None


def read_baseline(path: Path) -> Baseline:
    """:raises BaselineError: when it is none, or of a version that this auditor does not read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BaselineError(f"{path}: it is larger than {MOST_BYTES // 1_000_000} MB; is it the right file?")
        text = path.read_bytes()
    except OSError as error:
        raise BaselineError(
            f"{path}: {error.strerror or 'it cannot be read'}. Make it first: auditor baseline create --url URL"
        ) from None
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        raise BaselineError(f"{path}: this is no JSON: it was cut or edited. Make it anew.") from None
    version = loaded.get("schema_version") if isinstance(loaded, dict) else None
    if version != BASELINE_VERSION:
        said = f"it has version {version}" if version is not None else "it is no baseline"
        raise BaselineError(f"{path}: {said}; this auditor reads version {BASELINE_VERSION}. Make it anew.")
    try:
        return Baseline.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BaselineError(f"{path}: {place}: {first['msg']}. Make it anew.") from None
