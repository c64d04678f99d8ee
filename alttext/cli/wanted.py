"""Which images the commands of the review ask about: what `fix` leaves to people, and what else they want."""

import functools
import os
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click
import msgspec

from alttext.cli.declared import Command
from alttext.cli.files import count_files
from alttext.cli.options import Options
from alttext.cli.progress import tracked
from alttext.pipeline import Pipeline
from alttext.review.tasks import Task, Watched, tasks
from alttext.types import FileResult


class Wanted(NamedTuple):
    """What is asked about, too."""

    certain: bool = False  # what fix would write by itself
    unreviewed: bool = False  # what a machine wrote, and what was written for another picture


def which(command: Command) -> Command:
    """Add the options that say so; the command gets them as `wanted`."""

    @click.option("--all", "certain", is_flag=True, help="Also what `alttext fix` would write by itself.")
    @click.option(
        "--unreviewed",
        is_flag=True,
        help="Also what a machine wrote and nobody has agreed to, or only for another picture.",
    )
    @functools.wraps(command)
    def collected(*, certain: bool, unreviewed: bool, **values: Any) -> Any:
        return command(wanted=Wanted(certain, unreviewed), **values)

    return collected


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
