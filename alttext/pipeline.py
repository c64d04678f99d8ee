"""The stages in order, for documents: find, decide, describe, edit, verify, write.

Stages 4 to 7 need pixels and a model. They are in `describer`, loaded when the first image has to be
looked at, so that `check` and a `fix` with nothing to do stay light.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, overload

import msgspec

from alttext import config as configuration
from alttext import documents, edits, ledger, purpose, survey
from alttext.config import Settings
from alttext.documents import discover, page_title, source
from alttext.errors import AlttextError, ImageError
from alttext.ranking import locate, read_text
from alttext.remediation import policy
from alttext.survey import Document, Surveyed
from alttext.types import (
    Action,
    Classification,
    Context,
    Decision,
    Description,
    FileResult,
    Finding,
    ImageRef,
    Placed,
    Purpose,
)

if TYPE_CHECKING:  # names for the type checker only; importing them would load numpy
    from PIL.Image import Image

    from alttext.describer import Describer
    from alttext.ranking.encode import Encoder

_OF_TEXT = frozenset({Purpose.TEXT, Purpose.COMPLEX})
_UNREADABLE = frozenset({"qr-code", "equation"})
_SEEN = frozenset({"mismatched-alt", "sensitive-image"})  # rules about pictures themselves


def find_images(text: str | bytes, format: str = "html") -> list[ImageRef]:  # noqa: A002 - the public name
    """Return every image of a document in order, each with the purpose that its markup shows.

    Raises ParseError if the text cannot be read as `format`, and ValueError if there is no such format.
    """
    if isinstance(text, bytes):
        text = source.decode(text, format).text
    return [survey.with_purpose(ref, purpose.classify(ref)) for ref in documents.parse(text, format)]


@overload
def rewrite(text: str, format: str, alt_for: Callable[[ImageRef], str | None]) -> str: ...
@overload
def rewrite(text: bytes, format: str, alt_for: Callable[[ImageRef], str | None]) -> bytes: ...
def rewrite(
    text: str | bytes,
    format: str,  # noqa: A002 - the public name
    alt_for: Callable[[ImageRef], str | None],
) -> str | bytes:
    """Write the alternatives that `alt_for` returns for images that have none; change nothing else.

    `alt_for` is asked about each image without an alternative: None and white space leave it as it is, ""
    marks it as decorative. It is not asked about images with an alternative, decorative ones, and places
    that must not be edited. Raises ParseError, and VerificationError if an edit would have changed anything
    else.
    """
    if isinstance(text, str):
        return _rewritten(text, format, alt_for)
    opened = source.decode(text, format)
    return source.encode(opened, _rewritten(opened.text, format, alt_for, opened))


def _rewritten(
    text: str,
    format: str,  # noqa: A002
    alt_for: Callable[[ImageRef], str | None],
    opened: source.Source | None = None,
) -> str:
    asked = [ref for ref in find_images(text, format) if ref.missing and ref.slot and not ref.suppressed]
    answers = [(ref, alt) for ref in asked if (alt := alt_for(ref)) is not None and (alt.strip() or not alt)]
    made = [documents.alt_edit(text, format, ref, alt, opened) for ref, alt in answers]
    return edits.edited(text, made, format)


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
        return self.describer.describe(image, self._with_language(context or Context()))

    def describe_all(
        self, images: Sequence[str | Path | bytes], *, contexts: Sequence[Context] = ()
    ) -> list[Description]:
        """Describe several pictures at once, in order, each in the context at its place if there are any.

        One that cannot be loaded has no text and, as its reason, why. Raises ModelError.
        """
        spoken = [self._with_language(context) for context in contexts or [Context()] * len(images)]
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
        return _checked(watch, looked_at)

    def fix_text(self, text: str, *, format: str = "html", base: str | Path | None = None) -> FileResult:  # noqa: A002
        """Fix one document in memory; touches no file. Image sources are relative to the folder `base`.

        Raises ParseError, and ModelError if the model cannot be loaded.
        """
        folder = Path(base or ".")
        document = Document(text, format, file=folder / "document", root=folder if base else None)
        surveyed = survey.text(document, self.settings)
        return self._fixed(surveyed, *self._described([surveyed]))

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
        return map(partial(_checked, watch), self._looked_at(surveyed()))

    def _looked_at(self, surveyed: Iterable[Surveyed]) -> Iterable[Surveyed]:
        """The documents, with what only their pictures tell if the settings ask for that."""
        if self.settings.rules.isdisjoint(_SEEN):
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
        return self._fix_all(map(partial(_answered, book=book), surveyed), book, write=write)

    def _fix_all(
        self, surveyed: Iterable[Surveyed], book: ledger.Book | None, *, write: bool
    ) -> Iterator[FileResult]:
        for group in survey.grouped(surveyed):
            results = list(map(self._fixed, group, self._described(group)))
            yield from self._written(group, results, book) if write else results

    def _written(
        self, group: Sequence[Surveyed], results: Sequence[FileResult], book: ledger.Book | None
    ) -> list[FileResult]:
        """Stage 10 for files: nothing is written that could not be recorded before."""
        try:
            with book.recording(results, self._author(results)) if book else nullcontext():
                written = [
                    edits.written(each.document, result) for each, result in zip(group, results, strict=True)
                ]
        except AlttextError as error:
            why = str(error)
            written = [FileResult(each.path, error=why) if each.changed else each for each in results]
        return [_settled(*each, book) for each in zip(group, written, strict=True)] if book else written

    def _author(self, results: Iterable[FileResult]) -> ledger.Author:
        """The machine that made descriptions; without one, no model was loaded and none is now."""
        findings = (finding for result in results for finding in result.findings)
        is_described = any(finding.description and finding.description.candidates for finding in findings)
        return self._machine if is_described else ledger.Author()

    @cached_property
    def _machine(self) -> ledger.Author:
        terms = self.describer.ranker.vocabulary.terms
        return ledger.Author(model=self.encoder.model_id, vocabulary=ledger.fingerprint(terms))

    def _fixed(self, surveyed: Surveyed, descriptions: Mapping[int, Description]) -> FileResult:
        document = surveyed.document
        decided = [
            self._decided(problem, descriptions.get(at), document)
            for at, problem in enumerate(surveyed.problems)
        ]
        text, findings = edits.applied(document, list(survey.heeded(decided, self.settings)))
        return _result(surveyed, text, findings)

    def _described(self, group: Sequence[Surveyed]) -> list[dict[int, Description]]:
        """Stages 4 to 7 for each document: what its images show that are worth it, by their place."""
        places = [self._worth_a_look(each.problems) for each in group]
        placed = [
            Placed(self._speaking(each.problems[at].image), each.document.file, each.document.root)
            for each, wanted in zip(group, places, strict=True)
            for at in wanted
        ]
        descriptions = iter(self.describer.describe_all(placed) if placed else ())
        return [{at: next(descriptions) for at in wanted} for wanted in places]

    def _worth_a_look(self, problems: Sequence[Finding]) -> list[int]:
        """Places of the images whose description could be written or suggested."""
        return [at for at, problem in enumerate(problems) if self._deserves_a_look(problem)]

    def _destination(self, ref: ImageRef, document: Document) -> str | None:
        """What the page calls itself that an image is the only link to, as a suggestion."""
        link = ref.context.link
        if link is None or not link.sole or ref.purpose is not Purpose.FUNCTIONAL or document.file is None:
            return None
        try:
            page = locate.find(link.target, _place(document, document.file, ref, self.settings))
        except ImageError:  # no page of this site
            return None
        return page_title.of(page) or None

    def _deserves_a_look(self, problem: Finding) -> bool:
        is_open = problem.decision.action is Action.REVIEW and problem.image.slot is not None
        return is_open and self._may_write(problem.image) and self._can_tell(problem.classification)

    def _can_tell(self, verdict: Classification) -> bool:
        """Whether pixels can add to a verdict: of what is shown, or of words where markup suggests none."""
        if verdict.purpose is Purpose.INFORMATIVE:
            return True
        is_open = verdict.purpose in _OF_TEXT and verdict.alternative is None
        return is_open and verdict.reason not in _UNREADABLE and self._reads

    @cached_property
    def _reads(self) -> bool:
        return read_text.is_wanted(self.settings.ocr)

    def _may_write(self, ref: ImageRef) -> bool:
        return ref.missing or (bool(ref.alt) and self.settings.rewrite_placeholders)

    def _speaking(self, ref: ImageRef) -> ImageRef:
        """The reference with the language of its page, or the configured one if it declares none."""
        return replace(ref, context=self._with_language(ref.context))

    def _with_language(self, context: Context) -> Context:
        return replace(context, lang=context.lang or self.settings.language)

    def _decided(self, problem: Finding, description: Description | None, document: Document) -> Finding:
        """Stage 8, and the edit that follows from it."""
        if problem.decision.action is not Action.REVIEW or not self._may_write(problem.image):
            return problem
        verdict = problem.classification
        if description:
            verdict = purpose.refine(verdict, description.medium)
        ref = self._speaking(problem.image)
        decision = policy.decide(
            ref,
            verdict,
            description,
            min_confidence=self.settings.min_confidence,
            may_replace=self.settings.rewrite_placeholders,
        )
        if decision.action is Action.REVIEW and decision.alt is None:
            decision = replace(decision, alt=self._destination(ref, document))
        decided = replace(problem, classification=verdict, decision=decision, description=description)
        return edits.with_edit(decided, document)


def _place(document: Document, file: Path, ref: ImageRef, settings: Settings) -> locate.Place:
    root = document.root or locate.project_root(file.parent)
    site_root = Path(settings.site_root) if settings.site_root else None
    return locate.Place(file.parent, root, site_root, ref.context.base)


def _answered(surveyed: Surveyed, book: ledger.Book | None) -> Surveyed:
    """The document with those problems solved for which a person has accepted an alternative elsewhere."""
    document = surveyed.document
    if book is None or document.file is None:
        return surveyed
    problems = (_answer(problem, document, document.file, book) for problem in surveyed.problems)
    return replace(surveyed, problems=tuple(problems))


def _answer(problem: Finding, document: Document, file: Path, book: ledger.Book) -> Finding:
    """The problem, solved if a person has accepted an alternative for the same picture and purpose."""
    alt = book.accepted_elsewhere(problem, file)
    if alt is None:
        return problem
    return edits.with_edit(
        replace(problem, decision=Decision(Action.WRITE, "accepted-elsewhere", alt)), document
    )


def _settled(surveyed: Surveyed, result: FileResult, book: ledger.Book) -> FileResult:
    """The result, once the ledger has forgotten what does not stand in the document any more."""
    document = surveyed.document
    try:
        if document.file and not result.error:
            book.settle(discover.Entry(document.file, document.format), surveyed.named)
    except AlttextError as error:
        return FileResult(document.path, error=str(error))
    return result


def _checked(watch: ledger.Watch | None, surveyed: Surveyed) -> FileResult:
    document, findings = surveyed.document, list(surveyed.problems)
    if watch:
        findings += watch.findings(document.text, Path(document.path), surveyed.named)
        findings.sort(key=lambda finding: finding.image.span.start)
    return _result(surveyed, document.text, findings)


def _result(surveyed: Surveyed, text: str, findings: Iterable[Finding]) -> FileResult:
    document = surveyed.document
    encoding = document.source.encoding if document.source else "utf-8"
    bom = document.source.bom if document.source else b""
    return FileResult(
        document.path, text, tuple(findings), document.text, surveyed.error, encoding=encoding, bom=bom
    )
