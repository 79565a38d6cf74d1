"""The running shop's state and the one place where a page is rendered."""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from aiohttp import web

from auditor.demo import markup
from auditor.demo.catalogue import load
from auditor.demo.defects.defect import Defect, Document
from auditor.demo.pictures import Album
from auditor.demo.rendering import environment, static_files

SESSIONS_KEPT = 500
PERMANENT = "public, max-age=31536000, immutable"


@dataclass
class Session:
    """One shopper's cart (product, colour and size → quantity) and what the checkout was told."""

    cart: dict[tuple[str, str, str], int] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


@cache
def album(language: str) -> Album:
    """The pictures of a language's shops: every shop of this process shows the same ones."""
    return Album(dict(load(language).colours))


class Storefront:
    """A shop in one language with some defects switched on; keeps carts and orders in memory."""

    def __init__(self, language: str, defects: Sequence[Defect]) -> None:
        self.catalogue = load(language)
        self.defects = tuple(defects)
        self.orders = 0
        self.album = album(language)
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self.files = static_files()
        self.environment = environment(language)

    def session(self, request: web.Request) -> Session:
        """The shopper's session, an empty one that is not kept when there is none yet."""
        return self._sessions.get(request.cookies.get("session", ""), Session())

    def begin(self, request: web.Request, response: web.StreamResponse) -> Session:
        """The shopper's session, begun and sent as a cookie when there is none yet."""
        token = request.cookies.get("session", "")
        if token not in self._sessions:
            token = secrets.token_urlsafe(12)
            self._sessions[token] = Session()
            response.set_cookie("session", token, httponly=True, samesite="Lax")
            if len(self._sessions) > SESSIONS_KEPT:
                self._sessions.popitem(last=False)
        return self._sessions[token]

    def page(
        self, request: web.Request, template: str, *, title: str, status: int = 200, **context: Any
    ) -> web.Response:
        """A page rendered from ``templates/<template>.html``, then spoilt by the defects that are switched on.

        ``kind`` in the context is the template's name for defects when it differs from the file's.
        """
        origin = f"{request.scheme}://{request.host}"
        kind = context.pop("kind", template)
        trail = context.get("trail") or ()
        data = [markup.organization(self.catalogue, origin), *context.pop("markup", ())]
        if trail:
            data.append(markup.breadcrumbs(trail, {path: self.address(origin, path) for _, path in trail}))
        html = self.environment.get_template(f"{template}.html").render(
            title=title,
            template=kind,
            origin=origin,
            markup=data,
            cart_count=sum(self.session(request).cart.values()),
            ask_consent="consent" not in request.cookies,
            back=request.rel_url.path_qs,
            **{"canonical": request.path, **context},
        )
        edits = [d for d in self.defects if d.edit and (kind in d.templates or not d.templates)]
        if edits:
            document = Document(html, kind, self.catalogue, request.url.port)
            for defect in edits:
                assert defect.edit is not None
                defect.edit(document)
            html = document.html()
        headers = {"Cache-Control": "no-cache", "Vary": "Cookie"}
        return web.Response(text=html, content_type="text/html", charset="utf-8", status=status, headers=headers)

    def address(self, origin: str, path: str) -> str:
        """The full address of ``path`` with its letters percent-encoded."""
        return origin + quote(path, safe="/?&=%")


def see_other(path: str) -> web.Response:
    """Sends the browser on to ``path`` after a form."""
    return web.Response(status=303, headers={"Location": path})


STOREFRONT: web.AppKey[Storefront] = web.AppKey("storefront", Storefront)
