"""A ``branding.yaml`` made ready for a report: logo embedded, colours readable, templates found."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment
from ruamel.yaml.nodes import Node

from auditor.operator_file import SettingsFileError, line_of, nodes_of, read_operator_file
from reports.brand import Branding, Contact, Cover, SectionChoice, Spoken
from reports.brand_templates import TemplateError, brand_environment
from reports.colours import PAPER, READABLE, contrast, darkened, readable_on
from reports.logo import LogoError, read_logo


@dataclass(frozen=True)
class Brand:
    """What a report needs of a brand. ``logo`` is a ``data:`` address or "". ``told``: what was changed, for the
    person who made the file.

    ``accent`` can be read on white paper, ``cover_text`` on ``cover``. ``environment`` has the brand's own templates;
    None where there are none.
    """

    name: str
    logo: str = ""
    accent: str = "#35507a"
    cover: str = "#ffffff"
    cover_text: str = "#111111"
    cover_texts: Cover = field(default_factory=Cover)
    footer: Spoken | None = None
    contact: Contact = field(default_factory=Contact)
    sections: SectionChoice = field(default_factory=SectionChoice)
    environment: Environment | None = None
    told: tuple[str, ...] = ()


def read_brand(path: Path, sections: Collection[str], fixed: Collection[str], ours: Environment) -> Brand:
    """The brand that a file describes.

    :param sections: names that ``sections`` may hold; of them ``fixed`` cannot be switched off.
    :param ours: where the report's own templates are.
    :raises SettingsFileError: with file, line and key of the first thing that is wrong.
    """
    branding = read_operator_file(path, Branding)
    root = nodes_of(path)
    _refuse_unknown(path, root, branding.sections, sections, fixed)
    told: list[str] = []
    logo = ""
    if branding.logo:
        try:
            read = read_logo(path.parent / branding.logo)
        except LogoError as error:
            raise _at(path, root, ("logo",), str(error)) from None
        logo = read.uri
        if read.dropped:
            told.append(f"{path}: of the logo was left out what runs or fetches: {', '.join(read.dropped[:8])}.")
    colours = branding.colours
    accent = darkened(colours.accent)
    if accent != colours.accent:
        told.append(
            _unreadable(path, root, "accent", colours.accent, PAPER, accent, refuse=colours.contrast == "refuse")
        )
    cover_text = colours.cover_text or readable_on(colours.cover)
    if contrast(cover_text, colours.cover) < READABLE:
        better = readable_on(colours.cover)
        told.append(
            _unreadable(
                path, root, "cover_text", cover_text, colours.cover, better, refuse=colours.contrast == "refuse"
            )
        )
        cover_text = better
    environment = None
    if branding.templates:
        try:
            environment = brand_environment(path.parent / branding.templates, ours)
        except TemplateError as error:
            raise _at(path, root, ("templates",), str(error)) from None
    return Brand(
        name=branding.name, logo=logo, accent=accent, cover=colours.cover, cover_text=cover_text,
        cover_texts=branding.cover, footer=branding.footer, contact=branding.contact, sections=branding.sections,
        environment=environment, told=tuple(told),
    )  # fmt: skip


def _refuse_unknown(
    path: Path, root: Node | None, chosen: SectionChoice, known: Collection[str], fixed: Collection[str]
) -> None:
    for key, names, wrong in (
        ("order", chosen.order, _not_in(known)),
        ("off", chosen.off, _not_in(known)),
        ("off", chosen.off, _cannot_be_off(fixed)),
    ):
        for index, name in enumerate(names):
            if message := wrong(name):
                raise _at(path, root, ("sections", key, index), message)


def _not_in(known: Collection[str]) -> Callable[[str], str]:
    return lambda name: "" if name in known else f"there is no section {name!r}; there are {', '.join(known)}"


def _cannot_be_off(fixed: Collection[str]) -> Callable[[str], str]:
    return lambda name: f"{name} cannot be switched off: the report would be silent on it" if name in fixed else ""


def _unreadable(
    path: Path, root: Node | None, key: str, ink: str, background: str, better: str, *, refuse: bool
) -> str:
    said = f"{ink} on {background} has a contrast of {contrast(ink, background):.1f}, and text needs {READABLE:g}"
    if refuse:
        raise _at(path, root, ("colours", key), f"{said}; {better} would do")
    return f"{path}, line {line_of(root, ('colours', key))}: colours.{key}: {said}. {better} is used instead."


def _at(path: Path, root: Node | None, place: tuple[str | int, ...], said: str) -> SettingsFileError:
    key = ".".join(str(part) for part in place)
    return SettingsFileError(f"{path}, line {line_of(root, place)}: {key}: {said}.")
