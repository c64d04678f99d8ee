"""`alttext model list`: the embedded model, those that were exported, and those that were downloaded."""

from collections.abc import Iterator

import click

from alttext.cli.model.hub import recommended
from alttext.cli.model.known import embedded_folder, exported_folder, figures, manifest
from alttext.cli.model.whole import is_incomplete
from alttext.errors import ModelError
from alttext.ranking.named import ABOUT, EMBEDDED
from alttext.reports.words import megabytes

Row = tuple[str, str, str, str, str]  # name, revision, size, state, figures


@click.command("list")
def list_models() -> None:
    """List the embedded model, the exported and the downloaded ones.

    One that is not calibrated only suggests: nothing it says is sure enough to be written. Of exported ones,
    those are listed that were not put elsewhere.
    """
    rows = [_embedded(), *_exported(), *_downloaded()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for name, revision, size, state, figures_ in rows:
        start = f"{name:<{widths[0]}}  {revision:<{widths[1]}}  {size:>{widths[2]}}"
        click.echo(f"{start}  {state:<{widths[3]}}  {figures_}")
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


def _embedded() -> Row:
    about, folder = manifest(), embedded_folder()
    size = sum((folder / name).stat().st_size for name in about["files"])
    return EMBEDDED, str(about["id"]), megabytes(size), "checksums verified", figures(about["id"])


def _exported() -> Iterator[Row]:
    from alttext.ranking import encode_exported as exported  # noqa: PLC0415 - brings numpy

    for folder in sorted(path.parent for path in exported_folder().rglob(ABOUT)):
        try:
            about = exported.read(folder)
        except ModelError:
            yield str(folder), "-", "-", "damaged", "export it again"
            continue
        size = megabytes(sum(file.size for file in about.files.values()))
        yield str(folder), about.id, size, "exported", figures(about.id, folder)


def _downloaded() -> list[Row]:
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
            megabytes(revision.size_on_disk),
            _state(repository.repo_id, revision.commit_hash),
            figures(f"{repository.repo_id}@{revision.commit_hash[:12]}"),
        )
        for repository in sorted(repositories, key=lambda repository: repository.repo_id)
        for revision in sorted(repository.revisions, key=lambda revision: revision.commit_hash)
        if any(file.file_name.endswith(".safetensors") for file in revision.files)
    ]


def _state(name: str, commit: str) -> str:
    return "incomplete: pull it again" if is_incomplete(name, commit) else "downloaded"
