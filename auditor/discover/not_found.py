"""What the shop answers to an address that cannot exist."""

import secrets
from urllib.parse import urljoin

from auditor.discover.link_address import absolute, address
from auditor.discover.page_reading import Reading
from auditor.discover.scope import Scope
from auditor.evidence.discovery import NotFoundProbe


def impossible_address(home: str) -> str:
    """An address in the folder of the home page that no shop has."""
    return urljoin(home, f"no-such-page-{secrets.token_hex(6)}")


def probe_of(
    url: str, status: int, final_url: str, x_robots: str, reading: Reading | None, home: str, scope: Scope
) -> NotFoundProbe:
    """Describe the answer. ``reading`` is None when it was not HTML."""
    at_home, where_home = address(final_url), address(home)
    redirected_home = at_home is not None and where_home is not None and at_home.url == where_home.url
    if reading is None:
        return NotFoundProbe(
            url=url,
            status=status,
            final_url=final_url,
            noindex="noindex" in x_robots.lower(),
            redirected_home=redirected_home,
            text_chars=0,
            links_home=False,
            has_search=False,
            menu_links=0,
        )
    links_home, menu = False, set()
    for href, region, *_ in reading.links:
        where = absolute(reading.base, href)
        if where and scope.same_site(where):
            links_home = links_home or where.path == "/" or (where_home is not None and where.url == where_home.url)
            if region in ("header", "nav"):
                menu.add(where.url)
    robots = f"{reading.fields['robots'] or ''} {x_robots}".lower()
    return NotFoundProbe(
        url=url,
        status=status,
        final_url=final_url,
        noindex="noindex" in robots or "none" in robots.replace(",", " ").split(),
        redirected_home=redirected_home,
        text_chars=reading.fields["text_chars"],
        links_home=links_home,
        has_search=reading.searches > 0,
        menu_links=len(menu),
        lang=reading.fields["lang"],
        title=reading.fields["title"],
    )
