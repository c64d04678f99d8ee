"""Stage 9: compare notebooks, of which nothing but the sources of Markdown cells may change.

Source: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from alttext.errors import VerificationError
from alttext.remediation.splice_compare import Comparison, markdown_intents


def verify(before: str, after: str, texts: Sequence[str], replaced: Sequence[str]) -> None:
    """Compare two notebooks; the edits are spelled as parts of JSON strings. Raises `VerificationError`."""
    intents = markdown_intents(list(map(_from_string, texts)), list(map(_from_string, replaced)))
    frame_before, frame_after = _read(before), _read(after)
    sources_before, sources_after = list(_take_sources(frame_before)), list(_take_sources(frame_after))
    if frame_before != frame_after or len(sources_before) != len(sources_after):
        raise VerificationError("the notebook would change outside its Markdown cells")
    comparison = Comparison(intents)
    for old, new in zip(sources_before, sources_after, strict=True):
        if old != new:
            comparison.markdown(old, new, "markdown")


def _read(text: str) -> Any:
    """Read JSON so that equal means spelled alike: objects as lists of pairs, numbers as strings."""
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_Object,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            strict=False,
        )
    except (ValueError, RecursionError) as error:
        raise VerificationError(f"the edited notebook is not valid JSON: {error}") from error


class _Object(list[tuple[str, Any]]):
    """A JSON object with its keys in order, duplicates included."""


def _from_string(part: str) -> str:
    return str(_read(f'"{part}"'))


def _take_sources(notebook: Any) -> Iterator[str]:
    """Empty the sources of the Markdown cells in place and return them; their division into lines stays."""
    for cell in _cells(notebook):
        if ("cell_type", "markdown") not in cell:
            continue
        for at, (key, value) in enumerate(cell):
            if key == "source":
                lines = value if isinstance(value, list) else [value]
                cell[at] = (key, len(value) if isinstance(value, list) else None)
                yield "".join(line for line in lines if isinstance(line, str))


def _cells(notebook: Any) -> Iterator[_Object]:
    """Return the cells of a notebook; before format 4 they stood in worksheets."""
    pairs = notebook if isinstance(notebook, _Object) else []
    for key, value in pairs:
        if key == "worksheets" and isinstance(value, list):
            for worksheet in value:
                yield from _cells(worksheet)
        elif key == "cells" and isinstance(value, list):
            yield from (cell for cell in value if isinstance(cell, _Object))
