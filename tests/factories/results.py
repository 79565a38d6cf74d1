"""A whole audit result of a Persian shop that does not exist, with screenshots, for tests of reports."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from auditor.check import CheckSpec
from auditor.evidence import Artifact, Box, Device, Ended, PageEvidence, Template, Timing
from auditor.finding import Certainty, Measure, Outcome, Problem, Severity, Verdict
from auditor.fold import fold
from auditor.result import (
    AuditResult,
    Environment,
    Journey,
    NotSeen,
    Run,
    check_texts,
    metrics,
    outcome_counts,
    page_results,
)
from auditor.run_folder import RunFolder
from auditor.score import score
from auditor.settings import ShopSettings
from tests.factories.pages import SHOP
from tests.factories.records import discovery, page_evidence, shop_evidence
from tests.factories.sections import request

PAGES = {
    "/": "home",
    "/c/چراغ": "category",
    "/c/مبل": "category",
    "/p/چراغ-رومیزی-برنجی": "product",
    "/p/صندلی-گردو": "product",
    "/p/arc-lamp": "product",
    "/search?q=چراغ": "search",
    "/cart": "cart",
    "/pages/درباره-ما": "content",
}
BUY = Box(x=32, y=640, width=170, height=34)
PICTURE = Box(x=24, y=150, width=330, height=330)


CHECKS = (
    ("navigation/menu-missing", "NAV-001", "serious", "The page shows no menu of categories", "{links} links"),
    ("navigation/dead-links", "NAV-003", "serious", "A link of the shop leads nowhere",
     "{url} answers {status} after {hops} redirects, linked from {pages} pages as “{text}”"),
    ("navigation/search-missing", "NAV-012", "serious", "The search is not in view when a page opens", "{kind}"),
    ("navigation/breadcrumb-missing", "NAV-009", "moderate", "There is no breadcrumb trail", "{steps} steps"),
    ("speed/lcp-slow", "SPD-001", "critical", "The main content appears late",
     "Largest contentful paint after {lcp_ms} ms; good is up to {good_ms} ms"),
    ("speed/server-slow", "SPD-005", "moderate", "The server answers late",
     "First byte after {ttfb_ms} ms; good is up to {good_ms} ms"),
    ("mobile/viewport-missing", "MOB-001", "critical", "The page is not fitted to phones", "Viewport: {viewport}"),
    ("mobile/targets-small", "MOB-004", "serious", "Links and buttons are too small to hit",
     "{count} of {total} targets are too small; buy button: {buy_px} px high"),
    ("imagery/main-image-missing", "IMG-001", "critical", "Products have no real picture",
     "Main picture: {state} ({url})"),
    ("product/price-unclear", "PDP-001", "critical", "The product page shows no clear price", "{prices} prices"),
    ("trust/phone-missing", "TRU-003", "serious", "The shop cannot be called",
     "{numbers} phone numbers as text and {links} tel: links on {pages} pages"),
    ("trust/policies-missing", "TRU-006", "serious", "Returns, shipping or terms cannot be found", "{policy}"),
    ("accessibility/product-alt", "A11Y-004", "moderate", "Product pictures have no useful text alternative",
     "{count} of {total} product pictures: {missing} without, {file_names} with a file name"),
)  # fmt: skip
WHY = "Shoppers who meet this look for the product elsewhere; on a phone they rarely come back."
FIX = 'Repair the template once, for all its pages; `<meta name="viewport">` and the like belong into its head.'


def declared() -> dict[str, CheckSpec]:
    """Checks with texts as long as real ones; their judges are never called."""
    phone = frozenset({Device.MOBILE})
    return {
        name: CheckSpec(
            id=name, row=row, severity=Severity(severity), title=title, why=WHY, fix=FIX, found=(found, found),
            source="https://www.w3.org/WAI/WCAG22/Understanding/non-text-content", judge=lambda: iter(()),
            templates=frozenset(Template), devices=phone if name.startswith("mobile/") else frozenset(Device),
            scale="binary", scored=True, indicative=name.startswith("speed/"), formerly=(), reads=(),
            scope="shop" if name.startswith(("trust/", "navigation/dead")) else "page",
        )
        for name, row, severity, title, found in CHECKS
    }  # fmt: skip


def run(ended: str = "complete", why: str = "", **fields: Any) -> Run:
    environment = Environment(
        auditor="0.2.0", browser="Chromium 146.0", browser_source="system", python="3.12.4", system="Linux x86_64",
        cores=4, checks_digest="3fa9c1d2e4b50617", settings_digest="90ab12cd34ef5678", score_profile="2026-11",
    )  # fmt: skip
    return Run.model_validate(
        {
            "id": "shop.example-20261121T100000Z",
            "host": "shop.example",
            "start_url": SHOP,
            "started_at": datetime(2026, 11, 21, 10, 0, tzinfo=UTC),
            "ended_at": datetime(2026, 11, 21, 10, 4, 12, tzinfo=UTC),
            "ended": ended,
            "why": why or "17 visits to 9 pages were judged, 240 pages were discovered.",
            "environment": environment,
            "refused_addresses": ("metadata.internal: private address",),
        }
        | fields
    )


def screenshot(path: Path, width: int, height: int) -> None:
    """A page of a shop, roughly: bar, picture, lines of text, a button."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, width, 72], fill="#22313f")
    draw.rectangle([24, 24, 150, 48], fill="#f4f1ea")
    for top in range(0, height, 900):
        for step in range(330):
            draw.line([24, top + 150 + step, 354, top + 150 + step], fill=(200 - step // 4, 170 - step // 5, 120))
        draw.ellipse([110, top + 210, 270, top + 400], fill="#8d5b2d")
        for line in range(6):
            start = 24 if width < 600 else 400
            draw.rectangle(
                [start, top + 510 + line * 20, min(width - 24, start + 330), top + 518 + line * 20], fill="#9aa5b1"
            )
        draw.rounded_rectangle([32, top + 640, 202, top + 674], 6, fill="#1c7c54")
        draw.text((70, top + 648), "Add to cart", fill="white", font_size=16)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=72)


def visits(folder: Path | None = None) -> tuple[PageEvidence, ...]:
    """A visit of every page on both devices; the cart on the phone timed out. Screenshots where there is a folder."""
    return tuple(_visits(folder))


def _visits(folder: Path | None) -> Iterator[PageEvidence]:
    for number, (key, template) in enumerate(PAGES.items()):
        for device in Device:
            name = f"{number:02}-{template}.{device}"
            fields: dict[str, Any] = {"id": name, "artifacts": {}}
            if template == "cart" and device is Device.MOBILE:
                lost = {"ended": Ended.TIMED_OUT, "note": "The page did not finish within 45 s."}
                yield page_evidence(template, device, key, visit_fields=fields | lost)
                continue
            if folder is not None:
                fields["artifacts"] = _pictures(folder, name, device)
            timing = Timing(
                ttfb_ms=180 + number * 10, fcp_ms=900, lcp_ms=2400 + number * 311.4, cls=0.012 * number, tbt_ms=140
            )
            requests = [request(f"/static/{n}.js", transferred_bytes=91_000) for n in range(12)]
            evidence = page_evidence(template, device, key, visit_fields=fields, timing=timing, requests=requests)
            because = ("structured data says so", "the address ends like those of its kind")
            yield evidence.model_copy(update={"page": evidence.page.model_copy(update={"because": because})})


def _pictures(folder: Path, name: str, device: Device) -> dict[str, Artifact]:
    width, tall, factor = (412, 823, 1.75) if device is Device.MOBILE else (1350, 940, 1)
    paths = {"viewport": f"pages/{name}/viewport.jpg", "full_page": f"pages/{name}/full.jpg"}
    screenshot(folder / paths["viewport"], round(width * factor), round(tall * factor))
    screenshot(folder / paths["full_page"], width, 2400)
    return {
        kind: Artifact(path=path, sha256="0" * 64, bytes=(folder / path).stat().st_size, mime="image/jpeg")
        for kind, path in paths.items()
    }


def outcomes(seen: tuple[PageEvidence, ...], specs: dict[str, CheckSpec]) -> tuple[Outcome, ...]:
    """Every check passes on every loaded page it judges, but for the problems planted here."""
    made = []
    for spec in specs.values():
        if spec.scope == "shop":
            made.append(_outcome(spec, None))
            continue
        for visit in seen:
            if visit.page.template in spec.templates and visit.visit.device in spec.devices:
                made.append(_outcome(spec, visit))
    return tuple(made)


def _outcome(spec: CheckSpec, visit: PageEvidence | None) -> Outcome:
    where: dict[str, Any] = {"check": spec.id}
    if visit is not None:
        where |= {"template": visit.page.template, "device": visit.visit.device}
        where |= {"page_key": visit.page.key, "visit": visit.visit.id}
        if visit.visit.ended is not Ended.LOADED:
            note = f"the visit ended {visit.visit.ended}: {visit.visit.note}"
            return Outcome(verdict=Verdict.NOT_RECORDED, note=note, **where)
    if spec.id == "navigation/search-missing":
        return Outcome(verdict=Verdict.NOT_RECORDED, note="the number of products is not known", **where)
    problems = tuple(_planted(spec.id, visit))
    if not problems:
        return Outcome(verdict=Verdict.PASSED, score=1.0, measure=Measure(value=1, unit="share"), **where)
    if all(problem.certainty is Certainty.NEEDS_REVIEW for problem in problems):
        return Outcome(verdict=Verdict.NEEDS_REVIEW, problems=problems, **where)
    return Outcome(verdict=Verdict.FAILED, problems=problems, score=0.0, **where)


def _planted(check: str, visit: PageEvidence | None) -> Iterator[Problem]:
    template = visit.page.template if visit else None
    key = visit.page.key if visit else ""
    if check == "mobile/targets-small" and template in ("product", "category"):
        yield Problem(
            selector="form.buy > button.btn", box=BUY, values={"count": 14, "total": 61, "buy_px": 34},
            discriminator="buy-button",
        )  # fmt: skip
    if check == "imagery/main-image-missing" and template == "product" and "گردو" in key:
        yield Problem(
            selector="#gallery img", box=PICTURE, page_key=key, discriminator="broken",
            values={"state": "does not load", "url": f"{SHOP}media/صندلی.jpg"},
        )  # fmt: skip
    if check == "accessibility/product-alt" and template in ("product", "category", "home"):
        yield Problem(
            selector=".card:nth-child(3) img.photo", box=PICTURE,
            values={"count": 18, "total": 24, "missing": 12, "file_names": 6, "repeated": 0},
        )  # fmt: skip
    if check == "speed/lcp-slow" and key in ("/cart", "/pages/درباره-ما"):
        yield Problem(selector="main > img.hero", values={"lcp_ms": 4579, "good_ms": 2500}, discriminator="lcp")
    if check == "speed/server-slow" and key == "/":
        yield Problem(values={"ttfb_ms": 910, "good_ms": 800}, middle=True, certainty=Certainty.NEEDS_REVIEW)
    if check == "navigation/dead-links":
        for number, text in enumerate(("بازگشت کالا", "Sale", "تماس با ما", "Lamps", "مبل راحتی", "About")):
            values: dict[str, Any] = {"url": f"/old/{number}", "status": 404, "hops": 0, "pages": 12, "text": text}
            yield Problem(values=values, discriminator=f"/old/{number}", page_key="/", middle=number > 1)
    if check == "trust/phone-missing":
        nothing: dict[str, Any] = {"numbers": 0, "links": 0, "pages": 9}
        yield Problem(values=nothing, certainty=Certainty.NEEDS_REVIEW, discriminator="none")
    if check == "mobile/viewport-missing" and template == "content":
        yield Problem(values={"viewport": "none"})


def sample(folder: Path, *, pictures: bool = True) -> tuple[AuditResult, RunFolder]:
    """A complete run of the Persian shop and its run folder."""
    run_folder = RunFolder.create(folder)
    seen = visits(folder if pictures else None)
    specs = declared()
    judged = outcomes(seen, specs)
    shop = shop_evidence(seen, discovery=discovery(fetched=240, language="fa"))
    result = AuditResult(
        run=run(),
        pages=page_results(shop),
        findings=fold(judged, specs),
        outcomes=outcome_counts(judged),
        checks=check_texts(specs, specs),
        journeys=tuple(
            Journey(
                name=name, device=device, ended="not_walked", why="the audit's depth was `pages`: pages were looked at"
            )
            for name in ("search", "browse", "buy")
            for device in Device
        ),
        metrics=metrics(seen),
        scores=score(judged, specs),
        not_seen=(
            NotSeen(kind="discovery", what="Part of the shop", why="The limit of 300 pages was reached.", count=1200),
            NotSeen(kind="discovery", what="84 addresses", why="robots.txt forbids them to crawlers", count=84),
            NotSeen(kind="page", what=f"{SHOP}cart on mobile", why="The page did not finish within 45 s."),
            NotSeen(kind="journey", what="Journeys: search, browse, buy", why="the audit's depth was `pages`", count=6),
            NotSeen(kind="section", what="accessibility of 2 visits", why="the page's own policy forbade it", count=2),
            NotSeen(kind="check", what="navigation/search-missing", why="the number of products is not known", count=1),
        ),
        discovery=shop.discovery.model_dump(mode="json"),
    )
    run_folder.write_run(result.run)
    run_folder.write_settings(ShopSettings(start_url=SHOP))
    for visit in seen:
        run_folder.write_visit(visit)
    return result, run_folder


def earlier(result: AuditResult, score: int) -> AuditResult:
    """The same audit a week before, with another overall score."""
    began = result.run.started_at - timedelta(days=7)
    return result.model_copy(
        update={
            "run": result.run.model_copy(update={"started_at": began, "id": "before"}),
            "scores": result.scores.model_copy(update={"overall": score}),
        }
    )
