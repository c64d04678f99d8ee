"""`alttext serve`: the command; what it needs besides click is imported once it runs."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alttext.commands import CONFIG_FILE, MODEL

if TYPE_CHECKING:  # names for the type checker only; importing them would load Starlette
    from alttext_serve.callers import Callers

TOKEN = "ALTTEXT_SERVE_TOKEN"  # noqa: S105 - the name of a variable
_MIB = 1 << 20


@click.command(short_help="Describe and fix over HTTP, on this machine.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="ALTTEXT_SERVE_HOST",
    help="Address to listen on.",
)
@click.option(
    "--port",
    default=8088,
    show_default=True,
    type=click.IntRange(0, 65535),
    envvar="ALTTEXT_SERVE_PORT",
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="ALTTEXT_SERVE_TOKEN_FILE",
    help=f"File with the bearer token that clients have to send; {TOKEN} holds one, too.",
)
@click.option(
    "--without-token",
    is_flag=True,
    envvar="ALTTEXT_SERVE_WITHOUT_TOKEN",
    help="Let other machines use it without a token.",
)
@click.option(
    "--allow-host",
    "hosts",
    metavar="NAME",
    multiple=True,
    envvar="ALTTEXT_SERVE_ALLOW_HOST",
    help="Name that clients without a token may call it by, besides localhost. Repeatable.",
)
@click.option(
    "--allow-origin",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    envvar="ALTTEXT_SERVE_ALLOW_ORIGIN",
    help="Site whose pages may use it in a browser, such as https://cms.example.org. Repeatable.",
)
@click.option(
    "--max-upload", default=20, show_default=True, type=click.IntRange(1, 1024), help="MiB of one request."
)
@click.option("--timeout", default=60.0, show_default=True, type=click.FloatRange(1), help="Seconds for one.")
@click.option(
    "--queue", default=32, show_default=True, type=click.IntRange(1), help="Requests that wait for the model."
)
@MODEL
@CONFIG_FILE
@click.option("-q", "--quiet", is_flag=True, envvar="ALTTEXT_QUIET", help="Log no requests.")
def serve(  # noqa: PLR0913 - its options
    *,
    host: str,
    port: int,
    token_file: Path | None,
    without_token: bool,
    hosts: Sequence[str],
    origins: Sequence[str],
    max_upload: int,
    timeout: float,
    queue: int,
    model: str | None,
    config_file: str | None,
    quiet: bool,
) -> None:
    """Describe pictures and fix documents over HTTP: POST /v1/describe and /v1/fix; see /openapi.json.

    Listens on this machine only, unless --host says otherwise; that needs a token. Takes bytes only, no URLs
    and no paths.
    """
    from alttext_serve import server  # noqa: PLC0415 - an extra
    from alttext_serve.limits import Limits  # noqa: PLC0415

    token = _token(token_file)
    with server.listen(host, port) as listening:
        url, is_local = server.address(listening)
        if not (is_local or token or without_token):
            raise click.UsageError(f"other machines reach {url}; set {TOKEN}, or say --without-token")
        callers = _callers(token, hosts, origins, is_local=is_local)
        pipeline = server.load(model, config_file)
        click.echo(f"alttext: serving on {url}", err=True)
        limits = Limits(body=max_upload * _MIB, jobs=queue, work_seconds=timeout)
        server.prepare(pipeline, limits, callers, quiet=quiet).run([listening])


def _callers(token: str, hosts: Sequence[str], origins: Sequence[str], *, is_local: bool) -> "Callers":
    from alttext_serve import callers  # noqa: PLC0415

    return callers.Callers(token, _all(callers.host, hosts), _all(callers.origin, origins), is_local=is_local)


def _all(read: Callable[[str], str], values: Sequence[str]) -> frozenset[str]:
    try:
        return frozenset(map(read, values))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _token(file: Path | None) -> str:
    token = (file.read_text(encoding="utf-8") if file else os.environ.get(TOKEN, "")).strip()
    if file and not token:
        raise click.UsageError(f"{file}: empty; write the token into it")
    if not token.isascii() or any(map(str.isspace, token)):
        raise click.UsageError("the token has characters that a header cannot carry; use letters and digits")
    return token
