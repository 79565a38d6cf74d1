"""What every audit of a shop that treats it badly has to end with."""

from tests.hostile_shop.audited import Audited, Place, Started

USAGE, NOTHING_JUDGED, PARTIAL, INTERRUPTED = 2, 3, 4, 130


def not_audited(done: Audited, where: Place, *words: str) -> None:
    """The audit judged nothing and says why, to the operator and in the report; the run folder can be replayed."""
    assert done.code == NOTHING_JUDGED, done.said
    report = done.report
    assert report.run.ended == "failed"
    assert report.run.why.startswith("Not audited, because ")
    for word in words:
        assert word in done.said
        assert word in report.run.why
    assert report.findings == ()
    assert all(score.score is None for score in report.scores.areas)
    assert report.scores.overall is None
    assert done.replayed().findings == report.findings
    clean(done, where)


def clean(done: Audited, where: Place) -> None:
    """It said nothing of a fault of its own, and left no process and no temp file."""
    assert "Traceback" not in done.said
    assert "Error" not in done.said
    assert where.left() == []


def judged(done: Audited, where: Place, *, code: int = 0) -> None:
    """The audit ended with this code, its report is there and its run folder gives the same findings again."""
    assert done.code == code, done.said
    assert done.printed.strip() == str(done.folder / "report.html")
    assert (done.folder / "report.html").stat().st_size > 1000
    assert done.replayed().findings == done.report.findings
    clean(done, where)


def audit_of_hanging_page(where: Place, url: str) -> Started:
    """An audit of two pages, of which the second (`pages.hanging_second_page`) waits for a picture."""
    settings = {"templates": {"/stuck": "content"}, "panel": {"home": 1, "content": 1}, "devices": ["mobile"]}
    options = where.config(allow_private=True, politeness={"delay_s": 0}, speed={"runs": 0}, depth="pages", **settings)
    return Started(where, "audit", url, "--out", str(where.path / "run"), *options)
