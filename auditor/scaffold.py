"""Files of a new check, so that its author begins with the question and not with the form."""

import re
from pathlib import Path

from auditor.check import load_checks
from auditor.finding import Area

_TEMPLATE = '''"""{row_or_id}: say in one line what is judged."""

from auditor.api import Judgement, Links, Problem, Severity, Template, _, _n, check


@check(
    id="{check_id}",
    row="{row}",
    severity=Severity.MODERATE,
    templates={{Template.PRODUCT}},
    title=_("State the problem, without a full stop"),
    why=_("Say what it costs the shopper."),
    fix=_("Say what to do."),
    found=_n("{{count}} thing was seen", "{{count}} things were seen"),
    source="https://example.com/where-the-threshold-is-published",
)
def {function}(links: Links) -> Judgement:
    for link in links.items:
        if not link.name:
            yield Problem(selector=link.selector, values={{"url": link.url}}, box=link.box)
'''


class ScaffoldError(Exception):
    """The message says what to change."""


def new_check(check_id: str, row: str, root: Path) -> tuple[Path, Path]:
    """Write ``checks/<area>/<name>.py`` and an empty evidence folder below ``root``.

    :raises ScaffoldError: when the id is malformed or taken, or ``root`` is no source folder.
    """
    area, _, name = check_id.partition("/")
    if area not in set(Area) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise ScaffoldError(f"{check_id!r}: write AREA/WHAT-IS-WRONG with an area of {', '.join(Area)}.")
    if load_checks().get(check_id):
        raise ScaffoldError(f"{check_id} exists already: `auditor explain {check_id}`.")
    if not (root / "checks").is_dir():
        raise ScaffoldError(
            f"{root.resolve()} has no folder checks/: run this in the auditor's source, or give --root."
        )
    function = name.replace("-", "_")
    source = root / "checks" / area.replace("-", "_") / f"{function}.py"
    if source.exists():
        raise ScaffoldError(f"{source} exists already.")
    source.parent.mkdir(exist_ok=True)
    package = source.parent / "__init__.py"
    if not package.exists():
        package.write_text(f'"""Checks of the area {area}."""\n', encoding="utf-8")
    text = _TEMPLATE.format(row_or_id=row or check_id, check_id=check_id, row=row, function=function)
    source.write_text(text, encoding="utf-8")
    cases = root / "tests" / "evidence" / area / name
    cases.mkdir(parents=True, exist_ok=True)
    return source, cases
