"""A report as a client gets it: a run's findings with brand, notes and what is compared, in any form."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from auditor.result import AuditResult
from auditor.run_folder import RunFolder
from reports.annotating import NO_NOTES, Annotations, annotated, notes_markdown, reordered, with_notes
from reports.arranging import KEPT, NAMES, arranged
from reports.beside import ALONE, Beside
from reports.brand import SectionChoice
from reports.brand_reading import Brand, read_brand
from reports.brand_templates import rendered
from reports.crops import Picture, Shot
from reports.dress import Dress
from reports.html import environment, html_report, pictures_of
from reports.markdown import markdown_report
from reports.more import More
from reports.notes import FILE, Notes, read_notes
from reports.sections import Section, sections_of
from reports.view import ReportView, view_of


@dataclass(frozen=True)
class ClientReport:
    """``result`` is without the findings that the consultant hid; scores and numbers are the run's.

    All its forms are written in one language: what they share is made once.
    """

    result: AuditResult
    folder: RunFolder
    annotations: Annotations = NO_NOTES
    brand: Brand | None = None
    more: tuple[More, ...] = ()
    beside: Beside = ALONE

    @property
    def told(self) -> tuple[str, ...]:
        """What the operator should know of brand and notes."""
        return (*(self.brand.told if self.brand else ()), *self.annotations.told)

    def html(self, *, paper: bool = False) -> str:
        """:param paper: to be printed, and not shown on a screen.

        :raises NotesError: when a note's heading names no part of the report.
        :raises TemplateError: when a template of the brand fails.
        """
        own = self.brand.environment if self.brand else None
        render = partial(rendered, own, "report.html") if own else None
        dress = Dress(self.brand, self.annotations.comments, self.annotations.opening, render)
        folder, sections = self.folder.path, self._sections
        return html_report(self._view, folder, sections, dress, pictures=self._pictures, paper=paper)

    def markdown(self) -> str:
        parts = [
            markdown_report(self._view),
            *(one.markdown() for one in self.more),
            notes_markdown(self.annotations),
        ]
        return "\n".join(part for part in parts if part)

    @cached_property
    def _view(self) -> ReportView:
        view = view_of(self.result, self.folder, self.beside)
        if self.annotations.hidden and view.gaps:
            # A goal is not reached by hiding what stands in its way.
            view = replace(view, gaps=view_of(self.folder.result(), self.folder, self.beside).gaps)
        return reordered(view, self.annotations.first)

    @cached_property
    def _pictures(self) -> dict[Shot, Picture]:
        return pictures_of(self._view, self.folder.path)

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        choice = self.brand.sections if self.brand else SectionChoice()
        return with_notes(arranged(self._all(), choice), self.annotations, self._all)

    def _all(self) -> tuple[Section, ...]:
        """In the language of the moment. Compared runs stand behind the summary, where a client looks first."""
        found = sections_of(self._view)
        compared = tuple(section for one in self.more for section in one.sections())
        at = next((index for index, one in enumerate(found) if one.name in ("map", "findings")), len(found))
        return (*found[:at], *compared, *found[at:])


def client_report(
    result: AuditResult, folder: RunFolder, *, brand: Brand | None = None, notes: Notes | None = None,
    more: tuple[More, ...] = (), beside: Beside = ALONE,
) -> ClientReport:  # fmt: skip
    """To be made and written in the language of the report."""
    annotations = NO_NOTES
    if notes is not None:
        result, annotations = annotated(result, notes)
    return ClientReport(result, folder, annotations, brand, more, beside)


def brand_of(path: Path) -> Brand:
    """:raises SettingsFileError: with file, line and key of the first thing that is wrong."""
    return read_brand(path, NAMES, KEPT, environment())


def notes_of(folder: Path, given: Path | None = None) -> Notes | None:
    """The notes given, or those that lie in the run folder; None where there are none.

    :raises NotesError: with file and line of the first thing that is wrong.
    """
    path = given or folder / FILE
    return read_notes(path) if given or path.is_file() else None
