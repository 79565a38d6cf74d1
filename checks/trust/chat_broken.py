"""TRU-004."""

from auditor.api import Certainty, Judgement, NotApplicable, NotRecorded, Problem, Severity, ShopEvidence, _, check
from auditor.reading.service import chat_requests, speaks_of_chat
from auditor.reading.visits import loaded

REFUSED = frozenset({400, 401, 403, 404, 410})
"""Answers by which a maker of chats says that this shop has none."""


@check(
    id="trust/chat-broken",
    row="TRU-004",
    severity=Severity.MINOR,
    title=_("The chat that the shop has does not load"),
    why=_("A shopper who presses for help and gets nothing trusts the rest of the shop less."),
    fix=_("Repair the chat's script or its account, or take the entry out."),
    shopwide=True,
    found=_("The chat's file answers {status}: {url}"),
    found_as={"silent": _("“{name}” promises a chat, and no known chat was loaded")},
    source="https://www.nngroup.com/articles/chat-ux/",
)
def chat_broken(shop: ShopEvidence) -> Judgement:
    if not any(visit.requests for visit in loaded(shop)):
        raise NotRecorded("no page's requests were recorded")
    asked, spoken = chat_requests(shop), speaks_of_chat(shop)
    if not asked and spoken is None:
        raise NotApplicable("the shop offers no chat, which many do not")
    answered = [request for _visit, request in asked if request.status is not None and 200 <= request.status < 400]
    refused = [(visit, request) for visit, request in asked if request.status in REFUSED]
    if refused and not answered:
        visit, request = refused[0]
        values = {"status": request.status or 0, "url": request.url.split("?")[0], "name": "-"}
        yield Problem(values=values, page_key=visit.page.key, discriminator="refused")
    elif not asked and spoken is not None:
        visit, name = spoken
        yield Problem(
            values={"status": 0, "url": "-", "name": name},
            certainty=Certainty.NEEDS_REVIEW,
            page_key=visit.page.key,
            discriminator="silent",
        )
