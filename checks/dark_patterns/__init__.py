"""Checks of the area dark-patterns."""
