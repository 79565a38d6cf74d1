"""Filter lists: read from folders of several kinds, downloaded, and never more than a label."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner

from auditor.ads.advertising import bad_hosts
from auditor.ads.filter_lists import Known, default_folder, host_rules, labels_of, list_day, list_text
from auditor.ads.list_updates import update_lists
from auditor.cli.ads import ads
from tests.loopback import answered

TODAY = date(2026, 11, 2)
EASY = """[Adblock Plus 2.0]
! Title: EasyList
! Last modified: 20 Oct 2026 10:00 UTC
||ads.example^
||pop.example^$popup
||all.example^$all
||far.example^$third-party,script
||some.example^$domain=news.example
||path.example/banner.
@@||good.ads.example^
/banner/*
example.org##.ad
"""


def test_rules_for_whole_hosts_count_and_others_do_not() -> None:
    rules = host_rules(EASY)
    assert rules.hosts == {"ads.example", "pop.example", "all.example", "far.example"}
    assert rules.excepted == {"good.ads.example"}
    assert rules.rules == 8


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("ads.example", True), ("x.y.ADS.example.", True), ("good.ads.example", False), ("a.good.ads.example", False),
        ("bads.example", False), ("example", False), ("some.example", False), ("", False),
    ],
)  # fmt: skip
def test_a_host_is_matched_by_its_endings(host: str, named: bool) -> None:
    assert host_rules(EASY).names(host) is named


def test_lists_of_hosts_are_read_too() -> None:
    assert host_rules("# hosts\n0.0.0.0 bad.example # why\n127.0.0.1\tworse.example\nplain.example\n").hosts == {
        "bad.example", "worse.example", "plain.example",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("! Last modified: 20 Oct 2026 10:00 UTC\n", date(2026, 10, 20)), ("# Updated: 2026-10-21T00:00:00Z\n", date(2026, 10, 21)),
        ("! Version: 202610221000\n", date(2026, 10, 22)), ("! Last modified: 99 Xyz 2026\n", None), ("", None),
    ],
)  # fmt: skip
def test_the_day_of_a_list_is_the_one_that_it_says(text: str, day: date | None) -> None:
    assert list_day(text) == day


def test_a_hostile_list_is_read_in_linear_time() -> None:
    assert host_rules("||" + "a." * 200_000 + "^\n").hosts == frozenset()
    with pytest.raises(ValueError, match="JSON without a list"):
        list_text(b"[" * 300_000)


def folder_with(path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text)
    return path


def test_debians_folder_and_adguards_package_are_understood(tmp_path: Path) -> None:
    adguard = json.dumps([{"id": 1, "metadata": {"rawFilterList": "! Version: 20261020\n||bad.example^$all\n"}}])
    folder = folder_with(
        tmp_path,
        {"thirdparties/easylist/easylist.txt": EASY, "ublock/badware.min.txt": "||bad.example^$document\n",
         "ruleset_208/ruleset_208.json": adguard},
    )  # fmt: skip
    told = labels_of({"cdn.ads.example", "bad.example", "shop.example"}, folder, TODAY)
    assert told.labels == {"bad.example": ("URLhaus", "uBlock badware"), "cdn.ads.example": ("EasyList",)}
    assert [one.name for one in bad_hosts(told)["bad.example"]] == ["URLhaus", "uBlock badware"]
    assert {one.name: one.note for one in told.lists}["EasyList"] == ""


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("<!doctype html><title>404</title>", "not used: it is a web page"), ("[{}]", "not used: it is a JSON without a list"),
        ("! nothing\n", "not used: it names no host"), ("! Last modified: 1 Jan 2026\n||ads.example^\n", "305 days old"),
    ],
)  # fmt: skip
def test_a_broken_or_old_list_is_told_and_the_others_count(tmp_path: Path, text: str, note: str) -> None:
    folder = folder_with(tmp_path, {"easylist.txt": text, "easyprivacy.txt": "||track.example^\n"})
    told = labels_of({"track.example"}, folder, TODAY)
    assert {one.name: one.note for one in told.lists}["EasyList"] == note
    assert told.labels == {"track.example": ("EasyPrivacy",)}


def test_a_list_that_is_not_as_it_was_downloaded_is_not_used(tmp_path: Path) -> None:
    noted = json.dumps({"sha256": hashlib.sha256(b"other").hexdigest()})
    folder = folder_with(tmp_path, {"easylist.txt": EASY, "easylist.download": noted})
    (told,) = labels_of({"ads.example"}, folder, TODAY).lists
    assert told.note == "not used: it is not as it was downloaded"


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert labels_of({"ads.example"}, tmp_path / "none", TODAY).lists == ()


def test_the_cache_is_where_the_system_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "storefront-auditor" / "filter-lists"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert default_folder().is_absolute()
    told = CliRunner().invoke(ads, ["lists", "--folder", str(tmp_path / "none")])
    assert "auditor ads lists --update" in told.output


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@asynccontextmanager
async def list_server(answers: list[web.Response]) -> AsyncIterator[tuple[Known, list[str]]]:
    """Gives one answer after the other, and notes what ETag was asked with."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.headers.get("If-None-Match", ""))
        return answers.pop(0)

    async with answered(answer) as origin:
        yield Known("EasyList", "ads", ("easylist.txt",), f"{origin}/list.txt"), asked


@pytest.mark.server
async def test_a_list_is_taken_once_and_kept_when_the_server_fails(tmp_path: Path) -> None:
    answers = [
        web.Response(text=EASY, headers={"ETag": '"one"'}), web.Response(status=304), web.Response(status=500),
        web.Response(text="<html>moved</html>"), web.Response(text=EASY.replace("pop.example", "new.example")),
    ]  # fmt: skip
    async with list_server(answers) as (known, asked):
        told = [(await update_lists(tmp_path, lists=[known]))[0] for _ in range(5)]
    assert asked == ["", *['"one"'] * 4]
    assert [one.changed for one in told] == [True, False, False, False, True]
    assert "500" in told[2].told
    assert "web page" in told[3].told
    assert "new.example" in (tmp_path / "easylist.txt").read_text()
    assert names_in(tmp_path) == {"easylist.txt", "easylist.download"}
    assert labels_of({"new.example"}, tmp_path, TODAY).labels == {"new.example": ("EasyList",)}


async def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = Known("EasyList", "ads", ("easylist.txt",), "http://127.0.0.1:1/list.txt")
    (told,) = await update_lists(tmp_path, lists=[gone])
    assert not told.changed
    assert "could not be had" in told.told
