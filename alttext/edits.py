"""The edits that decisions ask for: as many as can be verified, and into the file.

This is stage 9 for documents; `remediation.splice` does it for texts.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from alttext import documents
from alttext.documents import atomic, source
from alttext.errors import AlttextError, VerificationError
from alttext.remediation import splice
from alttext.survey import Document
from alttext.types import Action, Decision, Edit, FileResult, Finding, ImageRef

_ATTEMPTS = 64  # that may fail on one document: enough to find a few edits among thousands
_LEAST_ATTEMPTS = 8  # on a large one: enough to find one among a hundred
_EFFORT = 500_000  # characters that may be read in attempts that fail


def with_edit(finding: Finding, document: Document) -> Finding:
    """Return the finding with the edit that its decision asks for, in the encoding of the document."""
    decision = finding.decision
    if decision.action is not Action.WRITE or decision.alt is None:
        return finding
    edit = spelled(document, finding.image, decision.alt)
    if edit is None:
        return replace(finding, decision=Decision(Action.REVIEW, "not-encodable", decision.alt))
    return replace(finding, edit=edit)


def spelled(document: Document, image: ImageRef, alt: str) -> Edit | None:
    """Return the edit that gives an image this alternative; None if the encoding has no spelling for it."""
    opened = document.source
    edit = documents.alt_edit(document.text, document.format, image, alt, opened)
    return edit if opened is None or source.representable(opened, edit.text) else None


def applied(document: Document, findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """Return the text with the edits that could be verified; the others become reviews."""
    wanted = [finding.edit for finding in findings if finding.edit]
    text, sound = verified(document.text, wanted, document.format)
    return text, [finding if finding.edit in sound else _refused(finding) for finding in findings]


def verified(text: str, wanted: Sequence[Edit], format: str) -> tuple[str, Set[Edit]]:  # noqa: A002
    """Return the text with the edits that can be verified together, and which these are.

    They are found by halving. What it would take too many attempts to find is left out as well.
    """
    after, sound = text, list[Edit]()
    images = _images(text, format) if wanted else ()
    attempts = iter(range(max(_LEAST_ATTEMPTS, min(_ATTEMPTS, _EFFORT // (len(text) + 1)))))
    pending = [wanted]
    while pending:
        part = pending.pop()
        try:
            after = edited(text, [*sound, *part], format, images)
            sound += part
        except VerificationError:
            middle = len(part) // 2
            if middle and next(attempts, None) is not None:
                pending += (part[middle:], part[:middle])
    return after, frozenset(sound)


def _refused(finding: Finding) -> Finding:
    if finding.edit is None:
        return finding
    return replace(
        finding, edit=None, decision=Decision(Action.REVIEW, "could-not-verify", finding.decision.alt)
    )


def edited(text: str, edits: Sequence[Edit], format: str, images: Sequence[ImageRef]) -> str:  # noqa: A002
    """Return the text with all edits. Raises VerificationError if they change anything but alternatives.

    `images` are those of the text that have to be found again.
    """
    if not edits:
        return text
    after = splice.apply(text, edits)
    splice.verify(text, after, edits, format)
    _verify_images(images, _images(after, format), edits)
    return after


def _images(text: str, format: str) -> Sequence[ImageRef]:  # noqa: A002
    """The images that have to be found again: none in HTML, of which the verification knows all elements."""
    return () if format == "html" else documents.parse(text, format)


def _verify_images(before: Sequence[ImageRef], after: Sequence[ImageRef], edits: Sequence[Edit]) -> None:
    """Require that whoever asks again finds the same images, with the alternatives that were written."""
    if [(ref.kind, ref.src) for ref in before] != [(ref.kind, ref.src) for ref in after]:
        raise VerificationError("other images would be found than before")
    places = {edit.span.start for edit in edits}
    for was, now in zip(before, after, strict=True):
        is_written = was.slot is not None and was.slot.at.start in places
        if not is_written and (was.alt, was.name) != (now.alt, now.name):
            raise VerificationError("another image would get another alternative")


def written(document: Document, result: FileResult) -> FileResult:
    """Write what a result changed into the file of the document; return it, or why that could not be done.

    What a run that was killed has left beside the file is gone afterwards.
    """
    if document.file:
        atomic.tidy(document.file)
    if result.changed and document.file and document.source:
        try:
            source.write(document.file, document.source, result.text)
        except AlttextError as error:
            return FileResult(document.path, error=str(error))
    return result
