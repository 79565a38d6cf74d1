"""Facts of one page as discovery reads them from raw HTML."""

from typing import Any

from auditor.evidence import FormFacts, PageFacts, PageSignals
from auditor.settings import ShopSettings

HOME = "https://shop.example/"
SHOP = ShopSettings(start_url=HOME)
ADD = FormFacts(action="/cart/add", method="post", names=("id", "quantity", "add"))


def page(path: str, *, facts: dict[str, Any] | None = None, **signals: Any) -> PageFacts:
    """A page of shop.example that was answered with HTML. ``facts`` are fields of PageFacts, the rest of PageSignals."""
    return PageFacts(
        url=f"https://shop.example{path}", final_url=f"https://shop.example{path}", key=path, status=200,
        content_type="text/html; charset=utf-8", signals=PageSignals(**signals), **(facts or {}),
    )  # fmt: skip
