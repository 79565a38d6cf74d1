"""What a request carries, as names and values, whatever it is written in."""

import json
import re
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from auditor.evidence.frozen import Frozen

_MOST = 200_000
_DEEPEST = 30
_OPERATION = re.compile(r"\b(query|mutation|subscription)\b\s*([_A-Za-z]\w*)?")
_FIELD = re.compile(r"[{}]|[_A-Za-z]\w*(?=\s*[({:\s}])")
_STRINGS = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\])*"|#[^\n]*')


class Operation(Frozen):
    """A GraphQL operation: its kind, its name, and the fields at its top. ``kind`` is "unknown" without its text."""

    kind: str
    name: str
    fields: tuple[str, ...]


class Carried(Frozen):
    """The body's names with their values. ``readable`` is False for a body in a form that we cannot read."""

    items: tuple[tuple[str, str], ...] = ()
    operations: tuple[Operation, ...] = ()
    readable: bool = True
    empty: bool = False

    def text(self) -> str:
        return " ".join(value for _, value in self.items)


def read_body(body: str | None, content_type: str, *, unread: bool = False) -> Carried:
    """``unread``: there was a body, but the browser did not hand it over."""
    if unread or (body is not None and len(body) > _MOST):
        return Carried(readable=False)
    if not body:
        return Carried(empty=True)
    text = body.lstrip("\ufeff \r\n\t")
    if "multipart/" in content_type.lower():
        return _multipart(body, content_type)
    if text[:1] in "{[":
        try:
            return _structured(json.loads(text))
        except (ValueError, RecursionError):
            return Carried(readable=False)
    if re.match(r"\s*(query|mutation|subscription)\b", text):
        return Carried(operations=tuple(_operations(text)))
    if re.match(r"[\w%+.\[\]~*:$-]+(=|&|$)", text) and "\x00" not in text:
        return _structured_values(parse_qsl(text, keep_blank_values=True, max_num_fields=None))
    return Carried(readable=False)


def read_query(pairs: tuple[tuple[str, str], ...]) -> Carried:
    """The same for the names and values of an address, where GraphQL may hide as well."""
    return _structured_values(list(pairs))


def _structured_values(found: list[tuple[str, str]]) -> Carried:
    items: list[tuple[str, str]] = []
    operations: list[Operation] = []
    by_name = dict(found)
    for name, value in found:
        items.append((name, value))
        if value[:1] in ("{", "[") and name != "query":
            try:
                inner = _structured(json.loads(value))
            except (ValueError, RecursionError):
                continue
            items.extend(inner.items)
            operations.extend(inner.operations)
    if re.match(r"\s*(query|mutation|subscription|\{)", by_name.get("query", "")):
        operations.extend(_operations(by_name["query"]))
    elif "operationName" in by_name:
        operations.append(Operation(kind="unknown", name=by_name["operationName"], fields=()))
    return Carried(items=tuple(items), operations=tuple(operations), empty=not found)


def _structured(value: Any) -> Carried:
    items = tuple(_flat(value, "", 0))
    operations: list[Operation] = []
    for part in value if isinstance(value, list) else [value]:
        if not isinstance(part, dict):
            continue
        query, name = part.get("query"), part.get("operationName")
        if isinstance(query, str) and re.search(r"[{]", query):
            operations.extend(_operations(query))
        elif isinstance(name, str) or "extensions" in part:
            operations.append(Operation(kind="unknown", name=str(name or part.get("id") or ""), fields=()))
    return Carried(
        items=tuple((k, v) for k, v in items if k != "query" or not operations), operations=tuple(operations)
    )


def _flat(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        yield name, ""
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key), "" if isinstance(inner, dict | list) else _plain(inner)
            if isinstance(inner, dict | list):
                yield from _flat(inner, str(key), depth + 1)
            elif isinstance(inner, str) and inner[:1] in ("{", "["):
                try:
                    yield from _flat(json.loads(inner), str(key), depth + 1)
                except (ValueError, RecursionError):
                    continue
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(inner, name, depth + 1)
    else:
        yield name, _plain(value)


def _plain(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _operations(text: str) -> Iterator[Operation]:
    bare = _STRINGS.sub('""', text)
    found = list(_OPERATION.finditer(bare))
    heads = [match for match in found if bare[: match.start()].count("{") == bare[: match.start()].count("}")]
    if not heads:
        yield Operation(kind="query", name="", fields=_top_fields(bare))
    for number, match in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(bare)
        rest = bare[match.end() : end]
        yield Operation(kind=match[1], name=match[2] or "", fields=_top_fields(rest[rest.find("{") :]))


def _top_fields(text: str) -> tuple[str, ...]:
    depth, fields = 0, []
    for match in _FIELD.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth == 1:
            fields.append(match[0])
    return tuple(fields[:50])


def _multipart(body: str, content_type: str) -> Carried:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body.encode("utf-8", "surrogateescape"))
    if not message.is_multipart():
        return Carried(readable=False)
    found: list[tuple[str, str]] = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        found.append((str(name or ""), payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""))
    return _structured_values(found)
