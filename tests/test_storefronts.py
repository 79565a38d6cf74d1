"""The borrowed storefronts start, sell, count their orders and leave nothing behind."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.storefronts import shops
from tests.storefronts.oscar.catalogue import SHELVES
from tests.storefronts.oscar.photograph import OUTLINES, SIDE, photograph
from tests.storefronts.shops import ShopNotStarted, Storefront, oscar

STARTER = """
import sys
from tests.storefronts.shops import oscar
with oscar() as shop:
    print(shop.url, flush=True)
    sys.stdin.read()
"""


def _read(opener: OpenerDirector, url: str) -> BeautifulSoup:
    with opener.open(url, timeout=60) as answer:
        return BeautifulSoup(answer.read(), "lxml")


def _submit(opener: OpenerDirector, at: str, form: str, **filled: str) -> tuple[str, BeautifulSoup]:
    found = _read(opener, at).select_one(form)
    assert found is not None, f"no {form} at {at}"
    fields = {
        str(field["name"]): str(field.get("value", "")) for field in found.select("input[name]:not([type=radio])")
    }
    for chosen in found.select("select[name]:has(option[selected])"):
        fields[str(chosen["name"])] = str(chosen.select("option[selected]")[0]["value"])
    body = urlencode(fields | filled).encode()
    with opener.open(urljoin(at, str(found.get("action") or at)), body, timeout=60) as answer:
        return answer.url, BeautifulSoup(answer.read(), "lxml")


def _until(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _refuses(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return False
    except (URLError, ConnectionError):
        return True


def test_photographs_are_reproducible_distinct_and_large() -> None:
    pictures = {photograph(shape, 3) for shape in ("cup", "lamp")} | {photograph("cup", 4)}
    assert len(pictures) == 3
    assert photograph("cup", 3) in pictures
    assert Image.open(BytesIO(photograph("cup", 3))).size == (SIDE, SIDE)


def test_every_shelf_has_an_outline() -> None:
    assert {shelf.shape for shelf in SHELVES} <= OUTLINES.keys()


@pytest.mark.server
def test_oscar_lists_its_whole_catalogue(oscar_shop: Storefront) -> None:
    opener = build_opener()
    titles: set[str] = set()
    for page in (1, 2, 3):
        listing = _read(opener, f"{oscar_shop.url}catalogue/?page={page}")
        titles |= {str(link["title"]) for link in listing.select(".product_pod h3 a")}
    assert {name for shelf in SHELVES for name in shelf.products} < titles
    assert len(titles) == 41


@pytest.mark.server
def test_oscar_searches_and_shows_pictures(oscar_shop: Storefront) -> None:
    opener = build_opener()
    found = _read(opener, f"{oscar_shop.url}search/?q=saucepan").select(".product_pod")
    assert [pod.h3.get_text(strip=True) for pod in found if pod.h3] == ["Copper saucepan"]
    source = found[0].select("img")[0]["src"]
    with opener.open(urljoin(oscar_shop.url, str(source))) as answer:
        assert Image.open(BytesIO(answer.read())).width >= 100


@pytest.mark.server
def test_oscar_answers_errors_with_its_own_page_and_no_debugging(oscar_shop: Storefront) -> None:
    with pytest.raises(HTTPError) as raised:
        build_opener().open(f"{oscar_shop.url}no-such-page/")
    assert raised.value.code == 404
    page = raised.value.read().decode()
    raised.value.close()
    assert "jumbotron" in page
    assert "DEBUG" not in page


@pytest.mark.server
def test_oscar_sells_to_a_guest_and_counts_the_order() -> None:
    with oscar("pl", "EUR") as shop:
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        product = f"{shop.url}catalogue/tall-enamel-mug_2/"
        assert str(_read(opener, product).select("html")[0]["lang"]) == "pl"
        assert re.search(r"11,75\s*€", _read(opener, product).get_text())
        _submit(opener, product, "#add_to_basket_form", quantity="1")
        _submit(opener, f"{shop.url}checkout/", "form", username="a@shop.example", options="anonymous")
        address = {
            "first_name": "A",
            "last_name": "B",
            "line1": "1 Road",
            "line4": "York",
            "postcode": "N1 9GU",
            "country": "GB",
        }
        reached, _ = _submit(opener, f"{shop.url}checkout/shipping-address/", "#new_shipping_address", **address)
        assert reached.endswith("/checkout/payment-details/")
        assert shop.orders() == 0
        _submit(opener, f"{shop.url}checkout/preview/", "#place_order_form")
        assert shop.orders() == 1


@pytest.mark.server
def test_oscar_ends_with_its_block_and_removes_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with oscar() as shop:
        assert list(tmp_path.glob("*/shop.sqlite3"))
    assert _refuses(shop.url)
    assert not list(tmp_path.iterdir())


@pytest.mark.server
def test_oscar_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER],
        cwd=shops.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=_temporary(tmp_path),
    )
    with starter:
        assert starter.stdout is not None
        url = starter.stdout.readline().decode().strip()
        starter.send_signal(signal.SIGKILL)
    assert _until(lambda: _refuses(url))
    assert _until(lambda: not list(tmp_path.glob("oscar-*")))


def _temporary(folder: Path) -> dict[str, str]:
    cache = os.environ.get("AUDITOR_TEST_CACHE") or str(Path(tempfile.gettempdir()) / f"auditor-test-{os.getuid()}")
    return {**os.environ, "TMPDIR": str(folder), "AUDITOR_TEST_CACHE": cache}


@pytest.mark.server
def test_a_shop_that_cannot_start_says_what_it_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "not-a-folder"
    occupied.touch()
    monkeypatch.setenv("AUDITOR_TEST_CACHE", str(occupied))
    with pytest.raises(ShopNotStarted, match="not-a-folder"), oscar():
        pass
