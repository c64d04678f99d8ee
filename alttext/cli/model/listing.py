"""`alttext model`: the models that can describe, what is known of them, and the one way to download one.

Nothing else in alttext downloads anything. Weights come as safetensors only: they cannot run code.
"""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from alttext.cli.calibrate import calibrate
from alttext.errors import ModelError

EMBEDDED = "embedded"
FILES = ("*.safetensors", "*.json", "*.txt", "*.model")
_RECOMMENDED = Path(__file__).parents[1] / "ranking" / "models.toml"
HUB_EXTRA = "pip install 'alttext-clip[clip]'"


@click.group()
def model() -> None:
    """List, verify, download and calibrate models."""


model.add_command(calibrate)


@model.command("list")
def list_models() -> None:
    """List the embedded model and the downloaded ones.

    One that is not calibrated only suggests: nothing it says is sure enough to be written.
    """
    manifest = _manifest()
    folder = _embedded_folder()
    size = sum((folder / name).stat().st_size for name in manifest["files"])
    rows = [
        (EMBEDDED, str(manifest["id"]), _megabytes(size), "checksums verified", _figures(manifest["id"])),
        *_downloaded(),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for name, revision, size_words, state, figures in rows:
        start = f"{name:<{widths[0]}}  {revision:<{widths[1]}}  {size_words:>{widths[2]}}"
        click.echo(f"{start}  {state:<{widths[3]}}  {figures}")
    _recommend({row[0] for row in rows})


def _recommend(here: set[str]) -> None:
    """Say which models are worth a download, and what they bring."""
    absent = [entry for entry in recommended().values() if entry["name"] not in here]
    if absent:
        click.echo(
            "\nWorth a download (`alttext model pull NAME`, then `alttext model calibrate`):", err=True
        )
    for entry in absent:
        facts = f"{entry['megabytes']} MB, ImageNet {entry['accuracy']} %, {entry['license']}"
        click.echo(f"  {entry['name']}: {facts}; {entry['advice']}", err=True)


def recommended() -> dict[str, dict[str, Any]]:
    """Checkpoints that are worth a download, by size: "small", "default", "high"."""
    return tomllib.loads(_RECOMMENDED.read_text(encoding="utf-8"))


@model.command()
@click.argument("name", default=EMBEDDED)
def path(name: str) -> None:
    """Print the folder of a model."""
    click.echo(_folder(name))


@model.command()
@click.argument("name", default=EMBEDDED)
def verify(name: str) -> None:
    """Check that a model is complete and undamaged."""
    if name == EMBEDDED:
        manifest = _manifest()
        files = _files(len(manifest["files"]))
        click.echo(f"{manifest['id']}: {files}, checksums verified, {_figures(manifest['id'])}")
        return
    folder = _folder(name)
    from alttext.ranking.encode import load_encoder  # noqa: PLC0415 - loads what it verifies

    encoder = load_encoder(str(folder))
    figures = _figures(encoder.model_id)
    click.echo(f"{name}: loads, vectors of {encoder.dim} numbers, {figures} ({folder})")


@model.command()
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
    snapshot_download = _hub().snapshot_download
    what = {"repo_id": name, "revision": revision, "allow_patterns": list(FILES)}
    try:
        files = snapshot_download(**what, dry_run=True)
        _say_what(name, files)
        if not dry_run:
            click.echo(snapshot_download(**what))
    except (OSError, ValueError) as error:
        raise ModelError(_why_not(name, error)) from error


def _say_what(name: str, files: Sequence[Any]) -> None:
    if not any(file.filename.endswith(".safetensors") for file in files):
        raise ModelError(f"{name}: has no safetensors weights, and others can run code; choose another model")
    missing = [file for file in files if file.will_download]
    revision = files[0].commit_hash[:12]
    if not missing:
        click.echo(f"{name} at {revision}: {_files(len(files))}, all here", err=True)
        return
    size = _megabytes(sum(file.file_size for file in missing))
    click.echo(f"{name} at {revision}: {_files(len(missing))}, {size}, to {_cache()}", err=True)


def _why_not(name: str, error: Exception) -> str:
    cause = str(error.__cause__ or error).strip().splitlines()[0]
    return (
        f"{name}: cannot be downloaded: {cause}; without network access, copy a folder with config.json "
        "and model.safetensors to this machine and use --model FOLDER"
    )


def _hub() -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when it is imported
    try:
        import huggingface_hub  # noqa: PLC0415 - an extra, and slow
    except ImportError as error:
        raise ModelError(f"other models than the embedded one need an extra: {HUB_EXTRA}") from error
    return huggingface_hub


def _cache() -> str:
    from huggingface_hub.constants import HF_HUB_CACHE  # noqa: PLC0415

    return str(HF_HUB_CACHE)


def _downloaded() -> list[tuple[str, ...]]:
    try:
        from huggingface_hub import CacheNotFound, scan_cache_dir  # noqa: PLC0415
    except ImportError:
        return []
    try:
        repositories = scan_cache_dir().repos
    except CacheNotFound:
        return []
    return [
        (
            repository.repo_id,
            revision.commit_hash[:12],
            _megabytes(revision.size_on_disk),
            "downloaded",
            _figures(f"{repository.repo_id}@{revision.commit_hash[:12]}"),
        )
        for repository in sorted(repositories, key=lambda repository: repository.repo_id)
        for revision in sorted(repository.revisions, key=lambda revision: revision.commit_hash)
        if any(file.file_name.endswith(".safetensors") for file in revision.files)
    ]


def _folder(name: str) -> Path:
    if name == EMBEDDED:
        return _embedded_folder()
    if Path(name).is_dir():
        return Path(name)
    try:
        return Path(_hub().snapshot_download(name, local_files_only=True, allow_patterns=list(FILES)))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{name}: neither a folder nor downloaded; run `alttext model pull {name}`"
        ) from error


def _embedded_folder() -> Path:
    from alttext.ranking.encode_embedded import FOLDER  # noqa: PLC0415 - brings numpy

    return FOLDER


def _manifest() -> dict[str, Any]:
    from alttext.ranking.encode_embedded import verified_manifest  # noqa: PLC0415

    return verified_manifest(_embedded_folder())


def _figures(model_id: str) -> str:
    """Which figures turn the scores of a model into confidences."""
    from alttext.ranking import calibration  # noqa: PLC0415 - brings numpy

    if calibration.own_path(model_id).exists():
        return "calibrated on your pictures"
    return "calibrated" if calibration.is_shipped(model_id) else "not calibrated"


def _files(number: int) -> str:
    return f"{number} file{'s' * (number != 1)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
