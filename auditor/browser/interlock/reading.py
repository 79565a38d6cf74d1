"""A control and its page as the interlock sees them, read at the moment before it is pressed."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.async_api import ElementHandle

from auditor.interlock import Clickable, Field, PageState
from auditor.lexicon import base_language


@cache
def reading_script() -> str:
    """A JavaScript function of one element, for whoever reads controls in a world of his own."""
    return (Path(__file__).parent / "reading.js").read_text("utf-8").replace("// STEPS", steps_script())


@cache
def steps_script() -> str:
    """JavaScript declarations that find the steps of a checkout."""
    return (Path(__file__).parent / "steps.js").read_text("utf-8")


async def read_clickable(element: ElementHandle, language: str | None = None) -> Clickable:
    """The control. Inside a frame, the page around it is the frame's and that of the frames above. ``language`` is the
    shop's: English words are known in every language, so a page that states English is read in it.

    :raises playwright.async_api.Error: when the element is gone.
    """
    found: dict[str, Any] = await element.evaluate(reading_script())
    control = Clickable.model_validate(found)
    frame = await element.owner_frame()
    states = [control.page]
    while frame is not None and frame.parent_frame is not None:
        frame = frame.parent_frame
        body = await frame.query_selector("body")
        if body is not None:
            states.append(Clickable.model_validate(await body.evaluate(reading_script())).page)
    page = _together(states)
    if language and base_language(page.language) in (None, "en"):
        page = page.model_copy(update={"language": language})
    return control.model_copy(update={"page": page})


async def read_field(element: ElementHandle, language: str | None = None) -> tuple[Field, PageState]:
    """A field and its page.

    :raises ValueError: when the element is no form field.
    """
    control = await read_clickable(element, language)
    if control.field is None:
        raise ValueError("That element is no form field.")
    return control.field, control.page


def _together(states: list[PageState]) -> PageState:
    inner, outer = states[0], states[-1]
    return inner.model_copy(
        update={
            "language": inner.language or outer.language,
            "fields": tuple(field for state in states for field in state.fields),
            "buttons": tuple(dict.fromkeys(label for state in states for label in state.buttons)),
            "steps": next((state.steps for state in states if state.steps), ()),
            "current": next((state.current for state in states if state.steps), None),
            "counts": tuple(text for state in states for text in state.counts),
            "frames": tuple(urljoin(state.url, frame) for state in states for frame in state.frames),
        }
    )
