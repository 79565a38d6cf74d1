"""Checks of the area mobile."""
