"""pretix from PyPI, in an environment of its own: a ticket shop; every template, style and script is theirs."""
