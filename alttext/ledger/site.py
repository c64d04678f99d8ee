"""Documents and their images as the ledger names them."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from alttext import documents, purpose
from alttext.config import Settings
from alttext.documents import discover, source
from alttext.documents.discover import DiscoverOptions
from alttext.errors import AlttextError
from alttext.ledger.entry import alt_hash, plain
from alttext.ledger.judge import Place, Use
from alttext.ledger.pictures import Pictures
from alttext.purpose import evidence
from alttext.ranking import data_uri
from alttext.types import ENGLISH, ImageRef, Purpose

# Purposes for which a picture means the same wherever it stands.
_MEANT = frozenset({Purpose.INFORMATIVE, Purpose.TEXT, Purpose.COMPLEX})


class Site:
    """The documents around one ledger; `root` is what their names are relative to."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._pictures = Pictures(root, settings)

    def name(self, file: Path) -> str:
        """Return the name of a document: its path from the root, the same on every machine."""
        try:
            return plain(Path(os.path.relpath(file.resolve(), self._root)).as_posix())
        except ValueError:  # on another drive
            return plain(file.resolve().as_posix())

    def place(self, ref: ImageRef, file: Path, alt: str | None = None) -> Place:
        """Return where an alternative stands: that of the reference, or the one that it gets."""
        said = (ref.alt or "") if alt is None else alt
        return Place(self.name(file), _source(ref), alt_hash(said))

    def picture(self, ref: ImageRef, file: Path) -> str:
        """Return the hash of the picture that an image shows, "" if it cannot be read."""
        return self._pictures.digest(ref, file)

    def use(self, ref: ImageRef, file: Path) -> Use | None:
        """Return what the picture of an image is there for; None if the markup does not make it sure.

        An alternative that the image has already is no evidence: it may be what is in question.
        """
        verdict = purpose.classify(replace(ref, alt=None))
        target = self._target(ref, file) if verdict.purpose is Purpose.FUNCTIONAL else ""
        if verdict.purpose not in _MEANT and not target:
            return None
        digest = self.picture(ref, file)
        return Use(digest, verdict.purpose.value, self._language(ref), target) if digest else None

    def _target(self, ref: ImageRef, file: Path) -> str:
        """Where the link around an image leads, from the root; "" if that is not sure."""
        link = ref.context.link
        if link is None or link.is_button or not link.target or evidence.is_template(link.target):
            return ""
        return plain(urljoin(urljoin(f"/{self.name(file)}", ref.context.base), link.target))

    def _language(self, ref: ImageRef) -> str:
        lang = ref.context.lang or self._settings.language
        return plain(lang.replace("_", "-").split("-")[0].lower()) or ENGLISH

    def files(self, paths: Iterable[str | Path]) -> Iterator[discover.Entry]:
        """Yield the documents below `paths`."""
        settings = self._settings
        options = DiscoverOptions(settings.exclude, settings.respect_gitignore, settings.force_exclude)
        return discover.find_files(paths, options)

    def named(self, found: discover.Entry) -> list[ImageRef]:
        """Return the images of a document that have an alternative. Raises ParseError."""
        if found.error:
            raise AlttextError(found.error)
        text = source.read(found.path).text
        figures = self._settings.implicit_figures
        return [ref for ref in documents.parse(text, found.format, implicit_figures=figures) if is_named(ref)]


def is_named(ref: ImageRef) -> bool:
    """Whether an image has an alternative of which an entry can speak."""
    return ref.alt is not None


def _source(ref: ImageRef) -> str:
    """How a document spells a picture; one that it holds itself is known by its hash alone."""
    return "data:" if data_uri.is_data_uri(ref.src) else plain(ref.src)
