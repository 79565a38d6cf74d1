# mypy: disable-error-code="import-not-found"
"""The addresses of Cartridge's own project template, and uploads (Django serves them itself only with DEBUG on)."""

from cartridge.shop.views import order_history
from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from mezzanine.core.views import direct_to_template

urlpatterns = [
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    path("shop/", include("cartridge.shop.urls")),
    path("account/orders/", order_history, name="shop_order_history"),
    path("", direct_to_template, {"template": "index.html"}, name="home"),
    path("", include("mezzanine.urls")),
]

handler404 = "mezzanine.core.views.page_not_found"
handler500 = "mezzanine.core.views.server_error"
