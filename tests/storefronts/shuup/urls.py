# mypy: disable-error-code="import-not-found"
"""The addresses of Shuup's own workbench, and uploads (Django serves them itself only with DEBUG on)."""

from django.conf import settings
from django.urls import include, re_path
from django.views.static import serve

urlpatterns = [
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    re_path(r"^", include("shuup_workbench.urls")),
]
