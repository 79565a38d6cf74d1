"""Whatever is at the address: the audit ends by itself, says what is wrong and what to do, and leaves nothing behind."""

import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auditor.browser.artifacts import folder_name
from auditor.demo import serve as demo_shop
from auditor.evidence import Device, Ended
from auditor.finding import Verdict
from auditor.run_folder import RunFolder
from tests.hostile_shop import pages
from tests.hostile_shop.audited import LONGEST_S, Audited, Place, Started, audit, place, start_audit
from tests.hostile_shop.server import Content, html, serving
from tests.hostile_shop.unread import AMHARIC, GEORGIAN, not_found, unread_shop

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.timeout(LONGEST_S + 60)]

USAGE, NOTHING_JUDGED, PARTIAL, INTERRUPTED = 2, 3, 4, 130


@pytest.fixture
def where() -> Iterator[Place]:
    with place() as made:
        yield made


def not_audited(done: Audited, where: Place, *words: str) -> None:
    """The audit judged nothing and says why, to the operator and in the report; the run folder can be replayed."""
    assert done.code == NOTHING_JUDGED, done.said
    report = done.report
    assert report.run.ended == "failed"
    assert report.run.why.startswith("Not audited, because ")
    for word in words:
        assert word in done.said
        assert word in report.run.why
    assert report.findings == ()
    assert all(score.score is None for score in report.scores.areas)
    assert report.scores.overall is None
    assert done.replayed().findings == report.findings
    clean(done, where)


def clean(done: Audited, where: Place) -> None:
    assert "Traceback" not in done.said
    assert "Error" not in done.said
    assert where.left() == []


def answering(status: int) -> web.Response:
    return html("<title>No</title><p>No.</p>", status=status)


def test_unknown_host(where: Place) -> None:
    not_audited(audit(where, "http://nowhere.invalid/"), where, "is not known", "Check the address")


def test_refused_connection(where: Place) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = audit(where, f"http://127.0.0.1:{taken.getsockname()[1]}/")
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
    trusted = {"SSL_CERT_FILE": str(file)} if kind == "expired" else {}
    with serving({"/": pages.page("Home")}, tls=tls) as shop:
        done = audit(where, shop.url, environment=trusted)
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


@pytest.mark.parametrize("name", START_PAGES)
def test_start_page_that_is_no_shop(where: Place, name: str) -> None:
    content, cause, remedy = START_PAGES[name]
    with serving(fallback=content) as shop:
        done = audit(where, shop.url, *where.config(page_seconds=4 if name in ("dripping", "silent") else 45))
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
        done = audit(where, shop.url)
    not_audited(done, where, words)
    assert done.report.discovery["block"] == ended


def judged(done: Audited, where: Place, *, code: int = 0) -> None:
    """The audit ended with this code, its report is there and its run folder gives the same findings again."""
    assert done.code == code, done.said
    assert done.printed.strip() == str(done.folder / "report.html")
    assert (done.folder / "report.html").stat().st_size > 1000
    assert done.replayed().findings == done.report.findings
    clean(done, where)


def test_start_page_without_links(where: Place) -> None:
    with serving({"/": pages.page("Alone")}) as shop:
        done = audit(where, shop.url)
    judged(done, where)
    assert [page.ended for page in done.report.pages] == [Ended.LOADED]
    assert done.report.discovery["why"].startswith("The start page has no link to another page")


def test_pages_whose_links_need_scripts_are_found_by_the_browser(where: Place) -> None:
    with demo_shop(defects={"js-only-links"}) as shop:
        done = audit(where, shop.url)
    judged(done, where)
    discovery = done.report.discovery
    assert discovery["rendered_pages"] >= 1
    assert discovery["fetched"] > 1
    assert [page.ended for page in done.report.pages] == [Ended.LOADED]


def test_template_that_is_lost_to_an_error_makes_the_audit_partial(where: Place) -> None:
    goods = ("/product/oak-chair", "/product/oak-table")
    shop_pages: dict[str, Content] = {"/": pages.page("Home", *goods)}
    with serving(shop_pages | dict.fromkeys(goods, answering(500))) as shop:
        options = where.config(politeness={"delay_s": 0}, panel={"home": 1, "product": 1})
        done = Started(
            where, "audit", shop.url, "--allow-private", "--devices", "mobile", "--max-pages", "12",
            "--out", str(where.path / "run"), *options,
        ).end()  # fmt: skip
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
            page_seconds=30, politeness={"delay_s": 0}, allow_private=True, devices=["mobile"], **settings
        )
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


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_discovery(where: Place, how: signal.Signals) -> None:
    with serving(pages.many_pages(), pages.slow_page) as shop:
        audit = start_audit(where, shop.url, "--max-pages", "400")
        audit.wait_for("discover")
        shop.wait_until_asked_pages(10)
        audit.process.send_signal(how)
        done = audit.end()
    interrupted(done, where)
    assert done.report.discovery["fetched"] >= 2
    assert done.report.pages == ()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_visits(where: Place, how: signal.Signals) -> None:
    with serving(pages.hanging_second_page()) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        audit.process.send_signal(how)
        done = audit.end()
    interrupted(done, where)
    assert [page.key for page in done.report.pages] == ["/"]
    assert done.report.outcomes


def interrupted(done: Audited, where: Place) -> None:
    judged(done, where, code=INTERRUPTED)
    assert done.report.run.interrupted
    assert "was interrupted" in done.report.run.why
    assert "was interrupted" in done.said


def audit_of_hanging_page(where: Place, url: str) -> Started:
    settings = {"templates": {"/stuck": "content"}, "panel": {"home": 1, "content": 1}, "devices": ["mobile"]}
    options = where.config(allow_private=True, politeness={"delay_s": 0}, **settings)
    return Started(where, "audit", url, "--out", str(where.path / "run"), *options)


@pytest.mark.slow
def test_killed_in_discovery(where: Place) -> None:
    with serving(pages.many_pages(), pages.slow_page) as shop:
        audit = start_audit(where, shop.url, "--max-pages", "400")
        audit.wait_for("discover")
        shop.wait_until_asked_pages(10)
        again = killed_and_replayed(audit, where)
    assert again.code == NOTHING_JUDGED
    assert again.report.discovery["fetched"] >= 2


@pytest.mark.slow
def test_killed_in_visits(where: Place) -> None:
    with serving(pages.hanging_second_page()) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        again = killed_and_replayed(audit, where)
    assert again.code == PARTIAL
    assert [page.key for page in again.report.pages] == ["/"]
    assert again.report.run.ended == "partial"


def killed_and_replayed(audit: Started, where: Place) -> Audited:
    """Kill the auditor alone, look for what it left, and run ``auditor replay`` on its folder."""
    family = audit.descendants()
    assert any("python" in process.name() or "node" in process.name() for process in family)
    audit.process.kill()
    killed = audit.end()
    assert killed.code == -signal.SIGKILL
    assert where.left(family) == []
    again = Started(where, "replay", str(killed.folder), folder=killed.folder).end()
    assert "ended from outside" in again.said
    judged(again, where, code=again.code)
    return again


@pytest.mark.slow
def test_killed_browser_is_started_again(where: Place) -> None:
    with serving(pages.hanging_second_page() | {"/never.png": pages.after_the_first}) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        audit.browser().kill()
        done = audit.end()
    judged(done, where)
    assert "The browser died and is started again." in done.said
    assert {page.key: page.ended for page in done.report.pages} == {"/": Ended.LOADED, "/stuck": Ended.LOADED}


ABSENCES = frozenset(
    {
        "navigation/breadcrumb-missing", "navigation/menu-missing", "navigation/search-missing", "navigation/not-found-page",
        "product/price-unclear", "product/availability-unclear", "imagery/main-image-missing",
        "trust/contact-unreachable", "trust/email-missing", "trust/phone-missing", "trust/policies-missing",
    }
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", [GEORGIAN, AMHARIC], ids=["Georgian", "Amharic"])
def test_nothing_is_called_absent_in_a_language_without_words(where: Place, words: dict[str, str]) -> None:
    with serving(unread_shop(words), not_found(words)) as shop:
        panel = {"home": 1, "category": 1, "product": 1, "content": 1}
        templates = {"/i*": "product", "/t*": "content"}
        options = where.config(politeness={"delay_s": 0}, panel=panel, templates=templates)
        done = Started(
            where, "audit", shop.url, "--allow-private", "--devices", "mobile", "--max-pages", "25",
            "--out", str(where.path / "run"), *options,
        ).end()  # fmt: skip
    judged(done, where)
    assert {page.template for page in done.report.pages} == set(panel)
    assert {page.ended for page in done.report.pages} == {Ended.LOADED}
    called = {finding.check: finding.found for finding in done.report.findings if finding.verdict is Verdict.FAILED}
    assert not ABSENCES & called.keys(), called
    assert done.report.outcomes["trust/policies-missing"].keys() == {Verdict.NEEDS_REVIEW}


def test_run_folder_that_is_a_file(where: Place) -> None:
    taken = where.path / "report"
    taken.write_text("mine")
    done = audit(where, "http://shop.example/", folder=taken)
    assert done.code == USAGE
    assert "Choose another --out" in done.said
    assert taken.read_text() == "mine"
    clean(done, where)


def test_run_folder_that_is_not_empty(where: Place) -> None:
    taken = where.path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    done = audit(where, "http://shop.example/", folder=taken)
    assert done.code == USAGE
    assert "is not empty (mine.txt" in done.said
    assert "Choose another --out" in done.said
    assert [entry.name for entry in taken.iterdir()] == ["mine.txt"]
    clean(done, where)


def test_browser_that_does_not_start(where: Place) -> None:
    broken = where.path / "chromium"
    broken.write_text('#!/bin/sh\ntest "$1" = --version && echo "Chromium 150.0.1.2" || exit 1\n')
    broken.chmod(0o755)
    with serving({"/": pages.page("Home")}) as shop:
        done = audit(where, shop.url, environment={"AUDITOR_CHROMIUM": str(broken)})
    assert done.code == USAGE
    assert "could not be started" in done.said
    assert "auditor doctor" in done.said
    clean(done, where)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own under ``folder``; skips where this process may not mount one."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mounting, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.slow
def test_disk_that_is_full_in_discovery(where: Place) -> None:
    with small_disk(where.path / "disk", 1), serving(fallback=pages.page_of_many_links) as shop:
        done = audit(where, shop.url, "--max-pages", "400", folder=where.path / "disk" / "run")
        assert done.code == NOTHING_JUDGED, done.said
        told_of_full_disk(done, where)
        assert (done.folder / "discovery" / "pages.jsonl").stat().st_size > 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_disk_that_is_full_in_visits(where: Place) -> None:
    with serving(pages.hanging_second_page() | {"/never.png": pages.after_the_first}) as shop:
        audit = audit_of_hanging_page(where, shop.url)
        audit.wait_for("visit 2/2")
        shop.wait_until_asked("/never.png")
        page = RunFolder.open(audit.folder).panel().pages[1].page
        visit = audit.folder / "pages" / folder_name(page, Device.MOBILE)
        visit.mkdir(exist_ok=True)
        (visit / "viewport.jpg").symlink_to("/dev/full")
        shop.release()
        done = audit.end()
    judged(done, where, code=PARTIAL)
    told_of_full_disk(done, where)
    assert "make room" in done.report.run.why
    assert [page.key for page in done.report.pages] == ["/"]


def told_of_full_disk(done: Audited, where: Place) -> None:
    assert "The run folder could not be written (No space left on device)" in done.said
    assert "make room" in done.said
    clean(done, where)
