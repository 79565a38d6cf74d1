"""The pages that a visitor reads: home, lists, products, search, service, and what crawlers fetch."""

import asyncio
import gzip
import mimetypes
from xml.sax.saxutils import escape

from aiohttp import web

from auditor.demo import listing, markup
from auditor.demo.finding import find, suggest
from auditor.demo.pictures import VIEWS, WIDTHS, named_picture
from auditor.demo.storefront import PERMANENT, STOREFRONT, Storefront, see_other
from auditor.demo.wording import money

TEXTS = ("about", "faq", "returns", "shipping", "terms", "privacy")
RELATED = 5

routes = web.RouteTableDef()


def _crumb(store: Storefront, *parts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(store.catalogue.words["text"]["home"], "/"), *parts]


@routes.get("/")
async def home(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    goods = store.catalogue
    best = sorted((p for p in goods.products if p.stock), key=lambda p: -p.popularity)[:10]
    origin = f"{request.scheme}://{request.host}"
    data = [markup.website(goods, origin)]
    return store.page(request, "home", title=goods.words["shop"]["slogan"], bestsellers=best, markup=data)


@routes.get("/category/{department}")
@routes.get("/category/{department}/{kind}")
async def category(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    goods = store.catalogue
    shelf = goods.category_at(request.path)
    if shelf is None:
        raise web.HTTPNotFound
    found = listing.cut(
        goods.within(shelf.key),
        shelf.path,
        {k: v for k, v in request.query.items() if k != "q"},
        goods.words,
        lambda price: money(price, goods.language),
    )
    parent = goods.categories[shelf.parent] if shelf.parent else None
    trail = _crumb(store, *([(parent.name, parent.path)] if parent else []), (shelf.name, shelf.path))
    return store.page(
        request,
        "category",
        title=shelf.name,
        description=shelf.text,
        trail=trail,
        listing=found,
        here=parent.key if parent else shelf.key,
        subcategories=goods.below(shelf.key),
        canonical=f"{shelf.path}?page={found.page}" if found.page > 1 else shelf.path,
    )


@routes.get("/product/{slug}")
async def product(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    goods = store.catalogue
    item = goods.product_at(request.path)
    if item is None:
        raise web.HTTPNotFound
    top, kind = goods.categories[item.department], goods.categories[item.kind]
    origin = f"{request.scheme}://{request.host}"
    others = [p for p in goods.within(item.department) if p.id != item.id and p.stock]
    return store.page(
        request,
        "product",
        title=item.name,
        description=item.description[0],
        product=item,
        trail=_crumb(store, (top.name, top.path), (kind.name, kind.path), (item.name, item.path)),
        related=sorted(others, key=lambda p: (p.kind == item.kind, -p.popularity))[:RELATED],
        here=top.key,
        markup=[markup.product(goods, item, origin, store.address(origin, item.path))],
    )


@routes.get("/search")
async def search(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    goods = store.catalogue
    query = request.query.get("q", "").strip()[:100]
    search_for = next((defect.find for defect in store.defects if defect.find), find)
    hits = search_for(goods, query)
    found = listing.cut(hits, "/search", {**request.query, "q": query}, goods.words, str)
    title = goods.words["text"]["search_title"]
    return store.page(
        request, "search", title=title, query=query, listing=found, trail=_crumb(store, (title, "/search"))
    )


@routes.get("/suggest")
async def suggestions(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    found = suggest(store.catalogue, request.query.get("q", "")[:40])
    return web.json_response([{"name": item.name, "path": item.path} for item in found])


@routes.get("/{page:about|faq|returns|shipping|terms|privacy}")
async def text(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    page = request.match_info["page"]
    words = store.catalogue.words
    title = words["text"][page]
    trail = _crumb(store, (title, f"/{page}"))
    return store.page(request, "text", title=title, trail=trail, parts_of_text=words["pages"][page], kind="content")


@routes.get("/contact")
@routes.post("/contact")
async def contact(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    title = store.catalogue.words["text"]["contact"]
    sent = request.method == "POST"
    return store.page(
        request, "contact", title=title, trail=_crumb(store, (title, "/contact")), sent=sent, kind="content"
    )


@routes.post("/consent")
async def consent(request: web.Request) -> web.Response:
    form = await request.post()
    back = str(form.get("back", "/"))
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/"
    response = see_other(back)
    choice = "accepted" if form.get("choice") == "accepted" else "rejected"
    response.set_cookie("consent", choice, max_age=15_552_000, samesite="Lax")
    return response


@routes.get("/static/{digest}/{name}")
async def static(request: web.Request) -> web.Response:
    body = request.app[STOREFRONT].files.get(request.match_info["name"])
    if body is None:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(request.match_info["name"])[0] or "application/octet-stream"
    return web.Response(body=body, headers={"Content-Type": kind, "Cache-Control": PERMANENT})


@routes.get("/media/{name}")
async def media(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    asked = named_picture(request.path)
    if asked is None:
        raise web.HTTPNotFound
    name, _, colour = asked.key.partition(".")
    known = asked.key == "hero" or any(p.id == name and colour in p.colours for p in store.catalogue.products)
    if not known or not 1 <= asked.number <= VIEWS or asked.width not in WIDTHS:
        raise web.HTTPNotFound
    body = await asyncio.to_thread(store.album.encoded, asked.key, asked.number, asked.width, asked.form)
    return web.Response(body=body, headers={"Content-Type": asked.mime, "Cache-Control": PERMANENT})


@routes.get("/favicon.ico")
async def favicon(request: web.Request) -> web.Response:
    body = request.app[STOREFRONT].files["icon.svg"]
    return web.Response(body=body, headers={"Content-Type": "image/svg+xml", "Cache-Control": PERMANENT})


@routes.get("/robots.txt")
async def robots(request: web.Request) -> web.Response:
    rules = "User-agent: *\nDisallow: /checkout\nDisallow: /order\nDisallow: /suggest\n"
    return web.Response(text=f"{rules}Sitemap: {request.scheme}://{request.host}/sitemap.xml\n")


@routes.get("/sitemap.xml")
async def sitemap_index(request: web.Request) -> web.Response:
    origin = f"{request.scheme}://{request.host}"
    parts = "".join(
        f"<sitemap><loc>{origin}/{n}</loc></sitemap>" for n in ("sitemap-pages.xml", "sitemap-products.xml.gz")
    )
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>')


@routes.get("/sitemap-pages.xml")
async def sitemap_pages(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    paths = ["/", *(c.path for c in store.catalogue.categories.values()), "/contact", *(f"/{name}" for name in TEXTS)]
    origin = f"{request.scheme}://{request.host}"
    places = "".join(f"<url><loc>{escape(store.address(origin, path))}</loc></url>" for path in paths)
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>')


@routes.get("/sitemap-products.xml.gz")
async def sitemap_products(request: web.Request) -> web.Response:
    store = request.app[STOREFRONT]
    origin = f"{request.scheme}://{request.host}"
    places = "".join(
        f"<url><loc>{escape(store.address(origin, p.path))}</loc>"
        f"<image:image><image:loc>{origin}/media/{p.picture}-1-1600.jpg</image:loc></image:image></url>"
        for p in store.catalogue.products
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    body = gzip.compress(f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{places}</urlset>'.encode(), mtime=0)
    return web.Response(body=body, content_type="application/gzip")


def _xml(text: str) -> web.Response:
    return web.Response(text=f'<?xml version="1.0" encoding="UTF-8"?>{text}', content_type="application/xml")
