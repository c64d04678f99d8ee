"""Which documents a run would read, and which it passes over: counted, or named."""

import os
import sys
from collections.abc import Sequence

import click

from alttext import survey
from alttext.config import Settings
from alttext.documents import discover
from alttext.reports.paint import harmless


def count_files(paths: Sequence[str], settings: Settings) -> int:
    """Count the documents that would be read, and the paths that cannot be."""
    return sum(1 for _ in discover.find_files(paths, survey.discover_options(settings)))


def list_files(paths: Sequence[str], settings: Settings) -> int:
    """Name the documents that would be read on stdout, what is not read on stderr; return the exit code."""
    entries = list(discover.find_files(paths, survey.discover_options(settings), show_skipped=True))
    for entry in entries:
        if entry.format:
            _name(entry.path.as_posix())
        else:
            _tell(entry)
    return 2 if any(entry.error for entry in entries) else 0


def tell_skipped(paths: Sequence[str], settings: Settings) -> None:
    """Name what is passed over on stderr."""
    for entry in discover.find_files(paths, survey.discover_options(settings), show_skipped=True):
        if entry.skipped:
            _tell(entry)


def _name(path: str) -> None:
    """Print a path byte for byte for a program, and so that it does not steer a terminal."""
    if sys.stdout.isatty():
        click.echo(harmless(path))
    else:
        sys.stdout.buffer.write(os.fsencode(path) + b"\n")


def _tell(entry: discover.Entry) -> None:
    why = f"error: {entry.error}" if entry.error else f"skipped: {entry.skipped}"
    click.echo(f"{harmless(entry.path.as_posix())}: {why}", err=True)
