"""Which images the commands of the review ask about, beside what `fix` leaves for a person."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import click

Command = Callable[..., Any]


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
