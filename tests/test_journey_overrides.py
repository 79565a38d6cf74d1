"""What a shop's settings say of a journey: which are understood, and what they do to a ranking."""

import pytest
from pydantic import ValidationError

from auditor.evidence import Box
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking.overriding import named, put_first, without
from auditor.settings import JourneySettings, StepOverride


def control(index: int, name: str, tag: str = "button", role: str = "") -> Control:
    return Control(
        index=index, selector=f"#c{index}", tag=tag, role=role, name=name, box=Box(x=0, y=0, width=9, height=9)
    )


SIGHT = Sight(
    url="https://shop.example/cart",
    controls=(control(1, "Kasse"), control(2, "Kasse", tag="a"), control(3, "Zur Kasse"), control(4, "KASSE", tag="div", role="link")),
)  # fmt: skip


@pytest.mark.parametrize(
    "said", [{"selector": "#buy"}, {"role": "link", "name": "Kasse"}, {"url": "/checkout"}], ids=lambda said: next(iter(said))
)  # fmt: skip
def test_a_step_is_named_in_one_way(said: dict[str, str]) -> None:
    assert StepOverride.model_validate(said).model_dump(exclude_none=True) == said


@pytest.mark.parametrize(
    "said",
    [{}, {"role": "link"}, {"name": "Kasse"}, {"selector": "#a", "url": "/b"}, {"selector": "#a", "role": "link", "name": "b"}],
)  # fmt: skip
def test_a_step_named_in_no_way_or_in_two_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="say one of: selector; role and name; url"):
        StepOverride.model_validate(said)


def test_what_is_pressed_has_no_address() -> None:
    with pytest.raises(ValidationError, match="add_to_cart is pressed, not opened"):
        JourneySettings.model_validate({"steps": {"add_to_cart": {"url": "/cart/add"}}})


def test_an_unknown_step_is_refused_by_its_name() -> None:
    with pytest.raises(ValidationError, match="place_order"):
        JourneySettings.model_validate({"steps": {"place_order": {"selector": "#buy"}}})


def test_controls_are_found_by_role_and_whole_name_first() -> None:
    assert [one.index for one in named(SIGHT, "link", "kasse")] == [2, 4]
    assert [one.index for one in named(SIGHT, "button", "Zur")] == [3]
    assert named(SIGHT, "link", "Warenkorb") == []


def test_what_the_settings_name_comes_first_and_once() -> None:
    ranking = put_first((), [SIGHT.controls[0], SIGHT.controls[2]], "because")
    again = put_first(ranking, [SIGHT.controls[2]], "the settings name it")
    assert [one.index for one in again] == [3, 1]
    assert again[0].parts[0].name == "override"
    assert [one.index for one in without(again, {3})] == [1]
