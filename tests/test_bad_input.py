"""Whatever is at the address: the audit ends by itself, says what is wrong and what to do, and leaves nothing behind."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auditor.demo import serve as demo_shop
from auditor.evidence import Ended
from tests.hostile_shop import pages
from tests.hostile_shop.audited import LONGEST_S, Place, Started, audit, audit_here, here
from tests.hostile_shop.judging import PARTIAL, judged, not_audited
from tests.hostile_shop.server import Content, html, serving

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.timeout(LONGEST_S + 60)]


def answering(status: int) -> web.Response:
    return html("<title>No</title><p>No.</p>", status=status)


def test_unknown_host(where: Place) -> None:
    not_audited(audit(where, "http://nowhere.invalid/"), where, "is not known", "Check the address")


def test_refused_connection(where: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = audit_here(where, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    not_audited(done, where, "refuses the connection", "Check the port")


def certificate(folder: Path, *, valid_days: int) -> tuple[ssl.SSLContext, Path]:
    """A self-signed certificate of 127.0.0.1 in use, and its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    ends = datetime.now(UTC) + timedelta(days=valid_days)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ends - timedelta(days=90))
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, file


@pytest.mark.parametrize("kind", ["self-signed", "expired"])
def test_certificate_that_cannot_be_trusted(where: Place, kind: str) -> None:
    tls, file = certificate(where.path, valid_days=-1 if kind == "expired" else 30)
    with serving({"/": pages.page("Home")}, tls=tls) as shop:
        if kind == "expired":
            done = audit(where, shop.url, environment={"SSL_CERT_FILE": str(file)})
        else:
            done = audit_here(where, shop.url)
    not_audited(done, where, "certificate", "Renew")


START_PAGES: dict[str, tuple[Content, str, str]] = {
    "redirect-loop": (pages.redirect("/"), "redirects in a circle", "Check the shop's redirects"),
    "403": (answering(403), "status 403", "user agent"),
    "500": (answering(500), "status 500", "whether the shop is up"),
    "pdf": (
        web.Response(body=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", content_type="application/pdf"),
        "is not a web page",
        "Give the address of the shop's home page",
    ),
    "huge": (pages.huge, "larger than any web page", "Check the address"),
    "endless": (pages.endless, "larger than any web page", "Check the address"),
    "dripping": (pages.dripping, "did not finish its answer in time", "Try again later"),
    "silent": (pages.silent, "did not finish its answer in time", "Try again later"),
}


# These could hold a process up at its end, or are the plainest case: each in a process of its own.
IN_A_PROCESS = frozenset({"403", "endless", "silent"})


@pytest.mark.parametrize("name", START_PAGES)
def test_start_page_that_is_no_shop(where: Place, name: str) -> None:
    content, cause, remedy = START_PAGES[name]
    with serving(fallback=content) as shop:
        options = where.config(page_seconds=4 if name in ("dripping", "silent") else 45)
        done = (audit if name in IN_A_PROCESS else audit_here)(where, shop.url, *options)
        assert shop.sent.total() < pages.HUGE / 2
    not_audited(done, where, cause, remedy)


@pytest.mark.parametrize(
    ("state", "ended", "words"),
    [
        ("login-wall", "login", "password"),
        ("bot-wall", "blocked", "user agent"),
        ("maintenance", "maintenance", "Audit again later"),
        ("too-many-requests", "blocked", "status 429"),
        ("empty-site", "none", "page is empty"),
    ],
)
def test_states_of_a_shop_that_are_never_scored(where: Place, state: str, ended: str, words: str) -> None:
    with demo_shop(defects={state}) as shop:
        done = (audit if state == "login-wall" else audit_here)(where, shop.url)
    not_audited(done, where, words)
    assert done.report.discovery["block"] == ended


def test_start_page_without_links(where: Place) -> None:
    with serving({"/": pages.page("Alone")}) as shop:
        done = audit(where, shop.url)
    judged(done, where)
    assert [page.ended for page in done.report.pages] == [Ended.LOADED]
    assert done.report.discovery["why"].startswith("The start page has no link to another page")


def test_pages_whose_links_need_scripts_are_found_by_the_browser(where: Place) -> None:
    with demo_shop(defects={"js-only-links"}) as shop:
        done = audit_here(where, shop.url)
    judged(done, where)
    discovery = done.report.discovery
    assert discovery["rendered_pages"] >= 1
    assert discovery["fetched"] > 1
    assert [page.ended for page in done.report.pages] == [Ended.LOADED]


def test_template_that_is_lost_to_an_error_makes_the_audit_partial(where: Place) -> None:
    goods = ("/product/oak-chair", "/product/oak-table")
    shop_pages: dict[str, Content] = {"/": pages.page("Home", *goods)}
    with serving(shop_pages | dict.fromkeys(goods, answering(500))) as shop:
        options = where.config(
            allow_private=True, devices=["mobile"], max_pages=12, politeness={"delay_s": 0}, speed={"runs": 0}, ads={"pages": 0}, depth="pages",
            panel={"home": 1, "product": 1},
        )  # fmt: skip
        done = here(where, "audit", shop.url, *options)
    judged(done, where, code=PARTIAL)
    assert done.report.run.ended == "partial"
    assert "product" in done.report.run.why
    assert [page.key for page in done.report.pages] == ["/"]


@pytest.mark.slow
def test_a_page_that_misbehaves_costs_that_page_only(where: Place) -> None:
    traps = pages.traps()
    settings = {"templates": {"/trap/*": "content"}, "panel": {"home": 1, "content": 20}, "max_pages": 40}
    with serving(traps) as shop:
        options = where.config(
            page_seconds=30, politeness={"delay_s": 0}, allow_private=True, devices=["mobile"], speed={"runs": 0}, ads={"pages": 0}, depth="pages",
            **settings,
        )  # fmt: skip
        done = Started(where, "audit", shop.url, "--out", str(where.path / "run"), *options).end()
        assert shop.sent["/trap/huge"] < pages.HUGE
    judged(done, where)
    ended = {page.key.partition("?")[0]: page.ended for page in done.report.pages}
    assert ended["/"] is Ended.LOADED
    harmless = ("dialogs", "popups", "downloads", "broken", "deep", "pictures")
    assert {name: ended[f"/trap/{name}"] for name in harmless} == dict.fromkeys(harmless, Ended.LOADED)
    lost = {key for key, how in ended.items() if how is not Ended.LOADED}
    assert lost <= {"/trap/moves", "/trap/attachment", "/trap/huge", "/trap/endless"}
    assert all(page.note for page in done.report.pages if page.ended is not Ended.LOADED)
    assert "crashed" not in str(done.report.outcomes)
