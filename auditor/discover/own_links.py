"""The links of a page to its own shop, and whether its scripts may make more of them."""

from auditor.discover.fetched import Fetched
from auditor.discover.link_address import absolute, address
from auditor.discover.scope import Scope

FEW_LINKS = 2
"""With no more links than this, a page with scripts is opened in the browser."""


def own_links(fetched: Fetched, scope: Scope) -> int:
    """How many addresses of the shop, other than its own, a page links to."""
    found = (absolute(fetched.reading.base, href) for href, *_ in fetched.reading.links)
    return len({where.url for where in found if where and scope.same_site(where)} - {fetched.final_url})


def wants_browser(fetched: Fetched, scope: Scope | None) -> bool:
    """Whether the links of a page may be made by its scripts. Without a scope, as long as the home page is not known,
    a page's own shop is its host."""
    if fetched.rendered or fetched.status != 200 or not fetched.is_html or not fetched.reading.has_scripts:
        return False
    if scope is not None:
        return own_links(fetched, scope) <= FEW_LINKS
    where = address(fetched.final_url)
    found = (absolute(fetched.reading.base, href) for href, *_ in fetched.reading.links)
    return where is not None and len({one.url for one in found if one and one.host == where.host}) <= FEW_LINKS
