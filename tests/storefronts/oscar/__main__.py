"""Serve the shop until it is told to end.

`python -m tests.storefronts.oscar --language pl --port 8000` is for a person: it prints the address, Ctrl-C ends it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tests.storefronts.by_hand import options_of, start
from tests.storefronts.own_python import cache

HERE = Path(__file__).parent
SEEDING = ("catalogue.py", "photograph.py", "seed.py", "settings.py")


def seeded() -> Path:
    """A folder with a complete shop, made on the first call and kept until the code that makes it changes."""
    key = sha256("".join(version(name) for name in ("django", "django-oscar", "sorl-thumbnail", "pillow")).encode())
    for source in SEEDING:
        key.update((HERE / source).read_bytes())
    shelf = cache()
    folder = shelf / f"oscar-{key.hexdigest()[:16]}"
    # Parallel test workers start at the same moment: one seeds, the others wait. The lock goes with its process.
    with (shelf / "oscar.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = Path(tempfile.mkdtemp(dir=shelf, prefix="unfinished-"))
            try:
                subprocess.run([sys.executable, "-m", "tests.storefronts.oscar.seed", str(unfinished)], check=True)
                unfinished.rename(folder)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def serve(folder: Path, port: int, language: str, currency: str) -> None:
    """Serve the shop in `folder` on loopback and print its address once it listens."""
    os.environ |= {"OSCAR_FOLDER": str(folder), "OSCAR_LANGUAGE": language, "OSCAR_CURRENCY": currency}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.oscar.settings"
    import django

    django.setup()
    from django.apps import apps
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    apps.get_model("partner", "StockRecord").objects.update(price_currency=currency)
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def main() -> None:
    options = options_of("oscar", "the django-oscar shop")
    options.add_argument(
        "--language", default="en-gb", help="of django-oscar's interface: en-gb, pl, fa, de ... (%(default)s)"
    )
    options.add_argument("--currency", default="GBP", help="of every price (%(default)s)")
    chosen = options.parse_args()

    def filled(folder: Path) -> None:
        shutil.copytree(seeded(), folder, dirs_exist_ok=True)
        serve(folder, chosen.port, chosen.language, chosen.currency)

    start("oscar", chosen, filled)


if __name__ == "__main__":
    main()
