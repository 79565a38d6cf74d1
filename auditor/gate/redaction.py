"""Secrets taken out of texts, in every spelling in which they may have come back."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

SHORTEST = 6
"""Characters: a shorter secret occurs by chance, and would take half the report with it."""
STANDS_FOR = "[secret]"


class Redactor:
    """``secrets`` are the values themselves."""

    def __init__(self, secrets: Iterable[str]) -> None:
        spelled = {form for secret in secrets if len(secret) >= SHORTEST for form in _spellings(secret)}
        self._forms = sorted(spelled, key=len, reverse=True)

    def text(self, text: str) -> str:
        for form in self._forms:
            text = text.replace(form, STANDS_FOR)
        return text

    def value(self, value: Any) -> Any:
        """The same for all strings in something that was JSON; its keys stay, or nobody could read it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.value(one) for key, one in value.items()}
        return [self.value(one) for one in value] if isinstance(value, list) else value

    def files(self, folder: Path) -> None:
        """Redact the text files below ``folder`` in place; pictures and packed files are left."""
        if not self._forms:
            return
        raw = [form.encode() for form in self._forms]
        for path in folder.rglob("*"):
            if path.is_file() and path.suffix in (".json", ".jsonl", ".html", ".md", ".txt", ".xml", ".sarif"):
                content = path.read_bytes()
                if any(form in content for form in raw):
                    path.write_text(self._file(path.suffix, content.decode(errors="replace")), encoding="utf-8")

    def _file(self, suffix: str, text: str) -> str:
        try:
            if suffix in (".json", ".sarif"):
                return json.dumps(self.value(json.loads(text)), indent=1, ensure_ascii=False)
            if suffix == ".jsonl":
                lines = (json.dumps(self.value(json.loads(line)), ensure_ascii=False) for line in text.splitlines())
                return "".join(f"{line}\n" for line in lines)
        except ValueError:
            pass
        return self.text(text)


def _spellings(secret: str) -> Iterable[str]:
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield escape(secret)
    yield base64.b64encode(secret.encode()).decode()
