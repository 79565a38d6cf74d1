"""Checks of the area imagery."""
