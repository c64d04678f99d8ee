"""What is left for a person: one task for each image, with all that helps to answer it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from alttext import documents, survey
from alttext.config import Settings
from alttext.pipeline import Pipeline
from alttext.reports import fingerprint
from alttext.review import announce, memory, pictures, prompts, whereabouts
from alttext.review.prompts import Prompt
from alttext.review.whereabouts import Whereabouts
from alttext.rules import RULES
from alttext.types import Action, FileResult, Finding, ImageRef

Watched = Callable[[Iterator[FileResult]], Iterator[FileResult]]


@dataclass(frozen=True, slots=True)
class Target:
    """One image in one version of a document: what an answer needs to be written."""

    id: str  # stays the same while other images are answered and other text is edited
    path: str  # of the document, as reports show it
    file: Path  # where it is, absolute
    format: str
    sha256: str  # of the document's bytes when the question was asked
    whereabouts: Whereabouts
    picture: Path | None  # the file of the picture; None if remote, missing or in the document itself
    picture_sha256: str  # of its bytes, "" without a picture
    settings: Settings  # how the document is read, and where its ledger is

    @property
    def markup(self) -> str:
        """The image as the document spells it."""
        return self.whereabouts.markup


@dataclass(frozen=True, slots=True)
class Task(Target):
    """A target with what a person should know about it."""

    finding: Finding
    announced: str  # what a screen reader says now, "" if nothing
    prompts: tuple[Prompt, ...]  # what to include
    earlier: str = ""  # what a person wrote for the same picture before

    @property
    def ref(self) -> ImageRef:
        """The image with its context, as it was when the question was asked."""
        return self.finding.image

    @property
    def suggestion(self) -> str | None:
        """A proposal to go on from; "" suggests to mark it as decorative."""
        return self.finding.decision.alt

    @property
    def proposal(self) -> str | None:
        """The words of a person if there are some, else the suggestion."""
        return self.earlier or self.suggestion

    @property
    def blocked(self) -> str:
        """Why no answer can be written here, in a sentence; "" if one can."""
        if self.ref.slot is not None and not self.ref.blocked:
            return ""
        rule = RULES.get(self.ref.blocked)
        return f"{rule.summary}. {rule.advice}" if rule else "Nothing can be written here."


def tasks(
    pipeline: Pipeline,
    paths: Iterable[str | Path],
    *,
    certain: bool = False,
    unreviewed: bool = False,
    watched: Watched = iter,
) -> Iterator[Task | FileResult]:
    """Yield what `fix` leaves for a person, in the order of the documents; writes nothing.

    With `certain`, also what `fix` would write by itself. With `unreviewed`, then what the ledger knows of
    alternatives that are there: written by a machine, or for another picture, and agreed to by nobody. A
    document that cannot be read becomes a result with an error. All results are passed through `watched`, for
    a progress bar. Raises ModelError, and ParseError if the ledger cannot be read.
    """
    named = [Path(path) for path in paths]
    asking = _Asking([path for path in named if path.is_dir()], pipeline.settings)
    wanted = {Action.REVIEW, Action.WRITE} if certain else {Action.REVIEW}
    for result in watched(pipeline.fix_paths(named, write=False)):
        if result.error:
            yield result
        else:
            yield from asking.about(result, wanted)
    if unreviewed:
        for result in Pipeline(memory.asking(pipeline.settings)).check_paths(named):
            yield from asking.about(_as_suggestions(result), wanted)


def _as_suggestions(result: FileResult) -> FileResult:
    """What stands there is the suggestion."""
    return replace(
        result,
        findings=tuple(
            replace(finding, decision=replace(finding.decision, alt=finding.image.alt))
            for finding in result.findings
        ),
    )


class _Asking:
    """Makes tasks of findings, each image once."""

    def __init__(self, folders: Sequence[Path], settings: Settings) -> None:
        self._folders, self._settings = folders, settings
        self._asked: set[str] = set()

    def about(self, result: FileResult, wanted: Collection[Action]) -> Iterator[Task]:
        findings = [finding for finding in result.findings if finding.decision.action in wanted]
        for task in self._tasks(result, findings) if findings else ():
            if task.id not in self._asked:
                self._asked.add(task.id)
                yield task

    def _tasks(self, result: FileResult, findings: Iterable[Finding]) -> Iterator[Task]:
        format_ = documents.format_of(result.path) or "html"
        figures = self._settings.implicit_figures
        refs = documents.parse(result.before, format_, implicit_figures=figures)
        digest = sha256(fingerprint.on_disk(result, written=False)).hexdigest()
        file = Path(result.path)
        for finding in findings:
            place = whereabouts.of(result.before, refs, finding.image)
            root = survey.root_of(file, self._folders)
            picture = pictures.find(finding.image, file, root, self._settings)
            yield Task(
                id=identity(result.path, place),
                path=result.path,
                file=file.absolute(),
                format=format_,
                sha256=digest,
                whereabouts=place,
                picture=picture,
                picture_sha256=pictures.digest(picture),
                settings=self._settings,
                finding=finding,
                announced=announce.announced(finding.image),
                prompts=prompts.of(finding),
            )


def identity(path: str, place: Whereabouts) -> str:
    """Return a name for an image: that of its document, its kind and source, and the how manieth it is."""
    named = "\0".join((path, place.kind, place.src, str(place.nth)))
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]
