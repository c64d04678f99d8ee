"""Commands that look into alttext itself: its rules and its shell completion."""

import textwrap
from collections.abc import Iterator

import click
from click.shell_completion import get_completion_class

from alttext.cli.output import width
from alttext.nearest import nearest
from alttext.rules import RULES, Rule

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(short_help="Explain rules and reasons.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
def rule(ids: tuple[str, ...]) -> None:
    """Explain rules and reasons; without an ID list them all."""
    unknown = [name for name in ids if name not in RULES]
    if unknown:
        hint = nearest(unknown[0], RULES, "`alttext rule` lists them all")
        raise click.UsageError(f"unknown rule {unknown[0]}; {hint}")
    lines = ["\n".join(_explanation(RULES[name])) for name in ids] if ids else list(_catalogue())
    click.echo(("\n\n" if ids else "\n").join(lines))


def _catalogue() -> Iterator[str]:
    room = max(len(name) for name in RULES)
    for kind, title in (("problem", "Problems"), ("reason", "Reasons")):
        yield f"{title}:"
        for each in (row for row in RULES.values() if row.kind == kind):
            start = f"  {each.id:<{room}}  "
            yield from textwrap.wrap(
                each.summary, width(), initial_indent=start, subsequent_indent=" " * len(start)
            )


def _explanation(each: Rule) -> Iterator[str]:
    yield f"{each.id} ({each.kind}{', reported only if selected' if each.opt_in else ''})"
    for text in (each.summary, each.advice):
        yield from textwrap.wrap(text, width(), initial_indent="  ", subsequent_indent="  ")
    for title, references in (("WCAG", each.wcag), ("ACT", each.act), ("axe", each.axe)):
        if references:
            yield f"  {title}: {', '.join(references)}"


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell; write it to where the shell looks for it."""
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"click knows no completion for {shell}; update click")
    command = context.find_root().command
    click.echo(found(command, {}, "alttext", "_ALTTEXT_COMPLETE").source())
