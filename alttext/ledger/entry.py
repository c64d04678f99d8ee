"""What is known about one alternative: where it stands, for which picture, from whom, and who agreed to it.

A ledger is a set of entries. Merging two of them is a join: it does not matter who merges what with
what, in which order, or how often, so that branches and processes end with the same ledger.
"""

import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from alttext.types import Term

ACCEPTED: Final = "accepted"
UNREVIEWED: Final = "unreviewed"
MACHINE: Final = "machine"
PERSON: Final = "person"

_HASH_DIGITS = 16


class Key(NamedTuple):
    """What makes two entries the same one; also the order in the file."""

    document: str
    source: str
    image: str
    alt: str


class Entry(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One alternative of one image in one document."""

    document: str  # relative to the folder of the ledger, "/" as separator
    source: str  # of the image, as the document spells it
    image: str  # SHA-256 of the picture's bytes; "" if there is no file to look at
    alt: str  # hash of the alternative, see `alt_hash`
    state: Literal["unreviewed", "accepted"]
    origin: Literal["machine", "person"]
    reason: str = ""  # rule id: why the machine wrote it
    confidence: float | None = None  # of a description, 0..1
    model: str = ""  # that described the picture
    vocabulary: str = ""  # fingerprint of the terms that could be said
    purpose: str = ""  # of the image
    language: str = ""  # of the page, without region
    target: str = ""  # of the link that the image is the name of
    text: str = ""  # the alternative itself where it was accepted, so that it can be used again

    @property
    def key(self) -> Key:
        """What makes two entries the same one."""
        return Key(self.document, self.source, self.image, self.alt)

    @property
    def is_accepted(self) -> bool:
        """Whether a person has agreed."""
        return self.state == ACCEPTED


class Author(NamedTuple):
    """Who wrote alternatives: a machine with its model and vocabulary, or a person."""

    origin: Literal["machine", "person"] = "machine"
    model: str = ""
    vocabulary: str = ""


def alt_hash(alt: str) -> str:
    """Return what stands for an alternative; white space that was laid out anew makes no difference."""
    said = unicodedata.normalize("NFC", " ".join(alt.split()))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def fingerprint(terms: Iterable[Term]) -> str:
    """Return what stands for a vocabulary: other terms, other fingerprint."""
    said = "\0".join(sorted(repr(tuple(term)) for term in terms))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def plain(text: str) -> str:
    """Return a text as JSON can hold it: bytes of a document that are no text are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()


def merge(*ledgers: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries of all of them in order, each once; one that was accepted stays so."""
    merged: dict[Key, Entry] = {}
    for entry in (entry for ledger in ledgers for entry in ledger):
        known = merged.get(entry.key)
        if known is None or _rank(entry) > _rank(known):
            merged[entry.key] = entry
    return tuple(merged[key] for key in sorted(merged))


def _rank(entry: Entry) -> tuple[bool, int, bytes]:
    """A total order, so that the greater of two entries is the same for everybody: who knows more."""
    spelled = line(entry)
    return entry.is_accepted, len(spelled), spelled


def line(entry: Entry) -> bytes:
    """Return an entry as it stands in the file, without the line feed."""
    return msgspec.json.encode(entry)


def from_line(data: bytes) -> Entry:
    """Read one line. Raises msgspec.MsgspecError."""
    return msgspec.json.decode(data, type=Entry)
