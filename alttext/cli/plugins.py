"""Commands that integrations bring, by entry points of the group `alttext.commands`.

They are looked up only where no built-in command has the name, or where all commands are listed, so that
`alttext check` starts no slower for them. What such a command cannot import is an extra: see `advice`.
"""

import copy
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from alttext.errors import AlttextError

if TYPE_CHECKING:  # imported only where a command is looked up
    from importlib.metadata import EntryPoint

GROUP = "alttext.commands"


class Extensible(click.Group):
    """A group with the built-in commands and those of integrations; a built-in name is never replaced."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *_entries()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, None if there is none."""
        return super().get_command(ctx, cmd_name) or _foreign(cmd_name)


def advice(entry: "EntryPoint", problem: Exception) -> str:
    """Return why the command of an integration cannot run, and the one command that mends it."""
    distribution = entry.dist
    name = distribution.name if distribution else entry.module
    extras = (distribution and distribution.metadata.get_all("Provides-Extra")) or ()
    wanted = f"'{name}[{entry.name}]'" if entry.name in extras else name
    missing = getattr(problem, "name", None) or str(problem)
    return f"`alttext {entry.name}` cannot import {missing}; pip install {wanted}"


def _entries() -> dict[str, "EntryPoint"]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - reads the metadata of all distributions

    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _foreign(name: str) -> click.Command | None:
    entry = _entries().get(name)
    if entry is None:
        return None
    try:
        loaded = entry.load()
    except Exception as problem:
        return _stand_in(entry, problem)
    command: click.Command = copy.copy(loaded)
    command.callback = _explaining(entry, loaded.callback)
    return command


def _stand_in(entry: "EntryPoint", problem: Exception) -> click.Command:
    def refuse() -> None:
        raise AlttextError(advice(entry, problem)) from problem

    return click.Command(entry.name, callback=refuse, short_help="Cannot be loaded; run it to see why.")


def _explaining(entry: "EntryPoint", callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def explained(*given: Any, **named: Any) -> Any:
        try:
            return callback(*given, **named)
        except ModuleNotFoundError as problem:
            raise AlttextError(advice(entry, problem)) from problem

    return explained
