"""Checks of the area navigation."""
