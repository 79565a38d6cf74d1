"""Checks of area injected-ads."""
