"""Checks of the area checkout."""
