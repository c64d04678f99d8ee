"""What goes into the ledger: alternatives as they are written, accepted, and edited."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from alttext import purpose
from alttext.config import Settings
from alttext.documents import discover
from alttext.errors import AlttextError
from alttext.ledger.entry import ACCEPTED, MACHINE, PERSON, UNREVIEWED, Author, Entry, plain
from alttext.ledger.file import load, locked, root_of, update, update_locked
from alttext.ledger.judge import Index, Place, place_of, settled
from alttext.ledger.site import Site
from alttext.types import Action, FileResult, Finding, ImageRef

Chosen = Callable[[ImageRef], bool]
Selected = Callable[[Site, Index, ImageRef, Path], Entry | None]

_DIGITS = 4  # of a confidence


class Outcome(NamedTuple):
    """How many alternatives were recorded, in how many documents, and which could not be read."""

    alternatives: int
    documents: int
    errors: tuple[str, ...] = ()


def record_written(
    path: Path, results: Iterable[FileResult], settings: Settings, author: Author | None = None
) -> None:
    """Record the alternatives that edits write into documents, in the ledger at `path`.

    Those of a machine wait for a person to agree, those of a person need not. Call it before the documents
    are written, so that nothing of a machine ever stands there that the ledger does not know of.
    Raises ParseError if the ledger cannot be read, WriteError if it cannot be written.
    """
    site = Site(root_of(path), settings)
    entries = [entry for result in results for entry in written(result, site, author or Author())]
    if entries:
        update(path, lambda before: (*before, *entries))


def written(result: FileResult, site: Site, author: Author) -> Iterator[Entry]:
    """Yield the entries of what edits write into one document."""
    for finding in result.findings:
        if finding.decision.action is Action.WRITE and finding.edit and finding.decision.alt is not None:
            yield _written(finding, Path(result.path), site, author)


def _written(finding: Finding, file: Path, site: Site, author: Author) -> Entry:
    ref, decision, said = finding.image, finding.decision, finding.description
    place = site.place(ref, file, decision.alt)
    if author.origin == PERSON:
        return _accepted(_of_person(place), ref, decision.alt or "", file, site)
    is_ranked = said is not None and bool(said.candidates)
    return Entry(
        document=place.document,
        source=place.source,
        image=site.picture(ref, file),
        alt=place.alt,
        state=UNREVIEWED,
        origin=MACHINE,
        reason=decision.reason,
        confidence=round(said.confidence, _DIGITS) if said and said.text == decision.alt else 0.0,
        model=author.model if is_ranked else "",
        vocabulary=author.vocabulary if is_ranked else "",
    )


def _of_person(place: Place) -> Entry:
    return Entry(place.document, place.source, "", place.alt, ACCEPTED, PERSON)


def _accepted(entry: Entry, ref: ImageRef, alt: str, file: Path, site: Site) -> Entry:
    """The entry once a person has agreed, with what it takes to use the alternative again."""
    use = site.use(ref, file)
    facts = {"state": ACCEPTED, "image": site.picture(ref, file)}
    if use and plain(alt) == alt:
        facts |= {"purpose": use.purpose, "language": use.language, "target": use.target, "text": alt}
    return msgspec.structs.replace(entry, **facts)


def accept(
    path: Path, documents: Iterable[str | Path], settings: Settings, chosen: Chosen = lambda _: True
) -> Outcome:
    """Agree with alternatives that the ledger at `path` knows in these documents, as they stand there now.

    That takes both marks away: that nobody has looked at an alternative, and that the picture has changed
    since. `chosen` tells of which images. Documents are files and folders. Raises ParseError and WriteError
    about the ledger; a document that cannot be read is told of in the outcome.
    """

    def select(site: Site, index: Index, ref: ImageRef, file: Path) -> Entry | None:
        place = site.place(ref, file)
        known = index.known(place, lambda: site.picture(ref, file))
        if not known or not chosen(ref):
            return None
        moved = msgspec.structs.replace(known[-1], document=place.document, source=place.source)
        return _accepted(moved, ref, ref.alt or "", file, site)

    return _record(path, documents, settings, select)


def record_existing(path: Path, documents: Iterable[str | Path], settings: Settings) -> Outcome:
    """Record the alternatives in these documents of which the ledger knows nothing, as a person's.

    It then sees when their pictures change. Alternatives that say nothing are left out. Raises as `accept`.
    """

    def select(site: Site, index: Index, ref: ImageRef, file: Path) -> Entry | None:
        place = site.place(ref, file)
        if purpose.problem(ref) or index.known(place, lambda: site.picture(ref, file)):
            return None
        return _accepted(_of_person(place), ref, ref.alt or "", file, site)

    return _record(path, documents, settings, select)


def _record(path: Path, documents: Iterable[str | Path], settings: Settings, select: Selected) -> Outcome:
    site, index = Site(root_of(path), settings), Index(load(path))
    made: list[Entry] = []
    outdated: list[discover.Entry] = []
    errors: list[str] = []
    for found in site.files(documents):
        try:
            refs = site.named(found)
        except AlttextError as error:
            errors.append(f"{found.path.as_posix()}: {error}")
            continue
        made += [entry for ref in refs if (entry := select(site, index, ref, found.path))]
        if index.places(site.name(found.path)) - {site.place(ref, found.path) for ref in refs}:
            outdated.append(found)
    if made:
        update(path, lambda before: (*_without(before, made), *made))
    for found in outdated:
        settle(path, found, site)
    return Outcome(len(made), len({entry.document for entry in made}), tuple(errors))


def _without(entries: Iterable[Entry], newer: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without those about places that newer ones are about."""
    places = {place_of(entry) for entry in newer}
    return (entry for entry in entries if place_of(entry) not in places)


def settle(path: Path, found: discover.Entry, site: Site) -> None:
    """Drop what does not stand in a document any more, and take what stands there instead for a person's.

    The document is read while nobody else writes, so that no entry of somebody else is lost.
    Raises ParseError and WriteError.
    """
    with locked(path):
        standing = {site.place(ref, found.path): ref for ref in site.named(found)}
        known = Index(load(path)).places(site.name(found.path))
        changes = settled(known, standing)
        edited = [
            _accepted(_of_person(place), ref, ref.alt or "", found.path, site)
            for place, ref in standing.items()
            if place in changes.edited
        ]
        update_locked(
            path,
            lambda before: (*(entry for entry in before if place_of(entry) not in changes.gone), *edited),
        )
