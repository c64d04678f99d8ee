"""The review for people without a browser: one image after the other, a line for each answer.

Answers are written at once, so that quitting, or a lost connection, loses nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from alttext.errors import AlttextError
from alttext.reports.paint import Paint, harmless
from alttext.review import answers, earlier, lint, terminal_view
from alttext.review.answers import Answer, Written
from alttext.review.tasks import Task
from alttext.types import FileResult

_END = "That was the last one. Enter ends, u undoes > "
_SAID_ALREADY = (
    '  Empty brackets say it already. With empty-markdown-alt = "decorative" in the configuration, '
    "images without words are not asked about again."
)
_NUMBERS_RE = re.compile(r"\d{1,3}(?:[\s,]+\d{1,3})*")

Show = Callable[[Task], Iterable[str]]


class Ask(Protocol):
    """Asks for a line; `draft` stands in it already where that is possible. Raises EOFError."""

    def __call__(self, prompt: str, draft: str = "") -> str:
        """Return what was typed."""


@dataclass(slots=True)
class Tally:
    """What came of a review."""

    written: int = 0
    decorative: int = 0
    skipped: int = 0
    by_hand: int = 0  # can only be edited in the document
    unreadable: int = 0
    is_over: bool = False  # whether every image was asked about

    @property
    def exit_code(self) -> Literal[0, 1, 2]:
        """0: nothing left to do. 1: something needs a person. 2: something is unreadable."""
        if self.unreadable:
            return 2
        return 1 if self.skipped or self.by_hand or not self.is_over else 0

    @property
    def summary(self) -> str:
        """What was done and what is left, in a line."""
        rest = f", {self.by_hand} can only be edited in the document" if self.by_hand else ""
        end = "" if self.is_over else "; not all images were asked about"
        done = f"{self.written} written, {self.decorative} marked as decorative, {self.skipped} skipped"
        return f"{done}{rest}{end}."


class Dialogue:
    """Asks about images until there are no more, or somebody quits."""

    def __init__(self, ask: Ask, tell: Callable[[str], None], paint: Paint, show: Show) -> None:
        self.tally = Tally()
        self._ask, self._tell, self._paint, self._show = ask, tell, paint, show
        self._done: list[tuple[Task, Written]] = []
        self._again: list[Task] = []  # to be asked about once more, the last one first
        self._draft: str | None = None  # waits for Enter
        self._keys: dict[str, Callable[[Task], bool]] = {
            "": self._confirm,
            "a": self._accept,
            "e": self._edit,
            "u": self._undo,
            "d": lambda task: self._offer(task, ""),
            "s": self._skip,
            "p": self._picture,
            "?": self._help,
        }

    def hold(self, found: Iterable[Task | FileResult]) -> Tally:
        """Ask about all of them; return what came of it."""
        waiting = iter(found)
        try:
            while (task := self._next(waiting) or self._last()) is not None:
                self._settle(task)
        except (EOFError, KeyboardInterrupt):
            self._tell("")
        return self.tally

    def _next(self, waiting: Iterator[Task | FileResult]) -> Task | None:
        if self._again:
            return self._again.pop()
        for each in waiting:
            if isinstance(each, FileResult):
                self.tally.unreadable += 1
                self._tell(f"{harmless(each.path)}: error: {harmless(each.error)}")
            elif each.blocked:
                self.tally.by_hand += 1
                self._tell(f"{harmless(each.path)}:{each.finding.line}: edit it there: {each.blocked}")
            else:
                return each
        return None

    def _last(self) -> Task | None:
        """The image that was answered last, if that is to be undone now that nothing is left."""
        self.tally.is_over = True
        if not self._done or self._ask(_END).strip() != "u" or not self._undo():
            return None
        self.tally.is_over = False
        return self._again.pop()

    def _settle(self, task: Task) -> None:
        """Ask about one image until something is done about it. Raises EOFError to quit."""
        self._draft = None
        task = earlier.noted(task, ((other, written.alt) for other, written in self._done))
        self._tell_all(["", *terminal_view.lines(task, len(self._done) + 1, self._paint), terminal_view.HINT])
        while not self._answered(task, self._ask("> ").strip()):
            pass

    def _answered(self, task: Task, line: str) -> bool:
        """Do what a line asks for; return whether the image is done with."""
        if line == "q":
            raise EOFError
        if line in self._keys:
            return self._keys[line](task)
        if _NUMBERS_RE.fullmatch(line):
            return self._take(task, line)
        if len(line) == 1:
            self._tell(f"There is no key {line}; for an alternative of one letter type = {line}")
            return False
        return self._offer(task, line.removeprefix("=").strip())

    def _edit(self, task: Task) -> bool:
        line = self._ask("> ", self._draft or task.proposal or "").strip()
        if len(line) > 1:
            return self._offer(task, line)
        return bool(line) and self._answered(task, line)  # a key: nobody means one letter

    def _offer(self, task: Task, alt: str) -> bool:
        """Write words that nothing is to be said against; otherwise say it, and wait for Enter."""
        if not lint.remarks(alt, task.ref):
            return self._write(task, alt)
        self._wait(task, alt)
        return False

    def _wait(self, task: Task, alt: str) -> None:
        self._draft = alt
        self._tell_all(terminal_view.draft(task, alt, self._paint))
        self._tell("Enter writes it all the same; or type another, or e to edit it.")

    def _confirm(self, task: Task) -> bool:
        if self._draft is None:
            self._tell(terminal_view.HINT)
            return False
        return self._write(task, self._draft)

    def _accept(self, task: Task) -> bool:
        if task.proposal is None:
            self._tell("There is no suggestion; type the alternative.")
            return False
        return self._offer(task, task.proposal)

    def _take(self, task: Task, line: str) -> bool:
        known = terminal_view.phrases(task)
        numbers = [int(number) for number in re.findall(r"\d+", line)]
        if any(not 1 <= number <= len(known) for number in numbers):
            self._tell(f"There are {len(known)} phrases; for these digits as an alternative type = {line}")
            return False
        text = ", ".join(known[number - 1] for number in numbers)
        self._draft = text[:1].upper() + text[1:]
        self._tell_all(terminal_view.draft(task, self._draft, self._paint))
        self._tell("e edits it, Enter writes it as it is.")
        return False

    def _write(self, task: Task, alt: str) -> bool:
        try:
            written = answers.write(task, Answer(task.id, alt))
        except AlttextError as error:
            self._tell(f"{self._paint('not written:', 'bold red')} {harmless(str(error))}")
            return False
        self._done.append((task, written))
        self._count(written, 1)
        done = self._paint("written" if written.changed else "nothing had to be written", "green")
        self._tell(f"  {done}, heard now: {harmless(terminal_view.heard(written.announced))}")
        if not written.changed and not alt:
            self._tell(_SAID_ALREADY)
        return True

    def _skip(self, task: Task) -> bool:
        written = answers.write(task, Answer(task.id, None))
        self._done.append((task, written))
        self._count(written, 1)
        return True

    def _undo(self, task: Task | None = None) -> bool:
        """Go back to the image that was answered last, and ask about this one after it."""
        if not self._done:
            self._tell("There is nothing to undo.")
            return False
        last, written = self._done[-1]
        try:
            answers.undo(written)
        except AlttextError as error:
            self._tell(f"{self._paint('not undone:', 'bold red')} {harmless(str(error))}")
            return False
        self._done.pop()
        self._count(written, -1)
        self._again += [task, last] if task else [last]
        return True

    def _count(self, written: Written, step: int) -> None:
        if written.alt is None:
            self.tally.skipped += step
        elif written.alt:
            self.tally.written += step
        else:
            self.tally.decorative += step

    def _picture(self, task: Task) -> bool:
        self._tell_all(self._show(task))
        return False

    def _help(self, _: Task) -> bool:
        self._tell_all(terminal_view.keys(self._paint))
        return False

    def _tell_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._tell(line)
