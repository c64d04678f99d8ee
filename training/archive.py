"""Reads the data zips in place: one `Example` per image, and the split into training and validation."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

VALIDATION_SHARE = 10  # one image in so many is kept for validation


@dataclass(frozen=True, slots=True)
class Example:
    """One image of one set with what people said about it."""

    set: str
    name: str
    digest: str  # SHA-256 of the image bytes, which decides the split
    labels: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    medium: str = ""

    @property
    def held_out(self) -> bool:
        """Whether the image belongs to validation. Depends on its bytes alone, so copies stay together."""
        return int(self.digest[:8], 16) % VALIDATION_SHARE == 0

    @property
    def calibrates(self) -> bool:
        """Whether the image, one that training never saw, fits probabilities."""
        return self.held_out and int(self.digest[8:16], 16) % 2 == 0

    @property
    def judges(self) -> bool:
        """Whether the image tells how good all of it is, since nothing was fitted to it."""
        return self.held_out and not self.calibrates


def read_examples(data: Path) -> list[Example]:
    """Every example of every zip below `data`, in a fixed order, without copies of the same bytes."""
    seen: set[str] = set()
    examples = []
    for path in sorted(data.glob("*.zip")):
        for example in _examples_of(path):
            if example.digest not in seen:
                seen.add(example.digest)
                examples.append(example)
    return examples


def _examples_of(path: Path) -> Iterator[Example]:
    with zipfile.ZipFile(path) as archive:
        for line in archive.read("manifest.jsonl").decode().splitlines():
            row = json.loads(line)
            context = row.get("context", {})
            yield Example(
                set=path.stem,
                name=row["image"],
                digest=hashlib.sha256(archive.read(row["image"])).hexdigest(),
                labels=tuple(row["labels"]),
                captions=tuple(row["captions"]),
                medium=context.get("medium", ""),
            )


class Archives:
    """Opens images by example; each process has its own, since a zip file must not be shared."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._open: dict[str, zipfile.ZipFile] = {}

    def image(self, example: Example) -> Image.Image:
        """The decoded image, RGB."""
        if example.set not in self._open:
            self._open[example.set] = zipfile.ZipFile(self._data / f"{example.set}.zip")
        data = self._open[example.set].read(example.name)
        return Image.open(io.BytesIO(data)).convert("RGB")
