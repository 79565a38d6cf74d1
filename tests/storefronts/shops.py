"""Start a storefront that this project did not write, for as long as a `with` block lasts."""

import os
import selectors
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
START_SECONDS = 110.0
INSTALL_SECONDS = 900.0
END_SECONDS = 20.0


class ShopNotStarted(Exception):
    """The shop's process ended, or was silent too long; the message carries what it wrote."""


@dataclass(frozen=True)
class Storefront:
    """A running shop: its address (with the final slash), how many orders it holds now, and how to end it early."""

    url: str
    orders: Callable[[], int]
    stop: Callable[[], None]


@contextmanager
def oscar(language: str = "en-gb", currency: str = "GBP") -> Iterator[Storefront]:
    """django-oscar with its own templates and a catalogue of ours, on a free loopback port.

    `language` is that of the interface (any locale of django-oscar); the catalogue stays English. The first start on
    a machine seeds a cached copy, which takes longer. Raises `ShopNotStarted`.
    """
    arguments = ["tests.storefronts.oscar", "--language", language, "--currency", currency]
    with _started("oscar-", arguments, START_SECONDS, _oscar_orders) as shop:
        yield shop


@contextmanager
def evershop() -> Iterator[Storefront]:
    """EverShop with its own theme and demo data: slow to install the first time. Raises `ShopNotStarted`."""
    with _started("evershop-", ["tests.storefronts.evershop"], INSTALL_SECONDS, _evershop_orders) as shop:
        yield shop


@contextmanager
def cartridge(language: str = "en") -> Iterator[Storefront]:
    """Cartridge on Mezzanine, from the catalogue that django-oscar has here; `language` is that of the interface.

    One page asks for billing and delivery address together, the next for the card, a third sums up; products have
    sizes to choose. The first start on a machine installs it. Raises `ShopNotStarted`.
    """
    arguments = ["tests.storefronts.cartridge", "--language", language]
    with _started("cartridge-", arguments, INSTALL_SECONDS, _cartridge_orders) as shop:
        yield shop


@contextmanager
def shuup(language: str = "en") -> Iterator[Storefront]:
    """Shuup, from the catalogue that django-oscar has here; `language` is that of the interface.

    A veil lies over the page while goods go into the cart; one page asks for both addresses, the next for delivery
    and payment, the third sums up. The first start on a machine installs it. Raises `ShopNotStarted`.
    """
    arguments = ["tests.storefronts.shuup", "--language", language]
    with _started("shuup-", arguments, INSTALL_SECONDS, _shuup_orders) as shop:
        yield shop


@contextmanager
def pretix(language: str = "en") -> Iterator[Storefront]:
    """pretix, a shop for tickets, workshops and goods to pick up; `language` is that of the interface.

    All products are on one page with a number to choose for each, and nothing is delivered. The first start on a
    machine installs it. Raises `ShopNotStarted`.
    """
    arguments = ["tests.storefronts.pretix", "--language", language]
    with _started("pretix-", arguments, INSTALL_SECONDS, _pretix_orders) as shop:
        yield shop


@contextmanager
def _started(prefix: str, arguments: list[str], seconds: float, orders: Callable[[Path], int]) -> Iterator[Storefront]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    command = [sys.executable, "-m", *arguments, "--until-input-ends", "--folder", str(folder)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)

        def stop() -> None:
            _end(process)
            shutil.rmtree(folder, ignore_errors=True)

        try:
            url = _first_line(process, log, seconds)
            with urlopen(url, timeout=seconds):
                pass
            yield Storefront(url, lambda: orders(folder), stop)
        finally:
            stop()


def end_with_input() -> None:
    """Interrupt this process when its standard input closes.

    The starter holds the other end, which closes when the starter ends, however it ends.
    """

    def watch() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _first_line(process: subprocess.Popen[bytes], log: IO[bytes], seconds: float) -> str:
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        ready = selector.select(seconds)
    line = process.stdout.readline().decode().strip() if ready else ""
    if not line:
        log.seek(0)
        written = log.read()[-4000:].decode(errors="replace")
        raise ShopNotStarted(f"the shop printed no address within {seconds:.0f} s; it wrote:\n{written}")
    return line


def _end(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _oscar_orders(folder: Path) -> int:
    return _rows(folder / "shop.sqlite3", "order_order")


def _cartridge_orders(folder: Path) -> int:
    return _rows(folder / "shop.sqlite3", "shop_order")


def _shuup_orders(folder: Path) -> int:
    return _rows(folder / "shop.sqlite3", "shuup_order")


def _pretix_orders(folder: Path) -> int:
    return _rows(folder / "db.sqlite3", "pretixbase_order")


def _rows(database: Path, table: str) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
        (count,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    return int(count)


def _evershop_orders(folder: Path) -> int:
    count = ["psql", "-h", str(folder), "-U", "postgres", "-Atc", 'SELECT COUNT(*) FROM "order"']
    return int(subprocess.run(count, check=True, capture_output=True).stdout)
