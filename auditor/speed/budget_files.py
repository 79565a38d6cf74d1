"""Lighthouse's budget.json and Lighthouse CI's assertions as budgets of ours, and what of them is not understood."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auditor.evidence import Device
from auditor.settings import ShopSettings, SpeedBudget

MOST_BYTES = 2**20
MOST_BUDGETS = 500
METRICS = {
    "first-contentful-paint": "fcp", "largest-contentful-paint": "lcp", "total-blocking-time": "tbt",
    "cumulative-layout-shift": "cls", "speed-index": "si", "server-response-time": "ttfb",
}  # fmt: skip
KINDS = frozenset({"total", "document", "script", "stylesheet", "image", "font", "media", "other", "third-party"})
_AS_OURS = frozenset({None, "median", "median-run"})


class BudgetFileError(Exception):
    """A file of budgets cannot be used. The message says what to do."""


@dataclass
class BudgetFile:
    """``unread`` says, a line each, what is not understood."""

    budgets: list[SpeedBudget] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def with_budget_files(shop: ShopSettings, folder: Path = Path()) -> ShopSettings:
    """The settings with all that ``speed.budget_files`` say. ``folder`` is what their paths are relative to.

    :raises BudgetFileError: when a file cannot be read or holds no budget at all.
    """
    budgets, unread = list(shop.speed.budgets), list(shop.speed.budgets_unread)
    for path in shop.speed.budget_files:
        read = read_budgets(folder / path)
        budgets += read.budgets
        unread += read.unread
    if len(budgets) > MOST_BUDGETS:
        raise BudgetFileError(f"{len(budgets)} budgets are more than {MOST_BUDGETS}: leave some out.")
    speed = shop.speed.model_copy(
        update={"budgets": tuple(budgets), "budgets_unread": tuple(unread), "budget_files": ()}
    )  # fmt: skip
    return shop.model_copy(update={"speed": speed})


def read_budgets(path: Path) -> BudgetFile:
    """Of a budget.json (a list) or a lighthouserc in JSON or YAML (an object).

    :raises BudgetFileError: when it cannot be read or holds neither.
    """
    loaded = _loaded(path)
    read = BudgetFile()
    if isinstance(loaded, list):
        _lighthouse(path.name, loaded, read)
    elif isinstance(loaded, Mapping):
        _lighthouse_ci(path, loaded, read)
    else:
        raise BudgetFileError(f"{path} is neither a budget.json (a list) nor Lighthouse CI's settings (an object).")
    if not read.budgets and not read.unread:
        raise BudgetFileError(f"{path} holds no budget. Leave it out, or name the file that has them.")
    return read


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BudgetFileError(f"{path} is larger than {MOST_BYTES // 2**20} MB: this is no file of budgets.")
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BudgetFileError(f"{path}: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}.") from None
    try:
        return YAML(typ="safe", pure=True).load(text) if path.suffix in (".yml", ".yaml") else json.loads(text)
    except (ValueError, YAMLError, RecursionError) as error:
        hint = " Settings written in JavaScript cannot be read: save them as JSON." if path.suffix == ".js" else ""
        raise BudgetFileError(f"{path} cannot be read as JSON or YAML ({str(error)[:120]}).{hint}") from None


def _lighthouse(name: str, entries: list[Any], read: BudgetFile) -> None:
    for place, entry in enumerate(entries):
        where = f"{name}, entry {place + 1}"
        if not isinstance(entry, Mapping):
            read.unread.append(f"{where}: expected an object")
            continue
        for key in entry.keys() - {"path", "timings", "resourceSizes", "resourceCounts"}:
            read.unread.append(f"{where}: {key}")
        given = {"file": name, "entry": place, "path": str(entry.get("path") or "/")}
        for one in _list(entry, "timings"):
            metric = METRICS.get(str(one.get("metric")))
            _add(
                read, f"{where}: timing {one.get('metric')}", one, {**given, "metric": metric, "max": one.get("budget")}
            )
        for key, metric in (("resourceSizes", "kib"), ("resourceCounts", "requests")):
            for one in _list(entry, key):
                values = {**given, "metric": metric, "max": one.get("budget"), "kind": one.get("resourceType")}
                _add(read, f"{where}: {key} of {one.get('resourceType')}", one, values)


def _lighthouse_ci(path: Path, loaded: Mapping[str, Any], read: BudgetFile) -> None:
    ci = loaded.get("ci", loaded)
    asserted = ci.get("assert", ci) if isinstance(ci, Mapping) else {}
    if not isinstance(asserted, Mapping):
        raise BudgetFileError(f"{path}: assert is expected to be an object with assertions.")
    device = _device(ci)
    if preset := asserted.get("preset"):
        read.unread.append(f"{path.name}: preset {preset}")
    matrix = asserted.get("assertMatrix")
    groups = matrix if isinstance(matrix, list) else [asserted]
    for group in (group for group in groups if isinstance(group, Mapping)):
        rules = group.get("assertions")
        for name, rule in rules.items() if isinstance(rules, Mapping) else ():
            _assertion(path.name, str(name), rule, {"device": device, "url": group.get("matchingUrlPattern")}, read)
    for key in ("budgetsFile", "budgetFile"):
        if isinstance(asserted.get(key), str):
            more = read_budgets(path.parent / str(asserted[key]))
            read.budgets += more.budgets
            read.unread += more.unread


def _device(ci: Any) -> Device:
    """Lighthouse judges a phone unless told otherwise."""
    settings = ci.get("collect", {}).get("settings", {}) if isinstance(ci, Mapping) else {}
    desktop = isinstance(settings, Mapping) and "desktop" in (settings.get("preset"), settings.get("formFactor"))
    return Device.DESKTOP if desktop else Device.MOBILE


def _assertion(file: str, name: str, rule: Any, given: Mapping[str, Any], read: BudgetFile) -> None:
    level, options = (rule[0], rule[1] if len(rule) > 1 else {}) if isinstance(rule, list) and rule else (rule, {})
    where = f"{file}: {name}"
    if level == "off":
        return
    if level not in ("warn", "error") or not isinstance(options, Mapping):
        read.unread.append(where)
        return
    known = dict(given) | {"level": level}
    parts = name.split(":")
    if parts == ["categories", "performance"] and "minScore" in options:
        score = options["minScore"]
        known |= {"metric": "performance", "min": score * 100 if isinstance(score, int | float) else score}
    elif parts[0] in ("resource-summary", "performance-budget") and len(parts) == 3 and parts[2] in ("size", "count"):
        size, most = parts[2] == "size", options.get("maxNumericValue")
        known |= {"metric": "kib" if size else "requests", "kind": parts[1]}
        known["max"] = most / 1024 if size and isinstance(most, int | float) else most
    else:
        known |= {"metric": METRICS.get(name), "max": options.get("maxNumericValue")}
    _add(
        read, where, {key: value for key, value in options.items() if key not in ("maxNumericValue", "minScore")}, known
    )
    if parts == [name] and "minScore" in options:
        read.unread.append(f"{where}: minScore")


def _add(read: BudgetFile, where: str, options: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """A budget of ours, or a line that says that it is not understood."""
    for key in options.keys() - {"metric", "budget", "resourceType", "aggregationMethod"}:
        read.unread.append(f"{where}: {key}")
    if (how := options.get("aggregationMethod")) not in _AS_OURS:
        read.unread.append(f"{where}: {how} of the runs; the median is judged instead")
    try:
        read.budgets.append(SpeedBudget.model_validate({name: one for name, one in values.items() if one is not None}))
    except ValidationError as error:
        first = error.errors()[0]
        read.unread.append(f"{where}: {'.'.join(map(str, first['loc'])) or 'no limit that we know'}")


def _list(entry: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    found = entry.get(key)
    yield from (one for one in (found if isinstance(found, list) else ()) if isinstance(one, Mapping))
