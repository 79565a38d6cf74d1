"""``auditor demo``: the demo storefront, alone or audited."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import click

from auditor.cli.audits import audit_to_reports
from auditor.cli.errors import Refused
from auditor.settings import Politeness, ShopSettings


@click.command(epilog="Example:  auditor demo --audit --language pl --defect nav-breadcrumb-missing")
@click.option("--language", type=click.Choice(["en", "pl", "fa"]), default="en", show_default=True)
@click.option("--defect", "defects", multiple=True, help="Switch a defect on. Repeatable; --list shows them.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1. Default: a free one.")
@click.option("--audit", "with_audit", is_flag=True, help="Audit the shop, write the report, end.")
@click.option("--out", type=click.Path(path_type=Path), help="Run folder for --audit.")
@click.option("--list", "list_defects", is_flag=True, help="List the defects and end.")
def demo(
    language: str, defects: tuple[str, ...], port: int, with_audit: bool, out: Path | None, list_defects: bool
) -> None:
    """Start the demo storefront on this machine, in English, Polish or Persian."""
    # The storefront's server takes a second to import, for which other commands need not wait.
    from auditor.demo import DEFECTS, STATES, serve

    known = {**DEFECTS, **STATES}
    if list_defects:
        for defect in known.values():
            click.echo(f"{defect.name:<32} {', '.join(sorted(defect.expect)):<18} {defect.summary}")
        return
    unknown = [name for name in defects if name not in known]
    if unknown:
        raise Refused(f"There is no defect {unknown[0]!r}. `auditor demo --list` shows all.")
    with serve(language=language, defects=frozenset(defects), port=port) as shop:
        click.echo(f"Demo storefront: {shop.url}", err=True)
        if not with_audit:
            click.echo("Ctrl-C ends it.", err=True)
            _until_interrupted()
            return
        of_others = [host for name in defects for host in known[name].hosts]
        number = urlsplit(shop.url).port
        settings = ShopSettings(
            start_url=shop.url, name="Demo storefront", allow_private=True, politeness=Politeness(delay_s=0),
            resolve=tuple(f"{host}:{number}:127.0.0.1:{number}" for host in of_others),
            depth="payment", authorised_by="the demo shop is ours",
        )  # fmt: skip
        code = audit_to_reports(settings, out)
    raise click.exceptions.Exit(code)


def _until_interrupted() -> None:
    try:
        asyncio.run(asyncio.Event().wait())
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
