"""What entries say about alternatives that stand in documents: pure, nothing is read or written.

An alternative is known where it stands. One that was copied to another place, or whose document was renamed,
is known by its picture. Once a person has changed it, it is theirs, and no entry speaks of it any more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from alttext.ledger.entry import Entry, alt_hash
from alttext.rules.problems import STALE, UNREVIEWED

_EMPTY = alt_hash("")  # says the same of every decorative image, so it tells nothing about where it came from

Picture = Callable[[], str]  # the hash of a picture, computed only if somebody has to know


class Place(NamedTuple):
    """An alternative of an image in a document."""

    document: str
    source: str
    alt: str  # its hash


class Use(NamedTuple):
    """What a picture is there for: two alternatives for one use should say the same."""

    image: str
    purpose: str
    language: str
    target: str  # of the link that the image is the name of, "" for others


class Index:
    """Entries of a ledger, to be found by what is asked about."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._at: dict[Place, list[Entry]] = defaultdict(list)
        self._of_alt: dict[str, list[Entry]] = defaultdict(list)
        self._texts: dict[Use, set[str]] = defaultdict(set)
        self._places: dict[str, set[Place]] = defaultdict(set)
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        place = place_of(entry)
        self._at[place].append(entry)
        self._places[entry.document].add(place)
        if entry.image and entry.alt != _EMPTY:
            self._of_alt[entry.alt].append(entry)
        if entry.is_accepted and entry.text:
            self._texts[use_of(entry)].add(entry.text)

    def places(self, document: str) -> frozenset[Place]:
        """The alternatives of a document that are known."""
        return frozenset(self._places.get(document, ()))

    def known(self, place: Place, picture: Picture) -> list[Entry]:
        """The entries that speak of an alternative: of this place, else of the same picture elsewhere."""
        if here := self._at.get(place):
            return here
        elsewhere = self._of_alt.get(place.alt)
        digest = picture() if elsewhere else ""
        return [entry for entry in elsewhere or () if entry.image == digest]

    def accepted_text(self, use: Use) -> str | None:
        """The alternative that was accepted for a use, if there is just one."""
        texts = self._texts.get(use, set())
        return next(iter(texts)) if len(texts) == 1 else None

    @property
    def has_texts(self) -> bool:
        """Whether any alternative was accepted that can be used again."""
        return bool(self._texts)

    def accepted_texts(self, use: Use) -> frozenset[str]:
        """All alternatives that were accepted for a use."""
        return frozenset(self._texts.get(use, ()))


def place_of(entry: Entry) -> Place:
    """Where an entry says that an alternative stands."""
    return Place(entry.document, entry.source, entry.alt)


def use_of(entry: Entry) -> Use:
    """What an entry says that a picture is there for."""
    return Use(entry.image, entry.purpose, entry.language, entry.target)


def problems(index: Index, place: Place, picture: Picture) -> tuple[str, ...]:
    """Return the rules that an alternative breaks, the gravest first."""
    known = index.known(place, picture)
    fresh = [entry for entry in known if _is_of(entry, picture)]
    stale = (STALE,) if known and not fresh else ()
    is_open = known and not any(entry.is_accepted for entry in fresh or known)
    return (*stale, UNREVIEWED) if is_open else stale


def _is_of(entry: Entry, picture: Picture) -> bool:
    """Whether an entry is about the picture as it is; a picture that cannot be read does not tell."""
    return not entry.image or (picture() or entry.image) == entry.image


class Settled(NamedTuple):
    """What became of the alternatives of a document since they were recorded."""

    gone: frozenset[Place]  # they stand there no more
    edited: frozenset[Place]  # what stands there instead, which is a person's


def settled(known: Iterable[Place], standing: Iterable[Place]) -> Settled:
    """Compare what is known of one document with the alternatives that stand in it."""
    known, standing = frozenset(known), frozenset(standing)
    gone = known - standing
    sources = {place.source for place in gone}
    return Settled(gone, frozenset(place for place in standing - known if place.source in sources))
