"""A whole gate, from waiting for the preview to the answer."""

import zlib
from datetime import date
from functools import partial
from pathlib import Path

from auditor.acceptance import Acceptances
from auditor.check import CheckSpec
from auditor.gate.baseline import Baseline
from auditor.gate.judging import compared, judge
from auditor.gate.paired import Timed, answers_from_baseline, timed_gate, timed_pages
from auditor.gate.policy import GatePolicy
from auditor.gate.profiles import Profile
from auditor.gate.running import GateRun, Gathered
from auditor.gate.verdict import GateReport
from auditor.gate.waiting import wait_until_up
from auditor.progress import Progress
from auditor.settings import ShopSettings


async def whole_gate(
    policy: GatePolicy,
    *,
    shop: str,
    profile: Profile,
    candidate: ShopSettings,
    base: ShopSettings | None,
    baseline: Baseline | None,
    folder: Path,
    checks: list[CheckSpec],
    progress: Progress,
    acceptances: Acceptances,
    today: date,
    wait_seconds: float,
) -> GateReport:
    """:raises BrowserNotFound: when this machine has no browser.
    :raises RunFolderError: when ``folder`` cannot be used.
    """
    for side in (candidate, base):
        if side is not None and (why := await wait_until_up(side, wait_seconds, progress)):
            return GateReport(
                answer="not_judged", shop=shop, profile=profile,
                why=f"{why}, {wait_seconds:g} s after the gate began to wait for it.",
            )  # fmt: skip
    accepted = frozenset(acceptances.of(shop, today))
    run = GateRun(policy, profile, checks, folder, progress, accepted)
    gathered = await run.gather(candidate, base, baseline)
    if gathered.base is not None and not gathered.base.side.pages:
        return GateReport(
            answer="not_judged", shop=shop, profile=profile, before=compared(gathered.base.side),
            why=f"The base could not be judged: {gathered.base.side.run.why}",
        )  # fmt: skip
    report = partial(
        judge, policy, shop=shop, profile=profile, after=gathered.after.side, before=gathered.before,
        texts=gathered.after.result.checks, again=gathered.again.side if gathered.again else None,
        acceptances=acceptances, today=today,
    )  # fmt: skip
    notes = (*gathered.notes, *(f"A budget is not understood: {what}" for what in candidate.speed.budgets_unread))
    first = report(notes=notes)
    looked = (gathered.base, gathered.after, gathered.again)
    if any(one is not None and one.order_sign for one in looked):
        why = "A sign of an order was seen on a journey: look in the shop for an order of the test identity."
        return first.model_copy(update={"answer": "order_sign", "why": why})
    if profile != "ci" or first.answer != "open" or gathered.before is None:
        return first
    seed = zlib.crc32(gathered.after.side.run.id.encode())
    timed = await _timed(run, gathered, candidate, base, seed)
    made = report(notes=(*notes, *timed.notes), timing=timed.answers, timing_wanted=True)
    return made.model_copy(update={"seed": seed if base is not None else None})


async def _timed(
    run: GateRun, gathered: Gathered, candidate: ShopSettings, base: ShopSettings | None, seed: int
) -> Timed:
    before, after = gathered.before, gathered.after
    assert before is not None
    if base is None or gathered.base is None:
        device = candidate.devices[0]
        return Timed(answers=answers_from_baseline(run.policy.timing, before.metrics, after.side.metrics, device))
    urls = [{page.key: page.url for page in looked.result.pages} for looked in (gathered.base, after)]
    pages = {page: (urls[0][page], urls[1][page]) for page in timed_pages(before, after.side)}
    return await timed_gate(
        run.policy.timing, base, candidate, pages, seed=seed, seconds_left=run.seconds_left, progress=run.progress
    )  # fmt: skip
