"""The doors for documents and pictures: what is done in which order, for one set of settings.

Documents are surveyed (`survey`), decided on (`decisions`), and written or reported beside the ledger
(`recorded`). Stages 4 to 7 need pixels and a model. They are in `describer`, loaded when the first image has
to be looked at, so that `check` and a `fix` with nothing to do stay light.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from alttext import config as configuration
from alttext import ledger, recorded, survey
from alttext.config import Settings
from alttext.decisions import Decisions
from alttext.survey import Document, Surveyed
from alttext.types import Context, Description, FileResult

if TYPE_CHECKING:  # names for the type checker only; importing them would load numpy
    from PIL.Image import Image

    from alttext.describer import Describer
    from alttext.ranking.encode import Encoder


def load(model: str | None = None, config: Settings | str | Path | None = None) -> "Pipeline":
    """Return a pipeline whose model loads when it is first needed, once.

    `model`: a folder or hub name of a CLIP or SigLIP checkpoint; None is the configured one, else the
    embedded model. `config`: settings, or a file; None is the closest configuration file. Raises ConfigError.
    """
    settings = configuration.load(config)
    return Pipeline(msgspec.structs.replace(settings, model=model) if model else settings)


class Pipeline:
    """Everything that alttext does, for one set of settings."""

    def __init__(self, settings: Settings | None = None, *, describer: "Describer | None" = None) -> None:
        self.settings = settings or Settings()
        if describer is not None:
            self.describer = describer

    @property
    def encoder(self) -> "Encoder":
        """The image-text model. Raises ModelError if it is missing or damaged."""
        return self.describer.encoder

    @cached_property
    def describer(self) -> "Describer":
        """Stages 4 to 7; loads the model. Raises ModelError."""
        from alttext.describer import Describer  # noqa: PLC0415 - numpy, Pillow and a model come with it

        return Describer(self.settings)

    def describe(self, image: "str | Path | bytes | Image", *, context: Context | None = None) -> Description:
        """Describe one picture, as informative content of a page with the `context`.

        It is a file, the bytes of one, or pixels. Raises ImageError if it cannot be loaded, ModelError if
        the model cannot.
        """
        return self.describer.describe(image, survey.spoken(context or Context(), self.settings))

    def describe_all(
        self, images: Sequence[str | Path | bytes], *, contexts: Sequence[Context] = ()
    ) -> list[Description]:
        """Describe several pictures at once, in order, each in the context at its place if there are any.

        One that cannot be loaded has no text and, as its reason, why. Raises ModelError.
        """
        spoken = [survey.spoken(context, self.settings) for context in contexts or [Context()] * len(images)]
        return self.describer.describe_several(images, spoken)

    def check_text(
        self,
        text: str,
        *,
        format: str = "html",  # noqa: A002
        path: str = "",
        base: str | Path | None = None,
    ) -> FileResult:
        """Report the problems of one document. Raises ParseError.

        Problems that the ledger knows of are reported only if there is a `path`. Loads no model unless the
        settings ask for a rule that needs a look at pictures, with sources relative to the folder `base`.
        """
        watch = ledger.watch_for(path, self.settings) if path else None
        file = Path(base) / "document" if base else None
        document = Document(text, format, path, file, Path(base) if base else None)
        surveyed = survey.text(document, self.settings, named=watch is not None)
        if watch:
            watch.learn(Path(path), surveyed.named)
        (looked_at,) = self._looked_at([surveyed])
        return recorded.checked(looked_at, watch)

    def fix_text(self, text: str, *, format: str = "html", base: str | Path | None = None) -> FileResult:  # noqa: A002
        """Fix one document in memory; touches no file. Image sources are relative to the folder `base`.

        Raises ParseError, and ModelError if the model cannot be loaded.
        """
        folder = Path(base or ".")
        document = Document(text, format, file=folder / "document", root=folder if base else None)
        (fixed,) = self._decisions.made([survey.text(document, self.settings)])
        return fixed

    def check_paths(self, paths: Iterable[str | Path]) -> Iterator[FileResult]:
        """Report the problems of all documents below `paths`, in order.

        Loads no model unless the settings ask for a rule that needs a look at pictures. Raises ParseError if
        the ledger is asked for and cannot be read, ModelError if the model is and cannot judge.
        """
        given = list(paths)
        watch = ledger.watch_for(given[0], self.settings) if given else None
        surveyed = partial(survey.paths, given, self.settings, named=watch is not None)
        if watch and watch.compares:
            for each in surveyed():
                watch.learn(Path(each.document.path), each.named)
        return map(partial(recorded.checked, watch=watch), self._looked_at(surveyed()))

    def _looked_at(self, surveyed: Iterable[Surveyed]) -> Iterable[Surveyed]:
        """The documents, with what only their pictures tell if the settings ask for that."""
        if not self.settings.looks:
            return surveyed
        from alttext import second_look  # noqa: PLC0415 - numpy, Pillow and a model come with it

        return second_look.look(surveyed, self.describer, self.settings)

    def fix_paths(self, paths: Iterable[str | Path], *, write: bool = True) -> Iterator[FileResult]:
        """Fix all documents below `paths`, in order; with `write` off, only tell what would change.

        A document that cannot be read or written becomes a result with an error. Raises ModelError, and
        ParseError if the ledger cannot be read.
        """
        given = list(paths)
        book = ledger.book_for(given[0], self.settings) if given else None
        surveyed = survey.paths(given, self.settings, named=book is not None)
        return self._fix_all(map(partial(recorded.answered, book=book), surveyed), book, write=write)

    def _fix_all(
        self, surveyed: Iterable[Surveyed], book: ledger.Book | None, *, write: bool
    ) -> Iterator[FileResult]:
        for group in survey.grouped(surveyed):
            results = self._decisions.made(group)
            yield from recorded.written(group, results, book, lambda: self._machine) if write else results

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions(self.settings, lambda placed: self.describer.describe_all(placed))  # noqa: PLW0108 - it loads

    @cached_property
    def _machine(self) -> ledger.Author:
        """Who wrote what was described. Raises ModelError."""
        terms = self.describer.ranker.vocabulary.terms
        return ledger.Author(model=self.encoder.model_id, vocabulary=ledger.fingerprint(terms))
