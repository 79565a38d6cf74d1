"""Checks of the area trust."""
