"""The `alttext` command: options become settings, the pipeline works, a report says what came of it.

Exit codes: 0 nothing is left to do; 1 something needs a person, or would change; 2 usage,
configuration, a missing model or unreadable input. Data goes to stdout, talk and progress to stderr.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NoReturn

import click
import msgspec

from alttext import distribution
from alttext.cli import process
from alttext.cli.apply import apply
from alttext.cli.cache import cache
from alttext.cli.declared import DIFF, DRY_RUN
from alttext.cli.describe import describe
from alttext.cli.files import count_files, list_files, tell_skipped
from alttext.cli.inspect import completion, rule
from alttext.cli.ledger import ledger, tell_missing
from alttext.cli.model import model
from alttext.cli.options import Options, for_documents
from alttext.cli.output import Output, with_settings
from alttext.cli.plugins import Extensible
from alttext.cli.preview import preview
from alttext.cli.progress import tracked
from alttext.cli.review import review
from alttext.cli.search import search
from alttext.cli.suggest import suggest
from alttext.cli.vocab import vocab
from alttext.config import Settings
from alttext.documents import SUFFIXES, format_of, source
from alttext.errors import AlttextError
from alttext.pipeline import Pipeline
from alttext.reports import Summary, View
from alttext.reports.paint import harmless
from alttext.types import FileResult

INTERRUPTED, BROKEN_PIPE = 130, 141  # as shells report the signals
STDIN = "-"

Work = Callable[[Pipeline], Iterator[FileResult]]


class Failure(click.ClickException):
    """What ends a run, as one line on stderr."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"alttext: {harmless(self.message)}", file=file, err=file is None)


class Commands(Extensible):
    """A group that ends every run without a stack trace, unless `--debug` asks for one."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("alttext: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _silence_stdout()
            ctx.exit(BROKEN_PIPE)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise Failure(_in_one_line(error)) from error


def _in_one_line(error: Exception) -> str:
    if isinstance(error, AlttextError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
    return f"internal error, {type(error).__name__}: {error}; please report it with the output of --debug"


def _silence_stdout() -> None:
    """Keep Python from complaining when it flushes what nobody reads any more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell_version(context: click.Context) -> NoReturn:
    click.echo(f"alttext {distribution.installed()}")
    context.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=lambda context, _, is_asked: _tell_version(context) if is_asked else None,
    help="Show the version and exit.",
)
@click.option("--debug", is_flag=True, envvar="ALTTEXT_DEBUG", help="Show the stack trace of an error.")
def cli(debug: bool) -> None:
    """Find images without a text alternative and write true ones, changing no other byte.

    Exit codes: 0 nothing is left to do; 1 something needs a person, or would change;
    2 usage, configuration, a missing model or unreadable input.
    """


@cli.command(short_help="Report images without an alternative.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@for_documents(writes=False)
def check(paths: tuple[str, ...], options: Options) -> None:
    """Report images without a text alternative; change nothing.

    PATHS are files and folders, or - for stdin. No model is loaded, unless --images or --sensitive ask for a
    look at the pictures.
    """
    view = View(command="check")
    if options.watched and paths == (STDIN,) and not options.stdin_filename:
        raise click.UsageError("name the document that - reads with --stdin-filename: the ledger goes by it")
    if options.watched:
        tell_missing(options.stdin_filename or paths[0], options.settings(paths))
    if paths == (STDIN,):
        options.finish(_Stdin(options).check(view).exit_code)
    summary = _on_paths(paths, options, view, lambda pipeline: pipeline.check_paths(paths))
    options.finish(summary.exit_code)


@cli.command(short_help="Write alternatives, and report what is left.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@DRY_RUN
@DIFF
@for_documents(writes=True)
def fix(paths: tuple[str, ...], dry_run: bool, diff: bool, options: Options) -> None:
    """Write the alternatives that are certain enough, and report what is left for a person.

    PATHS are files and folders, or - to read a document from stdin and write it to stdout.
    """
    writes = not (dry_run or diff)
    view = View(command="fix", written=writes)
    if paths == (STDIN,):
        options.finish(_Stdin(options).fix(view, diff=diff).exit_code)
    summary = _on_paths(
        paths, options, view, lambda pipeline: pipeline.fix_paths(paths, write=writes), diff=diff
    )
    options.finish(summary.exit_code)


def _on_paths(
    paths: tuple[str, ...], options: Options, view: View, work: Work, *, diff: bool = False
) -> Summary:
    if STDIN in paths:
        raise click.UsageError("- (stdin) cannot be mixed with other paths")
    settings = options.settings(paths)
    if options.show_files:
        click.get_current_context().exit(list_files(paths, settings))
    if options.verbose:
        tell_skipped(paths, settings)
    output = Output(options)
    view = with_settings(view, paths, settings)
    jobs = settings.jobs or os.cpu_count()  # only here: a script that imports alttext may not start twice
    results = work(Pipeline(msgspec.structs.replace(settings, jobs=jobs)))
    if options.shows_progress:
        results = tracked(results, count_files(paths, settings))
    summary = output.report(results, view, diff=diff)
    if not summary.files:
        click.echo(f"alttext: no documents in {' '.join(paths)} (--show-files says why)", err=True)
    return summary


class _Stdin:
    """The document that `-` reads; bytes in, bytes out."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.settings: Settings = options.settings((STDIN,))
        self.name = options.stdin_filename or "<stdin>"
        self.format = self._format()
        self.source = source.decode(sys.stdin.buffer.read(), self.format)

    def _format(self) -> str:
        if not self.options.stdin_filename:
            return "html"
        found = format_of(Path(self.options.stdin_filename))
        if found is None:
            known = " ".join(sorted(SUFFIXES))
            raise click.UsageError(f"--stdin-filename {self.name}: not a document of a known kind ({known})")
        return found

    def check(self, view: View) -> Summary:
        pipeline, text = Pipeline(self.settings), self.source.text
        result = pipeline.check_text(text, format=self.format, path=self.name, base=self._base)
        return Output(self.options).report([self._named(result)], self._view(view))

    def fix(self, view: View, *, diff: bool) -> Summary:
        output = Output(self.options, to_stderr=view.written)
        result = Pipeline(self.settings).fix_text(self.source.text, format=self.format, base=self._base)
        if view.written:
            text = self.source.text if result.error else result.text
            sys.stdout.buffer.write(source.encode(self.source, text))
            sys.stdout.buffer.flush()
        return output.report([self._named(result)], self._view(view), diff=diff)

    @property
    def _base(self) -> Path | None:
        """The folder that image sources are relative to, if it is known."""
        return Path(self.name).parent if self.options.stdin_filename else None

    def _named(self, result: FileResult) -> FileResult:
        return replace(result, path=self.name, encoding=self.source.encoding, bom=self.source.bom)

    def _view(self, view: View) -> View:
        return with_settings(view, (STDIN,), self.settings)


for command in (
    apply,
    cache,
    completion,
    describe,
    ledger,
    model,
    preview,
    review,
    rule,
    search,
    suggest,
    vocab,
):
    cli.add_command(command)


def main() -> None:
    """Run the command; the entry point."""
    process.tune()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # better than a crash on an old terminal
    cli(prog_name="alttext")
