"""Shuup from PyPI, in an environment of its own; every template and style is theirs."""
