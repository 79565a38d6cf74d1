"""What a visit has to do about consent: the shopper answers once, later visits live with the answer."""

from playwright.async_api import CDPSession

from auditor.browser.consent import Wish, dialog_open, settle_consent
from auditor.browser.isolated_world import IsolatedWorld
from auditor.browser.network import QUIET_CAP_SECONDS, STATIC_QUIET_SECONDS, NetworkLog
from auditor.browser.page_log import PageLog
from auditor.browser.session import Shopper
from auditor.evidence import Consent, Frame


class VisitConsent:
    """``settled`` once this visit, and not an earlier one, answered the dialog."""

    def __init__(self, shopper: Shopper, wish: Wish) -> None:
        self._shopper, self._wish = shopper, wish
        self.settled = shopper.consent is None

    async def answer(
        self,
        cdp: CDPSession,
        world: IsolatedWorld,
        log: NetworkLog,
        console: PageLog,
        tree: list[tuple[str, Frame]],
    ) -> Consent:
        """Answer an open dialog as wished and remember the cookies, or tell what is left of an earlier answer."""
        shopper, known = self._shopper, self._shopper.consent
        if self.settled or (known is not None and known.choice != "left" and await dialog_open(world)):
            consent = await settle_consent(cdp, world, console, tree, self._wish)
            self.settled = True
            if consent.dialog_seen or shopper.consent is None:
                log.answer_consent()
                shopper.consent = consent
                assert shopper.context is not None
                shopper.storage = dict(await shopper.context.storage_state())
            if consent.dialog_seen:
                await log.quiet(STATIC_QUIET_SECONDS, QUIET_CAP_SECONDS)
            return consent
        assert known is not None
        stored = known.choice in ("rejected", "accepted")
        return Consent(
            dialog_seen=known.choice == "left", cmp=known.cmp, choice=known.choice, by="stored" if stored else "none",
            still_open=known.still_open,
        )  # fmt: skip
