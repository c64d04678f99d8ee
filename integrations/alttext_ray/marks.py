"""Notes on disk of what is under way, by which the next process knows what the last one died of.

An engine hands the work of a process that died to another one, again and again, since machines do fail. A
picture that crashes a decoder would keep it busy for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
Result = TypeVar("Result")

_DEADLY = 2  # times that a process died at one thing, before nobody tries again


class Marks:
    """A file for everything that is under way, in a folder that all machines share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def under_way(self, name: str) -> Iterator[int]:
        """Say that something begins and, at the end, that it is over; yields how often it began in vain."""
        self._folder.mkdir(parents=True, exist_ok=True)
        mark = self._mark(name)
        with mark.open("ab") as file:
            before = file.tell()
            file.write(b".")
        try:
            yield before
        finally:  # not reached by a process that is killed
            mark.unlink(missing_ok=True)

    def is_deadly(self, name: str) -> bool:
        """Whether so many processes have died of a thing that nobody is to try again."""
        try:
            return self._mark(name).stat().st_size >= _DEADLY
        except OSError:
            return False

    def clear(self) -> None:
        """Forget all, while nothing is under way."""
        for mark in self._folder.glob("*"):
            mark.unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _mark(self, name: str) -> Path:
        return self._folder / sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def survivors(
    marks: Marks, things: Mapping[str, T], work: Callable[[Sequence[T]], Iterable[Result]]
) -> dict[str, Result]:
    """Return what `work` makes of things, by their names, without those that kill whoever works on them.

    They are worked on together or, once a process has died of that, one by one.
    """
    with marks.under_way("\n".join(("together", *things))) as deaths:
        if not deaths:
            return dict(zip(things, work(list(things.values())), strict=True))
        return {name: each for name, thing in things.items() for each in _alone(marks, name, thing, work)}


def _alone(
    marks: Marks, name: str, thing: T, work: Callable[[Sequence[T]], Iterable[Result]]
) -> list[Result]:
    if marks.is_deadly(name):
        return []
    with marks.under_way(name):
        return list(work([thing]))
