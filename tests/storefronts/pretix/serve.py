# mypy: disable-error-code="import-not-found"
"""Run by the shop's own Python: serve on loopback and print the address."""

import os
import sys

from tests.storefronts.shops import end_with_input


def main() -> None:
    end_with_input()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.pretix.settings"
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django_scopes import scopes_disabled
    from pretix.base.models import Event

    port, language = int(sys.argv[1]), sys.argv[2]
    with scopes_disabled():
        for event in Event.objects.all():
            event.settings.locales = [language]
            event.settings.locale = language
            event.organizer.settings.locales = [language]
            event.organizer.settings.locale = language
    server = ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(f"http://127.0.0.1:{server.server_port}/rowan/fair/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
