"""Texts that pass themselves off as messages of the browser or the system."""

import re

_URGES = (
    r"updat|outdated|out of date|\binstall\b|virus|infected|expired|aktualiz|nieaktualn|przestarza|zainstaluj|wirus|"
    r"به.?روز|ویروس|نصب|منقضی|aktualisier|veraltet|mise à jour|obsol|actualiz|aggiorn|bijwerken|обнов|устарел|"
    r"güncelle|更新|تحديث"
)
_BRANDS = (
    r"chrome|firefox|browser|flash player|windows|defender|mcafee|norton|przegl[ąa]dark|مرورگر|navigat[eo]ur|navegador"
)
_RUN_KEY = r"(?:windows|win|⊞)(?: key)?\s*(?:\+|-|and)\s*[\"'“]?r\b"
_PASTE_KEY = r"(?:ctrl|control|strg|cmd|⌘)\s*(?:\+|-|and)?\s*[\"'“]?v\b"
_RUN_THIS = rf"{_RUN_KEY}.{{0,200}}{_PASTE_KEY}|\bpowershell\b|\bcmd\.exe\b"
_MACHINE = r"\b(?:computer|komputer|rechner|ordinateur|ordenador|компьютер|رایانه|کامپیوتر)\b"
_LOCKED = r"(?:\b(?:b?locked)\b|zablokowan|gesperrt|bloqu|bloccat|заблокир|قفل شد|مسدود شد)"
_SYSTEM_MESSAGE = re.compile(
    f"(?:{_BRANDS}).{{0,60}}(?:{_URGES})|(?:{_URGES}).{{0,60}}(?:{_BRANDS})|{_RUN_THIS}|{_MACHINE}.{{0,40}}{_LOCKED}",
    re.I | re.S,
)


def imitates_system(text: str) -> bool:
    """Whether it urges to update or install, says that the machine is locked, or tells keys to press in its name."""
    return _SYSTEM_MESSAGE.search(text) is not None
