"""The words, hosts and shapes of ``words.yaml`` and ``shapes.yaml``."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from auditor.evidence.frozen import Frozen


class Words(Frozen):
    """Sets of words, each in one spelling; the file says what each set is for."""

    strong_verbs: frozenset[str]
    weak_verbs: frozenset[str]
    ordering_nouns: frozenset[str]
    finished_nouns: frozenset[str]
    alone: frozenset[str]
    written_nouns: frozenset[str]
    details: frozenset[str]
    recalculation: frozenset[str]
    cart: frozenset[str]
    cart_keys: frozenset[str]
    removal: frozenset[str]
    harmless: frozenset[str]
    control_keys: frozenset[str]
    payment_keys: frozenset[str]
    confirmed: frozenset[str]
    entrances: frozenset[str]
    onward: frozenset[str]
    payment_hosts: frozenset[str]
    wallets: frozenset[str]


class Shape(Frozen):
    """A request that a platform sends to advance a step: a path (and query), its methods, keys of its body."""

    platform: str
    path: re.Pattern[str]
    methods: frozenset[str]
    keys: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def words() -> Words:
    listed: dict[str, str] = _read("words.yaml")
    return Words(**{name: frozenset(text.split()) for name, text in listed.items()})


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    return tuple(Shape.model_validate(entry) for entry in _read("shapes.yaml"))


def _read(name: str) -> Any:
    return YAML(typ="safe").load(files("auditor.interlock").joinpath(name).read_text(encoding="utf-8"))
