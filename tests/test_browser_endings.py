"""How a visit ended, by what answered."""

import pytest

from auditor.browser.endings import Loaded, judge_ending
from auditor.evidence import Ended, Template

URL = "https://shop.example/mugs/blue"
SHOP_TEXT = "Blue mug for tea and coffee, dishwasher safe. " * 60


def load(**facts: object) -> Loaded:
    return Loaded(**({"wanted_url": URL, "final_url": URL, "status": 200, "text": SHOP_TEXT, "links": 40} | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "ended"),
    [
        ({}, Ended.LOADED),
        ({"failure": "net::ERR_NAME_NOT_RESOLVED at x"}, Ended.HTTP_ERROR),
        ({"status": 404}, Ended.HTTP_ERROR),
        ({"status": 500}, Ended.HTTP_ERROR),
        ({"status": 429}, Ended.BLOCKED),
        ({"status": 403, "text": "Forbidden"}, Ended.BLOCKED),
        ({"status": 401, "text": "Unauthorized"}, Ended.LOGIN),
        ({"status": 511, "text": "Log in to the network"}, Ended.CAPTIVE_PORTAL),
        ({"status": 503, "text": "Be right back", "headers": {"retry-after": "600"}}, Ended.MAINTENANCE),
        ({"status": 503, "text": "Przerwa techniczna. Zaraz wracamy."}, Ended.MAINTENANCE),
        ({"status": 503, "text": "Backend fetch failed"}, Ended.HTTP_ERROR),
        ({"text": "سایت در دست تعمیر است", "links": 1}, Ended.MAINTENANCE),
        ({"status": 403, "headers": {"server": "cloudflare", "cf-mitigated": "challenge"}}, Ended.BLOCKED),
        (
            {"text": "Just a moment...", "html": "<script src='/cdn-cgi/challenge-platform/x'>", "links": 0},
            Ended.BLOCKED,
        ),
        ({"text": "", "frame_urls": ("https://geo.captcha-delivery.com/captcha/",), "links": 0}, Ended.BLOCKED),
        ({"final_url": "https://shop.example/login?next=/mugs", "has_password": True, "text": "Log in"}, Ended.LOGIN),
        (
            {"final_url": "https://wifi.example/", "same_site": False, "text": "Hotel Wi-Fi login", "links": 2},
            Ended.CAPTIVE_PORTAL,
        ),
        ({"content_type": "application/pdf", "text": ""}, Ended.HTTP_ERROR),
    ],
)
def test_what_answered_decides(facts: dict[str, object], ended: Ended) -> None:
    found, note = judge_ending(load(**facts))
    assert found is ended
    assert (note == "") == (ended is Ended.LOADED)
    assert not note or note.endswith(".")


@pytest.mark.parametrize(
    "facts",
    [
        {"frame_urls": ("https://www.google.com/recaptcha/api2/anchor?k=1",)},  # a captcha beside the newsletter form
        {"headers": {"server": "cloudflare"}},
        {"text": SHOP_TEXT + " We will be back in stock. Under maintenance."},
        {"has_password": True},  # the login form of the header
        {
            "has_password": True,
            "text": "Log in",
            "wanted_url": "https://shop.example/login",
            "final_url": "https://shop.example/login",
        },
        {"has_password": True, "text": "Log in", "template": Template.ACCOUNT, "links": 2},
        {"html": "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>"},  # a passive script on healthy pages
    ],
)
def test_a_shop_page_with_marks_of_other_things_is_loaded(facts: dict[str, object]) -> None:
    assert judge_ending(load(**facts)) == (Ended.LOADED, "")
