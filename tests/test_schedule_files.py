"""The operator's files: what is wrong is said with file, line and key."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli import cli
from auditor.schedule import SettingsFileError, read_schedules, read_shops
from auditor.schedule.duration import parse_duration
from auditor.schedule.model import Schedule, Schedules

ROOT = Path(__file__).parents[1]
HEAD = "version: 1\nschedules:\n"
ONE = '  - name: daily\n    shop: demo\n    cron: "30 6 * * *"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "schedules.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_in_the_repository_can_be_used():
    shops = read_shops(ROOT / "shops.yaml")
    schedules = read_schedules(ROOT / "schedules.yaml", shops)
    morning, night = schedules.schedules
    assert morning.timezone == night.timezone == "Europe/Warsaw"
    assert (morning.jitter, morning.misfire) == (timedelta(minutes=10), "run_latest")
    assert night.misfire == "skip", "a schedule's own word goes before the defaults"
    assert shops.shops["demo"].depth == "cart"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (HEAD + ONE.replace("* * *", "* * 1"), 5, "name the weekdays"),
        (HEAD + ONE.replace("30 6 * * *", "30 6 1 * mon"), 5, "not both"),
        (HEAD + ONE.replace("30 6 * * *", "30 6 * *"), 5, "five fields"),
        (HEAD + ONE.replace("30 6 * * *", "61 6 * * *"), 5, "is no cron"),
        (HEAD + ONE.replace('"30 6 * * *"', "* * * * *"), 5, "cron in quotes"),
        (HEAD + ONE + "    timezone: Warsaw\n", 6, "is no time zone"),
        (HEAD + ONE + "    jitter: 10\n", 6, "has no unit"),
        (HEAD + ONE + "    jitter: soon\n", 6, "is no length of time"),
        (HEAD + ONE + "    colour: red\n", 6, "there is no such key"),
        (HEAD + ONE.replace("    shop: demo\n", ""), 3, "schedules.0.shop: this key is missing"),
        (HEAD + ONE + ONE, 2, "two schedules are called 'daily'"),
        (HEAD + ONE + "    notify:\n      - to: https://hooks.example/T0/secret\n", 7, "never the secret"),
        (HEAD + ONE + "    budgets:\n      - metric: lcp\n", 7, "either max"),
        (HEAD + ONE + "    name: again\n", 6, "duplicate key"),
        ("version: 2\nschedules: []\n", 1, "version"),
        ("schedules: [\n", 2, ""),
        ("- a\n- b\n", 0, "expected keys and values"),
        ("", 0, "expected keys and values"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, line, says):
    path = written(tmp_path, text)
    with pytest.raises(SettingsFileError) as refused:
        read_schedules(path)
    message = str(refused.value)
    assert message.startswith(f"{path}, line {line}: " if line else f"{path}: ")
    assert says in message
    assert "secret\n" not in message


def test_a_pasted_webhook_is_not_repeated(tmp_path):
    text = HEAD + ONE + "    notify:\n      - to: https://hooks.example/T0/s3cr3t\n"
    with pytest.raises(SettingsFileError) as refused:
        read_schedules(written(tmp_path, text))
    assert "s3cr3t" not in str(refused.value)


def test_yaml_is_read_as_version_1_2(tmp_path):
    text = HEAD + ONE + "    notify:\n      - {to: 'env:HOOK', on: [missed]}\n"
    assert read_schedules(written(tmp_path, text)).schedules[0].notify[0].on == ("missed",)


def test_a_schedule_of_an_unknown_shop_is_refused(tmp_path):
    path = written(tmp_path, HEAD + ONE.replace("demo", "dmeo"))
    with pytest.raises(SettingsFileError, match=r"line 4: there is no shop 'dmeo'; there is demo\."):
        read_schedules(path, read_shops(ROOT / "shops.yaml"))


def test_a_missing_file_and_one_that_is_no_text(tmp_path):
    with pytest.raises(SettingsFileError, match="No such file"):
        read_schedules(tmp_path / "none.yaml")
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(SettingsFileError, match="no UTF-8 text"):
        read_schedules(path)


@given(
    st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=300)).map(
        lambda t: t - timedelta(microseconds=t.microseconds)
    )
)
def test_a_length_of_time_survives_writing_and_reading(length):
    schedule = Schedule(name="a", shop="b", cron="0 1 * * *", catchup_window=length)
    assert Schedule.model_validate_json(schedule.model_dump_json()).catchup_window == length


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("10m", 600), ("1h30m", 5400), ("2d", 172_800), ("PT10M", 600), ("P1DT6H", 108_000)],
)
def test_lengths_of_time(text, seconds):
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "10", "m", "ten minutes", "-5m", "1.5h", "P", "PT", "10m 5"])
def test_what_is_no_length_of_time(text):
    with pytest.raises(ValueError, match="is no length of time"):
        parse_duration(text)


def test_the_published_schema_is_that_of_the_model():
    published = json.loads((ROOT / "docs/schemas/schedules.schema.json").read_text())
    assert published == Schedules.model_json_schema()


def test_the_command_line_refuses_with_the_sentence_and_lists_what_is_due(tmp_path):
    runner = CliRunner()
    files = ["--file", str(written(tmp_path, HEAD + ONE)), "--shops", str(ROOT / "shops.yaml")]
    assert "1 schedules" in runner.invoke(cli, ["schedules", "check", *files]).output
    shown = runner.invoke(cli, ["schedules", "next", "--count", "3", *files])
    assert [line.split()[2] for line in shown.output.splitlines()] == ["06:30"] * 3
    written(tmp_path, HEAD + ONE.replace("* * *", "* * 7"))
    refused = runner.invoke(cli, ["schedules", "check", *files])
    assert refused.exit_code == 2
    assert "line 5: schedules.0.cron: name the weekdays" in refused.output
