"""The state of one review: what was asked, what was answered, and how to take it back.

Tasks arrive while answers are given, so everything here is behind one lock; answers are written one after
the other.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import RLock
from types import GeneratorType
from typing import NamedTuple

from alttext.errors import AlttextError
from alttext.review import answers, earlier
from alttext.review.answers import Answer, Written
from alttext.review.tasks import Task
from alttext.types import FileResult


class State(StrEnum):
    """What became of a task."""

    OPEN = "open"
    WRITTEN = "written"
    DECORATIVE = "decorative"
    SKIPPED = "skipped"

    @property
    def is_answered(self) -> bool:
        """Whether a document was changed for it."""
        return self in {State.WRITTEN, State.DECORATIVE}


@dataclass(slots=True)
class Item:
    """One task in the queue."""

    task: Task
    number: int  # from 1
    state: State = State.OPEN
    draft: str = ""  # what stood in the edit box last
    written: Written | None = None


class Progress(NamedTuple):
    """How far the review is."""

    total: int
    written: int
    decorative: int
    skipped: int
    is_looking: bool  # more tasks may come

    @property
    def answered(self) -> int:
        """How many are done with."""
        return self.written + self.decorative

    @property
    def left(self) -> int:
        """How many are still to be answered, those that were skipped among them."""
        return self.total - self.answered


class Desk:
    """All tasks of a review in the order of the documents."""

    def __init__(self) -> None:
        self.failure = ""  # why no more tasks come, if that is for a bad reason
        self.unreadable: list[FileResult] = []
        self._lock = RLock()
        self._items: dict[str, Item] = {}
        self._order: list[Item] = []
        self._answered: list[Item] = []  # in the order in which they were answered
        self._last: Item | None = None
        self._is_looking, self._is_closed = True, False

    def collect(self, found: Iterable[Task | FileResult]) -> None:
        """Take tasks in as they are found, until there are no more or the desk is closed."""
        try:
            for each in found:
                if self._is_closed:
                    break
                self._take(each)
        except AlttextError as error:
            self.failure = str(error)
        finally:
            if isinstance(found, GeneratorType):
                found.close()
            self._is_looking = False

    def _take(self, found: Task | FileResult) -> None:
        with self._lock:
            if isinstance(found, FileResult):
                self.unreadable.append(found)
            elif found.id not in self._items:
                item = Item(found, len(self._order) + 1)
                self._items[found.id] = item
                self._order.append(item)

    def close(self) -> None:
        """Take no more tasks."""
        self._is_closed = True

    @property
    def progress(self) -> Progress:
        """How far the review is."""
        with self._lock:
            states = [item.state for item in self._order]
            return Progress(
                len(states),
                written=states.count(State.WRITTEN),
                decorative=states.count(State.DECORATIVE),
                skipped=states.count(State.SKIPPED),
                is_looking=self._is_looking,
            )

    def item(self, task_id: str) -> Item | None:
        """Return the task of this name, with what has been written for its picture meanwhile."""
        with self._lock:
            found = self._items.get(task_id)
            if found:
                told = [(each.task, each.written.alt) for each in self._answered if each.written]
                found.task = earlier.noted(found.task, told)
            return found

    def slice(self, start: int, stop: int) -> list[Item]:
        """Return the tasks from the number `start` up to, and without, `stop`."""
        with self._lock:
            return self._order[max(0, start - 1) : max(0, stop - 1)]

    def beside(self, item: Item, step: int) -> Item | None:
        """Return the task before (-1) or after (1) one, whatever became of it."""
        return next(iter(self.slice(item.number + step, item.number + step + 1)), None)

    def next_open(self, after: Item | None = None) -> Item | None:
        """Return the next task that nobody has touched, from the beginning again after the last."""
        with self._lock:
            start = after.number if after else 0
            around = (*self._order[start:], *self._order[:start])
            return next((item for item in around if item.state is State.OPEN), None)

    @property
    def last(self) -> Item | None:
        """The task that was answered or skipped last, unless that was taken back."""
        return self._last if self._last and self._last.state is not State.OPEN else None

    def answer(self, item: Item, alt: str) -> None:
        """Write an alternative into the document; "" is decorative. Raises as `answers.write` does.

        An answer that was given before is taken back first, see `undo`, and stays if this one cannot be.
        """
        with self._lock:
            before = item.written.alt if item.written and item.state.is_answered else None
            self.undo(item)
            try:
                self._write(item, alt)
            except AlttextError:
                if before is not None:
                    self._write(item, before)
                raise
            self._last = item

    def _write(self, item: Item, alt: str) -> None:
        item.written = answers.write(item.task, Answer(item.task.id, alt))
        item.state = State.WRITTEN if alt else State.DECORATIVE
        self._answered.append(item)

    def skip(self, item: Item) -> None:
        """Leave a task for later, unless it is answered."""
        with self._lock:
            if not item.state.is_answered:
                item.state, self._last = State.SKIPPED, item

    def undo(self, item: Item) -> list[Item]:
        """Take an answer back and return the others that could not be kept. Raises StaleError, WriteError.

        Later answers to the same document are taken back before it and written again after it.
        """
        with self._lock:
            if not item.state.is_answered:
                item.state = State.OPEN
                return []
            later = [
                other
                for other in self._answered[self._answered.index(item) + 1 :]
                if other.task.file == item.task.file
            ]
            for each in (*reversed(later), item):
                self._take_back(each)
            return [other for other in later if not self._is_written_again(other)]

    def _take_back(self, item: Item) -> None:
        if item.written:
            answers.undo(item.written)
        self._answered.remove(item)
        item.state = State.OPEN

    def _is_written_again(self, item: Item) -> bool:
        again = item.written.alt if item.written else None
        if again is not None:
            with suppress(AlttextError):
                self._write(item, again)
        return item.state.is_answered
