"""Whose turn it is among the visits of a panel."""

from auditor.browser.visit_order import APART_SECONDS, VisitOrder
from auditor.evidence import Device, Page, Template

ONE, TWO = (Page(url=f"https://shop.example/{key}", key=f"/{key}", template=Template.PRODUCT) for key in ("one", "two"))
PHONE, DESKTOP = Device.MOBILE, Device.DESKTOP


def _order() -> VisitOrder:
    return VisitOrder((page, device) for page in (ONE, TWO) for device in (PHONE, DESKTOP))


def test_a_page_is_not_visited_on_two_devices_at_once() -> None:
    order = _order()
    assert order.take(0.0) == (ONE, PHONE)
    assert order.take(0.0) == (TWO, PHONE)
    assert order.take(0.0) is None, "whoever visits a page now goes on with it"
    order.finished(ONE, 0.0, clock=False)
    assert order.take(4.0) == (ONE, DESKTOP)
    order.finished(TWO, 0.0, clock=False)
    assert order.take(5.0) == (TWO, DESKTOP)
    order.finished(ONE, 4.0, clock=False)
    assert order.take(6.0) is None


def test_a_page_with_a_clock_is_visited_again_a_minute_later() -> None:
    order = _order()
    assert order.take(100.0) == (ONE, PHONE)
    order.finished(ONE, 100.0, clock=True)
    assert order.take(104.0) == (TWO, PHONE), "others need not wait"
    order.finished(TWO, 104.0, clock=False)
    assert order.take(108.0) == (TWO, DESKTOP)
    order.finished(TWO, 108.0, clock=False)
    assert order.take(112.0) == APART_SECONDS - 12.0
    assert order.take(100.0 + APART_SECONDS) == (ONE, DESKTOP)
    order.finished(ONE, 100.0 + APART_SECONDS, clock=True)
    assert order.take(200.0) is None


def test_of_several_that_wait_the_first_due_is_waited_for() -> None:
    order = VisitOrder([(ONE, PHONE), (TWO, PHONE), (TWO, DESKTOP), (ONE, DESKTOP)])
    for page, started in ((ONE, 0.0), (TWO, 10.0)):
        assert order.take(started) == (page, PHONE)
        order.finished(page, started, clock=True)
    assert order.take(20.0) == APART_SECONDS - 20.0
    assert order.take(APART_SECONDS) == (ONE, DESKTOP)
