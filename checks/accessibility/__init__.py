"""Checks of the area accessibility."""
