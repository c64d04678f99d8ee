"""The options that commands share, as they are declared: in groups, by what they are about."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
Option = Callable[[Command], Command]

FORMATS = ("text", "json")
REPORT_FORMATS = (*FORMATS, "sarif", "rdjson", "github", "junit", "html")


def _setting(*names: str, **kind: Any) -> Option:
    variable = names[-1].split("/")[0].lstrip("-").replace("-", "_").upper()
    return click.option(*names, envvar=f"ALTTEXT_{variable}", **kind)


def form(formats: Sequence[str]) -> tuple[Option]:
    """The option that chooses one of the formats."""
    option = click.option(
        "--output-format",
        type=click.Choice(formats),
        default="text",
        envvar="ALTTEXT_OUTPUT_FORMAT",
        help="Form of the report.",
    )
    return (option,)


# Options that override a setting: each has the name of its setting and an ALTTEXT_ variable.
MODEL = _setting(
    "--model", metavar="NAME|FOLDER", help="Model to describe with, instead of the embedded one."
)
DESCRIBING = (
    MODEL,
    _setting(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="NUMBER",
        help="Write only what is at least this likely to be true.",
    ),
)
RULES = (
    _setting("--select", multiple=True, metavar="RULE", help="Report these problems only."),
    _setting("--extend-select", multiple=True, metavar="RULE", help="Report these problems, too."),
    _setting("--ignore", multiple=True, metavar="RULE", help="Do not report these problems."),
)
WHERE = (
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
SELECTION = (*RULES, *WHERE)
SHARD = (_setting("--shard", metavar="I/N", help="Work on the I-th of N parts of the documents only."),)
REWRITE = (
    _setting(
        "--rewrite-placeholders/--keep-placeholders",
        default=None,
        help='Replace file names and placeholders such as "image" that stand as alternatives.',
    ),
)
CACHE_FOLDER = _setting(
    "--cache-dir", type=click.Path(file_okay=False), help="Folder to keep what was found out about images in."
)
CACHE = (
    _setting(
        "--cache/--no-cache", default=None, help="Keep what was found out about images for later (default)."
    ),
    CACHE_FOLDER,
)
# Options of commands that may ask other servers for pictures.
REMOTE = (_setting("--remote", multiple=True, metavar="HOST", help="Fetch pictures of this host, too."),)
CONFIG_FILE = click.option(
    "--config",
    "config_file",
    type=click.Path(exists=True, dir_okay=False),
    envvar="ALTTEXT_CONFIG",
    help="Configuration file to use.",
)
CONFIG = (
    CONFIG_FILE,
    click.option("--isolated", is_flag=True, envvar="ALTTEXT_ISOLATED", help="Use no configuration file."),
)
QUIET = click.option(
    "-q", "--quiet", is_flag=True, envvar="ALTTEXT_QUIET", help="No summary and no progress."
)
OUTPUT = (
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
    QUIET,
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        envvar="ALTTEXT_VERBOSE",
        help="Say what was kept or passed over, too.",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit 0 even if something is left to do."),
)
STDIN = (
    click.option(
        "--stdin-filename",
        type=click.Path(),
        metavar="FILE",
        help="Name of the document that - reads: gives its format and the folder of its images.",
    ),
)
LISTING = (
    click.option("--show-files", is_flag=True, help="List the documents that would be read, and stop."),
)
LEDGER = (
    _setting("--ledger/--no-ledger", default=None, help="Record what is written in the ledger (default)."),
)
# Options that select problems which only the ledger, or a look at the whole site, can tell.
WATCHES = (
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
# Options that select problems which only a look at the pictures can tell.
LOOKS = (
    click.option("--images", is_flag=True, help="Look at pictures, and report alternatives of others, too."),
    click.option(
        "--sensitive", is_flag=True, help="Look at pictures, and report those that may be sensitive, too."
    ),
    MODEL,
)

# For commands that write into documents, whatever else they take.
DRY_RUN = click.option(
    "--check", "--dry-run", "dry_run", is_flag=True, help="Write nothing; report what would change."
)
DIFF = click.option("--diff", is_flag=True, help="Write nothing; print what would change as a patch.")
# For commands that read or write suggestions, whose paths have to be the same on every machine.
SITE = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder that paths in the file are relative to; the default is the working folder.",
)
