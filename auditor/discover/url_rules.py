"""What parts of an address mean: the lists of ``url_rules.toml``, read once."""

import re
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from auditor.evidence.frozen import Frozen

_HEXADECIMAL = re.compile(r"[0-9a-f]{24,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[-_.]")
_DATE = re.compile(r"(19|20)\d\d([-_]?(0?[1-9]|1[0-2])){1,2}\d{0,2}")


class ChangingWords(Frozen):
    """Words of addresses that put something somewhere or take it away: in lower case, without diacritics."""

    does: frozenset[str]
    to: frozenset[str]
    between: frozenset[str]

    def say(self, segments: Iterable[str]) -> bool:
        """Whether a segment says so by itself, or one of ``does`` follows a segment that is one of ``to``."""
        somewhere = False
        for segment in segments:
            words = _WORD.split(segment)
            ends = (words[0], words[-1]) if words[0] in self.does else (words[-1], words[0])
            if ends[0] in self.does and ends[1] in self.to and self.between.issuperset(words[1:-1]):
                return True
            somewhere = somewhere or segment in self.to
            if somewhere and segment in self.does:
                return True
        return False


class UrlRules(Frozen):
    """Names of query parameters and path segments by what they do, in lower case."""

    changing_segments: tuple[str, ...]
    changing_parameters: frozenset[str]
    changing_values: tuple[tuple[str, str], ...]
    changing_words: ChangingWords
    tracking: frozenset[str]
    tracking_prefixes: tuple[str, ...]
    session: frozenset[str]
    presentation: frozenset[str]
    presentation_by_value: frozenset[str]
    looks: frozenset[str]
    pagination: frozenset[str]
    pagination_segments: frozenset[str]
    language: frozenset[str]
    not_pages: frozenset[str]

    def is_tracking(self, name: str) -> bool:
        """Whether a parameter (lower case) tells where the visitor came from."""
        return name in self.tracking or name.startswith(self.tracking_prefixes)

    def is_presentation(self, name: str, value: str) -> bool:
        """Whether a parameter (both in lower case) chooses the order, number or look of the same content."""
        return name in self.presentation or (name in self.presentation_by_value and value in self.looks)

    def changes_state(self, path: str, query: list[tuple[str, str]]) -> bool:
        """Whether asking for this address may do something: a decoded path and its query."""
        lowered = f"/{path.lower().strip('/')}/".replace("//", "/")
        if any(f"/{segment}/" in lowered for segment in self.changing_segments):
            return True
        if self.changing_words.say(lowered.strip("/").split("/")):
            return True
        for name, value in query:
            name = name.lower()
            if name in self.changing_parameters:
                return True
            if any(name == known and fnmatchcase(value.lower(), glob) for known, glob in self.changing_values):
                return True
        return False

    def is_file(self, path: str) -> bool:
        """Whether a path ends like a picture, script, archive or other file that is no page."""
        last = path.rpartition("/")[2]
        return "." in last and last.rpartition(".")[2].lower() in self.not_pages


def looks_random(value: str) -> bool:
    """Whether a value looks like a session id: 24 or more hexadecimal digits, or a UUID."""
    return bool(_HEXADECIMAL.fullmatch(value))


def looks_like_date(value: str) -> bool:
    """Whether a value is a year with a month, or a whole date, in digits."""
    return bool(_DATE.fullmatch(value))


@cache
def url_rules() -> UrlRules:
    """The lists as they ship."""
    raw = tomllib.loads(files(__package__).joinpath("url_rules.toml").read_text("utf-8"))
    changing = raw["state_changing"]
    pairs = tuple((name, glob) for name, _, glob in (value.partition("=") for value in changing["values"]))
    return UrlRules(
        changing_segments=tuple(changing["segments"]),
        changing_parameters=frozenset(changing["parameters"]),
        changing_values=pairs,
        changing_words=ChangingWords(**{name: frozenset(changing[name]) for name in ("does", "to", "between")}),
        tracking=frozenset(raw["tracking"]["parameters"]),
        tracking_prefixes=tuple(raw["tracking"]["prefixes"]),
        session=frozenset(raw["session"]["parameters"]),
        presentation=frozenset(raw["presentation"]["parameters"]),
        presentation_by_value=frozenset(raw["presentation"]["by_value"]),
        looks=frozenset(raw["presentation"]["looks"]),
        pagination=frozenset(raw["pagination"]["parameters"]),
        pagination_segments=frozenset(raw["pagination"]["segments"]),
        language=frozenset(raw["language"]["parameters"]),
        not_pages=frozenset(raw["not_pages"]["endings"]),
    )
