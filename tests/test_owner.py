"""Who can put a finding right: told by addresses, by who brought a file in, by places on the page and by the row."""

import pytest

from auditor.evidence import Requests
from auditor.finding import Area, Certainty, Finding, OwnerKind, Severity, Verdict
from auditor.owner import owned
from tests.factories import at, page_evidence, request, shop_evidence


def finding(**fields: object) -> Finding:
    whole = {
        "check": "speed/page-heavy", "row": "SPD-008", "area": Area.SPEED, "severity": Severity.MODERATE,
        "verdict": Verdict.FAILED, "certainty": Certainty.CERTAIN, "template": None, "devices": (), "pages": ("/",),
        "selector": None, "found": "", "fingerprint": "0" * 16, "reach": 0.6,
    }  # fmt: skip
    return Finding.model_validate(whole | fields)


def told(one: Finding, *requests: object) -> tuple[OwnerKind, str]:
    visits = (page_evidence("home", requests=Requests.model_validate({"items": requests})),)
    (found,) = owned([one], shop_evidence(visits=visits))
    assert (found.owner_kind is OwnerKind.UNKNOWN) == (found.owner_because == "")
    return found.owner_kind, found.owner_name


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/wp-content/plugins/yith-wishlist/a.js", OwnerKind.APP, "yith-wishlist"),
        ("/wp-content/themes/storefront/style.css", OwnerKind.THEME, "storefront"),
        ("/wp-content/uploads/2026/mug.jpg", OwnerKind.CONTENT, ""),
        ("https://cdn.shopify.com/extensions/0f2c/reviews-app/assets/a.js", OwnerKind.APP, "reviews-app"),
        ("/cdn/shop/t/12/assets/theme.js?v=1", OwnerKind.THEME, ""),
        ("/cdn/shop/files/mug.jpg", OwnerKind.CONTENT, ""),
        ("/static/version17/frontend/Acme/blue/pl_PL/Amasty_Label/js/a.js", OwnerKind.APP, "Amasty_Label"),
        ("/static/version17/frontend/Acme/blue/pl_PL/Magento_Theme/js/a.js", OwnerKind.THEME, "blue"),
        ("/modules/ps_banner/banner.css", OwnerKind.APP, "ps_banner"),
        ("/media/catalog/product/m/u/mug.jpg", OwnerKind.CONTENT, ""),
    ],
)
def test_an_address_tells_by_the_folders_of_platforms(address: str, kind: OwnerKind, name: str) -> None:
    assert told(finding(values={"url": at(address)})) == (kind, name)


def test_who_brought_a_file_in_outranks_whose_it_is() -> None:
    pixel = at("https://pixel.example.net/p.js")
    direct = request(url=pixel, party="third")
    tagged = request(url=pixel, party="third", stack_urls=("https://www.googletagmanager.com/gtm.js?id=1",))
    assert told(finding(values={"url": pixel}), direct) == (OwnerKind.THIRD_PARTY, "pixel.example.net")
    assert told(finding(values={"url": pixel}), tagged) == (OwnerKind.TAG_MANAGER, "www.googletagmanager.com")
    assert told(finding(owner="pixel.example.net"), tagged)[0] is OwnerKind.TAG_MANAGER
    assert told(finding(owner="www.googletagmanager.com")) == (OwnerKind.TAG_MANAGER, "www.googletagmanager.com")


def test_places_on_the_page_name_apps_and_what_every_page_has_is_the_theme() -> None:
    assert told(finding(selector="#shopify-block-judge > .jdgm-widget"))[0] is OwnerKind.APP
    everywhere = finding(selector="footer a", pages=("/", "/a"), reach=1.0)
    assert told(everywhere) == (OwnerKind.THEME, "")
    assert told(finding(selector="main p", pages=("/a",), reach=0.2)) == (OwnerKind.CONTENT, "")


def test_a_row_tells_and_what_nothing_tells_is_said_as_unknown() -> None:
    assert told(finding(row="PDP-006")) == (OwnerKind.CONTENT, "")
    assert told(finding(row="SPD-005")) == (OwnerKind.SHOP, "")
    assert told(finding(selector="main p", pages=("/", "/a"), reach=0.8)) == (OwnerKind.UNKNOWN, "")
    assert told(finding(values={"url": at("/p/mug")})) == (OwnerKind.UNKNOWN, "")
