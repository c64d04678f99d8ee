"""What was seen of pictures as a folder of Parquet files: `pictures/*.parquet`, a row for each picture."""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from alttext import Description
from alttext.scale import Facts, Seen, TextLine, Wanted, candidates_of
from alttext_ray.marks import Marks

FOLDER = "pictures"
UNDER_WAY = "under-way"
SCHEMA = pa.schema(
    {
        "file": pa.string(),
        "sha256": pa.string(),
        "text": pa.string(),
        "confidence": pa.float64(),
        "review": pa.bool_(),
        "reasons": pa.list_(pa.string()),
        "medium": pa.string(),
        "candidates": pa.string(),  # JSON: phrases by facet
        "facts": pa.string(),  # JSON: size, format, what its author says
        "lines": pa.string(),  # JSON: its text, where that was read
        "model": pa.string(),
        "vector": pa.list_(pa.float32()),
        "corners": pa.list_(pa.float32()),
        "error": pa.string(),
        "message": pa.string(),
        "wanted": pa.string(),  # JSON: its place
        "digest": pa.string(),
        "identity": pa.string(),  # of what looked at it
    }
)
_NEEDED = ["file", "sha256", "facts", "lines", "model", "vector", "corners", "error", "message", "wanted"]
_log = logging.getLogger("alttext")


def table(seen: Iterable[Seen], digests: Iterable[str], identity: str) -> pa.Table:
    """Return pictures as rows; `identity` stands for what looked at them."""
    rows = [_row(each, digest, identity) for each, digest in zip(seen, digests, strict=True)]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


class Store:
    """The rows in a folder, of this run and of earlier ones."""

    def __init__(self, out: Path, identity: str) -> None:
        """Only rows of the same `identity` count."""
        self.folder = (out / FOLDER).absolute()
        self.identity = identity
        self.marks = Marks(self.folder.with_name(UNDER_WAY))

    def digests(self) -> set[str]:
        """Return which pictures were looked at."""
        return {digest for part in self._parts(["digest"]) for digest in part["digest"].to_pylist()}

    def errors(self) -> Iterator[tuple[str, str]]:
        """Yield why pictures cannot be looked at, "" for those that can, by their digests."""
        for part in self._parts(["digest", "error"]):
            yield from zip(part["digest"].to_pylist(), part["error"].to_pylist(), strict=True)

    def seen(self) -> Iterator[tuple[str, Seen]]:
        """Yield the pictures by their digests."""
        for part in self._parts([*_NEEDED, "digest"]):
            for batch in part.to_batches(max_chunksize=1000):
                yield from ((row["digest"], _seen(row)) for row in batch.to_pylist())

    def add(self, seen: Iterable[Seen], digests: Iterable[str], name: str) -> None:
        """Write a file of rows."""
        self.folder.mkdir(parents=True, exist_ok=True)
        parquet.write_table(table(seen, digests, self.identity), self.folder / f"{name}.parquet")

    def remove(self, name: str) -> None:
        """Remove a file that `add` wrote, if it is there."""
        (self.folder / f"{name}.parquet").unlink(missing_ok=True)

    def _parts(self, columns: list[str]) -> Iterator[pa.Table]:
        for file in sorted(self.folder.glob("*.parquet")):
            try:
                mine = [("identity", "=", self.identity)]
                yield parquet.read_table(file, columns=columns, filters=mine)
            except (pa.ArrowInvalid, OSError) as error:  # the machine died while it wrote this
                _log.warning("%s: passed over, damaged (%s)", file, error)


def _row(seen: Seen, digest: str, identity: str) -> dict[str, Any]:
    said = seen.description
    return {
        "file": seen.file,
        "sha256": seen.sha256,
        "text": said.text,
        "confidence": round(float(said.confidence), 6),
        "review": said.review,
        "reasons": said.reasons,
        "medium": said.medium,
        "candidates": _json(candidates_of(said)),
        "facts": _json(seen.facts) if seen.facts else None,
        "lines": None if seen.lines is None else _json(seen.lines),
        "model": seen.model,
        "vector": seen.vector,
        "corners": None if seen.corners is None else seen.corners.ravel(),
        "error": seen.error,
        "message": seen.message,
        "wanted": _json(seen.wanted),
        "digest": digest,
        "identity": identity,
    }


def _seen(row: dict[str, Any]) -> Seen:
    vector = None if row["vector"] is None else np.array(row["vector"], np.float32)
    corners = None if row["corners"] is None else np.array(row["corners"], np.float32)
    return Seen(
        wanted=msgspec.json.decode(row["wanted"], type=Wanted),
        description=Description(None),  # found out again, in the context of each document
        file=row["file"],
        sha256=row["sha256"],
        facts=msgspec.json.decode(row["facts"], type=Facts) if row["facts"] else None,
        model=row["model"],
        vector=vector,
        corners=None if corners is None or vector is None else corners.reshape(-1, vector.size),
        lines=None if row["lines"] is None else msgspec.json.decode(row["lines"], type=tuple[TextLine, ...]),
        error=row["error"],
        message=row["message"],
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
