"""The story of a shop that is watched, played with the demo shop: `python -m scripts.serve_story [FILE]`.

`auditor serve` audits by the example schedules.yaml, every minute instead of every morning. Nothing changes; a defect
is planted and told once; the server is killed in the middle of an audit and started again; the defect is taken out and
its end is told once. FILE gets what happened, minute by minute; exit code 1 when something did not go as it should.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psutil
from ruamel.yaml import YAML

from auditor.demo import DEFECTS, serve
from auditor.notify import outbox
from auditor.store import RunRow, RunState, Store, open_store
from auditor.store import runs as stored
from scripts.webhook import Webhook, free_port

ROOT = Path(__file__).parents[1]
DEFECT = "image-main-broken"
SECONDS = 420.0
"""For one step on a busy machine."""
SHORT = {
    "devices": ["mobile"], "depth": "pages", "max_pages": 10, "panel": {"home": 1, "product": 1},
    "speed": {"runs": 0}, "ads": {"pages": 0},
}  # fmt: skip


class Story:
    """``lines`` are what happened, ``wrong`` what should not have."""

    def __init__(self, folder: Path, url: str, hook: Webhook) -> None:
        self.folder, self.hook, self.web = folder, hook, free_port()
        self.lines: list[str] = []
        self.wrong: list[str] = []
        self._write_files(url)
        self.store: Store = open_store(f"sqlite:///{folder / 'runs' / 'auditor.db'}")

    def _write_files(self, url: str) -> None:
        yaml = YAML()
        schedules, shops = (yaml.load(ROOT / name) for name in ("schedules.yaml", "shops.yaml"))
        (one, *_others) = schedules["schedules"]
        one |= {"cron": "* * * * *", "jitter": "0s", "retry_delay": "0s", "notify": [{"to": "env:STORY_HOOK"}]}
        schedules["schedules"] = [one]
        self.name, self.shop = one["name"], one["shop"]
        shops["shops"][self.shop] |= {"start_url": url, **SHORT}
        for name, content in (("schedules.yaml", schedules), ("shops.yaml", shops)):
            with (self.folder / name).open("w") as file:
                yaml.dump(content, file)

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        command = [
            sys.executable,
            "-c",
            "from auditor.cli import main; main()",
            "serve",
            "--web",
            f"127.0.0.1:{self.web}",
        ]
        with (self.folder / "serve.log").open("ab") as log:
            server = subprocess.Popen(
                command, cwd=self.folder, stderr=log, stdout=log, env=os.environ | {"STORY_HOOK": self.hook.address}
            )
            try:
                yield server
            finally:
                if server.poll() is None:
                    server.send_signal(signal.SIGTERM)
                    server.wait(SECONDS)

    def say(self, what: str, *, right: bool = True) -> None:
        self.lines.append(f"| {datetime.now(UTC):%H:%M:%S} | {what} | {'yes' if right else 'NO'} |")
        if not right:
            self.wrong.append(what)
        print(self.lines[-1], flush=True)

    def until(self, what: str, condition: Callable[[], object]) -> bool:
        end = time.monotonic() + SECONDS
        while not (there := condition()) and time.monotonic() < end:
            time.sleep(0.2)
        self.say(what, right=bool(there))
        return bool(there)

    def rows(self) -> tuple[RunRow, ...]:
        with self.store.read() as connection:
            return stored.latest(connection, 500, self.shop)

    def done(self) -> int:
        return sum(row.state is RunState.DONE for row in self.rows())

    def told(self, event: str) -> bool:
        with self.store.read() as connection:
            return any(row.event == event and row.sent_at for row in outbox.newest(connection, 50))

    def page(self, path: str) -> str:
        return httpx.get(f"http://127.0.0.1:{self.web}{path}", timeout=60).text


def play(story: Story, plant: Callable[[tuple[str, ...]], None]) -> None:
    with story.serving() as server:
        story.until("an audit of the unchanged shop is done", lambda: story.done() >= 1)
        first = min((row for row in story.rows() if row.state is RunState.DONE), key=lambda row: row.slot)
        late = ((first.started_at or first.slot) - first.slot).total_seconds()
        story.say(f"it began {late:.0f} s after its slot", right=late <= 30)
        story.say(
            "the dashboard shows the shop and its score",
            right=bool(story.page(f"/shops/{story.shop}").count("bigscore")),
        )
        story.say("no message was sent", right=not story.hook.got)
        plant((DEFECT,))
        story.say(f"`{DEFECT}` is planted: {DEFECTS[DEFECT].summary}")
        story.until("an audit is under way", lambda: any(row.state is RunState.RUNNING for row in story.rows()))
        caught = next((row for row in story.rows() if row.state is RunState.RUNNING), None)
        server.kill()
        server.wait()
        story.say("the server is killed (`kill -9`) in the middle of it", right=caught is not None)
        story.until("no process and no browser of it is left", lambda: not _left(story.folder))
    with story.serving():
        story.until(
            "started again, it takes the same slot up as its second attempt and ends it",
            lambda: caught and any(
                row.id == caught.id and row.attempt > 1 and row.state is RunState.DONE for row in story.rows()
            ),
        )  # fmt: skip
        story.until("the defect is told, after another audit has confirmed it", lambda: story.told("regression"))
        story.say("the dashboard shows the alert", right="alerts" in story.page(f"/shops/{story.shop}"))
        audits = story.done()
        story.until("another audit sees it and tells nothing more", lambda: story.done() > audits)
        plant(())
        story.say("the defect is taken out")
        story.until("its end is told", lambda: story.told("recovered"))
    story.say("told to stop, the server ends after the running audit, with nothing left", right=not _left(story.folder))


def _left(folder: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["cwd", "status"]):
        if process.info["cwd"] == str(folder) and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found


def settle(story: Story) -> None:
    """Slots and messages, counted."""
    slots = [row.slot for row in story.rows() if row.schedule == story.name]
    span = (max(slots) - min(slots)) // timedelta(minutes=1) + 1
    states = {state: sum(row.state is state for row in story.rows()) for state in RunState}
    story.say(f"{span} slots were due, {len(set(slots))} have a row, {len(slots) - len(set(slots))} have two",
              right=span == len(slots) == len(set(slots)))  # fmt: skip
    story.say("of all runs " + ", ".join(f"{many} {state.value}" for state, many in states.items() if many))
    events = [message["title"] for message in story.hook.got]
    story.say(f"{len(events)} messages were sent: " + "; ".join(events), right=len(events) == 2)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="serve-story-") as place, Webhook() as hook, serve(language="en") as shop:
        story = Story(Path(place), shop.url, hook)

        def plant(names: tuple[str, ...]) -> None:
            shop.storefront.defects = tuple(DEFECTS[name] for name in names)

        try:
            play(story, plant)
            settle(story)
        finally:
            story.store.close()
        if len(sys.argv) > 1:
            Path(sys.argv[1]).write_text(written(story), encoding="utf-8")
        if story.wrong:
            print((Path(place) / "serve.log").read_text()[-3000:])
    return 1 if story.wrong else 0


def written(story: Story) -> str:
    messages = [f"> **{one['title']}**\n>\n> " + one["message"].replace("\n", "\n> ") for one in story.hook.got]
    return "\n".join((
        "# A shop that is watched", "",
        f"Played on {datetime.now(UTC):%Y-%m-%d} by `python -m scripts.serve_story docs/reviews/serve-story.md`: "
        "`auditor serve` with the example schedules.yaml, every minute instead of every morning, and short audits "
        "(home and one product on a phone, no timed loads) of the demo shop. Times are UTC.", "",
        "| at | what happened | as it should |", "|---|---|---|", *story.lines, "",
        "The messages, as a webhook received them:", "", "\n\n".join(messages), "",
    ))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
