# mypy: disable-error-code="import-not-found"
"""Run by the shop's own Python: serve on loopback and print the address."""

import os
import sys

from tests.storefronts.shops import end_with_input


def main() -> None:
    end_with_input()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.storefronts.shuup.settings"
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from parler.models import TranslatedFieldsModelMixin

    # The catalogue is written in English; Shuup shows what is written in a language of the shop.
    for model in apps.get_models():
        if issubclass(model, TranslatedFieldsModelMixin):
            model.objects.filter(language_code="en").update(language_code=settings.LANGUAGE_CODE)
    server = ThreadedWSGIServer(("127.0.0.1", int(sys.argv[1])), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
