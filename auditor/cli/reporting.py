"""``auditor report RUN``: a finished run in another form or language."""

import asyncio
from pathlib import Path
from typing import Literal

import click

from auditor.browser.finder import BrowserNotFound
from auditor.browser.printing import NotPrinted, printed
from auditor.cli.errors import Refused
from auditor.janitor import temp_folder
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.html import html_report
from reports.language import Language, languages, written_in
from reports.markdown import markdown_report
from reports.view import view_of
from reports.worklist import csv_worklist, tasks, xlsx_worklist

Form = Literal["html", "pdf", "md", "json", "csv", "xlsx"]
FORMS: tuple[Form, ...] = ("html", "pdf", "md", "json", "csv", "xlsx")


@click.command(epilog="Example:  auditor report runs/shop.example/2026-11-21 --format pdf --locale pl --out audit.pdf")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), default="html", show_default=True)
@click.option(
    "--locale", type=click.Choice(languages()), default="en", show_default=True, help="Language of the texts."
)
@click.option("--digits", type=click.Choice(["latin", "native"]), default="latin", show_default=True)
@click.option("--calendar", type=click.Choice(["gregorian", "jalali"]), default="gregorian", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write; beside the run's other reports if left out."
)
def report(run: Path, form: Form, locale: str, digits: str, calendar: str, out: Path | None) -> None:
    """Write the findings of the finished RUN as a report or a list of work.

    csv and xlsx have one row for each finding. Persian can be written with its own digits and the Jalali calendar.
    """
    language = Language(locale, native_digits=digits == "native", jalali=calendar == "jalali")
    try:
        folder = RunFolder.open(run)
        result = folder.result()
    except RunFolderError as error:
        raise Refused(str(error)) from None
    with written_in(language):
        content = _content(result, folder, form)
    named = "report" if locale == "en" or form == "json" else f"report.{locale}"
    place = out or folder.path / f"{named}.{form}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        raise Refused(f"{place} cannot be written ({error.strerror}). Name another file with --out.") from None
    click.echo(str(place))


def _content(result: AuditResult, folder: RunFolder, form: Form) -> bytes:
    match form:
        case "json":
            return result.model_dump_json(indent=1).encode()
        case "csv":
            return csv_worklist(tasks(result)).encode()
        case "xlsx":
            return xlsx_worklist(tasks(result))
        case "md":
            return markdown_report(view_of(result, folder)).encode()
    html = html_report(view_of(result, folder), folder.path)
    if form == "html":
        return html.encode()
    try:
        with temp_folder():
            return asyncio.run(printed(html))
    except (BrowserNotFound, NotPrinted) as error:
        raise Refused(f"{error} The same report without a browser: --format html.") from None
