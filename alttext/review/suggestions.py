"""The review as a file: what is left for a person, to be finished in an editor or in a pull request.

One JSON document, JSON lines with one suggestion in each, or Parquet with one in each row.
Schema: docs/schema/suggestions.schema.json. Fields may be added within a version, never change or go.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from alttext import documents
from alttext.config import Settings
from alttext.errors import ParseError
from alttext.reports import json as report
from alttext.reports.json import Ordinal, Share
from alttext.reports.words import because, problem
from alttext.review import columns
from alttext.review.tasks import Target, Task
from alttext.review.whereabouts import Whereabouts
from alttext.types import Action, Description, FileResult

VERSION: Literal[1] = 1
PER_FACET = 5

Decided = Literal["pending", "accept", "decorative", "skip"]
_NESTED = frozenset({"candidates", "prompts", "context", "image"})  # JSON in columns of Parquet


class ImageRow(Struct, frozen=True, kw_only=True):
    """What it takes to find the image again."""

    kind: str
    src: str
    markup: Annotated[str, Meta(description="the image as the document spells it")]
    role: Annotated[str, Meta(description="hash of the link or caption that it belongs to")]
    nearby: Annotated[str, Meta(description="hash of the heading and the text around it")]
    nth: Annotated[Ordinal, Meta(description="among the images of the document with this kind and source")]
    of: Ordinal
    alone: Annotated[bool, Meta(description="no other image has this markup and role")]


class ContextRow(Struct, frozen=True, kw_only=True):
    """What stands around the image."""

    title: str = ""
    heading: str = ""
    caption: str = ""
    before: str = ""
    after: str = ""
    link: Annotated[str, Meta(description="where its link leads")] = ""
    lang: str = ""


class CandidateRow(Struct, frozen=True, kw_only=True):
    """A phrase that may be true of the picture."""

    phrase: str
    confidence: Share


class Suggestion(Struct, frozen=True, kw_only=True):
    """One image that is left for a person, who changes `alt` and `decision`."""

    id: str
    path: Annotated[str, Meta(description="of the document, relative to the site, with / as separator")]
    line: Ordinal
    decision: Annotated[
        Decided, Meta(description="accept writes `alt`; pending and skip leave the image as it is")
    ] = "pending"
    alt: Annotated[str | None, Meta(description="the alternative to write; start from the suggestion")] = None
    suggestion: Annotated[str | None, Meta(description='"" suggests that it is decorative')] = None
    confidence: Share | None = None
    candidates: Annotated[dict[str, tuple[CandidateRow, ...]], Meta(description="by facet")] = {}
    prompts: Annotated[tuple[str, ...], Meta(description="what to include")] = ()
    problem: str = ""
    why: str = ""
    rule: str = ""
    reason: str = ""
    purpose: str = ""
    heard: Annotated[str, Meta(description="what a screen reader says now")] = ""
    context: ContextRow = ContextRow()
    image: ImageRow
    picture: Annotated[str | None, Meta(description="its file, relative to the site")] = None
    picture_sha256: str = ""
    sha256: Annotated[str, Meta(description="of the document when the question was asked")]
    implicit_figures: bool = False
    reviewed: Annotated[
        bool, Meta(description="false: no person has read the answer, and the ledger says so")
    ] = True

    @property
    def is_touched(self) -> bool:
        """Whether a person has decided, or begun to write."""
        given = "pending" if self.reviewed else _accepted(self.suggestion)
        return self.decision != given or self.alt != self.suggestion


class Review(Struct, frozen=True, kw_only=True):
    """Suggestions of `alttext suggest`, for `alttext apply`."""

    version: Literal[1]
    tool: Annotated[str, Meta(description="version of alttext")] = ""
    suggestions: tuple[Suggestion, ...]


def schema() -> dict[str, Any]:
    """JSON Schema of the file."""
    records: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Review)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "alttext suggestions",
        **records,
    }


def of_task(task: Task, site: Path, *, accepts: bool = False) -> Suggestion:
    """Return a task as a suggestion with paths relative to the folder `site`.

    With `accepts`, what `alttext fix` would write by itself is accepted, though nobody has read it.
    """
    place, finding = task.whereabouts, task.finding
    is_accepted = accepts and finding.decision.action is Action.WRITE
    return Suggestion(
        id=task.id,
        path=_relative(task.file, site),
        sha256=task.sha256,
        line=finding.line,
        image=ImageRow(
            kind=place.kind,
            src=place.src,
            markup=place.markup,
            role=place.role,
            nearby=place.nearby,
            nth=place.nth,
            of=place.of,
            alone=place.is_alone,
        ),
        picture=_relative(task.picture, site) if task.picture else None,
        picture_sha256=task.picture_sha256,
        implicit_figures=task.settings.implicit_figures,
        alt=task.suggestion,
        suggestion=task.suggestion,
        confidence=_confidence(task),
        candidates=candidates_of(task.finding.description),
        prompts=tuple(f"{prompt.title}: {prompt.question}" for prompt in task.prompts),
        problem=problem(finding),
        why=because(finding),
        rule=finding.rule,
        reason=finding.decision.reason,
        purpose=finding.classification.purpose.value,
        heard=task.announced,
        context=_context(task),
        decision=_accepted(task.suggestion) if is_accepted else "pending",
        reviewed=not is_accepted,
    )


def of_tasks(
    found: Iterable[Task | FileResult], site: Path, settings: Settings, *, accepts: bool = False
) -> Iterator[Suggestion | Task | FileResult]:
    """Yield tasks as suggestions, but blocked ones, and documents that cannot be read, as they are.

    Raises ParseError for a document to which nothing could be applied.
    """
    for each in found:
        if isinstance(each, FileResult) or each.blocked:
            yield each
        else:
            row = of_task(each, site, accepts=accepts)
            target_of(row, site, settings)  # refuses what could not be applied
            yield row


def target_of(row: Suggestion, site: Path, settings: Settings) -> Target:
    """Return what an answer to a suggestion is written to. Raises ParseError if it is no document there."""
    file, format_ = site / row.path, documents.format_of(row.path)
    if format_ is None:
        raise ParseError(f"{row.path}: not a document of a known kind; nothing is written there")
    if not file.resolve().is_relative_to(site.resolve()):
        raise ParseError(f"{row.path}: outside of the folder {site}; name one around it with --site")
    image = row.image
    place = Whereabouts(
        image.kind, image.src, image.markup, image.role, image.nearby, image.nth, image.of, image.alone
    )
    return Target(
        id=row.id,
        path=row.path,
        file=file.absolute(),
        format=format_,
        sha256=row.sha256,
        whereabouts=place,
        picture=site / row.picture if row.picture else None,
        picture_sha256=row.picture_sha256,
        settings=msgspec.structs.replace(settings, implicit_figures=row.implicit_figures),
    )


def encode(rows: Iterable[Suggestion], version: str, *, lines: bool = False) -> Iterator[str]:
    """Yield the file piece by piece: a document to read and edit, or JSON lines."""
    if lines:
        yield from (f"{report.encode(row)}\n" for row in rows)
        return
    review = Review(version=VERSION, tool=version, suggestions=tuple(rows))
    yield msgspec.json.format(report.encode(review), indent=2) + "\n"


def to_parquet(rows: Iterable[Suggestion]) -> bytes:
    """Return the file as Parquet. Raises AlttextError without pyarrow."""
    kinds = {"line": int, "confidence": float, "implicit_figures": bool, "reviewed": bool}
    flat = (msgspec.json.decode(report.encode(row)) for row in rows)
    return columns.write(flat, {name: kinds.get(name, str) for name in Suggestion.__struct_fields__})


def read(data: bytes, name: str) -> tuple[Suggestion, ...]:
    """Return the suggestions of a file: JSON, JSON lines or Parquet. Raises ParseError."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        rows = _decoded(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, ParseError) as error:
        raise ParseError(f"{name}: not a file of `alttext suggest`: {error}") from error
    for row in rows:
        if row.decision == "accept" and row.alt is None:
            raise ParseError(
                f'{name}: {row.path}:{row.line}: "accept" without an "alt"; write one, or "skip"'
            )
    return rows


def _decoded(data: bytes) -> tuple[Suggestion, ...]:
    if data.startswith(columns.MAGIC):
        return tuple(msgspec.convert(row, Suggestion) for row in columns.read(data, _NESTED))
    return _of_lines(data) if _is_lines(data) else msgspec.json.decode(data, type=Review).suggestions


def _is_lines(data: bytes) -> bool:
    """Whether the first line is a suggestion in itself."""
    first = data.lstrip().partition(b"\n")[0]
    try:
        return "suggestions" not in msgspec.json.decode(first, type=dict[str, msgspec.Raw])
    except msgspec.MsgspecError:
        return not data.strip()


def _of_lines(data: bytes) -> tuple[Suggestion, ...]:
    rows = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            rows += [msgspec.json.decode(line, type=Suggestion)] if line.strip() else []
        except msgspec.MsgspecError as error:
            raise msgspec.DecodeError(f"line {number}: {error}") from error
    return tuple(rows)


def _relative(path: Path, site: Path) -> str:
    try:
        return PurePath(os.path.relpath(path.resolve(), site.resolve())).as_posix()
    except ValueError:  # on another drive
        return path.as_posix()


def _accepted(alt: str | None) -> Decided:
    return "accept" if alt else "decorative"


def _confidence(task: Task) -> float | None:
    described = task.finding.description
    return round(float(described.confidence), 6) if described and described.confidence else None


def candidates_of(described: Description | None) -> dict[str, tuple[CandidateRow, ...]]:
    """Return the phrases that may be said of a picture, by facet, the most probable first."""
    facets: dict[str, tuple[CandidateRow, ...]] = {}
    said = [each for each in described.candidates if each.term.emit] if described else []
    for each in sorted(said, key=lambda each: -each.confidence):
        row = CandidateRow(phrase=each.term.shown, confidence=round(float(each.confidence), 6))
        known = facets.get(each.term.facet, ())
        facets[each.term.facet] = (*known, row)[:PER_FACET]
    return facets


def _context(task: Task) -> ContextRow:
    context = task.ref.context
    return ContextRow(
        title=context.title,
        heading=context.heading,
        caption=context.caption,
        before=context.before,
        after=context.after,
        link=context.link.target if context.link else "",
        lang=context.lang,
    )
