"""Parquet: rows come back as they were written, whatever wrote the file."""

import builtins
from io import BytesIO

import pytest

from alttext.errors import AlttextError, ParseError
from alttext.review import columns

KINDS = {"alt": str, "line": int, "confidence": float, "reviewed": bool, "image": str}
ROWS = [
    {"alt": "Ein Hund.", "line": 3, "confidence": 0.5, "reviewed": True, "image": {"src": "ü.png"}},
    {"alt": "", "line": 4, "confidence": None, "reviewed": False, "image": {"src": ""}},
]


def test_rows_come_back_without_what_is_null():
    pytest.importorskip("pyarrow")
    read = list(columns.read(columns.write(ROWS, KINDS), {"image"}))
    assert read == [ROWS[0], {name: value for name, value in ROWS[1].items() if value is not None}]


def test_a_file_without_rows_has_its_columns():
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(BytesIO(columns.write([], KINDS)))
    assert (table.column_names, table.num_rows) == (list(KINDS), 0)


@pytest.mark.parametrize("cut", [4, 12, -5])
def test_a_damaged_file_is_told(cut):
    pytest.importorskip("pyarrow")
    with pytest.raises(ParseError, match="damaged Parquet"):
        list(columns.read(columns.write(ROWS, KINDS)[:cut], ()))


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    original = builtins.__import__

    def refuse(name, *more):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return original(name, *more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(AlttextError, match=r"alttext-clip\[ray\]"):
        columns.write(ROWS, KINDS)
