"""What readers would hear of each image of a page before and after `fix`; nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from alttext import documents
from alttext.documents import source
from alttext.review import announce
from alttext.types import Decision, FileResult, Finding, ImageRef


@dataclass(frozen=True, slots=True)
class Heard:
    """One image of a page."""

    ref: ImageRef
    line: int
    column: int
    before: str  # what is said now, "" if nothing is
    after: str  # what is said once fix has written
    finding: Finding | None = None  # the problem, None if there is none
    suggested: str | None = None  # what would be said if the suggestion was taken

    @property
    def decision(self) -> Decision | None:
        """What is done about it, None if there is nothing to do."""
        return self.finding.decision if self.finding else None


def heard(result: FileResult, *, implicit_figures: bool = False) -> Iterator[Heard]:
    """Yield all images of a page in order, those that are well as they are among them."""
    if result.error:
        return
    format_ = documents.format_of(result.path) or "html"
    before, after = (
        documents.parse(text, format_, implicit_figures=implicit_figures)
        for text in (result.before, result.text)
    )
    findings = {finding.image.span: finding for finding in result.findings}
    for was, now in zip(before, after, strict=True):
        finding = findings.get(was.span)
        line, column = source.position(result.before, was.span.start)
        said = announce.announced(was), announce.announced(now)
        yield Heard(was, line, column, *said, finding, _suggested(finding))


def _suggested(finding: Finding | None) -> str | None:
    if finding is None or finding.edit or finding.decision.alt is None:
        return None
    return announce.with_alternative(finding.image, finding.decision.alt)
