"""Fixtures that give tests a storefront nobody here wrote; `tests/conftest.py` loads them with `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from tests.storefronts.shops import Storefront, oscar


@pytest.fixture(scope="session")
def oscar_shop() -> Iterator[Storefront]:
    """An English django-oscar shop, one per test worker, shared by that worker's tests: place no order in it."""
    with oscar() as shop:
        yield shop
