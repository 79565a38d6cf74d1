"""ADS-010."""

from auditor.ads.loads import loads_of
from auditor.ads.parties import party_of
from auditor.api import Certainty, Judgement, NotRecorded, Problem, Severity, ShopEvidence, _, check


@check(
    id="injected-ads/prompt-unrequested",
    row="ADS-010",
    severity=Severity.MODERATE,
    title=_("The page asks for a permission that nobody asked about"),
    why=_("A question of the browser before anything was pressed is refused, and some shoppers leave."),
    fix=_("Ask when the shopper presses something that needs it, such as the search for a store nearby."),
    shopwide=True,
    found=_("The page asks to send notifications while it loads"),
    found_as={
        "location": _("The page asks where the shopper is while it loads"),
        "vibration": _("The page lets the phone vibrate while it loads"),
        "clipboard": _("The page reads or writes the clipboard while it loads"),
        "sound": _("The page plays sound while it loads"),
    },
    source="https://developer.chrome.com/docs/lighthouse/best-practices/notification-on-start",
)
def prompt_unrequested(shop: ShopEvidence) -> Judgement:
    watched = [load for load in loads_of(shop) if load.insertions.prompts is not None]
    if not watched:
        raise NotRecorded("what the page asks of the browser was not watched")
    for load in watched:
        for prompt in load.insertions.prompts or ():
            maker = next((party for url in prompt.maker if (party := party_of(url))), "")
            # That it says it will play by itself is not yet a sound.
            doubt = prompt.what == "sound" and not prompt.maker
            yield Problem(
                values={"maker": maker or "the page"},
                certainty=Certainty.NEEDS_REVIEW if doubt else Certainty.CERTAIN,
                discriminator="" if prompt.what == "notifications" else prompt.what,
                page_key=load.page.key,
                owner=maker if maker and maker != party_of(load.page.url) else "shop",
            )
