"""The edits that decisions ask for: as many as can be verified, and into the file.

This is stage 9 for documents; `remediation.splice` does it for texts.
"""

from collections.abc import Sequence
from dataclasses import replace

from alttext import documents
from alttext.documents import atomic, source
from alttext.errors import AlttextError, VerificationError
from alttext.remediation import splice
from alttext.survey import Document
from alttext.types import Action, Decision, Edit, FileResult, Finding


def with_edit(finding: Finding, document: Document) -> Finding:
    """Return the finding with the edit that its decision asks for, in the encoding of the document."""
    decision = finding.decision
    if decision.action is not Action.WRITE or decision.alt is None:
        return finding
    opened = document.source
    edit = documents.alt_edit(document.text, document.format, finding.image, decision.alt, opened)
    if opened is None or source.representable(opened, edit.text):
        return replace(finding, edit=edit)
    return replace(finding, decision=Decision(Action.REVIEW, "not-encodable", decision.alt))


def applied(document: Document, findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """Return the text with the edits that could be verified; the others become reviews."""
    text, sound = _with_sound(document, [finding.edit for finding in findings if finding.edit])
    return text, [finding if finding.edit in sound else _refused(finding) for finding in findings]


def _with_sound(document: Document, edits: list[Edit]) -> tuple[str, list[Edit]]:
    """The text with the edits that can be verified, found by halving, and these edits.

    None of them where each half is sound and both together are not.
    """
    try:
        return edited(document.text, edits, document.format), edits
    except VerificationError:
        middle = len(edits) // 2
        if middle == 0:
            return document.text, []
    halves = _with_sound(document, edits[:middle]), _with_sound(document, edits[middle:])
    both = [edit for _, half in halves for edit in half]
    return _with_sound(document, both) if len(both) < len(edits) else (document.text, [])


def _refused(finding: Finding) -> Finding:
    if finding.edit is None:
        return finding
    return replace(
        finding, edit=None, decision=Decision(Action.REVIEW, "could-not-verify", finding.decision.alt)
    )


def edited(text: str, edits: Sequence[Edit], format: str) -> str:  # noqa: A002
    """Return the text with all edits. Raises VerificationError if they change anything but alternatives."""
    if not edits:
        return text
    after = splice.apply(text, edits)
    splice.verify(text, after, edits, format)
    return after


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
