"""Where the words of a run go: reports to stdout or a file, talk and progress to stderr."""

import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
import msgspec

from alttext import survey
from alttext.cli.options import Options, width
from alttext.cli.proposals import Proposals
from alttext.cli.report_file import ReportFile
from alttext.cli.thumbnails import Thumbnails
from alttext.cli.wanted import Wanted
from alttext.config import Settings
from alttext.documents import discover
from alttext.pipeline import Pipeline
from alttext.ranking import locate
from alttext.reports import Summary, View, diff, github, html, json, junit, rdjson, sarif, text
from alttext.reports.paint import harmless
from alttext.review.tasks import Task, Watched, tasks
from alttext.types import FileResult

Render = Callable[[Iterable[FileResult], View], Iterator[str]]
RENDERERS: dict[str, Render] = {
    "text": text.render,
    "json": json.render,
    "sarif": sarif.render,
    "rdjson": rdjson.render,
    "github": github.render,
    "junit": junit.render,
    "html": html.render,
}


def program_version() -> str:
    """Return the version of the installed distribution."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a slow import

    try:
        return version("alttext-clip")
    except PackageNotFoundError:
        return "0+source"  # run from a checkout that is not installed


class Output:
    """Writes a report to `--output`, else to stdout or, where stdout carries a document, to stderr.

    The file is opened before any work is done, so that a run cannot fail after it has changed
    documents. Raises `AlttextError` if it cannot be.
    """

    def __init__(self, options: Options, *, to_stderr: bool = False) -> None:
        self.options = options
        self.file = ReportFile(options.output) if options.output else None
        self.name = "stderr" if to_stderr else "stdout"
        self.is_terminal = self.file is None and getattr(sys, self.name).isatty()
        if context := click.get_current_context(silent=True):
            context.call_on_close(self.close)

    def report(self, results: Iterable[FileResult], view: View, *, diff: bool = False) -> Summary:
        """Write the report of `results`, or the patch, and count them."""
        summary = Summary(applied=view.written)
        pieces = self._render(diff)(summary.count(results), self._shown(view))
        if self.options.shows_progress and self.is_terminal:
            pieces = iter(list(pieces))  # not in the midst of the progress bar
        self.write_all(pieces)
        if diff and not self.options.quiet:
            click.echo(text.closing(summary, view), err=True)
        return summary

    def write_all(self, pieces: Iterable[str]) -> None:
        """Write the pieces of a report; lone surrogates in them stand for bytes of documents."""
        try:
            for piece in pieces:
                self._write(piece)
            if self.file:
                self.file.finish()
        finally:
            self.close()

    def close(self) -> None:
        """Drop the file of the report, if there is one that is not complete."""
        if self.file:
            self.file.close()

    @property
    def is_colored(self) -> bool:
        """Whether what is written here has colours."""
        if self.file:
            return self.options.color == "always"
        return self.options.is_colored(self.is_terminal)

    def _write(self, piece: str) -> None:
        if self.is_terminal:
            click.echo(piece, nl=False, err=self.name == "stderr", color=True)
            return
        stream = self.file or getattr(sys, self.name).buffer
        stream.write(piece.encode("utf-8", "surrogateescape"))
        stream.flush()

    def _render(self, is_diff: bool) -> Render:
        if not is_diff:
            return RENDERERS[self.options.output_format]
        if self.options.output_format != "text":
            raise click.UsageError(
                f"--diff prints a patch, not {self.options.output_format}; give one of the two"
            )
        return _patches

    def _shown(self, view: View) -> View:
        return replace(
            view,
            color=self.is_colored,
            width=width(),
            verbose=self.options.verbose,
            quiet=self.options.quiet,
            version=program_version(),
            root=str(locate.project_root(Path.cwd())),
            proposal=Proposals(),
        )


def with_settings(view: View, paths: Sequence[str], settings: Settings) -> View:
    """Return a view that knows what the settings of a run on `paths` say."""
    return replace(view, replaces=settings.rewrite_placeholders, thumbnail=Thumbnails(paths, settings))


def _patches(results: Iterable[FileResult], view: View) -> Iterator[str]:
    """Yield the patches, which have no place for errors: these go to stderr."""
    for result in results:
        if result.error:
            click.echo(f"alttext: {result.path}: {result.error}", err=True)
        yield from diff.render([result], view)


def tracked(results: Iterable[FileResult], total: int) -> Iterator[FileResult]:
    """Pass `results` on under a progress bar on stderr."""
    from rich.console import Console  # noqa: PLC0415 - only for people who watch
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        for result in results:
            progress.update(task, advance=1, description=result.path)
            yield result


def left_tasks(
    paths: Sequence[str], options: Options, wanted: Wanted, *, watches: bool = False
) -> Iterator[Task | FileResult]:
    """Yield what is left for a person below the paths; under a progress bar, if somebody watches."""
    settings = options.settings(paths)
    jobs = settings.jobs or (os.cpu_count() if watches else 1)  # nobody answers faster than one can read
    pipeline = Pipeline(msgspec.structs.replace(settings, jobs=jobs))
    watched: Watched = iter
    if watches and options.shows_progress:
        total = count_files(paths, settings)
        watched = functools.partial(tracked, total=total)
    return tasks(pipeline, paths, certain=wanted.certain, unreviewed=wanted.unreviewed, watched=watched)


def count_files(paths: Sequence[str], settings: Settings) -> int:
    """Count the documents that would be read, and the paths that cannot be."""
    return sum(1 for _ in discover.find_files(paths, survey.discover_options(settings)))


def list_files(paths: Sequence[str], settings: Settings) -> int:
    """Name the documents that would be read on stdout, what is not read on stderr; return the exit code."""
    entries = list(discover.find_files(paths, survey.discover_options(settings), show_skipped=True))
    for entry in entries:
        if entry.format:
            click.echo(entry.path.as_posix())
        else:
            _tell(entry)
    return 2 if any(entry.error for entry in entries) else 0


def tell_skipped(paths: Sequence[str], settings: Settings) -> None:
    """Name what is passed over on stderr."""
    for entry in discover.find_files(paths, survey.discover_options(settings), show_skipped=True):
        if entry.skipped:
            _tell(entry)


def _tell(entry: discover.Entry) -> None:
    why = f"error: {entry.error}" if entry.error else f"skipped: {entry.skipped}"
    click.echo(f"{harmless(entry.path.as_posix())}: {why}", err=True)
