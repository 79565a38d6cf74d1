"""The gate's options and file → settings of its two sides."""

import json
from collections.abc import Mapping
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
from auditor.gate.profiles import Profile, profile_settings, with_loads_for_budgets
from auditor.operator_file import SettingsFileError
from auditor.settings import ShopSettings
from auditor.speed.budget_files import BudgetFileError, with_budget_files


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
    config: GateConfig, given: Mapping[str, Any], url: str | None, references: AccessReferences, secrets: list[str]
) -> ShopSettings:
    """Settings of one side: the profile's, the file's over it, the command line's over that. Its secrets are added to
    ``secrets``."""
    if not url:
        raise Refused("Name the candidate: auditor gate --url https://preview.shop.example")
    profile: Profile = given["profile"]
    access = access_of(references, given, url)
    secrets += _values(access)
    settings = options.shop_settings(
        {
            **profile_settings(profile, config.gate.seconds, paired=bool(given.get("base"))),
            **config.shop,
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
    """The file's references and the command line's, with the secrets in their place; of a storage state the cookies of
    the host of ``url``."""
    found: dict[str, Any] = {}
    if references.basic:
        found["basic"] = options.secret(references.basic, "access.basic")
    for kind in ("headers", "cookies"):
        for name, reference in getattr(references, kind).items():
            found.setdefault(kind, {})[name] = options.secret(reference, f"access.{kind}.{name}")
    state = given.get("storage_state") or references.storage_state
    if state:
        found["cookies"] = {**_kept_cookies(state, url), **found.get("cookies", {})}
    asked = options.access(given.get("auth"), given.get("headers") or (), given.get("cookies") or ()) or {}
    for kind, values in asked.items():
        found[kind] = {**found.get(kind, {}), **values} if isinstance(values, dict) else values
    return found or None


def _kept_cookies(reference: str, url: str) -> dict[str, SecretStr]:
    """Cookies that Playwright's storage state holds for the host."""
    host = urlsplit(url).hostname or ""
    try:
        entries = json.loads(options.secret(reference, "--storage-state").get_secret_value())["cookies"]
        return {
            entry["name"]: SecretStr(entry["value"])
            for entry in entries
            if f".{host}".endswith("." + entry["domain"].lstrip("."))
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"--storage-state {reference}: expected what Playwright's storage_state() writes.") from None


def _values(access: Mapping[str, Any] | None) -> list[str]:
    found: list[str] = []
    for value in (access or {}).values():
        for secret in value.values() if isinstance(value, dict) else (value,):
            assert isinstance(secret, SecretStr)
            found.append(secret.get_secret_value())
    if access and "basic" in access:
        found.append(access["basic"].get_secret_value().partition(":")[2])
    return found


def shop_name(config: GateConfig, candidate: ShopSettings, base: ShopSettings | None, baseline: Baseline | None) -> str:
    """The name under which findings are accepted: that of the configuration, else of what stays while previews come and
    go."""
    if config.name or baseline:
        return config.name or (baseline.shop if baseline else "")
    return urlsplit((base or candidate).start_url).netloc


def origin_of(url: str | None) -> str:
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.netloc}".lower()
