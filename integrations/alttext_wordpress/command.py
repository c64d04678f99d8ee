"""`alttext wordpress`: the command."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from alttext.commands import CONFIG_FILE, MODEL

if TYPE_CHECKING:  # imported once the command runs
    from alttext_wordpress.fill import Outcome

PASSWORD = "ALTTEXT_WORDPRESS_PASSWORD"  # noqa: S105 - the name of a variable
_EXIT = {"failed": 2, "review": 1, "would-write": 1}
_UNPRINTABLE = dict.fromkeys((*range(32), *range(127, 160)), "�")


@click.command(short_help="Describe the media library of a WordPress site.")
@click.option("--url", required=True, envvar="ALTTEXT_WORDPRESS_URL", help="Address of the site.")
@click.option("--user", required=True, envvar="ALTTEXT_WORDPRESS_USER", help="Name of a user of the site.")
@click.option(
    "--check", "--dry-run", "dry_run", is_flag=True, help="Write nothing; report what would be written."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Look at N pictures at most.")
@click.option("--lang", default="", metavar="TAG", help="Language of the site, such as de.")
@MODEL
@CONFIG_FILE
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    envvar="ALTTEXT_OUTPUT_FORMAT",
    help="Form of the report.",
)
@click.pass_context
def wordpress(  # noqa: PLR0913 - its options
    context: click.Context,
    *,
    url: str,
    user: str,
    dry_run: bool,
    limit: int | None,
    lang: str,
    model: str | None,
    config_file: str | None,
    output_format: str,
) -> None:
    """Describe the pictures of a media library that have no alternative, over the REST API of the site.

    The variable ALTTEXT_WORDPRESS_PASSWORD holds an application password of the user, which Users > Profile
    makes. What has an alternative is never changed.

    Exits with 0 if nothing is left, 1 if something is left for a person or would be written, 2 if a picture
    could not be read or written.
    """
    import alttext  # noqa: PLC0415
    from alttext_wordpress.fill import Filler  # noqa: PLC0415
    from alttext_wordpress.site import Site  # noqa: PLC0415
    from alttext_wordpress.web import Web  # noqa: PLC0415

    site = Site(Web(url, user, _password()))
    filler = Filler(site, alttext.load(model, config_file), lang, writes=not dry_run)
    outcomes = list(_told(filler.fill(limit), as_text=output_format == "text"))
    if output_format == "json":
        click.echo(_json(url, outcomes))
    context.exit(max((_EXIT.get(outcome.action, 0) for outcome in outcomes), default=0))


def _password() -> str:
    password = os.environ.get(PASSWORD, "").strip()
    if not password:
        raise click.UsageError(f"{PASSWORD} is not set; put an application password of the user into it")
    return password


def _told(outcomes: Iterable["Outcome"], *, as_text: bool) -> Iterator["Outcome"]:
    """Pass outcomes on, each told at once: a library takes hours."""
    for outcome in outcomes:
        if as_text:
            click.echo(_line(outcome))
        yield outcome


def _line(outcome: "Outcome") -> str:
    quoted = f' "{outcome.alt}"' if outcome.alt else ""
    reason = f"  [{outcome.reason}]" if outcome.action in {"review", "kept", "failed"} else ""
    return f"{outcome.id}  {outcome.src}  {outcome.action}{quoted}{reason}".translate(_UNPRINTABLE)


def _json(url: str, outcomes: Iterable["Outcome"]) -> str:
    import msgspec  # noqa: PLC0415

    report = {"version": 1, "site": url, "images": [asdict(outcome) for outcome in outcomes]}
    return msgspec.json.format(msgspec.json.encode(report)).decode()
