"""DRK-008."""

from urllib.parse import urlsplit

from auditor.api import (
    Consent,
    Judgement,
    Measure,
    NotApplicable,
    NotRecorded,
    Problem,
    Requests,
    Severity,
    _,
    check,
)
from auditor.reading.trackers import measuring


@check(
    id="dark-patterns/followed-before-consent",
    row="DRK-008",
    severity=Severity.SERIOUS,
    title=_("Pattern seen: visitors are followed before they consent"),
    why=_("The dialog asks for leave and the page does not wait for the answer."),
    fix=_("Load what counts and follows visitors after they agreed."),
    shopwide=True,
    found=_("{requests} requests to {hosts} left before the dialog was answered"),
    source="https://eur-lex.europa.eu/eli/dir/2002/58/oj",
    scored=False,
)
def followed_before_consent(consent: Consent, requests: Requests) -> Judgement:
    if not consent.dialog_seen:
        raise NotApplicable("no consent dialog was seen on this page")
    early = [request for request in requests.items if request.phase == "before"]
    if not early:
        raise NotRecorded("which requests left before the answer was not recorded")
    following = measuring(early)
    yield Measure(value=len(following), unit="requests", of=len(early))
    if following:
        hosts = sorted({urlsplit(request.url).hostname or "" for request in following})
        yield Problem(
            values={"requests": len(following), "hosts": ", ".join(hosts[:4])}, owner=hosts[0], discriminator="before"
        )
