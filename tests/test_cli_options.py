"""The command line refuses bad input with a sentence and exit code 2, before it touches anything."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from auditor.cli import cli
from auditor.cli.errors import Refused
from auditor.cli.options import access, read_config, read_urls, secret, shop_settings

URL = {"start_url": "https://shop.example/"}


@pytest.fixture
def config(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "shop.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start_url: https://shop.example/\nmax_page: 3", "no setting 'max_page'"),
        ("start_url: ftp://shop.example/", "no web address"),
        ("start_url: https://me:secret@shop.example/", "give --auth"),
        ("start_url: https://shop.example/\nmax_pages: many", "max_pages"),
        ("start_url: [", "line"),
        ("- a\n- b", "keys and values"),
        ("start_url: https://shop.example/\ndevices: []", "at least one device"),
        ("start_url: https://shop.example/\nresolve: [nonsense]", "--resolve nonsense"),
        ("max_pages: 3", "start_url is missing"),
    ],
)
def test_a_wrong_configuration_is_named(config, text, says):
    with pytest.raises(Refused, match=says) as refusal:
        shop_settings({}, config(text))
    assert refusal.value.code == 2


def test_yaml_is_read_as_1_2(config):
    assert read_config(config("name: no\nlanguage: on")) == {"name": "no", "language": "on"}


def test_the_command_line_wins_over_the_file(config):
    path = config("start_url: https://shop.example/\nmax_pages: 3\nlanguage: pl")
    shop = shop_settings({"max_pages": 9, "language": None}, path)
    assert (shop.max_pages, shop.language) == (9, "pl")


def test_payment_needs_an_authority():
    with pytest.raises(Refused, match="--authorised-by"):
        shop_settings(URL | {"depth": "payment"}, None)


def test_secrets_are_named_by_place_only(monkeypatch, tmp_path):
    monkeypatch.setenv("LOGIN", "me:pass")
    (tmp_path / "cookie").write_text("session=abc\n")
    found = access("env:LOGIN", (), (f"file:{tmp_path / 'cookie'}",))
    assert found is not None
    assert found["basic"].get_secret_value() == "me:pass"
    assert found["cookies"]["session"].get_secret_value() == "abc"


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("me:pass", "not the secret itself"),
        ("env:NOT_THERE_AT_ALL", "has no"),
        ("file:/nowhere/at/all", "No such file"),
    ],
)
def test_a_secret_that_cannot_be_had_is_refused_without_showing_it(reference, says):
    with pytest.raises(Refused, match=says):
        secret(reference, "--auth")


def test_urls_are_read_without_comments(tmp_path):
    path = tmp_path / "urls.txt"
    path.write_text("\ufeff# mine\nhttps://shop.example/a\n\n  https://shop.example/b \n")
    assert read_urls(path) == ("https://shop.example/a", "https://shop.example/b")


@pytest.mark.parametrize(("text", "says"), [("", "no address"), ("shop.example", "no web address")])
def test_a_wrong_list_of_urls_is_refused(tmp_path, text, says):
    path = tmp_path / "urls.txt"
    path.write_text(text)
    with pytest.raises(Refused, match=says):
        read_urls(path)


@pytest.mark.parametrize(
    "arguments",
    [["audit"], ["audit", "shop.example"], ["audit", "https://shop.example", "--devices", "watch"], ["nonsense"],
     ["replay", "/nowhere"], ["explain", "no/such-check"], ["checks", "new", "Nonsense"], ["demo", "--defect", "nonsense"]],
)  # fmt: skip
def test_wrong_usage_exits_2_with_one_sentence(arguments, capfd, monkeypatch):
    monkeypatch.setattr("sys.argv", ["auditor", *arguments])
    from auditor.cli import main

    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert said.strip()


def commands(group, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("command", list(commands(cli)), ids=" ".join)
def test_every_command_has_help_with_an_example(command):
    shown = CliRunner().invoke(cli, [*command, "--help"])
    assert shown.exit_code == 0
    assert "Example:" in shown.output
