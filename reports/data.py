"""The published schemas of ``report.json`` and ``branding.yaml``."""

import json
import sys
from pathlib import Path
from typing import Any

from auditor.result import AuditResult
from reports import brand

SCHEMA_FILE = Path("docs/schemas/report.schema.json")


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what is written: every field of it is there in every report."""
    schema = AuditResult.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "report.json of the storefront auditor",
    } | {name: value for name, value in schema.items() if name != "title"}


def schema_text() -> str:
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for place, text in ((SCHEMA_FILE, schema_text()), (brand.SCHEMA_FILE, brand.schema_text())):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{place}\n")
