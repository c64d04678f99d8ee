"""Stages 1 to 3 for documents: find them, read them, and say what is wrong with each image.

Nothing here looks at pixels or writes, so many documents can be surveyed at a time, in processes.
"""

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain, islice
from pathlib import Path

from alttext import documents, purpose
from alttext.config import Settings
from alttext.documents import discover, source
from alttext.documents.discover import DiscoverOptions, Entry, Shard
from alttext.documents.source import Source
from alttext.errors import AlttextError
from alttext.ranking import locate
from alttext.types import (
    Action,
    Classification,
    Context,
    Decision,
    FileResult,
    Finding,
    ImageKind,
    ImageRef,
    Purpose,
)

_WORTH_A_PROCESS = 64  # documents; below that, starting processes takes longer than the work
_CHUNK = 16  # documents that a process is handed at once
_AHEAD = 4  # chunks for each process that are worked on or wait to be asked for
_COLLECT_AFTER = 100_000  # objects, as of twenty pages; to look for garbage while a tree grows is in vain
_GROUP_PROBLEMS, _GROUP_CHARACTERS = 128, 4_000_000  # of documents that wait in memory for each other


@dataclass(frozen=True, slots=True)
class Document:
    """One text to work on."""

    text: str
    format: str
    path: str = ""  # as reports show it
    file: Path | None = None  # what image sources are relative to
    root: Path | None = None  # no image outside of it is read; None: the checkout or working folder around
    source: Source | None = None  # the bytes it came from, if any


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A document with its problems, none of them decided on; or why it could not be read."""

    document: Document
    problems: tuple[Finding, ...] = ()
    error: str = ""
    named: tuple[ImageRef, ...] = ()  # images that have an alternative, if they were asked for

    def result(self, text: str, findings: Iterable[Finding]) -> FileResult:
        """What became of the document: its text now, and what is to be said of its images."""
        document = self.document
        encoding, bom = (document.source.encoding, document.source.bom) if document.source else ("utf-8", b"")
        return FileResult(
            document.path, text, tuple(findings), document.text, self.error, encoding=encoding, bom=bom
        )


def paths(given: Iterable[str | Path], settings: Settings, *, named: bool = False) -> Iterator[Surveyed]:
    """Survey all documents below the paths, in order; with `settings.jobs` above 1 in as many processes.

    With `named`, images with an alternative are kept, too, whatever is right or wrong with it.
    """
    starts = [Path(path) for path in given]
    survey = partial(_entry, settings, [path for path in starts if path.is_dir()], named)
    entries = discover.find_files(starts, discover_options(settings))
    first = list(islice(entries, _WORTH_A_PROCESS))
    if (settings.jobs or 1) > 1 and len(first) == _WORTH_A_PROCESS:
        yield from _in_processes(survey, chain(first, entries), settings.jobs or 1)
        return
    yield from map(survey, chain(first, entries))


def discover_options(settings: Settings) -> DiscoverOptions:
    """Which documents the settings leave out. Raises ConfigError."""
    shard = Shard.parse(settings.shard) if settings.shard else None
    return DiscoverOptions(settings.exclude, settings.respect_gitignore, settings.force_exclude, shard)


def text(document: Document, settings: Settings, *, named: bool = False) -> Surveyed:
    """Survey one document. Raises ParseError."""
    wanted = settings.rules
    problems = []
    refs = references(document, settings)
    for ref in refs:
        rule = purpose.problem(ref)
        if rule is not None and rule in wanted:
            problems.append(_problem(ref, rule, document.text, settings))
    open_problems = (problem for problem in problems if not _is_settled(problem, settings))
    kept = tuple(ref for ref in refs if named and ref.alt is not None)
    return Surveyed(document, tuple(heeded(open_problems, settings)), named=kept)


def references(document: Document, settings: Settings) -> list[ImageRef]:
    """Every image of a document, in order. Raises ParseError."""
    return documents.parse(document.text, document.format, implicit_figures=settings.implicit_figures)


def is_inert(ref: ImageRef, settings: Settings) -> bool:
    """Whether an image is in an element whose content counts only if the settings ask for it."""
    return bool(ref.context.inert) and ref.context.inert not in settings.include


def heeded(findings: Iterable[Finding], settings: Settings) -> Iterator[Finding]:
    """The findings without those whose reason is to be ignored."""
    return (finding for finding in findings if finding.decision.reason not in settings.ignore)


def grouped(surveyed: Iterable[Surveyed]) -> Iterator[list[Surveyed]]:
    """Documents in order, as many together as it takes to look at pictures of several at once."""
    group: list[Surveyed] = []
    problems = characters = 0
    for each in surveyed:
        group.append(each)
        problems, characters = problems + len(each.problems), characters + len(each.document.text)
        if problems >= _GROUP_PROBLEMS or characters >= _GROUP_CHARACTERS:
            yield group
            group, problems, characters = [], 0, 0
    if group:
        yield group


def with_purpose(ref: ImageRef, verdict: Classification) -> ImageRef:
    """The reference with its purpose and the reason for it."""
    return replace(ref, purpose=verdict.purpose, reason=verdict.reason)


def spoken(context: Context, settings: Settings) -> Context:
    """The surroundings in the language of their page, or in the configured one if it declares none."""
    return replace(context, lang=context.lang or settings.language)


def _in_processes(
    survey: Callable[[Entry], Surveyed], entries: Iterator[Entry], jobs: int
) -> Iterator[Surveyed]:
    # Started afresh rather than forked: a fork would share the threads of a model that is loaded already.
    context = multiprocessing.get_context("spawn")
    tune = partial(gc.set_threshold, _COLLECT_AFTER)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=tune) as pool:
        waiting: deque[Future[list[Surveyed]]] = deque()
        while chunk := list(islice(entries, _CHUNK)):
            waiting.append(pool.submit(_several, survey, chunk))
            if len(waiting) > _AHEAD * jobs:  # so that few texts wait in memory
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


def _several(survey: Callable[[Entry], Surveyed], entries: Sequence[Entry]) -> list[Surveyed]:
    return list(map(survey, entries))


def _entry(settings: Settings, folders: Sequence[Path], named: bool, entry: Entry) -> Surveyed:
    path = entry.path.as_posix()
    if entry.error:
        return Surveyed(Document("", "", path), error=entry.error)
    try:
        opened = source.read(entry.path)
        document = Document(opened.text, entry.format, path, entry.path, root_of(entry.path, folders), opened)
        return text(document, settings, named=named)
    except AlttextError as error:
        return Surveyed(Document("", entry.format, path), error=str(error))


def root_of(file: Path, folders: Sequence[Path]) -> Path:
    """Return the folder that the images of a document are in: the one that was named.

    If the document is part of something larger, such as a checkout, it is that.
    """
    around = locate.project_root(file.parent)
    named = next((folder.absolute() for folder in folders if file.is_relative_to(folder)), around)
    return named if around.is_relative_to(named) else around


def _is_settled(problem: Finding, settings: Settings) -> bool:
    """Whether empty brackets are right as they are: they are how Markdown spells an empty alternative."""
    ref, verdict = problem.image, problem.classification
    is_bare = ref.kind is ImageKind.MARKDOWN and ref.alt is None
    is_empty = verdict.certain and verdict.alternative == ""
    return is_bare and (is_empty or settings.empty_markdown_alt == "decorative")


def _is_decorative(ref: ImageRef, settings: Settings) -> bool:
    return any(fnmatchcase(ref.src, pattern) for pattern in settings.decorative)


def _problem(ref: ImageRef, rule: str, text: str, settings: Settings) -> Finding:
    verdict = _verdict(ref, settings)
    line, column = source.position(text, ref.span.start)
    decision = Decision(Action.REVIEW, verdict.reason if ref.missing else rule, verdict.alternative)
    if ref.suppressed:
        decision = Decision(Action.KEEP, "suppressed")
    elif is_inert(ref, settings):
        decision = Decision(Action.KEEP, "inert-content")
    return Finding(with_purpose(ref, verdict), rule, line, column, verdict, decision)


def _verdict(ref: ImageRef, settings: Settings) -> Classification:
    """What the markup proves, or the configuration says."""
    if ref.missing and _is_decorative(ref, settings):
        return Classification(Purpose.DECORATIVE, "marked-decorative", alternative="", certain=True)
    return purpose.classify(ref)
