"""A brand's own templates in place of ours, in a sandbox: they show what the report knows, and do nothing else."""

from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

KEPT = "report.html"
"""The page around everything. It holds the policy by which no script runs, so it is not replaced."""
MOST_BYTES = 200_000
MOST_CHARACTERS = 60_000_000
MOST_SECONDS = 60.0


class TemplateError(Exception):
    """A template of the brand cannot be used. The message names it and its line."""


def brand_environment(folder: Path, ours: Environment) -> Environment:
    """The report's environment ``ours``, with the templates of ``folder`` before its own.

    :raises TemplateError: when the folder or a template in it is not as it must be.
    """
    loader = PackageLoader("reports")
    names = _replaced(folder, loader.list_templates())
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([_Only(folder, names), loader]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {name: ours.globals[name] for name in ("gettext", "ngettext", "_")}
    environment.filters |= ours.filters
    # What a shop wrote would stand in the report as it is.
    del environment.filters["safe"]
    for name in names:
        _refuse_broken(environment, folder, name)
    return environment


def rendered(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    """The template as text, ended when it becomes endless.

    :raises TemplateError: when it fails or is too long.
    """
    parts, length, until = [], 0, monotonic() + MOST_SECONDS
    try:
        for part in environment.get_template(name).generate(values):
            length += len(part)
            if length > MOST_CHARACTERS or monotonic() > until:
                raise TemplateError("the brand's templates write a report without an end; look for loops in them")
            parts.append(part)
    except (JinjaError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise TemplateError(f"a template of the brand failed: {type(error).__name__}: {error}") from None
    return "".join(parts)


class _Only(FileSystemLoader):
    """Of a folder only the templates that replace ours."""

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        super().__init__(folder)
        self._names = names

    def get_source(self, environment: Environment, template: str) -> Any:
        if template in self._names:
            return super().get_source(environment, template)
        raise TemplateNotFound(template)


def _replaced(folder: Path, known: list[str]) -> tuple[str, ...]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in (".html", ".css"))
    except OSError as error:
        raise TemplateError(f"the folder {folder} cannot be read ({error.strerror})") from None
    possible = sorted(name for name in known if name != KEPT and name.endswith((".html", ".css")))
    for path in found:
        if path.name not in possible:
            why = "holds the policy that keeps scripts from running" if path.name == KEPT else "replaces none of ours"
            raise TemplateError(f"{path} {why}; it can be one of {', '.join(possible)}")
        if path.stat().st_size > MOST_BYTES:
            raise TemplateError(f"{path} is larger than {MOST_BYTES // 1000} kB")
    return tuple(path.name for path in found)


def _refuse_broken(environment: Environment, folder: Path, name: str) -> None:
    path = folder / name
    try:
        source = path.read_text(encoding="utf-8")
        for line, kind, word in environment.lex(source):
            if kind == "name" and word == "autoescape":
                raise TemplateError(f"{path}, line {line}: text of the shop is always escaped, leave autoescape out")
        environment.get_template(name)
    except UnicodeDecodeError:
        raise TemplateError(f"{path} is no UTF-8 text") from None
    except TemplateSyntaxError as error:
        raise TemplateError(f"{path}, line {error.lineno}: {error.message}") from None
    except OSError as error:
        raise TemplateError(f"{path} cannot be read ({error.strerror})") from None
