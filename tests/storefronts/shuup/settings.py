# mypy: disable-error-code="import-not-found"
"""Django settings: those of Shuup's own workbench, one SQLite file, and folder and language from outside."""

import os
from pathlib import Path

os.environ.setdefault("SHUUP_WORKBENCH_BASE_DIR", os.environ["SHUUP_FOLDER"] + "/shop")

from shuup_workbench.settings import base_settings
from shuup_workbench.settings.base_settings import *  # noqa: F403

from tests.storefronts.shuup import newer_python  # noqa: F401

INSTALLED_APPS = [*base_settings.INSTALLED_APPS, "shuup.testing"]
FOLDER = Path(os.environ["SHUUP_FOLDER"])
DEBUG = False
SECRET_KEY = "a-shop-that-lives-for-minutes"
MIRAGE_SECRET_KEY = "0123456789abcdef0123456789abcdef"
ROOT_URLCONF = "tests.storefronts.shuup.urls"
LANGUAGE_CODE = os.environ.get("SHUUP_LANGUAGE", "en")
LANGUAGES = [(LANGUAGE_CODE, LANGUAGE_CODE)]
PARLER_DEFAULT_LANGUAGE_CODE = LANGUAGE_CODE
PARLER_LANGUAGES = {
    None: [{"code": LANGUAGE_CODE}],
    "default": {"fallbacks": [LANGUAGE_CODE], "hide_untranslated": False},
}
MEDIA_ROOT = str(FOLDER / "media")
STATIC_ROOT = str(FOLDER / "static")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(FOLDER / "shop.sqlite3"),
        "OPTIONS": {"timeout": 20},
    }
}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {"version": 1, "disable_existing_loggers": True}
SHUUP_SETUP_WIZARD_PANE_SPEC: list[str] = []
