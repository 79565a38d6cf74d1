"""Options of ``auditor audit`` → ShopSettings."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from auditor.cli.errors import Refused
from auditor.egress import parse_resolve
from auditor.evidence import StorefrontBaseline
from auditor.operator_file import SettingsFileError, read_operator_file
from auditor.sample import scaled_panel
from auditor.settings import ShopSettings
from auditor.speed.budget_files import BudgetFileError, with_budget_files

MOST_URLS = 500


def shop_settings(options: Mapping[str, Any], config: Path | None, shop: str | None = None) -> ShopSettings:
    """Settings from a configuration file (of one shop, or of ``shop`` among several) with the command line over it.

    :raises Refused: with a sentence for the first thing that is wrong.
    """
    given: dict[str, Any] = dict(_one_shop(read_config(config), config, shop)) if config else {}
    if shop and not config:
        raise Refused("--shop names an entry of a file: give it by --config shops.yaml.")
    given.update({name: value for name, value in options.items() if value not in (None, (), {})})
    for entry in given.get("resolve", ()):
        try:
            parse_resolve(entry)
        except ValueError as error:
            raise Refused(f"--resolve {entry}: {error}") from None
    try:
        settings = ShopSettings.model_validate(given)
    except ValidationError as error:
        raise Refused(_first_error(error, config)) from None
    if settings.depth == "payment" and not settings.authorised_by:
        raise Refused("--depth payment needs --authorised-by TEXT: who of the shop allows it, and where they said so.")
    try:
        return with_budget_files(settings, config.parent if config else Path())
    except BudgetFileError as error:
        raise Refused(f"speed.budget_files: {error}") from None


def with_baseline(shop: ShopSettings, path: Path | None) -> ShopSettings:
    """The settings with ``--baseline``, whose file must be in order before the audit begins.

    :raises Refused: with file, line and key of the first thing that is wrong.
    """
    path = path or shop.ads.baseline
    if path is None:
        return shop
    try:
        read_operator_file(path, StorefrontBaseline)
    except SettingsFileError as error:
        raise Refused(f"--baseline {error}") from None
    return shop.model_copy(update={"ads": shop.ads.model_copy(update={"baseline": path})})


def with_budgets(shop: ShopSettings, files: Sequence[Path]) -> ShopSettings:
    """The settings with the budgets of ``--budget`` files beside those that they have.

    :raises Refused: when a file cannot be read or holds no budget.
    """
    speed = shop.speed.model_copy(update={"budget_files": tuple(file.absolute() for file in files)})
    try:
        return with_budget_files(shop.model_copy(update={"speed": speed}))
    except BudgetFileError as error:
        raise Refused(f"--budget: {error}") from None


def _one_shop(loaded: Mapping[str, Any], path: Path, shop: str | None) -> Mapping[str, Any]:
    """The entry of a ``shops.yaml``; a file without ``shops`` is one entry itself."""
    if "shops" not in loaded:
        if shop:
            raise Refused(f"--shop {shop}: {path} describes one shop only; leave --shop out.")
        return loaded
    entries = loaded["shops"]
    if not isinstance(entries, dict) or not entries:
        raise Refused(f"--config {path}: shops: expected names with settings below each.")
    if shop is None and len(entries) == 1:
        shop = next(iter(entries))
    entry = entries.get(shop)
    if not isinstance(entry, dict):
        raise Refused(f"--config {path} holds {', '.join(map(str, entries))}: name one by --shop.")
    return entry


def read_config(path: Path) -> Mapping[str, Any]:
    """One entry of ``shops.yaml``, as YAML 1.2.

    :raises Refused: with file, line and what was expected.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"--config {path}: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}.") from None
    try:
        loaded = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise Refused(f"--config {path}, line {line}: {error.problem or 'this is no YAML'}.") from None
    except YAMLError as error:
        raise Refused(f"--config {path}: this is no YAML ({error}).") from None
    if not isinstance(loaded, dict):
        raise Refused(f"--config {path}: expected keys and values such as `start_url: https://shop.example/`.")
    return loaded


def panel_of(total: int | None) -> dict[str, int] | None:
    if total is None:
        return None
    return {str(template): count for template, count in scaled_panel(total).items()}


def read_urls(path: Path | None) -> tuple[str, ...]:
    """Addresses, one a line; ``#`` begins a comment."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"--urls {path}: {getattr(error, 'strerror', None) or 'it is no UTF-8 text'}.") from None
    urls = tuple(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    if not urls:
        raise Refused(f"--urls {path}: it holds no address. Write one a line.")
    if len(urls) > MOST_URLS:
        raise Refused(f"--urls {path}: {len(urls)} addresses are more than {MOST_URLS}.")
    for url in urls:
        if not url.lower().startswith(("http://", "https://")):
            raise Refused(f"--urls {path}: {url[:80]!r} is no web address.")
    return urls


def access(auth: str | None, headers: tuple[str, ...], cookies: tuple[str, ...]) -> dict[str, Any] | None:
    """Secrets by reference: ``--auth`` holds USER:PASSWORD, ``--header`` "Name: value", ``--cookie`` name=value."""
    found: dict[str, Any] = {}
    if auth:
        value = secret(auth, "--auth")
        if ":" not in value.get_secret_value():
            raise Refused(f"--auth {auth}: expected USER:PASSWORD there.")
        found["basic"] = value
    for option, entries, mark in (("headers", headers, ":"), ("cookies", cookies, "=")):
        for entry in entries:
            name, separator, value_text = secret(entry, f"--{option[:-1]}").get_secret_value().partition(mark)
            if not separator or not name.strip():
                raise Refused(f"--{option[:-1]} {entry}: expected NAME{mark}VALUE there.")
            found.setdefault(option, {})[name.strip()] = SecretStr(value_text.strip())
    return found or None


def secret(reference: str, option: str) -> SecretStr:
    """``env:NAME`` or ``file:PATH``; never the value itself, which would stand in the shell's history."""
    kind, _, place = reference.partition(":")
    if kind == "env" and place:
        if place not in os.environ:
            raise Refused(f"{option} {reference}: the environment has no {place}. Set it, then try again.")
        return SecretStr(os.environ[place].strip())
    if kind == "file" and place:
        try:
            return SecretStr(Path(place).read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise Refused(f"{option} {reference}: {getattr(error, 'strerror', None) or 'no UTF-8 text'}.") from None
    raise Refused(f"{option}: name where the secret is, as env:NAME or file:PATH, not the secret itself.")


def _first_error(error: ValidationError, config: Path | None) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "settings"
    source = f"{config}: " if config else ""
    if first["type"] == "extra_forbidden":
        known = ", ".join(sorted(ShopSettings.model_fields))
        return f"{source}there is no setting {place!r}. There are: {known}."
    if first["type"] == "missing":
        return f"{source}{place} is missing. Name the shop's address: auditor audit https://shop.example"
    return f"{source}{place}: {first['msg'].removeprefix('Value error, ')}."
