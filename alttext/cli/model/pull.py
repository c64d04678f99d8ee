"""`alttext model pull`: the one way to download a model.

Nothing else in alttext downloads anything but the pictures that it is told to.
"""

import errno
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from alttext.cli.model import whole
from alttext.cli.model.hub import FILES, cache, hub, recommended
from alttext.errors import ModelError
from alttext.reports.words import megabytes, plural

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@click.command()
@click.argument("name")
@click.option("--revision", metavar="HASH", help="Commit to download; the default is the newest.")
@click.option("--dry-run", is_flag=True, help="Only say what would be downloaded.")
def pull(name: str, revision: str | None, dry_run: bool) -> None:
    """Download a CLIP or SigLIP model from the model hub: its safetensors weights and its settings.

    NAME is that of a repository, such as openai/clip-vit-base-patch32, or small, default or high for the
    one that is recommended. Prints the folder, which --model takes; without --revision, it takes the name
    of the repository as well.
    """
    name = recommended().get(name, {"name": name})["name"]
    snapshot_download = hub().snapshot_download
    what = {"repo_id": name, "revision": revision, "allow_patterns": list(FILES)}
    try:
        found = snapshot_download(**what, dry_run=True)
        _say_what(name, found)
        if not dry_run:
            click.echo(_whole(name, lambda: Path(snapshot_download(**what))))
    except ModelError:
        raise
    except Exception as error:  # of the library, or of the one that it makes its requests with
        raise ModelError(_why_not(name, error)) from error


def _whole(name: str, download: Callable[[], Path]) -> Path:
    """The folder of a download of which nothing is damaged; what is, is brought anew once."""
    folder = download()
    if damaged := whole.damaged(folder):
        click.echo(f"{name}: {_names(damaged)} damaged, so downloaded again", err=True)
        whole.remove(damaged)
        folder = download()
    if damaged := whole.damaged(folder):
        whole.remove(damaged)
        raise ModelError(f"{name}: {_names(damaged)} damaged on the way, and removed; run it again")
    return folder


def _names(paths: Sequence[Path]) -> str:
    names = ", ".join(path.name for path in paths)
    return f"{names} {'is' if len(paths) == 1 else 'are'}"


def _say_what(name: str, found: Sequence[Any]) -> None:
    if not any(file.filename.endswith(".safetensors") for file in found):
        raise ModelError(f"{name}: has no safetensors weights, and others can run code; choose another model")
    missing = [file for file in found if file.will_download]
    revision = found[0].commit_hash[:12]
    if not missing:
        click.echo(f"{name} at {revision}: {plural(len(found), 'file')}, all here", err=True)
        return
    files, size = plural(len(missing), "file"), megabytes(sum(file.file_size for file in missing))
    click.echo(f"{name} at {revision}: {files}, {size}, to {cache()}", err=True)


def _why_not(name: str, error: Exception) -> str:
    told = str(error.__cause__ or error).strip() or type(error).__name__
    start = f"{name}: cannot be downloaded: {told.splitlines()[0]}; run it again"
    if getattr(error, "errno", None) in _FULL:
        return f"{start} with more room, or with HF_HOME set to a folder on another disk"
    return (
        f"{start}, or without network access, copy a folder with config.json "
        "and model.safetensors to this machine and use --model FOLDER"
    )
