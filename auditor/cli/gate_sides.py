"""The gate's options and file → settings of its two sides."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from auditor.check import load_checks
from auditor.cli import options
from auditor.cli.errors import Refused
from auditor.evaluate import UnknownLimit, refuse_unknown_limits
from auditor.gate.baseline import Baseline, BaselineError, read_baseline
from auditor.gate.policy import AccessReferences, GateConfig, read_config
from auditor.gate.profiles import Profile, over, profile_settings, with_loads_for_budgets
from auditor.operator_file import SettingsFileError
from auditor.settings import ShopSettings
from auditor.speed.budget_files import BudgetFileError, with_budget_files

TOKEN_CHARACTERS = 16


def gate_config(path: Path | None) -> GateConfig:
    try:
        return read_config(path)
    except SettingsFileError as error:
        raise Refused(str(error)) from None


def known_baseline(path: Path, config: GateConfig) -> Baseline:
    try:
        baseline = read_baseline(path)
    except BaselineError as error:
        raise Refused(str(error)) from None
    if config.name and baseline.shop != config.name:
        raise Refused(
            f"{path} is of the shop {baseline.shop!r}, the configuration of {config.name!r}: name the right one."
        )
    return baseline


def side_settings(
    config: GateConfig,
    given: Mapping[str, Any],
    url: str | None,
    references: AccessReferences,
    secrets: list[str],
    clock: datetime | None = None,
) -> ShopSettings:
    """Settings of one side: the profile's, the file's over it, the command line's over that. Its secrets are added to
    ``secrets``. Both sides get the same ``clock``; without one it is now."""
    if not url:
        raise Refused("Name the candidate: auditor gate --url https://preview.shop.example")
    profile: Profile = given["profile"]
    access = access_of(references, given, url)
    secrets += _values(access)
    paired, clock = bool(given.get("base")), clock or datetime.now(UTC)
    settings = options.shop_settings(
        {
            **over(profile_settings(profile, config.gate.seconds, paired=paired, clock=clock), config.shop),
            **({"name": config.name} if config.name else {}),
            **({"allow_private": True} if given["allow_private"] else {}),
            "start_url": url,
            "access": access,
        },
        None,
    )
    try:
        budgets = tuple(config.budgets)
        speed = settings.speed.model_copy(update={"budget_files": (*settings.speed.budget_files, *budgets)})
        settings = with_loads_for_budgets(with_budget_files(settings.model_copy(update={"speed": speed})))
    except BudgetFileError as error:
        raise Refused(str(error)) from None
    if settings.limits:
        try:
            refuse_unknown_limits(list(load_checks()), settings.limits)
        except UnknownLimit as error:
            raise Refused(str(error)) from None
    return settings


def access_of(references: AccessReferences, given: Mapping[str, Any], url: str) -> dict[str, Any] | None:
    """The file's references and the command line's, with the secrets in their place; of a storage state what it holds
    for ``url``."""
    found: dict[str, Any] = {}
    if references.basic:
        found["basic"] = options.secret(references.basic, "access.basic")
    for kind in ("headers", "cookies"):
        for name, reference in getattr(references, kind).items():
            found.setdefault(kind, {})[name] = options.secret(reference, f"access.{kind}.{name}")
    state = given.get("storage_state") or references.storage_state
    if state:
        cookies, local = _kept(state, url)
        found |= {"cookies": {**cookies, **found.get("cookies", {})}, "local_storage": local}
    asked = options.access(given.get("auth"), given.get("headers") or (), given.get("cookies") or ()) or {}
    for kind, values in asked.items():
        found[kind] = {**found.get(kind, {}), **values} if isinstance(values, dict) else values
    return found or None


def _kept(reference: str, url: str) -> tuple[dict[str, SecretStr], dict[str, SecretStr]]:
    """Of Playwright's storage state the cookies of the host, and the local storage of the origin."""
    host = urlsplit(url).hostname or ""
    try:
        state = json.loads(options.secret(reference, "--storage-state").get_secret_value())
        cookies = {
            entry["name"]: SecretStr(entry["value"])
            for entry in state["cookies"]
            if f".{host}".endswith("." + entry["domain"].lstrip("."))
        }
        local = {
            entry["name"]: SecretStr(entry["value"])
            for origin in state.get("origins") or ()
            if origin_of(origin["origin"]) == origin_of(url)
            for entry in origin.get("localStorage") or ()
        }
        return cookies, local
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"--storage-state {reference}: expected what Playwright's storage_state() writes.") from None


def _values(access: Mapping[str, Any] | None) -> list[str]:
    found: list[str] = []
    for kind, value in (access or {}).items():
        for secret in value.values() if isinstance(value, dict) else (value,):
            assert isinstance(secret, SecretStr)
            text = secret.get_secret_value()
            found += _tokens(text) if kind == "local_storage" else [text]
    if access and "basic" in access:
        found.append(access["basic"].get_secret_value().partition(":")[2])
    return found


def _tokens(text: str) -> Iterator[str]:
    """What in an entry of local storage can be a secret, in JSON within JSON too. Most entries are settings such as a
    language, and their words stand in every report."""
    waiting: list[Any] = [text]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str) and len(one) >= TOKEN_CHARACTERS:
            try:
                held = json.loads(one)
            except (ValueError, RecursionError):
                held = None
            if isinstance(held, dict | list):
                waiting.append(held)
            else:
                yield one


def shop_name(config: GateConfig, candidate: ShopSettings, base: ShopSettings | None, baseline: Baseline | None) -> str:
    """The name under which findings are accepted: that of the configuration, else of what stays while previews come and
    go."""
    if config.name or baseline:
        return config.name or (baseline.shop if baseline else "")
    return urlsplit((base or candidate).start_url).netloc


def origin_of(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}".lower()
