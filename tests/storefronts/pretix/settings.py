# mypy: disable-error-code="import-not-found"
"""pretix's own settings; only what would reach for the network or a mail server is put out of use."""

import os
from typing import ClassVar

from pretix.settings import *  # noqa: F403

EMAIL_BACKEND = EMAIL_CUSTOM_SMTP_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
}


class _TablesFromModels:
    """Every app counts as having no migrations: running hundreds of them takes minutes, tables from the models seconds."""

    modules: ClassVar[None] = None

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return self.modules


MIGRATION_MODULES = _TablesFromModels()
ROOT_URLCONF = "tests.storefronts.pretix.urls"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.storefronts.pretix.settings")
