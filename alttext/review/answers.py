"""Write what a person answers into the document, through the same splice and verify as `fix`; take it back.

Nothing is written where the question no longer fits: see `whereabouts`.
"""

from dataclasses import dataclass
from pathlib import Path

from alttext import documents, purpose
from alttext.documents import html, source
from alttext.errors import AlttextError, ParseError, StaleError, WriteError
from alttext.remediation import splice
from alttext.review import announce, memory, pictures, whereabouts
from alttext.review.memory import Recorded
from alttext.review.tasks import Target
from alttext.rules import RULES
from alttext.types import ImageKind, ImageRef


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says about one image."""

    task_id: str
    alt: str | None  # "" marks it as decorative, None skips it


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an answer; holds what it takes to undo it."""

    task_id: str
    path: str
    file: Path
    alt: str | None
    announced: str  # what a screen reader says now, "" if nothing or skipped
    before: bytes  # of the document
    after: bytes
    recorded: Recorded | None = None  # in the ledger

    @property
    def changed(self) -> bool:
        """Whether anything had to be written: empty brackets of Markdown are an empty alternative already."""
        return self.before != self.after


def write(target: Target, answer: Answer) -> Written:
    """Write an answer into the document as it is now, and nothing else; record it in the ledger.

    Other parts of the document may have changed since the question was asked. Raises, and then nothing is
    written: StaleError if this image or its picture has changed or cannot be told from others; WriteError
    if the answer cannot be written here, or an author's words would go; ParseError if the document or the
    ledger cannot be read; VerificationError. Answers to one document must be written one after the other.
    """
    if answer.task_id != target.id:
        raise ValueError(f"the answer is to {answer.task_id}, not to {target.id}")
    if answer.alt is None:
        return Written(target.id, target.path, target.file, None, "", b"", b"")
    opened = source.read(target.file)
    text, ref = edited(target, answer.alt, opened)
    alt = html.plain(answer.alt)
    recorded = memory.record(target.file, [(ref, alt)], target.settings)
    write_recorded(target.file, opened, text, recorded)
    before, after = source.encode(opened, opened.text), source.encode(opened, text)
    heard = announce.with_alternative(ref, alt)
    return Written(target.id, target.path, target.file, alt, heard, before, after, recorded)


def write_recorded(file: Path, opened: source.Source, text: str, recorded: Recorded | None) -> None:
    """Write a document whose answers are in the ledger; if that fails, they are not. Raises WriteError."""
    try:
        if text != opened.text:
            source.write(file, opened, text)
    except AlttextError:
        memory.forget(recorded)
        raise


def undo(written: Written) -> None:
    """Put the bytes back that were there before an answer, if nobody has changed the document since.

    Several answers to one document are undone in reverse order. Raises StaleError, WriteError.
    """
    if written.changed:
        if not written.file.exists() or written.file.read_bytes() != written.after:
            raise StaleError(
                f"{written.path}: has changed since the answer was written, so it was left alone"
            )
        source.exchange(written.file, written.after, written.before)
    memory.forget(written.recorded)


def edited(target: Target, alt: str, opened: source.Source) -> tuple[str, ImageRef]:
    """Return a document with this alternative, and the image before that. Raises as `write` does."""
    ref = found(target, opened.text)
    _refuse(ref, alt, target.path)
    if not ref.missing and purpose.problem(ref) is None and not _is_in_doubt(target, opened.text, ref):
        raise WriteError(f"{target.path}: {ref.src} has an alternative by its author, which is kept")
    edit = documents.alt_edit(opened.text, target.format, ref, alt, opened)
    after = splice.apply(opened.text, [edit])
    if after != opened.text:
        splice.verify(opened.text, after, [edit], target.format)
    return after, ref


def found(target: Target, text: str) -> ImageRef:
    """Return the image where it is now. Raises StaleError, ParseError."""
    try:
        refs = documents.parse(text, target.format, implicit_figures=target.settings.implicit_figures)
        ref = whereabouts.find(text, refs, target.whereabouts)
    except (ParseError, StaleError) as error:
        raise type(error)(f"{target.path}: {error}; ask again") from error
    if target.picture_sha256 and pictures.digest(target.picture) != target.picture_sha256:
        raise StaleError(f"{target.path}: the picture {ref.src} has changed since; look at it again")
    return ref


def _is_in_doubt(target: Target, text: str, ref: ImageRef) -> bool:
    """Whether the ledger knows that no person has agreed to what stands there."""
    return any(memory.doubts(text, target.file, [ref], target.settings))


def _refuse(ref: ImageRef, alt: str, path: str) -> None:
    """Keep the promises, whoever asks to break them. Raises WriteError."""
    if ref.suppressed:
        raise WriteError(f"{path}: a comment asks to leave {ref.src} alone; remove it first")
    if ref.slot is None or ref.blocked:
        rule = RULES.get(ref.blocked)
        why = f"{rule.summary}. {rule.advice}" if rule else ""
        raise WriteError(f"{path}: nothing can be written at {ref.src}: {why}")
    if alt and not html.plain(alt):
        raise WriteError(f"{path}: an alternative of white space says nothing; mark the image as decorative")
    if not alt and (why := never_decorative(ref)):
        raise WriteError(f"{path}: {why}")


def never_decorative(ref: ImageRef) -> str:
    """Return why an image cannot be marked as decorative by an empty alternative, "" if it can."""
    if ref.slot and not ref.slot.takes_empty:
        return 'an empty aria-label marks nothing as decorative; give the element aria-hidden="true"'
    if ref.kind is ImageKind.INPUT:
        return "a button cannot be decorative; write what it does"
    return ""
