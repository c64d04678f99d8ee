"""Write the answers of a suggestion file into documents; what no longer fits is told, not written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from alttext import documents
from alttext.config import Settings
from alttext.documents import html, source
from alttext.documents.source import Source
from alttext.errors import AlttextError, ParseError, StaleError
from alttext.review import answers, memory, suggestions, whereabouts
from alttext.review.memory import Recorded
from alttext.review.suggestions import Suggestion
from alttext.review.tasks import Target
from alttext.types import FileResult, ImageRef


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


def apply(
    rows: Iterable[Suggestion], site: Path, settings: Settings, *, write: bool = True
) -> Iterator[Applied]:
    """Write what was decided, document by document; without `write`, only tell what would change.

    Raises ParseError, before anything is written, if a document is not in the folder `site`.
    """
    by_path = sorted(rows, key=attrgetter("path"))
    asked = [(row, suggestions.target_of(row, site, settings)) for row in by_path]
    groups = (list(group) for _, group in groupby(asked, key=lambda each: each[0].path))
    return (_document(group, write=write) for group in groups)


def _document(asked: Sequence[tuple[Suggestion, Target]], *, write: bool) -> Applied:
    path, target = asked[0][0].path, asked[0][1]
    try:
        opened = source.read(target.file)
    except ParseError as error:
        return Applied(FileResult(path), tuple(_unread(row, error) for row, _ in asked))
    now, answered = opened, []
    for row, each in asked:
        now, one = _answered(row, each, now)
        answered.append(one)
    result = FileResult(path, now.text, (), opened.text, encoding=opened.encoding, bom=opened.bom)
    applied = Applied(result, tuple(one.outcome for one in answered))
    return _kept(applied, answered, opened, target) if write else applied


def _kept(applied: Applied, answered: Sequence["_Answered"], opened: Source, target: Target) -> Applied:
    """The same once it is on disk, and in the ledger."""
    said = [one for one in answered if one.ref is not None]
    try:
        recorded = _recorded(said, target)
        answers.write_recorded(target.file, opened, applied.result.text, recorded)
    except AlttextError as error:
        unwritten = replace(applied.result, text=opened.text)
        return Applied(unwritten, tuple(_unwritten(outcome, error) for outcome in applied.outcomes))
    return applied


def _recorded(said: Iterable["_Answered"], target: Target) -> Recorded | None:
    """What goes into the ledger: of a person, and of a machine."""
    by_reader: dict[bool, list[tuple[ImageRef, str]]] = {True: [], False: []}
    for one in said:
        if one.ref is not None:
            by_reader[one.outcome.row.reviewed].append((one.ref, one.alt))
    of_person = memory.record(target.file, by_reader[True], target.settings)
    of_machine = memory.record_machine(target.file, by_reader[False], target.settings)
    made = [each for each in (of_person, of_machine) if each]
    return memory.together(made)


def _unread(row: Suggestion, error: ParseError) -> Outcome:
    return _undecided(row) or Outcome(row, Status.STALE, str(error))


def _unwritten(outcome: Outcome, error: AlttextError) -> Outcome:
    is_lost = outcome.status is Status.WRITTEN
    return Outcome(outcome.row, Status.REFUSED, str(error)) if is_lost else outcome


def _undecided(row: Suggestion) -> Outcome | None:
    status = {"pending": Status.PENDING, "skip": Status.SKIPPED}.get(row.decision)
    return Outcome(row, status) if status else None


class _Answered(NamedTuple):
    """One answer, and the image that it was given to if it is there now."""

    outcome: Outcome
    ref: ImageRef | None = None
    alt: str = ""


def _answered(row: Suggestion, target: Target, opened: Source) -> tuple[Source, _Answered]:
    """The document with one answer more, or as it was."""
    if undecided := _undecided(row):
        return opened, _Answered(undecided)
    alt = "" if row.decision == "decorative" else row.alt or ""
    try:
        text, ref = answers.edited(target, alt, opened)
    except StaleError as error:
        is_there = _is_there(target, alt, opened.text)
        outcome = Outcome(row, Status.ALREADY) if is_there else Outcome(row, Status.STALE, str(error))
        return opened, _Answered(outcome)
    except AlttextError as error:
        return opened, _Answered(Outcome(row, Status.REFUSED, str(error)))
    status = Status.ALREADY if text == opened.text else Status.WRITTEN
    return replace(opened, text=text), _Answered(Outcome(row, status), ref, html.plain(alt))


def _is_there(target: Target, alt: str, text: str) -> bool:
    try:
        refs = documents.parse(text, target.format, implicit_figures=target.settings.implicit_figures)
    except ParseError:
        return False
    return whereabouts.has_now(refs, target.whereabouts, html.plain(alt))


def still_fits(row: Suggestion, site: Path, settings: Settings) -> bool:
    """Return whether a suggestion is about an image that is still there as it was."""
    try:
        target = suggestions.target_of(row, site, settings)
        answers.found(target, source.read(target.file).text)
    except AlttextError:
        return False
    return True
