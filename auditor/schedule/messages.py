"""What is sent to people, in the language of each."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from auditor.evidence import Device, Template
from auditor.finding import Severity
from auditor.notify import Message
from auditor.notify.outbox import next_digest
from auditor.phrases import _, _n
from auditor.schedule.model import Event, Notify
from auditor.store.alerts import Alert
from reports.language import Language, number, written_in
from reports.recorded import said
from reports.shop_text import clean
from reports.wording import METRICS, ON_DEVICES, PAGES_OF, SEVERITIES, quantity

MOST_LINES = 20
RECORDED = ("found", "why")
"""Values that an audit worded in English."""
UNITS = {"cls": "score", "bytes": "bytes", "requests": "count"}
SENTENCES = (
    _("{severity}: {found}"),
    _("{metric} of {template} {device}: {before} → {after}"),
    _("{metric} {device}: {after} on {page}, the budget is {limit}"),
    _("{metric} {device}: {before} → {after} on {page}, the budget allows {share} more"),
    _("The audit failed: {why}"),
    _("{count} audits of {schedule} were missed, the last one of {wall}"),
    _("audits run again"),
)
"""All that an alert may tell, for the catalogues."""


def sentence(alert: Alert) -> str:
    """What an alert tells, in the current language."""
    unit = UNITS.get(str(alert.values.get("metric")), "ms")
    values = {
        name: _word(name, value) if isinstance(value, str) else _amount(name, value, unit)
        for name, value in alert.values.items()
    }  # fmt: skip
    return _(alert.told).format(**values)


def _amount(name: str, value: float, unit: str) -> str:
    if name == "share":
        return f"{number(100 * value)} %"
    return number(value, 0) if name == "count" else quantity(value, unit)


def _word(name: str, value: str) -> str:
    if name == "severity":
        return SEVERITIES[Severity(value)]
    if name == "device":
        return ON_DEVICES[Device(value)]
    if name == "template":
        return PAGES_OF[Template(value)]
    return METRICS[value] if name == "metric" else clean(said(value) if name in RECORDED else value, 200)


def messages(
    event: Event, shop: str, shown: str, alerts: Sequence[Alert], recipients: Iterable[Notify], key: str, now: datetime,
    link: str = "",
) -> tuple[Message, ...]:  # fmt: skip
    """One message to each recipient that wants the event. ``shown`` is the shop's name for people."""
    made = []
    for one in recipients:
        if event not in one.on or not alerts:
            continue
        with written_in(Language(one.locale, native_digits=one.locale == "fa")):
            lines = [f"• {sentence(alert)}" for alert in alerts[:MOST_LINES]]
            if len(alerts) > MOST_LINES:
                lines.append(_("and {count} more").format(count=number(len(alerts) - MOST_LINES, 0)))
            made.append(
                Message(
                    key=f"{event} {shop} {key} {one.locale}", recipient=one.to, event=event, shop=shop,
                    title=_title(event, shown, len(alerts)), body="\n".join([*lines, link] if link else lines),
                    digest_at=next_digest(one.digest, now),
                )
            )  # fmt: skip
    return tuple(made)


def _title(event: Event, shop: str, count: int) -> str:
    shown = {"shop": clean(shop, 80), "count": number(count, 0)}
    if event == "regression":
        return _n("{shop}: {count} thing got worse", "{shop}: {count} things got worse", count).format(**shown)
    if event == "recovered":
        return _n("{shop}: {count} thing is well again", "{shop}: {count} things are well again", count).format(**shown)
    if event == "failed":
        return _("{shop}: the audit failed").format(**shown)
    return _("{shop}: audits were missed").format(**shown)
