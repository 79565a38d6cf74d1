# mypy: disable-error-code="import-not-found"
"""pretix's own addresses, and uploads (it leaves those to a web server)."""

from django.conf import settings
from django.urls import re_path
from django.views.static import serve
from pretix.multidomain.maindomain_urlconf import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}), *urlpatterns]
