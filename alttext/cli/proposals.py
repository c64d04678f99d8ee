"""Suggestions as edits, for reports from which a person can accept them."""

from contextlib import suppress

from alttext import documents
from alttext.errors import AlttextError
from alttext.remediation import splice
from alttext.types import Action, Edit, FileResult, Finding

_STDIN_FORMAT = "html"


class Proposals:
    """Spells suggestions in their documents; like every edit, they are read back before they are shown."""

    def __init__(self) -> None:
        self._result: FileResult | None = None
        self._edits: dict[int, Edit] = {}  # of this document, by the place of the finding

    def __call__(self, result: FileResult, finding: Finding) -> Edit | None:
        """Return the edit that writes what is decided or suggested; None if there is none that is sound."""
        if finding.edit:
            return finding.edit
        if result is not self._result:
            self._result, self._edits = result, _sound(result)
        return self._edits.get(finding.image.span.start)


def _sound(result: FileResult) -> dict[int, Edit]:
    """Return the edits of one document that change nothing but alternatives: together, else one by one."""
    kind = documents.format_of(result.path) or _STDIN_FORMAT
    edits = {
        finding.image.span.start: edit
        for finding in result.findings
        if (edit := _edit(result, finding, kind))
    }
    if _is_sound(result, list(edits.values()), kind):
        return edits
    return {start: edit for start, edit in edits.items() if _is_sound(result, [edit], kind)}


def _edit(result: FileResult, finding: Finding, kind: str) -> Edit | None:
    ref, decision = finding.image, finding.decision
    if decision.action is not Action.REVIEW or decision.alt is None or ref.slot is None or ref.blocked:
        return None
    with suppress(AlttextError, UnicodeEncodeError):
        edit = documents.alt_edit(result.before, kind, ref, decision.alt)
        edit.text.encode(result.encoding)
        return edit
    return None


def _is_sound(result: FileResult, edits: list[Edit], kind: str) -> bool:
    with suppress(AlttextError, ValueError):
        splice.verify(result.before, splice.apply(result.before, edits), edits, kind)
        return True
    return False
