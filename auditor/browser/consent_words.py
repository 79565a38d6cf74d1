"""What the buttons of a layer mean, in every language of the lexicon: a dialog often speaks another than its page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from auditor.lexicon import Concept, mentions

Meaning = Literal["reject", "accept", "settings", "close", "other"]
MAX_TEXT = 5000

_SETTINGS = re.compile(
    r"settings|customi[sz]e|manage|preferences|options|ustawienia|dostosuj|preferencje|zarządzaj|تنظیمات|سفارشی|einstellungen|"
    r"personnaliser|paramétrer|configurar|gestionar|impostazioni|personalizza|instellingen|nastavení",
    re.I,
)
_REJECT_MARKS = re.compile(r"reject|decline|deny|refuse|necessary[-_]?only", re.I)
_ACCEPT_MARKS = re.compile(r"accept|allow[-_]?all|agree", re.I)
_CLOSE_MARKS = re.compile(r"(^|[\s_-])(close|dismiss)([\s_-]|$)", re.I)
_CLOSE_SIGNS = frozenset("x×✕✖✗❌")


@dataclass(frozen=True)
class Choice:
    """A button of a consent dialog: its meaning and the middle of it in viewport pixels."""

    means: Meaning
    name: str
    x: float
    y: float


def consent_dialog(layers: Iterable[Mapping[str, Any]]) -> list[Choice] | None:
    """The choices of the smallest layer that is a consent dialog; None when no layer is one."""
    dialogs = []
    for layer in layers:
        text = layer["text"][:MAX_TEXT]
        about = any_mentions(text, Concept.COOKIES) or (layer["marked"] and any_mentions(text, Concept.PRIVACY))
        if not about:
            continue
        choices = [
            Choice(meaning(button["name"], button["marks"], button["leaves"]), button["name"], button["x"], button["y"])
            for button in layer["buttons"]
        ]
        telling = [choice for choice in choices if choice.means != "other"]
        if telling:
            dialogs.append((len({choice.means for choice in telling}), -layer["area"], telling))
    return max(dialogs, key=lambda dialog: dialog[:2])[2] if dialogs else None


@lru_cache(maxsize=2048)
def meaning(name: str, marks: str, leaves: bool) -> Meaning:
    """What pressing it would say. A link that leaves the page means nothing: it is the policy."""
    if leaves:
        return "other"
    if any_mentions(name, Concept.CONSENT_REJECT) or _REJECT_MARKS.search(marks):
        return "reject"
    if _SETTINGS.search(name):
        return "settings"
    if any_mentions(name, Concept.CONSENT_ACCEPT) or _ACCEPT_MARKS.search(marks):
        return "accept"
    if name.strip().lower() in _CLOSE_SIGNS or any_mentions(name, Concept.CLOSE) or _CLOSE_MARKS.search(marks):
        return "close"
    return "other"


@lru_cache(maxsize=512)
def any_mentions(text: str, concept: Concept) -> bool:
    return mentions(text, concept, None) is not None
