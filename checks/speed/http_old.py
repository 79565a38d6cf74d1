"""SPD-010, beside it."""

from auditor.api import Judgement, Problem, Severity, Timed, _, _n, check
from auditor.reading.causes import by_owner, file_name, insight


@check(
    id="speed/http-old",
    row="SPD-010",
    severity=Severity.MINOR,
    title=_("Files come over HTTP/1.1"),
    why=_("The browser fetches six files at a time and the others queue."),
    fix=_("Switch on HTTP/2 or HTTP/3 at the server or the content delivery network."),
    found=_n("{file} comes over {protocol}", "{count} files, such as {file}, come over {protocol}"),
    source="https://developer.chrome.com/docs/performance/insights/modern-http",
    shopwide=True,
    scored=False,
)
def http_old(timed: Timed) -> Judgement:
    for owner, causes in by_owner(insight(timed, "ModernHTTP").causes).items():
        yield Problem(
            values={
                "count": len(causes), "file": file_name(causes[0].url),
                "protocol": str(causes[0].facts.get("protocol", "HTTP/1.1")),
            },
            discriminator=f"owner:{owner}",
            owner=owner,
        )  # fmt: skip
