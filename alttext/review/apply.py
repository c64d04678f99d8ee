"""Write the answers of a suggestion file into documents; what no longer fits is told, not written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from alttext import documents
from alttext.documents import html, source
from alttext.documents.source import Source
from alttext.errors import AlttextError, ParseError, StaleError
from alttext.review import answers, suggestions, whereabouts
from alttext.review.suggestions import Suggestion
from alttext.review.tasks import Target
from alttext.types import FileResult


class Status(StrEnum):
    """What became of a suggestion."""

    WRITTEN = "written"
    ALREADY = "already"  # the answer stands there, or says what stood there before
    STALE = "stale"  # the image, its picture or its link has changed since
    REFUSED = "refused"  # it must not, or cannot be written
    PENDING = "pending"  # nobody has decided
    SKIPPED = "skipped"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self in {Status.WRITTEN, Status.ALREADY}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one suggestion, and why."""

    row: Suggestion
    status: Status
    why: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one document."""

    result: FileResult
    outcomes: tuple[Outcome, ...]


def apply(rows: Iterable[Suggestion], site: Path, *, write: bool = True) -> Iterator[Applied]:
    """Write what was decided, document by document; without `write`, only tell what would change.

    Raises ParseError, before anything is written, if a document is not in the folder `site`.
    """
    by_path = sorted(rows, key=attrgetter("path"))
    targets = {id(row): suggestions.target_of(row, site) for row in by_path}
    return (
        _document([(row, targets[id(row)]) for row in group], write=write)
        for group in (list(group) for _, group in groupby(by_path, key=attrgetter("path")))
    )


def _document(asked: Sequence[tuple[Suggestion, Target]], *, write: bool) -> Applied:
    path, file = asked[0][0].path, asked[0][1].file
    try:
        opened = source.read(file)
    except ParseError as error:
        return Applied(FileResult(path), tuple(_unread(row, error) for row, _ in asked))
    now, outcomes = opened, []
    for row, target in asked:
        now, outcome = _answered(row, target, now)
        outcomes.append(outcome)
    result = FileResult(path, text=now.text, before=opened.text, encoding=opened.encoding, bom=opened.bom)
    return _kept(result, outcomes, opened, file) if write else Applied(result, tuple(outcomes))


def _kept(result: FileResult, outcomes: Sequence[Outcome], opened: Source, file: Path) -> Applied:
    """The same once it is on disk."""
    try:
        if result.changed:
            source.write(file, opened, result.text)
    except AlttextError as error:
        unwritten = replace(result, text=result.before)
        return Applied(unwritten, tuple(_unwritten(outcome, error) for outcome in outcomes))
    return Applied(result, tuple(outcomes))


def _unread(row: Suggestion, error: ParseError) -> Outcome:
    return _undecided(row) or Outcome(row, Status.STALE, str(error))


def _unwritten(outcome: Outcome, error: AlttextError) -> Outcome:
    is_lost = outcome.status is Status.WRITTEN
    return Outcome(outcome.row, Status.REFUSED, str(error)) if is_lost else outcome


def _undecided(row: Suggestion) -> Outcome | None:
    status = {"pending": Status.PENDING, "skip": Status.SKIPPED}.get(row.decision)
    return Outcome(row, status) if status else None


def _answered(row: Suggestion, target: Target, opened: Source) -> tuple[Source, Outcome]:
    """The document with one answer more, or as it was."""
    if undecided := _undecided(row):
        return opened, undecided
    alt = "" if row.decision == "decorative" else row.alt or ""
    try:
        text, _ = answers.edited(target, alt, opened)
    except StaleError as error:
        is_there = _is_there(target, alt, opened.text)
        return opened, Outcome(row, Status.ALREADY) if is_there else Outcome(row, Status.STALE, str(error))
    except AlttextError as error:
        return opened, Outcome(row, Status.REFUSED, str(error))
    status = Status.ALREADY if text == opened.text else Status.WRITTEN
    return replace(opened, text=text), Outcome(row, status)


def _is_there(target: Target, alt: str, text: str) -> bool:
    try:
        refs = documents.parse(text, target.format, implicit_figures=target.implicit_figures)
    except ParseError:
        return False
    return whereabouts.has_now(refs, target.whereabouts, html.plain(alt))


def still_fits(row: Suggestion, site: Path) -> bool:
    """Return whether a suggestion is about an image that is still there as it was."""
    try:
        target = suggestions.target_of(row, site)
        answers.found(target, source.read(target.file).text)
    except AlttextError:
        return False
    return True
