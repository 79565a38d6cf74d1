"""A first ``auditor-gate.yaml``, with comments, from what one look at the shop showed."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.finding import Severity, Verdict
from auditor.gate.side import Side
from auditor.result import AuditResult
from reports.shop_text import clean

SHOWN = 8


def initial_config(result: AuditResult, side: Side) -> str:
    """YAML that :class:`auditor.gate.policy.GateConfig` reads."""
    return "\n".join((*_head(result), *_shop(result, side), *_policy(side), *_access())) + "\n"


def _head(result: AuditResult) -> Iterator[str]:
    host = urlsplit(result.run.start_url).netloc
    yield "# The gate's policy, written by `auditor gate init`"
    yield f"# from a look at {_plain(host)} on {result.run.started_at:%Y-%m-%d}."
    yield "# Everything below may be changed or left out; what is left out has the value that stands here."
    yield "version: 1"
    yield "# The shop's name, the same for all its addresses: findings are accepted under it."
    yield f"name: {_quoted(host)}"


def _shop(result: AuditResult, side: Side) -> Iterator[str]:
    found = Counter(page.template for page in result.pages if page.key in side.pages)
    yield ""
    yield "shop:"
    yield f"  # Seen: {', '.join(f'{count} {template}' for template, count in found.items())}."
    for entry in result.not_seen:
        if entry.kind == "template":
            yield f"  # Not seen: {_plain(entry.what)}: {_plain(entry.why)}"
    yield "  devices: [mobile]"
    language = result.discovery.get("language")
    yield f"  language: {_quoted(str(language))}" if language else "  # language: pl"
    yield "  # pages: look at pages only; cart: walk as far as the cart. No order is ever placed."
    yield "  depth: cart"
    yield "  # Journeys; each takes some seconds more."
    yield "  journey: {walk: [buy]}"
    yield "  # Answer what pages load from other sites with nothing, but for the domains that the shop needs:"
    yield "  # pinned: {third_parties: stubbed, keep: [cdn.example.net]}"
    yield "  # What to answer a consent dialog: reject, accept or leave."
    yield "  consent: reject"


def _policy(side: Side) -> Iterator[str]:
    counts = Counter(finding.severity for finding in side.findings if finding.verdict is Verdict.FAILED)
    said = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity]) or "none"
    yield ""
    yield "gate:"
    yield "  # New findings: the first rule that fits decides. severity means this one and worse."
    yield "  findings:"
    yield "    - {severity: moderate, action: fail}"
    yield "    - {action: warn}"
    yield "  # A cart that cannot be filled, a checkout that cannot be reached: fail, or only when new."
    yield "  show_stoppers: fail"
    yield f"  # Findings in all, old and new; today there are: {said}."
    yield "  # most: {critical: 0}"
    parties = list(side.scripts)
    rest = f" and {len(parties) - SHOWN} more" if len(parties) > SHOWN else ""
    named = ", ".join(_plain(party) for party in parties[:SHOWN]) + rest if parties else "none"
    yield f"  # Scripts of third parties run today: {named}. Set warn where an ad network changes them all the time."
    yield "  third_party_scripts: fail"
    yield "  # Times, with --profile ci: a metric must be worse by this share, and surely so."
    yield "  timing: {metrics: [lcp, tbt, cls], effect: 0.05}"
    yield "  # Seconds for the whole gate."
    yield "  seconds: 240"
    yield ""
    yield "# Lighthouse's budget.json, or a lighthouserc with assertions."
    yield "# budgets: [budget.json]"
    yield "# Which file of this repository makes which pages, for annotations."
    yield '# source_map: {"/product/**": templates/product.html}'
    yield "# Where accepted findings are written."
    yield "accepted: accepted.yaml"


def _access() -> Iterator[str]:
    yield ""
    yield "# How to get into a preview: where its secrets are, never the secrets. They are sent to its own origin only."
    yield "# access:"
    yield "#   basic: env:PREVIEW_LOGIN"
    yield "#   headers: {x-bypass-token: env:PREVIEW_TOKEN}"
    yield "#   cookies: {session: file:/run/secrets/session}"


def _plain(text: str) -> str:
    """One line of a comment: whatever a shop wrote, it cannot end the comment."""
    return clean(text, 120)


def _quoted(text: str) -> str:
    inner = clean(text, 80).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
