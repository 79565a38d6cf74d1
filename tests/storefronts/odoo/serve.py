# mypy: disable-error-code="import-not-found,import-untyped"
"""Run by the shop's own Python: serve on loopback and print the address."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

from tests.storefronts.odoo import newer_python  # noqa: F401
from tests.storefronts.shops import end_with_input

LANGUAGES = {"en": "en_US", "pl": "pl_PL", "fa": "fa_IR"}


def settings() -> list[str]:
    """The command line of Odoo, one process, no jobs of its own, database and files in the folder."""
    folder = os.environ["ODOO_FOLDER"]
    quiet = ["--log-level=error", "--no-database-list", "--max-cron-threads=0", "--workers=0"]
    return ["-d", "shop", "--db_host", folder, "--db_user=odoo", "--data-dir", f"{folder}/files", *quiet]


@contextmanager
def opened() -> Iterator[Any]:
    """Odoo's environment of models; what was written is kept at the end of the block."""
    import odoo

    registry = odoo.registry("shop")
    with odoo.api.Environment.manage(), registry.cursor() as cursor:
        yield odoo.api.Environment(cursor, odoo.SUPERUSER_ID, {"active_test": False})


def main() -> None:
    end_with_input()
    import odoo

    port, language = int(sys.argv[1]), LANGUAGES[sys.argv[2]]
    url = f"http://127.0.0.1:{port}/"
    odoo.tools.config.parse_config([*settings(), "--http-interface=127.0.0.1", f"--http-port={port}"])
    with opened() as environment:
        chosen = environment["res.lang"].search([("code", "=", language)])
        chosen.active = True
        for site in environment["website"].search([]):
            site.write({"language_ids": [(6, 0, chosen.ids)], "default_lang_id": chosen.id})
        environment["ir.config_parameter"].set_param("web.base.url", url.rstrip("/"))
        environment["ir.config_parameter"].set_param("web.base.url.freeze", "True")

    def announce() -> None:
        # The first page waits for the styles to be made.
        with urlopen(f"{url}shop", timeout=100):
            print(url, flush=True)

    threading.Timer(1.0, announce).start()
    odoo.service.server.start(preload=["shop"], stop=False)


if __name__ == "__main__":
    main()
