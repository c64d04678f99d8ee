"""The ledger as one run of `fix` uses it: what can be used again, what is written, what became of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alttext.config import Settings
from alttext.documents import discover
from alttext.ledger.entry import Author
from alttext.ledger.file import load, locked, path_for, root_of, update_locked
from alttext.ledger.judge import Index
from alttext.ledger.record import added, settle, written
from alttext.ledger.site import Site
from alttext.types import Action, FileResult, Finding, ImageRef


class Book:
    """The ledger at `path`. Raises ParseError if it cannot be read, before anything is written."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._site = Site(root_of(path), settings)
        self._index = Index(load(path))

    def accepted_elsewhere(self, problem: Finding, file: Path) -> str | None:
        """Return the alternative that a person accepted for the same picture, purpose and language.

        None where nothing is to be written, or where the markup proves what is.
        """
        ref, verdict = problem.image, problem.classification
        is_proven = verdict.certain and verdict.alternative is not None
        is_open = ref.missing and ref.slot is not None and not ref.blocked and not is_proven
        if problem.decision.action is Action.KEEP or not is_open or not self._index.has_texts:
            return None
        use = self._site.use(ref, file)
        return self._index.accepted_text(use) if use else None

    @contextmanager
    def recording(self, results: Iterable[FileResult], author: Author) -> Iterator[None]:
        """Record what results write into their documents, which are to be written inside of this.

        The ledger comes first: should the run be killed in between, entries too many do no harm. Nobody
        else uses the ledger meanwhile, who would take them for outdated. Raises ParseError, WriteError.
        """
        entries = [entry for result in results for entry in written(result, self._site, author)]
        if not entries:
            yield
            return
        with locked(self._path):
            update_locked(self._path, lambda before: added(before, entries))
            yield

    def settle(self, found: discover.Entry, refs: Iterable[ImageRef]) -> None:
        """Clear what is known of alternatives that do not stand in a document any more.

        `refs` are its images that have an alternative. Raises ParseError, WriteError.
        """
        known = self._index.places(self._site.name(found.path))
        if known and known - {self._site.place(ref, found.path) for ref in refs}:
            settle(self._path, found, self._site)


def book_for(start: str | Path, settings: Settings) -> Book | None:
    """Return the ledger for a run on the documents at `start`; None if the settings do without."""
    return Book(path_for(start, settings.ledger), settings) if settings.ledger else None
