"""Sentences that were recorded in English, in the language of the report."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from reports.language import _, _n, catalogue_of, current, number


@dataclass(frozen=True)
class _Pattern:
    """A sentence of the catalogue with places for values; ``many`` where it has a plural, ``fixed`` its longest part
    without them, ``quoted`` the places that hold words of the shop."""

    source: str
    one: str
    many: str | None
    fixed: str
    quoted: frozenset[str]

    @property
    def vague(self) -> bool:
        return len(self.fixed) < LEAST_FIXED and any(map(str.isalpha, self.fixed))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is needed: most sentences of a catalogue are in no report."""
        return re.compile(self.source, re.DOTALL)


LONGEST = 2000
"""Characters; what is longer was not worded by us."""
LEAST_FIXED = 6
"""Characters of a pattern's own words: one with fewer, such as “{page} on {device}”, fits strange sentences too, and is
used only where a value of it is known."""
_PLACE = re.compile(r"\{(\w+)[^{}]*\}")
_QUOTED = re.compile(r"“\{(?!step\}|blocker\})(\w+)[^{}]*\}”")
"""Steps and what stopped them are our words."""


def said(sentence: str, depth: int = 2) -> str:
    """A sentence that was recorded in English, in the language of the report: with its values where the catalogue has
    it with places for them, as it is where the catalogue does not know it. A value may be such a sentence again,
    ``depth`` times."""
    if current().code == "en" or not 0 < len(sentence) <= LONGEST or depth < 0:
        return sentence
    whole = _(sentence)
    if whole != sentence:
        return whole
    for known in _patterns(current().code):
        if known.fixed in sentence and (found := known.pattern.fullmatch(sentence)):
            values = {
                name: value if name in known.quoted else _value(value, depth)
                for name, value in found.groupdict().items()
            }
            if known.vague and values.items() <= found.groupdict().items():
                continue
            form = _(known.one) if known.many is None else _n(known.one, known.many, _count(found))
            try:
                return form.format(**{"count": number(1)} | values)
            except (KeyError, IndexError, ValueError):
                continue
    return sentence


@cache
def _patterns(code: str) -> tuple[_Pattern, ...]:
    """Those of checks and of RECORDED, most specific first."""
    found = []
    for message in catalogue_of(code):
        if not any(file.startswith(("checks/", "reports/recorded_texts")) for file, _line in message.locations):
            continue
        forms = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
        for form in forms:
            if form and "{" in form:
                fixed = max(_PLACE.split(form)[::2], key=len)
                many = forms[1] if len(forms) > 1 else None
                found.append(_Pattern(_pattern(form), forms[0], many, fixed, frozenset(_QUOTED.findall(form))))
    return tuple(sorted(found, key=lambda each: (-len(each.fixed), -len(each.source))))


def _pattern(form: str) -> str:
    parts, seen = [], set[str]()
    for at, part in enumerate(_PLACE.split(form)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>.*?)")
    return "".join(parts)


def _count(found: re.Match[str]) -> int:
    """The number that decides the form; a text without a place for it speaks of one thing."""
    count = found.groupdict().get("count", "1")
    return int(count) if count.isdecimal() else 1


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _value(text: str, depth: int) -> str:
    """A value inside a recorded sentence: a number, a list of our own words, a sentence, or words of the shop."""
    if _NUMBER.fullmatch(text):
        return number(float(text), len(text.partition(".")[2]) or 0)
    if ", " not in text or _(text) != text:
        return said(text, depth - 1)
    parts = text.split(", ")
    told = [_value(part, depth) for part in parts]
    if all(part != one for part, one in zip(parts, told, strict=True)):
        return _(", ").join(told)
    whole = said(text, depth - 1)
    return whole if whole != text else _(", ").join(told)
