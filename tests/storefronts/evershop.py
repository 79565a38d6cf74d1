"""EverShop from npm with its own theme and demo data, on a throw-away PostgreSQL; opt-in, for it installs for minutes.

`python -m tests.storefronts.evershop` is for a person: it prints the address, Ctrl-C ends it. It needs npm, and
PostgreSQL's programs on the path. One runs at a time: EverShop keeps uploads beside its installed code.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.storefronts.by_hand import options_of, start
from tests.storefronts.oscar.photograph import photograph
from tests.storefronts.postgres import postgres

# EverShop imports concat-stream without declaring it.
PACKAGES = ("@evershop/evershop@2.2.1", "concat-stream@2.0.0")
LOOPBACK = Path(__file__).with_name("evershop_loopback.cjs")
SHAPES = {"CUP": "cup", "PEN": "pen", "BOWL": "pan", "VASE": "planter", "THERMO": "lamp"}
START_SECONDS = 120.0
SEEDED = (("attributes", "categories", "collections"), ("products", "pages", "blog"))


def run(folder: Path, port: int) -> None:
    """Serve the shop until interrupted; PostgreSQL's files live in `folder`, which may be removed afterwards."""
    cache = Path(os.environ.get("AUDITOR_TEST_CACHE") or Path(tempfile.gettempdir()) / f"auditor-test-{os.getuid()}")
    place = cache / f"evershop-{PACKAGES[0].rpartition('@')[2]}"
    place.mkdir(parents=True, exist_ok=True)
    port = port or _free_port()
    url = f"http://127.0.0.1:{port}/"
    with (cache / "evershop.lock").open("w") as lock, ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stack.enter_context(postgres(folder))
        environment = _environment(folder, url, port)
        _forget_last_shop(place)
        _install(place, environment)
        shop = stack.enter_context(_process([*_evershop(), "start"], place, environment))
        _wait_for(url, shop)
        # A product that is announced before its category has an address stays without the category in its own.
        for kinds in SEEDED:
            seed = [*_evershop(), "seed", *(f"--{kind}" for kind in kinds)]
            subprocess.run(seed, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)
            _wait_for_events(folder)
        _photographs(place, folder)
        _delivery(folder)
        print(url, flush=True)
        shop.wait()


def _forget_last_shop(place: Path) -> None:
    # Uploads, resized pictures and sitemaps are files beside the code, with the last shop's port in them.
    for name in ("media", "public", ".evershop/images", ".evershop/sitemap"):
        shutil.rmtree(place / name, ignore_errors=True)
    for name in ("media", "public"):
        (place / name).mkdir()


def _evershop() -> list[str]:
    return ["node", "node_modules/@evershop/evershop/dist/bin/evershop.js"]


def _environment(folder: Path, url: str, port: int) -> dict[str, str]:
    database = {"DB_HOST": str(folder), "DB_PORT": "5432", "DB_NAME": "postgres", "DB_USER": "postgres"}
    settings = {"shop": {"homeUrl": url.rstrip("/")}, "system": {"cod": {"status": 1}}}
    return {
        **os.environ,
        **database,
        "DB_PASSWORD": "unused",
        "DB_SSLMODE": "disable",
        "PORT": str(port),
        "NODE_CONFIG": json.dumps(settings),
        "NODE_OPTIONS": f"--require {LOOPBACK}",
        "SUPPRESS_NO_CONFIG_WARNING": "1",
    }


def _install(place: Path, environment: dict[str, str]) -> None:
    done = place / "installed"
    if done.exists():
        return
    (place / "package.json").write_text('{"name": "shop", "private": true, "type": "module"}')
    (place / "config").mkdir(exist_ok=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(["npm", "install", *quiet, *PACKAGES], cwd=place, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*_evershop(), "build"], cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)
    done.touch()


@contextmanager
def _process(command: list[str], place: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=place, env=environment, stdout=sys.stderr, start_new_session=True)
    try:
        yield process
    finally:
        # Its event and cron processes outlive it otherwise.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(url: str, shop: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while shop.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=START_SECONDS):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"EverShop did not answer at {url}")


def _wait_for_events(folder: Path) -> None:
    """Another process of the shop hears of what is new, and gives it its address."""
    waiting = "SELECT count(*) FROM event WHERE status IN ('pending', 'processing')"
    ask = ["psql", "-h", str(folder), "-U", "postgres", "-Atc", waiting]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ask, check=True, capture_output=True).stdout.strip() != b"0":
        if time.monotonic() > deadline:
            raise RuntimeError("EverShop did not work off its events")
        time.sleep(0.1)


def _photographs(place: Path, folder: Path) -> None:
    """The demo data's pictures are on the network: give each product one of ours."""
    query = ["psql", "-h", str(folder), "-U", "postgres", "-At", "-F", " "]
    listed = subprocess.run([*query, "-c", "SELECT product_id, sku FROM product"], check=True, capture_output=True)
    shelf = place / "media" / "catalog"
    shelf.mkdir(parents=True, exist_ok=True)
    for line in listed.stdout.decode().splitlines():
        number, sku = line.split(" ", 1)
        (shelf / f"{number}.jpg").write_bytes(photograph(SHAPES[sku.partition("-")[0]], int(number)))
    insert = (
        "INSERT INTO product_image (product_image_product_id, origin_image, is_main)"
        " SELECT product_id, '/assets/catalog/' || product_id || '.jpg', true FROM product"
    )
    subprocess.run([*query, "-c", insert], check=True, stdout=subprocess.DEVNULL)


def _delivery(folder: Path) -> None:
    """The demo data delivers nowhere: one way to send, to four countries."""
    sql = """
        WITH zone AS (INSERT INTO shipping_zone (name) VALUES ('Everywhere') RETURNING shipping_zone_id AS id),
        country AS (INSERT INTO shipping_zone_country (zone_id, country)
            SELECT zone.id, code FROM zone, unnest(ARRAY['US', 'GB', 'PL', 'DE']) code),
        provider AS (INSERT INTO shipping_zone_provider (zone_id, provider_code) SELECT id, 'core' FROM zone),
        method AS (INSERT INTO core_shipping_method (name) VALUES ('Post') RETURNING core_shipping_method_id AS id)
        INSERT INTO core_shipping_method_rate (method_id, zone_id, cost) SELECT method.id, zone.id, 5 FROM method, zone
    """
    insert = ["psql", "-h", str(folder), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", sql]
    subprocess.run(insert, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main() -> None:
    chosen = options_of("evershop", "the EverShop shop").parse_args()
    start("evershop", chosen, lambda folder: run(folder, chosen.port))


if __name__ == "__main__":
    main()
