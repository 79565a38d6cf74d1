"""The sign of an order in one journey stops those that go on at the same time."""

import asyncio

import pytest

from auditor.browser.interlock import Alarm, Interlock, Trip
from auditor.browser.journey.ending import Ended, heeding, tripped
from auditor.evidence.journey import Blocker, StepIntent
from auditor.interlock import Allowed, PageState, Phase, Refused
from auditor.interlock import Field as Filled
from tests.factories.controls import EMAIL, SHOP, button

SIGN = Trip(sign="the page reports “purchase”", address=SHOP)
CONTROL = button("Continue", "/checkout/address", EMAIL)


async def ready(alarm: Alarm) -> Interlock:
    interlock = Interlock(SHOP, depth="payment", authorised_by="the owner", alarm=alarm)
    await interlock.enter(Phase.DETAILS)
    return interlock


async def test_nothing_is_pressed_or_filled_in_beside_a_journey_that_saw_an_order() -> None:
    alarm = Alarm()
    one, alone = await ready(alarm), await ready(Alarm())
    street = Filled(type="text", name="street")
    assert isinstance(one.may_click(CONTROL), Allowed)
    assert one.may_fill(street, PageState(url=SHOP)).allowed
    alarm.ring(SIGN)
    assert isinstance(one.may_click(CONTROL), Refused)
    assert not one.may_fill(street, PageState(url=SHOP)).allowed
    assert one.trip is None, "the sign itself is another journey's"
    assert isinstance(alone.may_click(CONTROL), Allowed)


async def test_a_walk_is_ended_at_once_by_the_alarm_of_another() -> None:
    alarm, begun, ended = Alarm(), asyncio.Event(), asyncio.Event()
    interlock = await ready(alarm)

    async def walking() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    heeded = asyncio.ensure_future(heeding(interlock, lambda: StepIntent.OPEN_CART, walking()))
    await begun.wait()
    alarm.ring(SIGN)
    with pytest.raises(Ended, match="another one") as end:
        await heeded
    assert (end.value.blocker, end.value.at, end.value.how) == (Blocker.TRIPPED, StepIntent.OPEN_CART, "forbidden")
    assert ended.is_set()


async def test_a_walk_that_saw_the_sign_itself_ends_with_the_step_under_way() -> None:
    alarm, written = Alarm(), list[str]()
    interlock = await ready(alarm)

    async def walking() -> None:
        interlock.trip = SIGN
        alarm.ring(SIGN)
        for _look in range(3):
            await asyncio.sleep(0)
        written.append("the step with its picture")
        raise tripped(SIGN, StepIntent.ADD_TO_CART)

    with pytest.raises(Ended, match="purchase"):
        await heeding(interlock, lambda: StepIntent.OPEN, walking())
    assert written


async def test_a_walk_that_nothing_disturbs_goes_to_its_end() -> None:
    interlock, done = await ready(Alarm()), list[int]()

    async def walking() -> None:
        await asyncio.sleep(0)
        done.append(1)

    await heeding(interlock, lambda: StepIntent.OPEN, walking())
    assert done
