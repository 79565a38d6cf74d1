"""``auditor compare OURS THEIRS…``: a shop beside its competitors."""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from auditor.browser.finder import BrowserNotFound
from auditor.browser.printing import NotPrinted, printed
from auditor.cli import options
from auditor.cli.audits import audit_to_reports
from auditor.cli.errors import EXIT_INTERRUPTED, EXIT_NOTHING_JUDGED, Refused
from auditor.evidence import Template
from auditor.janitor import temp_folder
from auditor.operator_file import SettingsFileError
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError, default_folder
from auditor.settings import ShopSettings
from reports.brand_reading import Brand
from reports.brand_templates import TemplateError
from reports.client_report import brand_of
from reports.language import Language, languages, written_in
from reports.shops_report import shops_html, shops_json, shops_markdown
from reports.side_by_side import MOST_SHOPS

Form = Literal["html", "pdf", "md", "json"]
PANEL = {Template.HOME: 1, Template.CATEGORY: 2, Template.PRODUCT: 3, Template.SEARCH: 1, Template.CONTENT: 1}
"""Public pages: no cart, no checkout, no account."""


@click.command(epilog="Example:  auditor compare https://shop.example https://other.example --out compared.html")
@click.argument("shops", nargs=-1, required=True, metavar="SHOP SHOP...")
@click.option("--format", "form", type=click.Choice(["html", "pdf", "md", "json"]), default="html", show_default=True)
@click.option(
    "--locale", type=click.Choice(languages()), default="en", show_default=True, help="Language of the texts."
)
@click.option("--brand", type=click.Path(path_type=Path, dir_okay=False), help="branding.yaml; see docs/branding.md.")
@click.option("--runs", type=click.Path(path_type=Path, file_okay=False), default=Path("runs"), show_default=True,
              help="Where the audits are written.")  # fmt: skip
@click.option("--max-pages", type=click.IntRange(1, 5000), default=150, show_default=True, help="Of each shop.")
@click.option("--speed-runs", type=click.IntRange(0, 25), default=3, show_default=True, help="Timed loads; 0: none.")
@click.option("--allow-private", is_flag=True, help="The shops are on private or loopback addresses of yours.")
@click.option("--quiet", is_flag=True, help="No progress, only where the comparison is.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write. Default: compared.FORMAT in --runs.")
def compare(
    shops: tuple[str, ...], form: Form, locale: str, brand: Path | None, runs: Path, max_pages: int, speed_runs: int,
    allow_private: bool, quiet: bool, out: Path | None,
) -> None:  # fmt: skip
    """Set the first SHOP beside its competitors. A SHOP is an address, which is audited, or the folder of a run.

    Of addresses only public pages are opened, the search and the way to a product are tried, robots.txt is obeyed, and
    nothing is put into a cart.
    """
    if not 2 <= len(shops) <= MOST_SHOPS:
        raise Refused(f"Name two to {MOST_SHOPS} shops, yours first: auditor compare https://yours https://other")
    try:
        worn = brand_of(brand) if brand else None
        # Folders are read and addresses checked before the first audit begins.
        known = {shop: RunFolder.open(Path(shop)) for shop in shops if not _is_address(shop)}
        asked = {
            shop: public_settings(shop, max_pages, speed_runs, allow_private=allow_private)
            for shop in shops
            if _is_address(shop)
        }
        for shop, settings in asked.items():
            known[shop] = _audited(settings, runs, quiet=quiet)
        found = [(known[shop].result(), known[shop]) for shop in shops]
    except (RunFolderError, SettingsFileError) as error:
        raise Refused(str(error)) from None
    place = out or runs / f"compared.{form}"
    with written_in(Language(locale)):
        content = _content(found, form, worn)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        raise Refused(f"{place} cannot be written ({error.strerror}). Name another file with --out.") from None
    click.echo(str(place))
    if all(result.run.ended == "failed" for result, _folder in found):
        raise click.exceptions.Exit(EXIT_NOTHING_JUDGED)


def public_settings(url: str, max_pages: int, speed_runs: int, *, allow_private: bool) -> ShopSettings:
    """For a shop that is not the operator's.

    :raises Refused: when it is no address.
    """
    return options.shop_settings(
        {
            "start_url": url,
            "max_pages": max_pages,
            "panel": PANEL,
            "depth": "pages",
            "allow_private": allow_private or None,
            "journey": {"walk": ("search", "browse"), "within_robots": True},
            "speed": {"runs": speed_runs},
            # Looks from several vantages are for one's own shop.
            "ads": {"pages": 0},
        },
        None,
    )


def _is_address(shop: str) -> bool:
    return shop.lower().startswith(("http://", "https://"))


def _audited(settings: ShopSettings, runs: Path, *, quiet: bool) -> RunFolder:
    place = default_folder(settings.start_url, datetime.now(UTC), runs)
    # Standard output is for the comparison's path.
    with redirect_stdout(sys.stderr):
        code = audit_to_reports(settings, place, quiet=quiet)
    if code == EXIT_INTERRUPTED:
        raise click.exceptions.Exit(code)
    return RunFolder.open(place)


def _content(found: Sequence[tuple[AuditResult, RunFolder]], form: Form, brand: Brand | None) -> bytes:
    match form:
        case "json":
            return shops_json(found).encode()
        case "md":
            return shops_markdown(found).encode()
    try:
        html = shops_html(found, brand)
        if form == "html":
            return html.encode()
        with temp_folder():
            return asyncio.run(printed(html))
    except TemplateError as error:
        raise Refused(str(error)) from None
    except (BrowserNotFound, NotPrinted) as error:
        raise Refused(f"{error} The same comparison without a browser: --format html.") from None
