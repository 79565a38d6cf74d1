"""The file of accepted findings, and the commands that write it."""

from datetime import date

import pytest
from click.testing import CliRunner

from auditor.acceptance import accept, acceptance, read_acceptances, withdraw
from auditor.cli import cli
from auditor.operator_file import SettingsFileError
from auditor.store import open_store
from auditor.store.indexing import index_run
from tests.stores import FAILED, Shop

A, B = "a" * 16, "b" * 16


def test_what_is_accepted_holds_until_its_last_day(tmp_path):
    file = tmp_path / "accepted.yaml"
    accept(file, acceptance(shop="demo", fingerprint=A, who="Anna", why="as agreed", until="2027-01-31"))
    read = read_acceptances(file)
    assert set(read.of("demo", date(2027, 1, 31))) == {A}
    assert read.of("demo", date(2027, 2, 1)) == {}
    assert read.of("other", date(2027, 1, 1)) == {}


@pytest.mark.parametrize("words", ["no", "0777", "12:30", "# not: a comment", "پذیرفته شد", "'\"{}[]", "- x: y"])
def test_any_words_come_back_as_they_were_written(tmp_path, words):
    file = tmp_path / "accepted.yaml"
    accept(file, acceptance(shop="demo", fingerprint=A, who=words, why=words))
    (one,) = read_acceptances(file).accepted
    assert (one.who, one.why) == (words, words)


def test_what_people_wrote_into_the_file_stays(tmp_path):
    file = tmp_path / "accepted.yaml"
    file.write_text(
        f"# Ours.\nversion: 1\naccepted:\n  # Talked over in May.\n  - {{shop: demo, fingerprint: {A}, who: Anna, why: x}}\n"
    )
    accept(file, acceptance(shop="demo", fingerprint=B, who="Bob", why="y"))
    assert "# Ours." in file.read_text()
    assert "# Talked over in May." in file.read_text()
    assert withdraw(file, "demo", B)
    assert not withdraw(file, "demo", B)
    assert [one.fingerprint for one in read_acceptances(file).accepted] == [A]


def test_a_finding_is_accepted_once(tmp_path):
    file = tmp_path / "accepted.yaml"
    for why in ("first", "second"):
        accept(file, acceptance(shop="demo", fingerprint=A, who="Anna", why=why))
    assert [one.why for one in read_acceptances(file).accepted] == ["second"]


def test_a_broken_file_is_said_and_never_written_over(tmp_path):
    file = tmp_path / "accepted.yaml"
    file.write_text("version: 1\naccepted:\n  - shop: demo\n    fingerprint: short\n    who: a\n    why: b\n")
    with pytest.raises(SettingsFileError, match=r"line 4: accepted\.0\.fingerprint"):
        accept(file, acceptance(shop="demo", fingerprint=A, who="a", why="b"))
    assert "short" in file.read_text()


@pytest.mark.parametrize("values", [{"who": ""}, {"why": "a\nb"}, {"fingerprint": "../../etc"}, {"until": "soon"}])
def test_a_wrong_value_is_named(values):
    with pytest.raises(ValueError, match=next(iter(values))):
        acceptance(**{"shop": "demo", "fingerprint": A, "who": "Anna", "why": "x"} | values)


def test_the_command_line_accepts_known_findings_only(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'runs' / 'auditor.db'}")
    folder = Shop(tmp_path / "runs").audited([FAILED])
    with opened.begin() as connection:
        index_run(connection, "demo", folder)
    opened.close()
    places = ["--runs", str(tmp_path / "runs"), "--accepted", str(tmp_path / "accepted.yaml")]
    (finding,) = folder.result().findings
    words = ["--who", "Anna", "--why", "as agreed"]
    done = CliRunner().invoke(cli, ["accept", "add", "demo", finding.fingerprint, *words, *places])
    assert done.exit_code == 0, done.output
    refused = CliRunner().invoke(cli, ["accept", "add", "demo", A, *words, *places])
    assert refused.exit_code == 2
    assert "holds no finding" in refused.output
    listed = CliRunner().invoke(cli, ["accept", "list", "--accepted", str(tmp_path / "accepted.yaml")])
    assert finding.fingerprint in listed.output
