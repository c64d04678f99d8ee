"""What the name of a model stands for: the embedded one, a folder, or a checkpoint of the hub."""

from pathlib import Path

EMBEDDED = "embedded"
ABOUT = "export.json"
MANIFEST = "manifest.json"


def is_embedded(model: str | None) -> bool:
    """Whether the model that ships with the package is meant."""
    return model in (None, EMBEDDED)


def is_trained(folder: Path) -> bool:
    """Whether a folder has a model that `python -m training` wrote."""
    return (folder / MANIFEST).is_file()


def is_exported(folder: Path) -> bool:
    """Whether a folder has a model that `alttext model export` wrote."""
    return (folder / ABOUT).is_file()
