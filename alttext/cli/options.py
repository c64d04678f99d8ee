"""The options that commands share, and what they mean: settings, a view and streams."""

import functools
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import msgspec

from alttext import config
from alttext.config import Settings
from alttext.rules.problems import CONTRADICTORY, MISMATCHED, SENSITIVE, STALE, UNREVIEWED

Command = Callable[..., Any]

FORMATS = ("text", "json")
REPORT_FORMATS = (*FORMATS, "sarif", "rdjson", "github", "junit", "html")


def _setting(*names: str, **kind: Any) -> Callable[[Command], Command]:
    variable = names[-1].split("/")[0].lstrip("-").replace("-", "_").upper()
    return click.option(*names, envvar=f"ALTTEXT_{variable}", **kind)


def _form(formats: Sequence[str]) -> Callable[[Command], Command]:
    return click.option(
        "--output-format",
        type=click.Choice(formats),
        default="text",
        envvar="ALTTEXT_OUTPUT_FORMAT",
        help="Form of the report.",
    )


# Options that override a setting: each has the name of its setting and an ALTTEXT_ variable.
_MODEL = (
    _setting("--model", metavar="NAME|FOLDER", help="Model to describe with, instead of the embedded one."),
    _setting(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="NUMBER",
        help="Write only what is at least this likely to be true.",
    ),
)
_RULES = (
    _setting("--select", multiple=True, metavar="RULE", help="Report these problems only."),
    _setting("--extend-select", multiple=True, metavar="RULE", help="Report these problems, too."),
    _setting("--ignore", multiple=True, metavar="RULE", help="Do not report these problems."),
)
_WHERE = (
    _setting("--exclude", multiple=True, metavar="PATTERN", help="Leave out more files, as in .gitignore."),
    _setting(
        "--force-exclude/--no-force-exclude",
        default=None,
        help="Leave out excluded files even if they are named.",
    ),
    _setting(
        "--respect-gitignore/--no-respect-gitignore",
        default=None,
        help="Leave out what git ignores, unless it is named (default).",
    ),
    _setting(
        "--include",
        multiple=True,
        type=click.Choice(["template", "noscript"]),
        help="Look at images inside these elements, too.",
    ),
    _setting(
        "--site-root",
        type=click.Path(exists=True, file_okay=False),
        help="Folder that sources starting with / are in.",
    ),
    _setting(
        "--allow-outside-root/--no-allow-outside-root",
        default=None,
        help="Read images outside of the site, too.",
    ),
    _setting("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Read documents in N processes."),
)
_SELECTION = (*_RULES, *_WHERE)
_SHARD = (_setting("--shard", metavar="I/N", help="Work on the I-th of N parts of the documents only."),)
_REWRITE = (
    _setting(
        "--rewrite-placeholders/--keep-placeholders",
        default=None,
        help='Replace file names and placeholders such as "image" that stand as alternatives.',
    ),
)
_CACHE_FOLDER = _setting(
    "--cache-dir", type=click.Path(file_okay=False), help="Folder to keep what was found out about images in."
)
_CACHE = (
    _setting(
        "--cache/--no-cache", default=None, help="Keep what was found out about images for later (default)."
    ),
    _CACHE_FOLDER,
)
# Options of commands that may ask other servers for pictures.
_REMOTE = (_setting("--remote", multiple=True, metavar="HOST", help="Fetch pictures of this host, too."),)
_CONFIG = (
    click.option(
        "--config",
        "config_file",
        type=click.Path(exists=True, dir_okay=False),
        envvar="ALTTEXT_CONFIG",
        help="Configuration file to use.",
    ),
    click.option("--isolated", is_flag=True, envvar="ALTTEXT_ISOLATED", help="Use no configuration file."),
)
_OUTPUT = (
    click.option(
        "-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report to FILE."
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        envvar="ALTTEXT_COLOR",
        help="When to colour; auto heeds NO_COLOR and FORCE_COLOR.",
    ),
    click.option("-q", "--quiet", is_flag=True, envvar="ALTTEXT_QUIET", help="No summary and no progress."),
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        envvar="ALTTEXT_VERBOSE",
        help="Say what was kept or passed over, too.",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 even if something is left to do."),
)
_STDIN = (
    click.option(
        "--stdin-filename",
        type=click.Path(),
        metavar="FILE",
        help="Name of the document that - reads: gives its format and the folder of its images.",
    ),
)
_LISTING = (
    click.option("--show-files", is_flag=True, help="List the documents that would be read, and stop."),
)
_LEDGER = (
    _setting("--ledger/--no-ledger", default=None, help="Record what is written in the ledger (default)."),
)
# Options that select a problem which only the ledger, or a look at the whole site, can tell.
_WATCHED = {"stale": STALE, "unreviewed": UNREVIEWED, "contradictory": CONTRADICTORY}
_WATCHES = (
    click.option(
        "--stale", is_flag=True, help="Report alternatives not touched when their picture changed, too."
    ),
    click.option(
        "--unreviewed", is_flag=True, help="Report alternatives that nobody has agreed to yet, too."
    ),
    click.option(
        "--contradictory", is_flag=True, help="Report images with other alternatives elsewhere, too."
    ),
)
# Options that select a problem which only a look at the pictures can tell.
_SEEN = {"images": MISMATCHED, "sensitive": SENSITIVE}
_LOOKS = (
    click.option("--images", is_flag=True, help="Look at pictures, and report alternatives of others, too."),
    click.option(
        "--sensitive", is_flag=True, help="Look at pictures, and report those that may be sensitive, too."
    ),
    _MODEL[0],
)
SETTING_NAMES = frozenset(Settings.__struct_fields__)


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
            click.echo(f"Configuration: {os.path.relpath(found)}", err=True)
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


def _rules_of(flags: Mapping[str, str], options: Options) -> tuple[str, ...]:
    """The rules of those flags that were given."""
    return tuple(rule for name, rule in flags.items() if getattr(options, name))


def for_documents(*, writes: bool) -> Callable[[Command], Command]:
    """Add the options of a command on documents; it gets them as `options`."""
    checks = (_SELECTION, _WATCHES, _LOOKS, _CACHE)
    groups = (_MODEL, _SELECTION, _REWRITE, _REMOTE, _CACHE, _LEDGER) if writes else checks
    return _with(
        *(option for group in groups for option in group),
        *_SHARD,
        *_STDIN,
        *_LISTING,
        *_CONFIG,
        _form(REPORT_FORMATS),
        *_OUTPUT,
    )


def for_tasks(command: Command) -> Command:
    """Add the options of a command on what is left for a person; it gets them as `options`."""
    return _with(*_MODEL, *_SELECTION, *_REMOTE, *_CACHE, *_LEDGER, *_SHARD, *_CONFIG, *_OUTPUT)(command)


def for_pages(command: Command) -> Command:
    """Add the options of a command that looks at pages without writing; it gets them as `options`."""
    return _with(*_MODEL, *_SELECTION, *_REWRITE, *_REMOTE, *_CACHE, *_CONFIG, *_OUTPUT)(command)


def for_containers(command: Command) -> Command:
    """Add the options of a command on files that documents are packed into; it gets them as `options`."""
    return _with(*_MODEL, *_RULES, *_REWRITE, *_CACHE, *_CONFIG, _form(REPORT_FORMATS), *_OUTPUT)(command)


def for_answers(command: Command) -> Command:
    """Add the options of a command that writes answers of people; it gets them as `options`."""
    return _with(*_LEDGER, *_CONFIG, *_OUTPUT)(command)


def for_images(command: Command) -> Command:
    """Add the options of a command on images; it gets them as `options`."""
    return _with(*_MODEL, *_REMOTE, *_CACHE, *_CONFIG, _form(FORMATS), *_OUTPUT)(command)


def for_model(command: Command) -> Command:
    """Add the options that choose a model and say where settings are; the command gets them as `options`."""
    return _with(_MODEL[0], *_CONFIG)(command)


def for_search(command: Command) -> Command:
    """Add the options of a command that compares pictures with words; it gets them as `options`."""
    return _with(_MODEL[0], *_WHERE, *_CACHE, *_SHARD, *_CONFIG, *_OUTPUT)(command)


def for_cache(command: Command) -> Command:
    """Add the options that say where the cache and the settings are; it gets them as `options`."""
    return _with(_CACHE_FOLDER, *_CONFIG)(command)


def for_settings(command: Command) -> Command:
    """Add the options that say where settings are; the command gets them as `options`."""
    return _with(*_CONFIG)(command)


def width() -> int:
    """Columns of the terminal, within what is pleasant to read."""
    return max(40, min(120, shutil.get_terminal_size().columns))


def _with(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def collected(**values: Any) -> Any:
            names = {*Options.__dataclass_fields__, *SETTING_NAMES}
            given = {name: values.pop(name) for name in names & set(values)}
            overrides = {name: given.pop(name) for name in SETTING_NAMES & set(given)}
            overrides = {name: value for name, value in overrides.items() if value not in (None, ())}
            return command(options=Options(overrides=overrides, **given), **values)

        for option in reversed(options):
            option(collected)
        return collected

    return decorate
