"""The hub that models are downloaded from, and its cache on this machine."""

import os
import tomllib
from pathlib import Path
from typing import Any

from alttext import distribution
from alttext.errors import ModelError

FILES = ("*.safetensors", "*.json", "*.txt", "*.model")  # weights as safetensors only: they cannot run code
_RECOMMENDED = Path(__file__).parents[2] / "ranking" / "models.toml"


def recommended() -> dict[str, dict[str, Any]]:
    """Checkpoints that are worth a download, by size: "small", "default", "high"."""
    return tomllib.loads(_RECOMMENDED.read_text(encoding="utf-8"))


def hub() -> Any:
    """The library of the hub. Raises ModelError if it is not installed."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when it is imported
    try:
        import huggingface_hub  # noqa: PLC0415 - an extra, and slow
    except ImportError as error:
        extra = distribution.to_install("clip")
        raise ModelError(f"other models than the embedded one need an extra: {extra}") from error
    return huggingface_hub


def downloaded(name: str, revision: str | None = None) -> Path:
    """Where a model lies that was downloaded before. Raises what the library of the hub does if it is not."""
    return Path(
        hub().snapshot_download(name, revision=revision, local_files_only=True, allow_patterns=list(FILES))
    )


def cache() -> str:
    """Where downloads are kept."""
    from huggingface_hub.constants import HF_HUB_CACHE  # noqa: PLC0415 - as above

    return str(HF_HUB_CACHE)
