"""Secrets taken out of texts, in every spelling in which they may have come back."""

import base64
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

SHORTEST = 6
"""Characters: a shorter secret occurs by chance, and would take half the report with it."""
STANDS_FOR = "[secret]"
_TEXTS = frozenset({".json", ".jsonl", ".html", ".md", ".txt", ".xml", ".sarif", ".csv", ".svg", ".yaml", ".part"})


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
        """The same for all strings in something that was JSON. Keys that look like names of fields stay, or nobody
        could read it."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key if _is_field(key) else self.text(key): self.value(one) for key, one in value.items()}
        return [self.value(one) for one in value] if isinstance(value, list) else value

    def files(self, folder: Path) -> None:
        """Redact the text files below ``folder`` in place, packed ones too; pictures are left. What an interrupted run
        packed by half is removed."""
        if not self._forms:
            return
        raw = [form.encode() for form in self._forms]
        for path in folder.rglob("*"):
            packed = path.suffix == ".gz"
            kind = (path.with_suffix("") if packed else path).suffix
            if not path.is_file() or kind not in _TEXTS:
                continue
            try:
                content = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
            except (EOFError, gzip.BadGzipFile):
                path.unlink()
                continue
            if any(form in content for form in raw):
                clean = self._file(kind, content.decode(errors="replace")).encode()
                path.write_bytes(gzip.compress(clean, 3, mtime=0) if packed else clean)

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


def _is_field(key: str) -> bool:
    return key.isidentifier() and key.islower()


def _spellings(secret: str) -> Iterable[str]:
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield escape(secret)
    yield escape(secret, {'"': "&quot;", "'": "&#x27;"})
    yield escape(secret, {'"': "&#34;", "'": "&#39;"})
    yield base64.b64encode(secret.encode()).decode()
