"""Where the words of a run go: reports to stdout or a file, talk and progress to stderr."""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from alttext import distribution
from alttext.cli.options import Options
from alttext.cli.proposals import Proposals
from alttext.cli.report_file import ReportFile
from alttext.cli.thumbnails import Thumbnails
from alttext.config import Settings
from alttext.ranking import locate
from alttext.reports import Summary, View, diff, github, html, json, junit, rdjson, sarif, text
from alttext.reports.paint import harmless
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


def width() -> int:
    """Columns of the terminal, within what is pleasant to read."""
    return max(40, min(120, shutil.get_terminal_size().columns))


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
        """Write the report of `results`, or the patch, and count; tell how it went if that is in a file."""
        summary = Summary(applied=view.written)
        pieces = self._render(diff)(summary.count(results), self._shown(view))
        if self.options.shows_progress and self.is_terminal:
            pieces = iter(list(pieces))  # not in the midst of the progress bar
        self.write_all(pieces)
        if (diff or self.file) and not self.options.quiet:
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
            terminal=self.is_terminal,
            width=width(),
            verbose=self.options.verbose,
            quiet=self.options.quiet,
            version=distribution.installed(),
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
            click.echo(f"alttext: {harmless(result.path)}: {harmless(result.error)}", err=True)
        yield from diff.render([result], view)
