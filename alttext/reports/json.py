"""Stage 10: the report for machines: one JSON document with a stable, versioned schema.

Schema: docs/schema/report.schema.json. Fields may be added within a version, never change or go.
Positions count code points of the document before any edit; lines and columns start at 1.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from alttext.reports import Summary, View
from alttext.rules import RULES
from alttext.types import Candidate, Edit, FileResult, Finding

VERSION: Literal[1] = 1
_CONTROL = re.compile("[\x7f-\x9f]")  # such as JSON may hold as they are

Position = Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=1)]
Number = Annotated[int, Meta(ge=0)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]


class ImageRow(Struct, frozen=True, kw_only=True):
    """The image as the document refers to it."""

    kind: str
    src: str
    alt: Annotated[str | None, Meta(description='null: missing; "": marked as decorative')]
    name: Annotated[str, Meta(description="accessible name from elsewhere")]
    span: Annotated[tuple[Position, Position], Meta(description="start and end of the start tag")]


class CandidateRow(Struct, frozen=True, kw_only=True):
    """One ranked term of the vocabulary."""

    id: str
    facet: str
    phrase: str
    score: float
    confidence: Share


class EditRow(Struct, frozen=True, kw_only=True):
    """Replace the code points of `span` by `text`."""

    span: tuple[Position, Position]
    text: str


class FindingRow(Struct, frozen=True, kw_only=True):
    """One image that somebody may have to act on."""

    rule: str
    line: Ordinal
    column: Ordinal
    image: ImageRow
    purpose: str
    purpose_reason: str
    action: Literal["write", "review", "keep"]
    reason: str
    alt: Annotated[str | None, Meta(description="the alternative to write, if action is write")]
    suggestion: Annotated[str | None, Meta(description="a proposal to go on from, if action is review")]
    note: Annotated[str, Meta(description="what is special to this image, in words")]
    confidence: Share | None
    medium: str
    candidates: tuple[CandidateRow, ...]
    edit: EditRow | None
    wcag: tuple[str, ...]
    act: tuple[str, ...]
    axe: tuple[str, ...]


class FileRow(Struct, frozen=True, kw_only=True):
    """One document."""

    path: Annotated[str, Meta(description="as named on the command line, with / as separator")]
    error: Annotated[str | None, Meta(description="why the document could not be read")]
    changed: bool
    findings: tuple[FindingRow, ...]


class SummaryRow(Struct, frozen=True, kw_only=True):
    """Counts over all documents."""

    files: Number
    unreadable: Number
    changed: Number
    edits: Number
    left: Number
    kept: Number
    problems: Annotated[dict[str, Number], Meta(description="by rule id")]
    reviews: Annotated[dict[str, Number], Meta(description="by reason id")]
    exit_code: Literal[0, 1, 2]


class Report(Struct, frozen=True, kw_only=True, tag=False):
    """Report of `alttext check` and `alttext fix`."""

    version: Literal[1]
    tool: Annotated[str, Meta(description="version of alttext")]
    command: Literal["check", "fix"]
    written: Annotated[bool, Meta(description="false: documents would be changed, but were not")]
    files: tuple[FileRow, ...]
    summary: SummaryRow


def render(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the report piece by piece, with one line for each document."""
    summary = Summary(applied=view.written)
    head = {"version": VERSION, "tool": view.version, "command": view.command, "written": view.written}
    yield encode(head)[:-1] + ',"files":['
    separator = "\n"
    for result in summary.count(results):
        yield separator + encode(_file(result))
        separator = ",\n"
    yield '\n],"summary":' + encode(_totals(summary)) + "}\n"


def schema() -> dict[str, Any]:
    """JSON Schema of the report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "alttext report",
        **msgspec.json.schema(Report),
    }


def encode(value: object) -> str:
    """Return a value as JSON on one line, without characters that would steer a terminal."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # bytes that are no text are lone surrogates, which JSON cannot hold
        text = msgspec.json.encode(_without_surrogates(msgspec.to_builtins(value))).decode()
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    return value


def _file(result: FileResult) -> FileRow:
    return FileRow(
        path=PurePath(result.path).as_posix(),
        error=result.error or None,
        changed=result.changed,
        findings=tuple(_finding(finding) for finding in result.findings),
    )


def _finding(finding: Finding) -> FindingRow:
    decision, described, rule = finding.decision, finding.description, RULES.get(finding.rule)
    return FindingRow(
        rule=finding.rule,
        line=finding.line,
        column=finding.column,
        image=_image(finding),
        purpose=finding.classification.purpose.value,
        purpose_reason=finding.classification.reason,
        action=decision.action.value,
        reason=decision.reason,
        alt=decision.alt if decision.action == "write" else None,
        suggestion=decision.alt if decision.action == "review" else None,
        note=decision.note,
        confidence=round(float(described.confidence), 6) if described else None,
        medium=described.medium if described else "",
        candidates=tuple(candidate_row(candidate) for candidate in described.candidates) if described else (),
        edit=_edit(finding.edit) if finding.edit else None,
        wcag=rule.wcag if rule else (),
        act=rule.act if rule else (),
        axe=rule.axe if rule else (),
    )


def _edit(edit: Edit) -> EditRow:
    return EditRow(span=(edit.span.start, edit.span.end), text=edit.text)


def _image(finding: Finding) -> ImageRow:
    image = finding.image
    return ImageRow(
        kind=image.kind.value,
        src=image.src,
        alt=image.alt,
        name=image.name,
        span=(image.span.start, image.span.end),
    )


def candidate_row(candidate: Candidate) -> CandidateRow:
    """Return a ranked term as it stands in JSON."""
    term = candidate.term
    return CandidateRow(
        id=term.id,
        facet=term.facet,
        phrase=term.phrase,
        score=round(float(candidate.score), 6),
        confidence=round(float(candidate.confidence), 6),
    )


def _totals(summary: Summary) -> SummaryRow:
    return SummaryRow(
        files=summary.files,
        unreadable=summary.unreadable,
        changed=summary.changed,
        edits=summary.edits,
        left=summary.left,
        kept=summary.kept,
        problems=dict(sorted(summary.problems.items())),
        reviews=dict(sorted(summary.reviews.items())),
        exit_code=summary.exit_code,
    )
