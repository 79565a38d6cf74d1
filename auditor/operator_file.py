"""Reading the operator's files, with messages that name file, line and key."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

MOST_BYTES = 2_000_000
_PLAIN_ERRORS = {
    "extra_forbidden": "there is no such key",
    "missing": "this key is missing",
}
ModelT = TypeVar("ModelT", bound=BaseModel)


class SettingsFileError(Exception):
    """A file of the operator cannot be used. The message names file, line, key and what was expected."""


def read_operator_file(path: Path, model: type[ModelT]) -> ModelT:
    """The file's YAML 1.2 as ``model``.

    :raises SettingsFileError: for the first thing that is wrong.
    """
    root = nodes_of(path)
    try:
        loaded = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        raise SettingsFileError(_syntax(path, error)) from None
    if not isinstance(loaded, dict):
        raise SettingsFileError(f"{path}: expected keys and values, beginning with `version: 1`.")
    try:
        return model.model_validate(loaded)
    except ValidationError as error:
        raise SettingsFileError(_first(path, root, error)) from None


def nodes_of(path: Path) -> Node | None:
    """The file's YAML 1.2 nodes, which know their lines."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SettingsFileError(f"{path}: it is larger than {MOST_BYTES // 1_000_000} MB; is it the right file?")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsFileError(f"{path}: {error.strerror or 'it cannot be read'}.") from None
    except UnicodeDecodeError:
        raise SettingsFileError(f"{path}: it is no UTF-8 text.") from None
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise SettingsFileError(_syntax(path, error)) from None
    except (YAMLError, RecursionError) as error:
        raise SettingsFileError(f"{path}: this is no YAML ({str(error).splitlines()[0]}).") from None
    return node


def _syntax(path: Path, error: MarkedYAMLError) -> str:
    line = error.problem_mark.line + 1 if error.problem_mark else "?"
    said = (error.problem or "this is no YAML").splitlines()[0]
    quote = ' Put the cron in quotes: cron: "30 6 * * *".' if "alias" in f"{said} {error.context}" else ""
    return f"{path}, line {line}: {said}.{quote}"


def _first(path: Path, root: Node | None, error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = problem["loc"]
    said = _PLAIN_ERRORS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    key = ".".join(str(part) for part in place) or "the file"
    return f"{path}, line {line_of(root, place)}: {key}: {said}."


def line_of(node: Node | None, place: Sequence[Any]) -> int:
    """The line, from 1, of the deepest part of ``place`` that the file has."""
    line = node.start_mark.line + 1 if node else 1
    for part in place:
        if isinstance(node, MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
