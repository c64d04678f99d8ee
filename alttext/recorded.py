"""The ledger around the work on documents: what is known before, what is noted of what is written, and after.

A run without a ledger has neither `Book` nor `Watch`; then each of these changes nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from alttext import edits
from alttext.documents import discover
from alttext.errors import AlttextError
from alttext.ledger import Author, Book, Watch
from alttext.survey import Document, Surveyed
from alttext.types import Action, Decision, FileResult, Finding

MachineOf = Callable[[], Author]  # asked only where a model described something


def answered(surveyed: Surveyed, book: Book | None) -> Surveyed:
    """The document with those problems solved for which a person has accepted an alternative elsewhere."""
    document = surveyed.document
    if book is None or document.file is None:
        return surveyed
    problems = (_answer(problem, document, document.file, book) for problem in surveyed.problems)
    return replace(surveyed, problems=tuple(problems))


def _answer(problem: Finding, document: Document, file: Path, book: Book) -> Finding:
    """The problem, solved if a person has accepted an alternative for the same picture and purpose."""
    alt = book.accepted_elsewhere(problem, file)
    if alt is None:
        return problem
    decision = Decision(Action.WRITE, "accepted-elsewhere", alt)
    return edits.with_edit(replace(problem, decision=decision), document)


def written(
    group: Sequence[Surveyed], results: Sequence[FileResult], book: Book | None, machine: MachineOf
) -> list[FileResult]:
    """Write what results change into the documents; nothing is that could not be recorded before.

    What cannot be written is a result with an error.
    """
    try:
        with book.recording(results, _author(results, machine)) if book else nullcontext():
            done = [edits.written(each.document, result) for each, result in zip(group, results, strict=True)]
    except AlttextError as error:
        why = str(error)
        done = [FileResult(each.path, error=why) if each.changed else each for each in results]
    return [_settled(*each, book) for each in zip(group, done, strict=True)] if book else done


def _author(results: Sequence[FileResult], machine: MachineOf) -> Author:
    """The machine that made descriptions; without one, no model was loaded and none is now."""
    findings = (finding for result in results for finding in result.findings)
    is_described = any(finding.description and finding.description.candidates for finding in findings)
    return machine() if is_described else Author()


def _settled(surveyed: Surveyed, result: FileResult, book: Book) -> FileResult:
    """The result, once the ledger has forgotten what does not stand in the document any more."""
    document = surveyed.document
    try:
        if document.file and not result.error:
            book.settle(discover.Entry(document.file, document.format), surveyed.named)
    except AlttextError as error:
        return FileResult(document.path, error=str(error))
    return result


def checked(surveyed: Surveyed, watch: Watch | None) -> FileResult:
    """What is wrong with a document, by its markup and by what the ledger knows of it."""
    document, findings = surveyed.document, list(surveyed.problems)
    if watch:
        findings += watch.findings(document.text, Path(document.path), surveyed.named)
        findings.sort(key=lambda finding: finding.image.span.start)
    return surveyed.result(document.text, findings)
