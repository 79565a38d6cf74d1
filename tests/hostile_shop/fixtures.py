"""Fixtures of the tests that audit hostile shops; `tests/conftest.py` loads them with `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from tests.hostile_shop.audited import Place, place


@pytest.fixture
def where() -> Iterator[Place]:
    """A folder for the audits of one test."""
    with place() as made:
        yield made
