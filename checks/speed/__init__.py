"""Checks of the area speed."""
