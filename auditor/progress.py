"""What a long-running stage tells whoever waits for it."""

from typing import Protocol


class Progress(Protocol):
    """Implemented by the command line's display. All calls are cheap and never raise."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins; ``total`` steps where known."""

    def step(self, what: str, done: int | None = None) -> None:
        """One step is done or under way: a page, a device. ``done`` overrides the count."""

    def note(self, text: str) -> None:
        """A sentence the operator should see."""


class Silent:
    """Says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        pass

    def step(self, what: str, done: int | None = None) -> None:
        pass

    def note(self, text: str) -> None:
        pass


class Within:
    """Steps of what goes on beside another stage: they are that one's."""

    def __init__(self, whole: Progress, name: str) -> None:
        self._whole, self._name = whole, name

    def stage(self, name: str, total: int | None = None) -> None:
        pass

    def step(self, what: str, done: int | None = None) -> None:
        self._whole.step(f"{self._name}: {what}")

    def note(self, text: str) -> None:
        self._whole.note(text)
