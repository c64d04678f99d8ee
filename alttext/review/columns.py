"""Suggestions as Parquet, a row each, so that millions of them can be looked through and decided by query.

Nested fields are columns of JSON text. Needs pyarrow, which the extra `ray` brings.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from alttext import distribution
from alttext.errors import AlttextError, ParseError

if TYPE_CHECKING:  # an extra
    import pyarrow

MAGIC = b"PAR1"
_AT_ONCE = 10_000  # rows that are in memory as they are
_KINDS = {bool: "bool", int: "int64", float: "double"}  # of columns that are not text

Row = Mapping[str, Any]


def write(rows: Iterable[Row], kinds: Mapping[str, type]) -> bytes:
    """Return a Parquet file of rows, each with the same fields; `kinds` says which are not text.

    Raises AlttextError without pyarrow.
    """
    arrow = _arrow()
    types = {name: arrow.type_for_alias(_KINDS.get(kind, "string")) for name, kind in kinds.items()}
    schema = arrow.schema(list(types.items()))
    flat = ({name: _text(value) for name, value in row.items()} for row in rows)
    written = BytesIO()
    with arrow.parquet.ParquetWriter(written, schema, compression="zstd") as writer:
        while some := list(islice(flat, _AT_ONCE)):
            writer.write_table(arrow.Table.from_pylist(some, schema=schema))
    return written.getvalue()


def read(data: bytes, nested: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file, without what is null; `nested` columns hold JSON text.

    Raises ParseError if it is damaged, AlttextError without pyarrow.
    """
    arrow = _arrow()
    try:
        table = arrow.parquet.read_table(BytesIO(data))
    except (arrow.ArrowInvalid, OSError) as error:
        raise ParseError(f"damaged Parquet: {error}") from error
    for batch in table.to_batches(max_chunksize=_AT_ONCE):
        for row in batch.to_pylist():
            yield {
                name: msgspec.json.decode(value) if name in nested else value
                for name, value in row.items()
                if value is not None
            }


def _text(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, list | dict) else value


def _arrow() -> "pyarrow":
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise AlttextError(f"Parquet needs pyarrow: {distribution.to_install('ray')}") from error
    return pyarrow
