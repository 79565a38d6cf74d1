"""Labels of findings on shops as they are: which sightings lack one, and what share is true."""

import csv
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from benchmarks.accuracy.labels import (
    BEGIN,
    END,
    REVIEWS,
    Sighting,
    labelled,
    main,
    publish,
    table,
    told,
    unlabelled,
)

ONE = Sighting(
    "oscar", "IMG-002", "imagery/resolution-low", "f1", "/mug", "mobile", "The file is 400 px", "true", "it is"
)


def _file(folder: Path, *labels: Sighting) -> Path:
    file = folder / "labels.csv"
    with file.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, [field.name for field in fields(Sighting)])
        writer.writeheader()
        writer.writerows(asdict(one) for one in labels)
    return file


def test_labels_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert labelled(_file(tmp_path, ONE)) == [ONE]


def test_a_label_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    file = _file(tmp_path, ONE, replace(ONE, label="maybe"))
    with pytest.raises(ValueError, match=r"line 3: the label “maybe” is none of true, arguable, false"):
        labelled(file)


def test_another_page_device_or_problem_has_no_label_yet() -> None:
    said = [replace(ONE, label="", why="", found="The file is 401 px")]
    others = [replace(said[0], page="/lamp"), replace(said[0], device="desktop"), replace(said[0], fingerprint="f2")]
    assert unlabelled([*said, *others], [ONE]) == others


def test_the_share_is_told_by_shop_and_of_all() -> None:
    labels = [ONE, replace(ONE, label="false"), replace(ONE, shop="evershop"), replace(ONE, shop="evershop")]
    assert [line.partition("(")[0].strip() for line in told(labels).splitlines()] == [
        "oscar: 1/2", "evershop: 2/2", "all: 3/4"
    ]  # fmt: skip
    assert told(labels).endswith("%) true, 1 false, 0 arguable")


def test_what_is_not_true_comes_first_and_pages_are_counted() -> None:
    labels = [ONE, replace(ONE, page="/lamp"), replace(ONE, row="PDP-001", found="a | b", label="false")]
    rows = table(labels).splitlines()[2:]
    assert rows[0] == "| oscar | PDP-001 | a / b | 1 | false | it is |"
    assert rows[1:] == ["| oscar | IMG-002 | The file is 400 px | 2 | true | it is |"]


def test_the_table_goes_between_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "labels.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    publish([ONE], page)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "| oscar | IMG-002 |" in text
    page.write_text("no markers")
    with pytest.raises(ValueError, match="needs the lines"):
        publish([ONE], page)


def test_the_published_labels_can_be_read_and_are_mostly_true(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["labels"])
    assert main() == 0
    labels = labelled(REVIEWS / "labels.csv")
    assert capsys.readouterr().out.splitlines()[-1].startswith("all: ")
    assert len(labels) >= 200
    assert sum(one.label == "true" for one in labels) >= 0.97 * len(labels)
