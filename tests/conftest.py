"""Fixtures for all tests."""

import pytest

pytest.register_assert_rewrite("tests.hostile_shop.judging")

pytest_plugins = ["tests.storefronts.fixtures", "tests.hostile_shop.fixtures", "tests.walked_shops.walking"]
