"""Checks of the area product."""
