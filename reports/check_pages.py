"""The documentation page of every check, from its declaration: for ``auditor explain`` and ``docs/checks/``."""

from collections.abc import Iterable
from pathlib import Path

from auditor.check import SECTIONS, CheckSpec, Registry
from auditor.evidence import Device, Template
from reports.wording import AREAS, DEVICES, PAGES_OF, SEVERITIES, _, listed

INDEX = "README.md"
_SCOPES = {
    "page": _("each page on each device"),
    "template": _("all pages of a template on one device together"),
    "devices": _("the same page on both devices together"),
    "journey": _("each walked journey on each device"),
    "shop": _("the shop as a whole"),
}
_SCALES = {
    "curve": _("a curve over the measured value"),
    "share": _("by the share that is right: full, half or nothing"),
    "binary": _("passed or failed"),
}


def check_page(spec: CheckSpec) -> str:
    """Markdown of one check."""
    facts = [
        (_("Check"), f"`{spec.id}`"),
        (_("Catalogue row"), spec.row or _("none")),
        (_("Area"), AREAS[spec.area]),
        (_("Severity"), SEVERITIES[spec.severity]),
        (_("Judges"), _SCOPES[spec.scope]),
        (_("Pages"), _templates(spec)),
        (_("Devices"), listed([DEVICES[device] for device in Device if device in spec.devices])),
        (_("Reads"), listed([_read(each.type) for each in spec.reads])),
        (_("Score"), _SCALES[spec.scale] if spec.scored else _("listed, outside the score")),
        (_("Formerly"), ", ".join(f"`{name}`" for name in spec.formerly)),
    ]
    parts = [f"# {spec.title}", "", *(f"- {label}: {value}" for label, value in facts if value)]
    if spec.indicative:
        parts += ["", _("Indicative: judged on an untimed load, so the number is a hint.")]
    parts += ["", _("## Why it matters"), "", spec.why, "", _("## How to fix it"), "", spec.fix]
    parts += ["", _("## What the finding says"), "", *_sentences(spec), "", _("## Limits"), "", *_limits(spec)]
    parts += ["", _("## Source"), "", f"<{spec.source}>", ""]
    return "\n".join(parts)


def _templates(spec: CheckSpec) -> str:
    if spec.templates == frozenset(Template):
        return _("all templates")
    return listed([PAGES_OF[template] for template in Template if template in spec.templates])


def _read(kind: type) -> str:
    return f"`{SECTIONS.get(kind, kind.__name__)}`"


def _sentences(spec: CheckSpec) -> list[str]:
    others = (text for forms in spec.found_as.values() for text in forms)
    return [f"- `{sentence}`" for sentence in dict.fromkeys((*spec.found, *others))]


def _limits(spec: CheckSpec) -> list[str]:
    if not spec.limits:
        return [_("It has none.")]
    rows = [_("| limit | default |"), "|---|---|", *(f"| `{name}` | {value} |" for name, value in spec.limits.items())]
    name, value = next(iter(spec.limits.items()))
    return [
        *rows,
        "",
        _("Override them for a shop in its `--config` file:"),
        "",
        "```yaml",
        "limits:",
        f"  {spec.id}:",
        f"    {name}: {value}",
        "```",
    ]


def index_page(specs: Iterable[CheckSpec]) -> str:
    rows = [
        f"| {AREAS[s.area]} | [{s.title}]({_file(s)}) | `{s.id}` | {s.row} | {SEVERITIES[s.severity]} |" for s in specs
    ]
    head = [_("# Checks"), "", _("Written by `auditor checks docs` from the checks themselves; do not edit."), ""]
    table = [_("| Area | Problem | Check | Row | Severity |"), "|---|---|---|---|---|"]
    return "\n".join([*head, *table, *rows, ""])


def _file(spec: CheckSpec) -> str:
    return f"{spec.id}.md"


def write_check_pages(registry: Registry, folder: Path, *, write: bool = True) -> list[Path]:
    """Pages below ``folder`` that are stale, missing or of no check; written and removed when ``write``."""
    wanted = {folder / _file(spec): check_page(spec) for spec in registry}
    wanted[folder / INDEX] = index_page(registry)
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    surplus = sorted(path for path in folder.rglob("*.md") if path not in wanted)
    if write:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        for path in surplus:
            path.unlink()
    return [*stale, *surplus]
