"""`auditor replay --rerank`: what was pressed then is compared with what today's ranking would press."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.cli import cli
from auditor.evidence import Artifact, Box, Device, JourneyEvidence, Step, StepIntent
from auditor.evidence.journey import Ranked, ScorePart
from auditor.evidence.sight import Control, Sight
from auditor.journey_ranking import rank
from auditor.journey_rerank import reranked
from auditor.run_folder import RunFolder

SEEN = Sight(
    url="https://shop.example/p/mug",
    language="en",
    controls=(
        Control(index=1, selector="button.buy", tag="button", name="Add to cart", box=Box(x=0, y=0, width=200, height=40)),
        Control(index=2, selector="a.later", tag="a", name="Add to wish list", box=Box(x=0, y=60, width=99, height=20)),
    ),
)  # fmt: skip
FILE = "journeys/buy.desktop/02-add-to-cart.json.gz"


def stored(folder: Path, first: Ranked, path: str = FILE) -> JourneyEvidence:
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress(SEEN.model_dump_json().encode()))
    artifact = Artifact(path=path, bytes=file.stat().st_size, sha256="0" * 64, mime="application/gzip")
    step = Step(intent=StepIntent.ADD_TO_CART, did="Pressed it", candidates=(first,), sight=artifact)
    return JourneyEvidence(
        device=Device.DESKTOP, depth="cart", started_at=datetime(2026, 1, 2, tzinfo=UTC), steps=(step,),
        ended="completed", language="en",
    )  # fmt: skip


@pytest.fixture
def best() -> Ranked:
    return rank(StepIntent.ADD_TO_CART, SEEN, "en")[0]


def test_the_same_ranking_gives_the_same_choice(tmp_path: Path, best: Ranked) -> None:
    (found,) = reranked(tmp_path, iter([stored(tmp_path, best)]))
    assert (found.then, found.now, found.differs, found.step) == (best, best, False, 1)


def test_another_choice_is_said_with_both_scores(tmp_path: Path, best: Ranked) -> None:
    other = best.model_copy(update={"index": 2, "name": "Add to wish list", "score": 0.71})
    (found,) = reranked(tmp_path, iter([stored(tmp_path, other)]))
    assert found.differs
    assert found.sentence() == (
        "buy, desktop, step 1 (add to cart): CHANGED, then “Add to wish list” (0.71), "
        f"now “Add to cart” ({best.score:.2f})"
    )


def test_what_the_settings_named_or_nobody_kept_is_not_compared(tmp_path: Path, best: Ranked) -> None:
    named = best.model_copy(update={"parts": (ScorePart(name="override", value=1.0, why="the settings name it"),)})
    for journey, why in (
        (stored(tmp_path, named), "the settings named it"),
        (stored(tmp_path, best, path="journeys/gone.json.gz"), "what was seen is not in the folder"),
        (stored(tmp_path, best, path="../../../etc/passwd"), "what was seen is not in the folder"),
    ):
        (found,) = reranked(tmp_path, iter([journey]))
        assert (found.why, found.differs) == (why, False)


def test_the_command_prints_each_choice_and_how_many_would_differ(tmp_path: Path, best: Ranked) -> None:
    folder = RunFolder.create(tmp_path / "run")
    folder.write_journey(stored(folder.path, best))
    (folder.path / "run.json").write_text("{}")
    answer = CliRunner().invoke(cli, ["replay", str(folder.path), "--rerank"])
    assert answer.exit_code == 0, answer.output
    assert "step 1 (add to cart): the same, “Add to cart”" in answer.stdout
    assert "0 of 1 choices would differ today." in answer.stderr


def test_a_folder_without_a_ranked_journey_gives_nothing_to_rank(tmp_path: Path) -> None:
    folder = RunFolder.create(tmp_path / "run")
    (folder.path / "run.json").write_text("{}")
    answer = CliRunner().invoke(cli, ["replay", str(folder.path), "--rerank"])
    assert answer.exit_code == 3
    assert "no buyer's journey" in answer.stderr
