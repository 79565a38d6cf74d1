"""What a shop's robots.txt lets us open, from what discovery kept of it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from auditor.evidence import Discovery


def allowed_by_robots(discovery: Discovery, user_agent: str) -> Callable[[str], bool]:
    """A test for addresses; hosts without a robots.txt allow everything."""
    rules = {host: Protego.parse(text) for host, text in discovery.robots_txt.items()}

    def allowed(url: str) -> bool:
        found = rules.get(urlsplit(url).netloc)
        return found is None or bool(found.can_fetch(url, user_agent))

    return allowed
