"""SPD-010, beside it: the back/forward cache."""

from auditor.api import Judgement, NotRecorded, Problem, Severity, Timed, _, check

MENDS = {
    "UnloadHandlerExistsInMainFrame": "a script listens to unload",
    "UnloadHandlerExistsInSubFrame": "a script in a frame listens to unload",
    "WebSocket": "a web socket is open",
    "WebRTC": "a WebRTC connection is open",
    "WebTransport": "a WebTransport connection is open",
    "BroadcastChannelOnMessage": "a script listens to a broadcast channel",
    "IndexedDBEvent": "an IndexedDB connection is open",
    "WebLocks": "a script holds a lock",
}


@check(
    id="speed/back-reloads",
    row="SPD-010",
    severity=Severity.MINOR,
    title=_("Going back loads the page again"),
    why=_("Shoppers go back from products to the list all the time; a kept page is there at once, where they left it."),
    fix=_("Use pagehide instead of unload, and close connections when the page is hidden."),
    found=_("The browser does not keep the page when it is left: {reasons}"),
    source="https://web.dev/articles/bfcache",
    scored=False,
)
def back_reloads(timed: Timed) -> Judgement:
    again = timed.again
    if again is None or again.kept_whole is None:
        raise NotRecorded((again and again.note) or timed.why or "leaving the page and coming back was not tried")
    if again.not_kept:
        reasons = ", ".join(MENDS.get(name, name)[:60] for name in again.not_kept[:4])
        yield Problem(values={"reasons": reasons}, discriminator="kept")
