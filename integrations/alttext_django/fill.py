"""Describe the pictures of many records, and write what is certain where nobody has said anything."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.db import transaction
from django.db.models import Model, QuerySet

import alttext
from alttext_django import pictures, stored
from alttext_django.fields import Documents, Pictures
from alttext_django.options import Options

CHANGED = "changed-meanwhile"
TOO_LONG = "too-long-for-field"
ELSEWHERE = "not-in-storage"
# What a reason to write becomes where the site asks for more certainty.
_NOT_QUITE = {"described": "low-confidence", "text-read": "text-uncertain"}


@dataclass(frozen=True, slots=True)
class Job:
    """How to go about it."""

    chosen: Options
    write: bool = True
    batch: int = 100  # records that are described before they are written, together
    using: str = "default"  # the database
    ids: Sequence[Any] = ()  # none: all records
    where: Mapping[str, Any] = field(default_factory=dict)
    format: str = "html"

    def rows(self, model: type[Model]) -> QuerySet[Any]:
        """The records to look at."""
        rows = model._default_manager.using(self.using).filter(**self.where)
        return rows.filter(pk__in=self.ids) if self.ids else rows


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one picture."""

    record: Any  # primary key
    name: str  # of the file, or the source that HTML names
    alt: str | None  # what was written, or the suggestion
    left: str = ""  # the reason why it was left for a person; "" if it was written


def fill(target: Pictures | Documents, job: Job) -> Iterator[Outcome]:
    """Look at all pictures without an alternative, in order of the records. Raises ModelError."""
    return _fill_pictures(target, job) if isinstance(target, Pictures) else _fill_documents(target, job)


def _fill_pictures(target: Pictures, job: Job) -> Iterator[Outcome]:
    rows = job.rows(target.model).filter(target.unanswered).values_list("pk", target.picture.name)
    for batch in _batches(rows, job.batch):
        seen = [_described(target, record, name, job.chosen) for record, name in batch]
        if job.write:
            with transaction.atomic(using=job.using):
                seen = [_written(target, outcome, job.using) for outcome in seen]
        yield from seen


def _batches(rows: QuerySet[Any], size: int) -> Iterator[list[Any]]:
    """The rows by primary key, their first column; no cursor is open while pictures are looked at."""
    rest = rows.order_by("pk")
    while batch := list(rest[:size]):
        yield batch
        rest = rows.order_by("pk").filter(pk__gt=batch[-1][0])


def _described(target: Pictures, record: Any, name: str, chosen: Options) -> Outcome:
    outcome = _seen(record, name, pictures.describe_stored(target.picture.storage, name, chosen), chosen)
    if outcome.left or target.holds(outcome.alt or ""):
        return outcome
    return replace(outcome, left=TOO_LONG)


def _seen(record: Any, name: str, description: alttext.Description, chosen: Options) -> Outcome:
    if pictures.is_certain(description, chosen):
        return Outcome(record, name, description.text)
    why = next(iter(description.reasons), "low-confidence")
    return Outcome(record, name, description.text, _NOT_QUITE.get(why, why))


def _written(target: Pictures, outcome: Outcome, using: str) -> Outcome:
    """Write one alternative, unless a person has written one or changed the picture since it was read."""
    if outcome.left:
        return outcome
    same = {"pk": outcome.record, target.picture.name: outcome.name}
    rows = target.model._base_manager.using(using).filter(target.unanswered, **same)
    is_done = rows.update(**{target.alternative.name: outcome.alt})
    return outcome if is_done else replace(outcome, left=CHANGED)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document before and after."""

    record: Any
    before: str
    after: str
    outcomes: tuple[Outcome, ...]


def _fill_documents(target: Documents, job: Job) -> Iterator[Outcome]:
    name = target.text.name
    rows = job.rows(target.model).exclude(**{name: ""}).exclude(**{f"{name}__isnull": True})
    for batch in _batches(rows.values_list("pk", name), job.batch):
        texts = [_text(record, text, job) for record, text in batch]
        if job.write:
            with transaction.atomic(using=job.using):
                texts = [_written_text(target, text, job.using) for text in texts]
        for text in texts:
            yield from text.outcomes


def _text(record: Any, before: str, job: Job) -> _Text:
    seen: dict[alttext.Span, Outcome] = {}

    def leave(ref: alttext.ImageRef) -> None:
        seen[ref.span] = replace(seen[ref.span], left="could-not-verify")

    try:
        for ref in alttext.find_images(before, job.format):
            if ref.missing and not ref.suppressed:
                seen[ref.span] = _image(record, ref, job.chosen)
    except alttext.ParseError:
        return _Text(record, before, before, ())
    answers = {span: outcome.alt for span, outcome in seen.items() if not outcome.left}
    after = alttext.rewrite(before, job.format, lambda ref: answers.get(ref.span), on_refused=leave)
    return _Text(record, before, after, tuple(seen.values()))


def _image(record: Any, ref: alttext.ImageRef, chosen: Options) -> Outcome:
    """An image in a text: only what is there for what it shows is described."""
    if ref.slot is None or ref.purpose is not alttext.Purpose.INFORMATIVE:
        return Outcome(record, ref.src, None, ref.blocked or ref.reason)
    storage: Storage = default_storage
    names = stored.names_of(ref, storage)
    if not names:
        return Outcome(record, ref.src, None, ELSEWHERE)
    described = pictures.describe_stored(storage, names[0], chosen, ref.context)
    return _seen(record, ref.src, described, chosen)


def _written_text(target: Documents, text: _Text, using: str) -> _Text:
    """Write one text, unless somebody has changed it since it was read."""
    if text.after == text.before:
        return text
    same = {"pk": text.record, target.text.name: text.before}
    rows = target.model._base_manager.using(using).filter(**same)
    if rows.update(**{target.text.name: text.after}):
        return text
    return replace(text, outcomes=tuple(_all_left(text.outcomes, CHANGED)))


def _all_left(outcomes: Any, why: str) -> Iterator[Outcome]:
    return (outcome if outcome.left else replace(outcome, left=why) for outcome in outcomes)
