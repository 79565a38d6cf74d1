"""``auditor report RUN``: a finished run in another form or language, for a client."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import click

from auditor.browser.finder import BrowserNotFound
from auditor.cli.errors import Refused
from auditor.cli.past_runs import runs_beside, runs_of_schedule
from auditor.cli.stores import runs_option, store_option
from auditor.janitor import temp_folder
from auditor.operator_file import SettingsFileError
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.before_after import before_after
from reports.beside import Beside
from reports.brand_templates import TemplateError
from reports.client_report import ClientReport, brand_of, client_report, notes_of
from reports.goals import read_goals
from reports.language import Language, languages, written_in
from reports.more import More
from reports.notes import NotesError
from reports.periods import Period, PeriodError, period_part
from reports.tickets import write_tickets
from reports.worklist import csv_worklist, tasks, xlsx_worklist

Form = Literal["html", "pdf", "md", "json", "csv", "xlsx", "tickets"]
FORMS: tuple[Form, ...] = ("html", "pdf", "md", "json", "csv", "xlsx", "tickets")
MOST_HISTORY = 23
"""Earlier runs that trends are drawn of."""
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog="Example:  auditor report runs/shop.example/2026-11-21 --format pdf --locale pl --out audit.pdf")
@click.argument("run", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "forms", type=click.Choice(FORMS), multiple=True, default=["html"], show_default=True,
    help="Repeatable: several made in one go take less time.",
)  # fmt: skip
@click.option(
    "--locale", type=click.Choice(languages()), default="en", show_default=True, help="Language of the texts."
)
@click.option("--digits", type=click.Choice(["latin", "native"]), default="latin", show_default=True)
@click.option("--calendar", type=click.Choice(["gregorian", "jalali"]), default="gregorian", show_default=True)
@click.option("--brand", type=_FILE, help="branding.yaml: logo, colours, texts, sections; see docs/branding.md.")
@click.option("--notes", type=_FILE, help="The consultant's notes. Default: notes.md in RUN, where there is one.")
@click.option("--goals", type=_FILE, help="What the client wants. Default: goals.yaml in RUN, where there is one.")
@click.option(
    "--compare", "earlier", type=click.Path(path_type=Path), help="Run folder of an earlier audit: before and after."
)
@click.option("--period", metavar="PERIOD", help="All runs of 2026, 2026-Q4 or 2026-11; chapters: the newest.")
@click.option("--schedule", help="With --period: the runs of this schedule. Without: those in the folders beside RUN.")
@runs_option
@store_option
@click.option(
    "--out", type=click.Path(path_type=Path),
    help="File to write, or folder where there are several formats; beside the run's reports if left out.",
)  # fmt: skip
def report(
    run: Path | None, forms: tuple[Form, ...], locale: str, digits: str, calendar: str, out: Path | None, **asked: Any
) -> None:
    """Write the findings of the finished RUN as a report or a list of work.

    csv and xlsx have one row for each finding, tickets is a folder with a Markdown file for each. Persian can be
    written with its own digits and the Jalali calendar.
    """
    language = Language(locale, native_digits=digits == "native", jalali=calendar == "jalali")
    try:
        with written_in(language):
            made = _asked_for(run, **asked)
            for told in made.told:
                click.echo(f"auditor: {told}", err=True)
            wanted = tuple(dict.fromkeys(forms))
            one = out if out and len(wanted) == 1 and not (out.is_dir() and wanted[0] != "tickets") else None
            places = {form: one or (out or made.folder.path) / _named(form, locale) for form in wanted}
            write(made, places)
    except (RunFolderError, SettingsFileError, NotesError, TemplateError, PeriodError) as error:
        raise Refused(str(error)) from None
    for place in places.values():
        click.echo(str(place))


def _named(form: Form, locale: str) -> str:
    if form == "tickets":
        return f"tickets.{locale}"
    return f"report.{form}" if locale == "en" or form == "json" else f"report.{locale}.{form}"


def _asked_for(
    run: Path | None, *, brand: Path | None, notes: Path | None, goals: Path | None, earlier: Path | None,
    period: str | None, schedule: str | None, runs_folder: Path, store_url: str | None,
) -> ClientReport:  # fmt: skip
    """The report with all that was asked to go with it."""
    more: tuple[More, ...] = ()
    history: tuple[AuditResult, ...] = ()
    wanted = Period.read(period) if period else None
    if wanted is not None and schedule:
        past = runs_of_schedule(schedule, wanted, runs_folder, store_url)
        folder, result = past.found[-1]
    elif schedule:
        raise Refused("--schedule goes with --period, such as --period 2026-Q4.")
    elif run is None:
        raise Refused("Name the folder of a RUN, or --schedule NAME with --period.")
    else:
        folder = RunFolder.open(run)
        result = folder.result()
        if wanted is not None:
            past = runs_beside(folder, result, wanted)
            folder, result = past.found[-1]
    if wanted is not None:
        results = [one for _folder, one in past.found]
        history = tuple(results[:-1][-MOST_HISTORY:])
        more = (period_part(wanted, results, past.unrun),)
        earlier = earlier or (past.found[0][0].path if len(past.found) > 1 else None)
    chosen = brand_of(brand) if brand else None
    beside = Beside(history=history, goals=read_goals(goals) if goals else None)
    noted = client_report(result, folder, notes=notes_of(folder.path, notes))
    if earlier is not None:
        before = RunFolder.open(earlier)
        more = (before_after(noted.result, folder, before), *more)
        beside = replace(beside, before=before.result())
    return replace(noted, brand=chosen, more=more, beside=beside)


def write(report: ClientReport, places: Mapping[Form, Path]) -> None:
    """Each form to its place, in the language of the moment. What they share is made once.

    :raises Refused: when one cannot be made or written. Forms that need no browser are there all the same.
    """

    def all_but_pdf() -> None:
        for form, place in places.items():
            if form != "pdf":
                _store(report, form, place)

    if "pdf" not in places:
        all_but_pdf()
        return

    def on_paper() -> str:
        all_but_pdf()
        return report.html(paper=True)

    # What drives a browser takes long to import, and only this form needs it.
    from auditor.browser.printing import NotPrinted, printed_when_made

    try:
        with temp_folder():
            content = asyncio.run(printed_when_made(on_paper))
    except (BrowserNotFound, NotPrinted) as error:
        raise Refused(f"{error} The same report without a browser: --format html.") from None
    _store(report, "pdf", places["pdf"], content)


def _store(report: ClientReport, form: Form, place: Path, content: bytes | None = None) -> None:
    """
    :param content: what to write, where it has been made already.
    """
    try:
        if form == "tickets":
            write_tickets(report.result, place)
            return
        made = _content(report, form) if content is None else content
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made)
    except OSError as error:
        raise Refused(f"{place} cannot be written ({error.strerror}). Name another place with --out.") from None


def _content(report: ClientReport, form: Form) -> bytes:
    match form:
        case "json":
            # What was found, for machines: notes hide nothing from it.
            return report.folder.result().model_dump_json(indent=1).encode()
        case "csv":
            return csv_worklist(tasks(report.result)).encode()
        case "xlsx":
            return xlsx_worklist(tasks(report.result))
        case "md":
            return report.markdown().encode()
    return report.html().encode()
