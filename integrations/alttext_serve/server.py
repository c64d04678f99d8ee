"""Listen, and serve until told to stop."""

import base64
import ipaddress
import socket

import click
import msgspec
import uvicorn

import alttext
from alttext import Pipeline
from alttext_serve import app
from alttext_serve.callers import Callers
from alttext_serve.limits import Limits
from alttext_serve.patience import protocol

# A grey point, to load all that describing needs.
_PICTURE = base64.b64decode("R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
_BACKLOG = 256  # connections that wait to be accepted


def load(model: str | None = None, config: str | None = None) -> Pipeline:
    """Return a pipeline for strangers, its model in memory: it reads and writes nothing of this machine.

    Nor does it fetch anything, whatever the configuration allows for the own pages.

    Raises ConfigError and ModelError.
    """
    settings = alttext.load(model, config).settings
    closed = {"site_root": None, "allow_outside_root": False, "jobs": 1, "cache": False, "remote": ()}
    pipeline = Pipeline(msgspec.structs.replace(settings, **closed))
    pipeline.describe(_PICTURE)
    return pipeline


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises click.UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host} port {port}: {error.strerror}") from error


def address(listening: socket.socket) -> tuple[str, bool]:
    """Return where a socket listens, as a URL, and whether only this machine reaches it."""
    host, port = listening.getsockname()[:2]
    bare = f"[{host}]" if ":" in host else host
    return f"http://{bare}:{port}", ipaddress.ip_address(host).is_loopback


def prepare(
    pipeline: Pipeline, limits: Limits, callers: Callers | None = None, *, quiet: bool = False
) -> uvicorn.Server:
    """Return the server; its `run` takes the sockets, and ends with what was begun when a signal says so."""
    config = uvicorn.Config(
        app.create(pipeline, limits, callers),
        http=protocol(limits.idle_seconds),
        ws="none",
        lifespan="on",
        access_log=not quiet,
        log_config=_logging(),
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=round(limits.stop_seconds),
    )
    return uvicorn.Server(config)


def _logging() -> dict[str, object]:
    """Talk goes to stderr, as everywhere in alttext."""
    handler = {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": handler},
        "loggers": {
            "uvicorn.error": {"handlers": ["stderr"], "level": "WARNING"},
            "uvicorn.access": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "python_multipart": {"level": "ERROR"},  # a line for each malformed body would fill disks
            "alttext": {"handlers": ["stderr"], "level": "WARNING"},
        },
    }
