"""``branding.yaml``: whose report it is, and how it looks."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from reports.colours import colour
from reports.language import current, languages

SCHEMA_FILE = Path("docs/schemas/branding.schema.json")
MOST_TEXT = 2000


def _in_quotes(value: Any) -> Any:
    # In YAML what follows a bare # is a comment, and the value before it is nothing.
    if value is None:
        raise ValueError('the value is empty; write a colour in quotes, such as "#0a5c4f"')
    return value


Colour = Annotated[
    str,
    BeforeValidator(_in_quotes),
    AfterValidator(colour),
    Field(json_schema_extra={"pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT)]
Spoken = Paragraph | dict[str, Paragraph]
"""A text for all languages, or one for each: ``{en: …, pl: …}``."""


def spoken(text: Spoken | None) -> str:
    """The text in the language of the report; where it has none, in English or in the first that it has."""
    if text is None or isinstance(text, str):
        return text or ""
    return text.get(current().code) or text.get("en") or next(iter(text.values()), "")


class _Part(BaseModel):
    """Frozen, and unknown keys are refused with their name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Colours(_Part):
    """``accent``: headings, links and bars, on white paper. ``cover`` and ``cover_text``: the first page; left out, the
    cover is white. ``contrast``: what is done with a colour in which text could not be read: ``adjust`` takes a shade
    in which it can, ``refuse`` the file."""

    accent: Colour = "#35507a"
    cover: Colour = "#ffffff"
    cover_text: Colour | None = None
    contrast: Literal["adjust", "refuse"] = "adjust"


class Contact(_Part):
    """Whom the reader asks. ``web`` begins with https://."""

    name: Line | None = None
    email: Annotated[Line, Field(pattern=r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$")] | None = None
    phone: Line | None = None
    web: Annotated[Line, Field(pattern=r"^https?://[^\s<>\"']+$")] | None = None
    address: Spoken | None = None


class Cover(_Part):
    """``title`` in place of our own; ``text`` below it; ``client`` is whom the report is for."""

    title: Spoken | None = None
    text: Spoken | None = None
    client: Line | None = None


class SectionChoice(_Part):
    """``order``: sections in the order wanted, those not named follow in ours. ``off``: sections left out. What was not
    seen and what was hidden cannot be switched off."""

    order: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> "SectionChoice":
        for name in self.order:
            if self.order.count(name) > 1:
                raise ValueError(f"{name} is named twice in order")
            if name in self.off:
                raise ValueError(f"{name} is both in order and off")
        return self


class Branding(_Part):
    """The file. Texts may be given once, or for each language as ``{en: …, pl: …, fa: …}``.

    ``logo`` and ``templates`` are paths beside the file: a PNG, JPEG or SVG, and a folder of templates in place of
    ours.
    """

    version: Literal[1] = 1
    name: Line
    logo: Path | None = None
    colours: Colours = Colours()
    cover: Cover = Cover()
    footer: Spoken | None = None
    contact: Contact = Contact()
    sections: SectionChoice = SectionChoice()
    templates: Path | None = None

    @model_validator(mode="after")
    def _known_languages(self) -> "Branding":
        texts = {
            "footer": self.footer,
            "cover.title": self.cover.title,
            "cover.text": self.cover.text,
            "contact.address": self.contact.address,
        }
        for place, text in texts.items():
            unknown = [code for code in text if code not in languages()] if isinstance(text, dict) else []
            if unknown:
                raise ValueError(f"{place} has the language {unknown[0]!r}; reports are in {', '.join(languages())}")
        return self


def schema_text() -> str:
    """JSON Schema (2020-12) of the file."""
    schema = Branding.model_json_schema()
    return (
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema | {"title": "branding.yaml"},
            indent=2,
            ensure_ascii=False,
        )
        + "\n"
    )
