"""What is held against a candidate: findings by their fingerprint, and what was counted exactly."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from auditor.compare import by_check, why_new
from auditor.evidence import Device
from auditor.finding import Finding, Severity, Verdict
from auditor.gate.policy import Action, GatePolicy, Growth, Rule
from auditor.gate.side import Counted, Side
from auditor.gate.verdict import Fixed, Reason, mark_of
from auditor.interlock.site import site_of
from auditor.result import CheckTexts
from auditor.score import SHOW_STOPPERS

Texts = Mapping[str, CheckTexts]
BUDGET_CHECK = "speed/over-budget"
_UNITS = {"bytes": "kB", "requests": "requests", "cls": "of layout shift"}


def reasons(policy: GatePolicy, before: Side | None, after: Side, texts: Texts) -> tuple[Reason, ...]:
    """All of them, errors first, then by severity. Without ``before`` only the show-stoppers and the numbers count."""
    found = [
        *_findings(policy, before, after, texts),
        *_numbers(policy, after),
        *(_third_parties(policy.third_party_scripts, before, after) if before else ()),
        *(growth_reasons(policy, before, after) if before else ()),
    ]
    ladder = [*Severity, None]
    return tuple(sorted(found, key=lambda one: (one.level, ladder.index(one.severity), one.kind, one.id)))


def fixed(before: Side, after: Side) -> tuple[Fixed, ...]:
    """Findings of the base whose check passed at each of their places."""
    gone = {finding.fingerprint for finding in after.findings}
    judged = by_check(after.outcomes())
    return tuple(
        Fixed(fingerprint=finding.fingerprint, check=finding.check, found=finding.found)
        for finding in before.findings
        if finding.verdict is Verdict.FAILED and finding.fingerprint not in gone and not why_new(finding, judged)
    )


def _findings(policy: GatePolicy, before: Side | None, after: Side, texts: Texts) -> Iterator[Reason]:
    known = {finding.fingerprint for finding in before.findings} if before else set()
    judged = by_check(before.outcomes()) if before else {}
    for finding in after.findings:
        if finding.verdict is not Verdict.FAILED:
            continue
        new = before is not None and finding.fingerprint not in known
        if finding.check == BUDGET_CHECK:
            yield _over_budget(finding, texts, new)
            continue
        if finding.row in SHOW_STOPPERS:
            if new or policy.show_stoppers != "new":
                level: Literal["error", "warning"] = "warning" if policy.show_stoppers == "warn" else "error"
                yield _reason(finding, "show_stopper", level, f"show_stoppers: {policy.show_stoppers}", texts, new)
            continue
        rule = policy.rule_for(finding)
        if before is None or not new or rule is None or rule.action == "ignore":
            continue
        doubt = why_new(finding, judged) or _changed(finding, before, after) or _a_time(finding)
        yield _new(finding, rule, doubt, texts)


def _over_budget(finding: Finding, texts: Texts, new: bool) -> Reason:
    """A budget holds for old pages as for new ones; one of level ``warn`` made a minor finding."""
    level: Literal["error", "warning"] = "warning" if finding.severity is Severity.MINOR else "error"
    return _reason(finding, "budget", level, "budgets", texts, new)


def _new(finding: Finding, rule: Rule, doubt: str, texts: Texts) -> Reason:
    level: Literal["error", "warning"] = "error" if rule.action == "fail" and not doubt else "warning"
    said = f"findings: {rule.said}: {rule.action}"
    return _reason(finding, "finding", level, said, texts, True).model_copy(update={"note": doubt})


def _changed(finding: Finding, before: Side, after: Side) -> str:
    if before.digests.get(finding.check) != after.digests.get(finding.check):
        return "the check has changed since the baseline was made, the shop may have had this before"
    return ""


def _a_time(finding: Finding) -> str:
    """Times differ from load to load: one crossing of a limit is no reason, the rank test is."""
    if finding.indicative or any(name.endswith("_ms") for name in finding.values):
        return "a time crossed a limit, which chance can do; the repeated loads decide"
    return ""


def _reason(
    finding: Finding,
    kind: Literal["finding", "show_stopper", "budget"],
    level: Literal["error", "warning"],
    rule: str,
    texts: Texts,
    new: bool,
) -> Reason:
    text = texts.get(finding.check)
    return Reason(
        kind=kind, level=level, id=finding.check, rule=rule, title=text.title if text else finding.check,
        found=finding.found, fix=text.fix if text else "", source=text.source if text else "", check=finding.check,
        row=finding.row, area=finding.area, severity=finding.severity, fingerprint=finding.fingerprint, new=new,
        pages=finding.pages, devices=finding.devices, selector=finding.selector, owner=finding.owner,
    )  # fmt: skip


def _numbers(policy: GatePolicy, after: Side) -> Iterator[Reason]:
    counts = Counter(finding.severity for finding in after.findings if finding.verdict is Verdict.FAILED)
    for severity, most in policy.most.items():
        if counts[severity] > most:
            yield Reason(
                kind="number", level="error", id=f"most/{severity}", severity=severity, new=False,
                title=f"There are more {severity} findings than the policy allows",
                found=f"{counts[severity]} {severity} findings, old and new; at most {most} are allowed",
                rule=f"most: {severity}: {most}",
            )  # fmt: skip


def _third_parties(action: Action, before: Side, after: Side) -> Iterator[Reason]:
    if action == "ignore":
        return
    for site, pages in after.scripts.items():
        if site in before.scripts:
            continue
        seen = tuple(page for page in pages if page in before.pages)
        yield Reason(
            kind="third_party", level="error" if action == "fail" and seen else "warning", id="third-party-script",
            title="A third party's script is new", owner=site, pages=pages, severity=Severity.SERIOUS,
            found=f"scripts from {site} run on {len(pages)} {'page' if len(pages) == 1 else 'pages'}, before on none"
            + _example(site, after),
            rule=f"third_party_scripts: {action}", fingerprint=mark_of("third-party", site),
            fix="Is it meant to be there? Then accept it; else take it out of the template or the tag manager.",
            note="" if seen else "the pages with it were not looked at before",
        )  # fmt: skip


def _example(site: str, after: Side) -> str:
    """One of its scripts by name; a path in this shop is not one."""
    for one in after.counted:
        for file in one.files:
            if not file.startswith("/") and site_of(f"https://{file}") == site:
                return f"; such as {file}"
    return ""


def growth_reasons(policy: GatePolicy, before: Side, after: Side) -> Iterator[Reason]:
    old: dict[tuple[str, Device], Counted] = {(one.page, one.device): one for one in before.counted}
    for growth in policy.growth:
        worse: dict[Device, list[tuple[float, float, str]]] = defaultdict(list)
        new: dict[Device, dict[str, int]] = defaultdict(dict)
        for one in after.counted:
            known = old.get((one.page, one.device))
            was, now = _count(known, growth), _count(one, growth)
            if was is not None and now is not None and _grew(growth, was, now):
                worse[one.device].append((was, now, one.page))
                new[one.device] |= _more(known, one)
        for device, pages in worse.items():
            yield _growth(growth, device, sorted(pages, key=lambda page: page[0] - page[1]), new[device])


def _count(one: Counted | None, growth: Growth) -> float | None:
    found: float | None = getattr(one, growth.metric) if one is not None else None
    return found


def _more(known: Counted | None, one: Counted) -> dict[str, int]:
    """Files and by how much each is larger than before."""
    old = known.files if known is not None else {}
    return {file: size - old.get(file, 0) for file, size in one.files.items() if size > old.get(file, 0)}


def _grew(growth: Growth, was: float, now: float) -> bool:
    return growth.action != "ignore" and now - was > max(growth.least, growth.share * was)


def _growth(growth: Growth, device: Device, pages: list[tuple[float, float, str]], new: Mapping[str, int]) -> Reason:
    was, now, page = pages[0]
    unit = _UNITS[growth.metric]
    more = f", and {len(pages) - 1} more page{'s' * (len(pages) > 2)} grew" if len(pages) > 1 else ""
    if new and growth.metric == "bytes":
        file = max(new, key=lambda name: (new[name], name))
        more += f"; the largest change is {file}, {new[file] / 1000:,.0f} kB more"
    return Reason(
        kind="growth", level="error" if growth.action == "fail" else "warning", id=f"growth/{growth.metric}",
        title={
            "bytes": "Pages have become heavier",
            "requests": "Pages ask for more files",
            "cls": "Pages shift more while they load",
        }[growth.metric],
        found=f"{page} has {_shown(growth, now)} {unit}, before {_shown(growth, was)} {unit}{more}",
        rule=f"growth: {growth.metric}: share {growth.share:g}, least {growth.least:g}",
        severity=Severity.SERIOUS, pages=tuple(name for _was, _now, name in pages), devices=(device,),
        fingerprint=mark_of("growth", growth.metric, device),
        fix={
            "bytes": "Look at what this release adds to these pages: scripts, fonts, pictures.",
            "requests": "Look at which files this release adds to these pages; bundle them or load them when needed.",
            "cls": "Give what appears late its place from the start: width and height, or min-height.",
        }[growth.metric],
    )  # fmt: skip


def _shown(growth: Growth, value: float) -> str:
    if growth.metric == "bytes":
        return f"{value / 1000:,.0f}"
    return f"{value:.3f}" if growth.metric == "cls" else f"{value:.0f}"
