"""What the options that commands share mean: settings, colours, who watches, and the exit code."""

import functools
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from alttext import config
from alttext.cli.declared import (
    CACHE,
    CACHE_FOLDER,
    CONFIG,
    DESCRIBING,
    FORMATS,
    LEDGER,
    LISTING,
    LOOKS,
    MODEL,
    OUTPUT,
    REMOTE,
    REPORT_FORMATS,
    REWRITE,
    RULES,
    SELECTION,
    SHARD,
    STDIN,
    WATCHES,
    WHERE,
    Command,
    Option,
    form,
)
from alttext.config import Settings
from alttext.reports.paint import harmless
from alttext.rules.problems import CONTRADICTORY, MISMATCHED, SENSITIVE, STALE, UNREVIEWED

SETTING_NAMES = frozenset(Settings.__struct_fields__)
# Problems that have an option to select them, by its name.
_WATCHED = {"stale": STALE, "unreviewed": UNREVIEWED, "contradictory": CONTRADICTORY}
_SEEN = {"images": MISMATCHED, "sensitive": SENSITIVE}


@dataclass(frozen=True)
class Options:
    """The shared options of one call."""

    overrides: dict[str, Any] = field(default_factory=dict)
    config_file: str | None = None
    isolated: bool = False
    output_format: str = "text"
    output: str | None = None
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    exit_zero: bool = False
    stdin_filename: str | None = None
    show_files: bool = False
    stale: bool = False
    unreviewed: bool = False
    contradictory: bool = False
    images: bool = False
    sensitive: bool = False

    def settings(self, paths: Sequence[str] = ()) -> Settings:
        """Return the settings for a run on `paths`: those of the file, with the command line on top."""
        base = self._file_settings(self.stdin_filename if paths[:1] == ("-",) else next(iter(paths), None))
        settings = config.override(base, self.overrides, Path.cwd())
        extended = (*settings.extend_select, *self.watched, *_rules_of(_SEEN, self))
        return msgspec.structs.replace(settings, extend_select=extended)

    @property
    def watched(self) -> tuple[str, ...]:
        """The problems that options of their own select."""
        return _rules_of(_WATCHED, self)

    def _file_settings(self, start: str | None) -> Settings:
        if self.isolated:
            return Settings()
        found = Path(self.config_file) if self.config_file else config.find(Path(start or "."))
        if found and self.verbose:
            click.echo(f"Configuration: {harmless(os.path.relpath(found))}", err=True)
        return config.load(found) if found else Settings()

    def is_colored(self, is_terminal: bool) -> bool:
        """Whether to colour: the option, then NO_COLOR, FORCE_COLOR, then whether a person looks."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or is_terminal

    @property
    def shows_progress(self) -> bool:
        """Whether there is somebody to show progress to."""
        return sys.stderr.isatty() and not self.quiet and self.output_format == "text"

    def finish(self, code: int) -> NoReturn:
        """End the command with this exit code, unless it is 1 and does not matter."""
        click.get_current_context().exit(0 if self.exit_zero and code == 1 else code)


_SHARED = frozenset({*Options.__dataclass_fields__, *SETTING_NAMES})  # by their names in the call


def _rules_of(flags: Mapping[str, str], options: Options) -> tuple[str, ...]:
    """The rules of those flags that were given."""
    return tuple(rule for name, rule in flags.items() if getattr(options, name))


def for_documents(*, writes: bool) -> Option:
    """Add the options of a command on documents; it gets them as `options`."""
    checks = (SELECTION, WATCHES, LOOKS, CACHE)
    groups = (DESCRIBING, SELECTION, REWRITE, REMOTE, CACHE, LEDGER) if writes else checks
    return _with(*groups, SHARD, STDIN, LISTING, CONFIG, form(REPORT_FORMATS), OUTPUT)


def for_tasks(command: Command) -> Command:
    """Add the options of a command on what is left for a person; it gets them as `options`."""
    return _with(DESCRIBING, SELECTION, REMOTE, CACHE, LEDGER, SHARD, CONFIG, OUTPUT)(command)


def for_pages(command: Command) -> Command:
    """Add the options of a command that looks at pages without writing; it gets them as `options`."""
    return _with(DESCRIBING, SELECTION, REWRITE, REMOTE, CACHE, CONFIG, OUTPUT)(command)


def for_containers(command: Command) -> Command:
    """Add the options of a command on files that documents are packed into; it gets them as `options`."""
    return _with(DESCRIBING, RULES, REWRITE, CACHE, CONFIG, form(REPORT_FORMATS), OUTPUT)(command)


def for_answers(command: Command) -> Command:
    """Add the options of a command that writes answers of people; it gets them as `options`."""
    return _with(LEDGER, CONFIG, OUTPUT)(command)


def for_images(command: Command) -> Command:
    """Add the options of a command on images; it gets them as `options`."""
    return _with(DESCRIBING, REMOTE, CACHE, CONFIG, form(FORMATS), OUTPUT)(command)


def for_model(command: Command) -> Command:
    """Add the options that choose a model and say where settings are; the command gets them as `options`."""
    return _with((MODEL,), CONFIG)(command)


def for_search(command: Command) -> Command:
    """Add the options of a command that compares pictures with words; it gets them as `options`."""
    return _with((MODEL,), WHERE, CACHE, SHARD, CONFIG, OUTPUT)(command)


def for_cache(command: Command) -> Command:
    """Add the options that say where the cache and the settings are; it gets them as `options`."""
    return _with((CACHE_FOLDER,), CONFIG)(command)


def for_settings(command: Command) -> Command:
    """Add the options that say where settings are; the command gets them as `options`."""
    return _with(CONFIG)(command)


def _with(*groups: Sequence[Option]) -> Option:
    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def collected(**values: Any) -> Any:
            shared = {name: values.pop(name) for name in _SHARED & set(values)}
            return command(options=_collected(shared), **values)

        for option in reversed([option for group in groups for option in group]):
            option(collected)
        return collected

    return decorate


def _collected(given: Mapping[str, Any]) -> Options:
    overrides = {name: given[name] for name in SETTING_NAMES & set(given) if given[name] not in (None, ())}
    others = {name: value for name, value in given.items() if name not in SETTING_NAMES}
    return Options(overrides, **others)
