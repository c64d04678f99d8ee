"""`alttext review`: finish what is left for a person, in a browser or at the terminal."""

import sys
from collections.abc import Mapping
from typing import Any

import click

from alttext.cli.options import Options, for_tasks
from alttext.cli.output import width
from alttext.cli.wanted import Wanted, left_tasks, which
from alttext.reports.paint import painter
from alttext.review import terminal, terminal_picture


@click.command(short_help="Finish what is left for a person.")
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--terminal", "at_terminal", is_flag=True, help="Ask at the terminal instead of in a browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Port of the page; 0 is any free one.",
)
@click.option("--no-browser", "opens_browser", flag_value=False, default=True, help="Only print the address.")
@which
@for_tasks
def review(paths: tuple[str, ...], at_terminal: bool, wanted: Wanted, options: Options, **page: Any) -> None:
    """Finish what `alttext fix` leaves for a person: one image after the other, written at once.

    The page is for this machine alone, and its address holds the key to it; Ctrl-C ends the review. At the
    terminal each answer is a line; ? lists the keys. Quitting loses nothing.
    """
    code = _at_terminal(paths, wanted, options) if at_terminal else _in_browser(paths, wanted, options, page)
    options.finish(code)


def _at_terminal(paths: tuple[str, ...], wanted: Wanted, options: Options) -> int:
    is_colored = options.is_colored(sys.stdout.isatty())
    dialogue = terminal.Dialogue(
        _ask,
        click.echo,
        painter(is_colored),
        lambda task: terminal_picture.drawn(task, width(), color=is_colored),
    )
    tally = dialogue.hold(left_tasks(paths, options, wanted))
    if not options.quiet:
        click.echo(tally.summary)
    return tally.exit_code


def _in_browser(paths: tuple[str, ...], wanted: Wanted, options: Options, page: Mapping[str, Any]) -> int:
    from alttext.review.page import session  # noqa: PLC0415 - brings a web server
    from alttext.review.page.previews import Previews  # noqa: PLC0415

    outcome = session.hold(
        left_tasks(paths, options, wanted),
        Previews(paths, options.settings(paths)),
        tell=lambda line: click.echo(f"alttext: {line}", err=True),
        **page,
    )
    if not options.quiet:
        click.echo(outcome.summary)
    return outcome.exit_code


def _ask(prompt: str, draft: str = "") -> str:
    """Read a line; where lines can be edited, the draft stands in it already."""
    if not (draft and sys.stdin.isatty()):
        return input(prompt)
    try:
        import readline  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return input(f"{draft}\n{prompt}")
    readline.set_startup_hook(lambda: readline.insert_text(draft))
    try:
        return input(prompt)
    finally:
        readline.set_startup_hook()
