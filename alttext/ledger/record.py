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
        update(path, lambda before: added(before, entries))


def record_answers(
    path: Path, document: Path, answers: Iterable[tuple[ImageRef, str]], settings: Settings
) -> None:
    """Record the alternatives that a person gave to images of a document, in the ledger at `path`.

    Raises ParseError and WriteError about the ledger.
    """
    site = Site(root_of(path), settings)
    entries = [
        _accepted(_of_person(site.place(ref, document, alt)), ref, alt, document, site)
        for ref, alt in answers
    ]
    update(path, lambda before: added(before, entries))


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
        confidence=round(said.confidence, _DIGITS) if said and said.confidence else None,
        model=author.model if is_ranked else "",
        vocabulary=author.vocabulary if is_ranked else "",
    )


def _of_person(place: Place) -> Entry:
    return Entry(place.document, place.source, "", place.alt, ACCEPTED, PERSON)


def _accepted(entry: Entry, ref: ImageRef, alt: str, file: Path, site: Site) -> Entry:
    """The entry once a person has agreed, with what it takes to use the alternative again."""
    use = site.use(ref, file)
    facts = {"state": ACCEPTED, "image": site.picture(ref, file) or entry.image}
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
        known = _known(site, index, ref, file)
        return _accepted(known, ref, ref.alt or "", file, site) if known and chosen(ref) else None

    return _record(path, documents, settings, select)


def record_existing(path: Path, documents: Iterable[str | Path], settings: Settings) -> Outcome:
    """Bring the ledger at `path` in line with these documents: a baseline.

    Alternatives of which nothing is known are recorded as a person's, so that it is seen when their pictures
    change; those that say nothing are left out. What is known follows renamed documents, and what is known
    of documents that are gone from these folders is dropped. Raises as `accept`.
    """

    def select(site: Site, index: Index, ref: ImageRef, file: Path) -> Entry | None:
        place, known = site.place(ref, file), _known(site, index, ref, file)
        if known:
            return None if place in index.places(place.document) else known
        if purpose.problem(ref):
            return None
        return _accepted(_of_person(place), ref, ref.alt or "", file, site)

    given = list(documents)
    outcome = _record(path, given, settings, select)
    _drop_gone(path, given)
    return outcome


def _known(site: Site, index: Index, ref: ImageRef, file: Path) -> Entry | None:
    """What is known of an alternative, as an entry of its place; what was accepted counts for more."""
    place = site.place(ref, file)
    known = sorted(index.known(place, lambda: site.picture(ref, file)), key=lambda entry: entry.is_accepted)
    return msgspec.structs.replace(known[-1], document=place.document, source=place.source) if known else None


def _drop_gone(path: Path, folders: Iterable[str | Path]) -> None:
    root = root_of(path)
    below = [Path(folder).resolve() for folder in folders]

    def is_gone(entry: Entry) -> bool:
        file = root / entry.document
        return any(file.is_relative_to(folder) for folder in below) and not file.exists()

    if any(map(is_gone, load(path))):
        update(path, lambda before: (entry for entry in before if not is_gone(entry)))


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
        update(path, lambda before: added(before, made))
    for found in outdated:
        settle(path, found, site)
    return Outcome(len(made), len({entry.document for entry in made}), tuple(errors))


def added(before: Iterable[Entry], made: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries with new ones; what was known of the same places with older pictures is dropped."""
    keys = {place_of(entry): entry.key for entry in made}
    yield from (entry for entry in before if keys.get(place_of(entry), entry.key) == entry.key)
    yield from made


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
