"""What the reports share: how to show results, and the counts that decide the exit code.

Every report is a module with one function, `render(results, view) -> Iterator[str]`: pieces of text
to write one after the other, so that results need not be held in memory.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from alttext.types import Action, Edit, FileResult, Finding, Purpose


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small copy of a picture."""

    uri: str  # data:
    width: int  # in pixels
    height: int


@dataclass(frozen=True, slots=True)
class View:
    """How results are shown, and what was done with them."""

    command: str = "check"  # "check": problems as they are; "fix": what is done about them
    fixer: str = "alttext fix"  # the command that would look at pictures; "" if there is none
    written: bool = False  # whether the documents were changed; otherwise they only would be
    replaces: bool = False  # whether words that say nothing may be replaced
    color: bool = False
    terminal: bool = False  # it goes there and nowhere else
    width: int = 80  # of the terminal, in cells
    verbose: bool = False  # also what was kept
    quiet: bool = False  # no summary
    version: str = ""  # of alttext, for machines
    root: str = ""  # folder of the checkout, which some reports tell paths from; "" is the working folder
    proposal: Callable[[FileResult, Finding], Edit | None] = lambda _, finding: finding.edit
    thumbnail: Callable[[FileResult, Finding], Thumbnail | None] = lambda _, __: None

    def is_open(self, finding: Finding) -> bool:
        """Whether something is left to do about an image."""
        return finding.decision.action is not Action.KEEP and not (self.written and is_edited(finding))


@dataclass(slots=True)
class Summary:
    """Counts over all results. The exit code is a property of them."""

    applied: bool = False  # whether edits were written
    files: int = 0
    unreadable: int = 0
    changed: int = 0
    affected: int = 0  # documents with something else than what was kept
    edits: int = 0
    describable: int = 0  # left, but a look at the picture may give the words
    replaceable: int = 0  # left, because words that say nothing are there
    keeps: Counter[str] = field(default_factory=Counter)  # by reason
    reviews: Counter[str] = field(default_factory=Counter)  # by reason
    problems: Counter[str] = field(default_factory=Counter)  # by rule, all but what was kept

    def count(self, results: Iterable[FileResult]) -> Iterator[FileResult]:
        """Pass `results` on and count them."""
        for result in results:
            self.add(result)
            yield result

    def add(self, result: FileResult) -> None:
        """Count one document."""
        self.files += 1
        self.unreadable += bool(result.error)
        self.changed += result.changed
        self.affected += any(finding.decision.action is not Action.KEEP for finding in result.findings)
        for finding in result.findings:
            if finding.decision.action is Action.KEEP:
                self.keeps[finding.decision.reason] += 1
                continue
            self.problems[finding.rule] += 1
            if is_edited(finding):
                self.edits += 1
            else:
                self.reviews[finding.decision.reason] += 1
                self.describable += _is_describable(finding)
                self.replaceable += bool(finding.image.alt)

    @property
    def kept(self) -> int:
        """Images that are none of our business."""
        return self.keeps.total()

    @property
    def left(self) -> int:
        """Images that a person has to look at."""
        return self.reviews.total()

    @property
    def exit_code(self) -> Literal[0, 1, 2]:
        """0: nothing left to do. 1: something needs a person, or would change. 2: something is unreadable."""
        if self.unreadable:
            return 2
        would_change = not self.applied and (self.edits or self.changed)
        return 1 if self.left or would_change else 0


def _is_describable(finding: Finding) -> bool:
    is_open = finding.image.slot is not None and not finding.image.blocked and finding.image.alt is None
    return is_open and finding.classification.purpose is Purpose.INFORMATIVE


def is_edited(finding: Finding) -> bool:
    """Whether an alternative is written, or would be."""
    return finding.decision.action is Action.WRITE and finding.edit is not None
