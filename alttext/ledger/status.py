"""How much of a site a person still has to agree to."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alttext.config import Settings
from alttext.errors import AlttextError
from alttext.ledger import judge
from alttext.ledger.file import load, root_of
from alttext.ledger.judge import Index
from alttext.ledger.site import Site
from alttext.rules.problems import STALE, UNREVIEWED
from alttext.types import ImageRef


@dataclass(slots=True)
class Status:
    """Counts of alternatives that the ledger knows, as they stand in documents now."""

    accepted: int = 0
    unreviewed: int = 0
    stale: int = 0  # whether accepted or not
    documents: int = 0  # that were looked at
    gone: int = 0  # documents that entries tell of and that are not there
    errors: tuple[str, ...] = ()


def status(path: Path, documents: Iterable[str | Path], settings: Settings) -> Status:
    """Count what the ledger at `path` knows of these documents. Raises ParseError if it cannot be read."""
    entries = load(path)
    site, index, counts = Site(root_of(path), settings), Index(entries), Status()
    for found in site.files(documents):
        try:
            refs = site.named(found)
        except AlttextError as error:
            counts.errors += (f"{found.path.as_posix()}: {error}",)
            continue
        counts.documents += 1
        for ref in refs:
            _count(counts, site, index, ref, found.path)
    counts.gone = sum(not (root_of(path) / name).exists() for name in {entry.document for entry in entries})
    return counts


def _count(counts: Status, site: Site, index: Index, ref: ImageRef, file: Path) -> None:
    def picture() -> str:
        return site.picture(ref, file)

    place = site.place(ref, file)
    if index.known(place, picture):
        found = judge.problems(index, place, picture)
        counts.stale += STALE in found
        counts.unreviewed += UNREVIEWED in found
        counts.accepted += UNREVIEWED not in found
