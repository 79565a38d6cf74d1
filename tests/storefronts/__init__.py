"""Storefronts that this project did not write, started by the tests."""
