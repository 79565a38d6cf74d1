"""What a run was made with: numbers of two different machines or versions are not compared."""

import json
from collections.abc import Mapping

from pydantic import ValidationError

from auditor.evidence import Device, DeviceProfile
from auditor.result import AuditResult
from auditor.run_folder import RunFolder, RunFolderError
from reports.language import Words
from reports.recorded import said
from reports.shop_text import clean, shown_address
from reports.wording import DEVICES, _, _n, duration, listed, moment, number

MOST_REFUSED = 20
_DEPTHS = Words[str](
    {
        "pages": _("pages only"),
        "cart": _("to the cart"),
        "payment": _("to the payment step"),
    }
)
_REFUSED_FOR = Words[str](
    {
        "unknown-host": _("no such host"),
        "refused-address": _("a private address"),
        "refused-port": _("a port that is kept closed"),
        "refused-scheme": _("neither http nor https"),
        "connection-refused": _("the connection was refused"),
        "unreachable": _("could not be reached"),
        "timeout": _("did not answer in time"),
        "bad-request": _("the request was no HTTP"),
        "bad-response": _("the answer broke off or was no HTTP"),
        "too-large": _("the answer was too large"),
        "busy": _("too many connections at once"),
    }
)
"""By the reason that the egress proxy records."""


def profiles_of(result: AuditResult, folder: RunFolder) -> dict[Device, DeviceProfile]:
    """The profile of each device, from the first visit with it whose evidence can be read."""
    profiles: dict[Device, DeviceProfile] = {}
    root = folder.path.resolve()
    for page in result.pages:
        if page.device in profiles:
            continue
        try:
            path = (root / "pages" / page.visit / "evidence.json").resolve()
            if path.is_relative_to(root):
                recorded = json.loads(path.read_bytes())["visit"]["profile"]
                profiles[page.device] = DeviceProfile.model_validate(recorded)
        except (OSError, ValueError, KeyError, TypeError, ValidationError):
            continue
    return {device: profiles[device] for device in Device if device in profiles}


def conditions(
    result: AuditResult, folder: RunFolder, profiles: Mapping[Device, DeviceProfile]
) -> tuple[tuple[str, str], ...]:
    """Label and value, in the order of the report."""
    run, made = result.run, result.run.environment
    rows = [
        (_("Run"), clean(run.id)),
        (_("Start address"), shown_address(run.start_url)),
        (_("Began"), moment(run.started_at)),
        (_("Took"), duration((run.ended_at - run.started_at).total_seconds())),
        (_("Depth"), _DEPTHS.get(run.depth, clean(run.depth))),
        (_("Release"), clean(run.release or "")),
        (_("Authorised by"), clean(run.authorised_by or "")),
        (_("Discovery"), _discovery(result)),
        (_("Consent dialogs"), _consent(folder)),
    ]
    for device, profile in profiles.items():
        size = _("{device}, {width} by {height} CSS pixels, density {dpr}").format(
            device=DEVICES[device], width=profile.width, height=profile.height, dpr=number(profile.dpr, 2)
        )
        rows += [(_("Device"), size), (_("User agent"), clean(profile.user_agent, 300))]
    rows += [
        (_("Browser"), clean(f"{made.browser} {made.browser_source}")),
        (_("Auditor"), clean(made.auditor)),
        (_("Python"), clean(made.python)),
        (_("Machine"), _("{system}, {cores} cores").format(system=clean(made.system), cores=number(made.cores, 0))),
        (_("Checks digest"), clean(made.checks_digest)),
        (_("Settings digest"), clean(made.settings_digest)),
        (_("Score profile"), clean(made.score_profile)),
        (_("Refused addresses"), _refused(run.refused_addresses)),
    ]
    return tuple((label, value) for label, value in rows if value)


def _discovery(result: AuditResult) -> str:
    why, fetched = result.discovery.get("why"), result.discovery.get("fetched")
    if not isinstance(fetched, int):
        return ""
    pages = _n("{count} page fetched.", "{count} pages fetched.", fetched).format(count=number(fetched, 0))
    return f"{pages} {clean(said(str(why or '')))}".strip()


def _consent(folder: RunFolder) -> str:
    wanted = {"reject": _("rejected"), "accept": _("accepted"), "leave": _("left unanswered")}
    try:
        return wanted[folder.settings().consent]
    except RunFolderError:
        return ""


def _refused(addresses: tuple[str, ...]) -> str:
    if not addresses:
        return _("none")
    shown = [_address(recorded) for recorded in addresses[:MOST_REFUSED]]
    if len(addresses) > MOST_REFUSED:
        shown.append(_("{count} more").format(count=number(len(addresses) - MOST_REFUSED, 0)))
    return listed(shown)


def _address(recorded: str) -> str:
    """``HOST: REASON`` with the reason in words; anything else as it is."""
    host, _colon, reason = recorded.rpartition(": ")
    return f"{clean(host, 100)} ({_REFUSED_FOR[reason]})" if reason in _REFUSED_FOR else clean(recorded, 100)
