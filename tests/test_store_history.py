"""The index of run folders: a finding's life over runs, series of numbers, and that all of it can be made again."""

import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from auditor.finding import Outcome, Verdict
from auditor.store import Store, StoreError, history
from auditor.store.carrying import export_shop, import_shop
from auditor.store.index_tables import INDEX_TABLES, audits
from auditor.store.indexing import epoch_of, index_run, rebuild
from auditor.store.retention import KEEP_MARK, removable
from tests.factories.results import declared, run
from tests.stores import CHECK, FAILED, FIRST, PASSED, Shop, judged, metric, server, store

__all__ = ["server", "store"]
ELSEWHERE = judged(Verdict.FAILED, "/p/b", selector=".total")
MISSING = judged(check="trust/phone-missing")


@pytest.fixture
def shop(tmp_path) -> Shop:
    return Shop(tmp_path / "runs")


def lives(store: Store, shop: Shop, *runs: list[Outcome]) -> list[dict[str, str]]:
    """For each run the states of its findings, by the reason or the check."""
    told = []
    for outcomes in runs:
        with store.begin() as connection:
            audit = index_run(connection, shop.name, shop.audited(outcomes))
            assert audit is not None
            told.append({row.check: row.then for row in history.findings_in(connection, audit)})
    return told


def test_a_finding_is_new_then_still_there_then_fixed_then_comes_back(store, shop):
    seen = lives(store, shop, [PASSED], [FAILED], [FAILED], [PASSED], [PASSED], [FAILED])
    assert [states.get(CHECK) for states in seen] == [None, "new", "still", "fixed", None, "came_back"]


def test_nothing_is_fixed_that_was_not_looked_at_and_a_later_pass_at_its_place_fixes_it(store, shop):
    seen = lives(store, shop, [FAILED, PASSED], [MISSING], [judged(page="/p/other")], [PASSED])
    assert [states.get(CHECK) for states in seen] == ["new", "unjudged", "unjudged", "fixed"]


def test_first_and_last_seen_are_those_of_the_runs_that_had_it(store, shop):
    lives(store, shop, [PASSED], [FAILED], [FAILED], [PASSED])
    with store.begin() as connection:
        (found,) = history.findings_in(connection, history.audits_of(connection, "demo", 1)[0].id)
        states = [row.state for row in history.life_of(connection, "demo", found.id, 10)]
    assert (found.first_seen - FIRST, found.last_seen - FIRST) == (timedelta(days=1), timedelta(days=2))
    assert states == ["fixed", "still", "new", None]


@pytest.mark.parametrize(
    ("before", "because"),
    [
        ([MISSING], "the check is new, the shop may have had this before"),
        ([judged(page="/p/other")], "it was not looked at before"),
        ([PASSED], ""),
    ],
)
def test_a_new_finding_says_when_it_may_be_old(store, shop, before, because):
    lives(store, shop, before, [FAILED])
    with store.begin() as connection:
        assert history.open_findings(connection, "demo")[0].because == because


def test_a_run_in_which_nothing_could_be_judged_changes_no_life(store, shop):
    lives(store, shop, [FAILED])
    with store.begin() as connection:
        index_run(connection, "demo", shop.audited([], ended="failed", why="blocked"))
        assert [row.state for row in history.open_findings(connection, "demo")] == ["new"]
        assert [row.ended for row in history.audits_of(connection, "demo", 5)] == ["failed", "complete"]


def test_a_run_is_indexed_once(store, shop):
    folder = shop.audited([FAILED], [metric(2000)])
    for _ in range(2):
        with store.begin() as connection:
            assert index_run(connection, "demo", folder) == history.audits_of(connection, "demo", 9)[-1].id
    with store.begin() as connection:
        assert len(history.audits_of(connection, "demo", 9)) == 1
        assert len(history.points_of(connection, "demo", 9)) == 1


def test_an_older_run_adds_its_numbers_and_changes_no_life(store, shop):
    old, new = shop.audited([FAILED], [metric(2000)]), shop.audited([PASSED], [metric(2100)])
    with store.begin() as connection:
        index_run(connection, "demo", new)
        index_run(connection, "demo", old)
        assert [point.median for point in history.points_of(connection, "demo", 9)] == [2000, 2100]
        assert history.open_findings(connection, "demo") == ()


def test_a_jump_that_new_checks_made_has_the_overall_of_the_old_checks_beside_it(store, shop):
    everything = [judged(check=name) for name in declared() if name != CHECK]
    with store.begin() as connection:
        index_run(connection, "demo", shop.audited(everything), declared())
        audit = index_run(connection, "demo", shop.audited([*everything, FAILED]), declared())
        row = history.audit_of(connection, audit)
    assert row.overall < row.overall_same_checks == 100


def test_an_epoch_is_browser_major_version_system_and_cores():
    one = run().environment
    same = one.model_copy(update={"browser": "Chromium 146.0.9", "auditor": "0.2.7", "system": "Linux 6.1 x86_64"})
    assert epoch_of(one) == epoch_of(same)
    for changed in (
        {"browser": "147.0"},
        {"cores": 8},
        {"browser_source": "headless shell"},
        {"auditor": "0.3.0"},
        {"system": "Darwin 25 arm64"},
    ):
        assert epoch_of(one.model_copy(update=changed)) != epoch_of(one)


def test_the_index_is_made_again_from_run_folders_alike(store, shop):
    lives(store, shop, [PASSED], [FAILED, ELSEWHERE], [PASSED, ELSEWHERE], [FAILED])
    wanted = sorted(shop.root.iterdir(), reverse=True)

    def told() -> list[tuple[object, ...]]:
        with store.begin() as connection:
            rows = [
                (row.fingerprint, row.then, row.because, row.first_seen)
                for audit in history.audits_of(connection, "demo", 9)
                for row in history.findings_in(connection, audit.id)
            ]
        return sorted(rows, key=str)

    before = told()
    with store.begin() as connection:
        assert rebuild(connection, [("demo", path) for path in wanted], declared()) == 4
    assert told() == before
    assert len(before) > 3


def test_a_folder_without_a_result_is_passed_over(store, shop, tmp_path):
    (tmp_path / "runs" / "demo" / "broken").mkdir(parents=True)
    (tmp_path / "runs" / "demo" / "broken" / "run.json").write_text("{")
    with store.begin() as connection:
        assert rebuild(connection, [("demo", tmp_path / "runs" / "demo" / "broken")], {}) == 0


def test_a_history_is_carried_to_another_name_whole(store, shop, tmp_path):
    lives(store, shop, [FAILED], [PASSED])
    file = tmp_path / "history.gz"
    with store.begin() as connection:
        index_run(connection, "demo", shop.audited([PASSED], [metric(2000)]))
        assert export_shop(connection, "demo", file) == 3
        assert import_shop(connection, file, "renamed") == ("renamed", 3)
        for name in ("demo", "renamed"):
            (found,) = history.findings_in(connection, history.audits_of(connection, name, 3)[1].id)
            assert (found.then, found.first_seen) == ("fixed", FIRST)
            assert [point.median for point in history.points_of(connection, name, 9)] == [2000]
        assert {row.folder for row in history.audits_of(connection, "renamed", 9)} == {""}, "no path is carried"
    with store.begin() as connection, pytest.raises(StoreError, match="already"):
        import_shop(connection, file)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no gzip", "damaged|cannot be read"),
        (gzip.compress(b'{"format": "other"}\n'), "no exported history"),
        (gzip.compress(b'{"format": "storefront-auditor history", "version": 9}\n'), "another version"),
        (
            gzip.compress(b'{"format": "storefront-auditor history", "version": 1, "shop": "x"}\n["audits", {}]\n'),
            "damaged",
        ),
        (
            gzip.compress(b'{"format": "storefront-auditor history", "version": 1, "shop": "x"}\n["users", {}]\n'),
            "damaged",
        ),
        (gzip.compress(b" " * 3_000_000), "longer than any"),
    ],
    ids=["no gzip", "no history", "version", "audits", "users", "too long"],
)
def test_a_file_that_is_no_history_is_refused_and_leaves_nothing(store, tmp_path, content, says):
    (tmp_path / "h.gz").write_bytes(content)
    with pytest.raises(StoreError, match=says), store.begin() as connection:
        import_shop(connection, tmp_path / "h.gz")
    with store.begin() as connection:
        assert connection.execute(select(audits)).first() is None


def test_old_pictures_may_go_but_not_those_of_first_newest_worst_regressed_and_kept_runs(store, shop):
    everything = [judged(check=name) for name in declared()]
    worse = [*everything[1:], judged(Verdict.FAILED, check="navigation/menu-missing")]
    plans = [everything, everything, worse, worse, everything, everything, everything]
    folders = []
    for number, outcomes in enumerate(plans):
        folder = shop.audited(outcomes)
        for name in ("pages/a/viewport.jpg", "pages/a/evidence.json", "crops/x.webp"):
            folder.write_bytes(name, b"x" * 100)
        if number == 4:
            folder.write_text(KEEP_MARK, "")
        folders.append(folder.path)
        with store.begin() as connection:
            index_run(connection, "demo", folder)
    with store.begin() as connection:
        late = tuple(removable(connection, shop.root, timedelta(days=30), FIRST + timedelta(days=90)))
        early = tuple(removable(connection, shop.root, timedelta(days=30), FIRST + timedelta(days=31)))
    assert [one.folder for one in late] == [folders[1], folders[3], folders[5]]
    assert {path.name for path in late[0].files} == {"viewport.jpg", "x.webp"}
    assert late[0].bytes == 200
    assert early == ()


def test_places_of_a_finding_survive_odd_words_in_addresses(store, shop):
    odd = judged(Verdict.FAILED, '/p/"؟<script>\u200c')
    seen = lives(store, shop, [odd], [judged(page='/p/"؟<script>\u200c')])
    assert [list(states.values()) for states in seen] == [["new"], ["fixed"]]


def test_a_damaged_report_is_no_audit(store, shop):
    folder = shop.audited([FAILED])
    (folder.path / "report.json").write_text(json.dumps({"schema_version": 1}))
    with store.begin() as connection:
        assert index_run(connection, "demo", folder) is None
        assert all(connection.execute(select(table)).first() is None for table in INDEX_TABLES)
