"""Stage 2: find every image in the Markdown cells of a Jupyter notebook, and spell it inside the JSON text.

Source: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from alttext.documents import located_json, markdown
from alttext.documents.front_matter import FrontMatter
from alttext.documents.located_json import LocatedString
from alttext.documents.markdown_tokens import Dialect
from alttext.documents.offsets import OffsetMap
from alttext.errors import ParseError
from alttext.types import Edit, ImageRef, Slot, Span

_BOM = "\ufeff"
_ATTACHMENT = "attachment:"
_HEADING_RE = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_IGNORE_FILE_RE = re.compile(r"<!--\s*alttext:\s*ignore-file(?=[\s-])", re.IGNORECASE)
_MAY_CONTAIN_RE = re.compile(r"!\[|<|\{[{%]|\\u00")


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    offsets: OffsetMap
    attachments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    cell: _Cell
    local: ImageRef  # with offsets in the text of the cell
    ref: ImageRef


def parse(text: str) -> list[ImageRef]:
    """Return every image reference of the Markdown cells in source order, spans in the JSON text.

    Raises `ParseError` if the text is not a notebook.
    """
    return [found.ref for found in _found(text).values()]


def alt_edit(text: str, ref: ImageRef, alt: str) -> Edit:
    """Return the edit of the JSON text that gives the image this alternative, see `markdown.alt_edit`."""
    found = _found(text).get(ref.span)
    if found is None:
        raise ParseError(f"no image of this notebook is at offset {ref.span.start}")
    edit = markdown.alt_edit(found.cell.text, found.local, alt)
    only_ascii = text.isascii() and "\\u" in text
    return Edit(found.cell.offsets.span(edit.span), json.dumps(edit.text, ensure_ascii=only_ascii)[1:-1])


@lru_cache(maxsize=4)
def _found(text: str) -> Mapping[Span, _Found]:
    """Remember the last notebooks: every edit of one asks again."""
    text = text.replace(_BOM, " ", 1) if text.startswith(_BOM) else text
    if not _MAY_CONTAIN_RE.search(text):
        return _found_none(text)
    notebook = located_json.loads(text)
    cells = list(_markdown_cells(text, notebook))
    suppressed = any(_IGNORE_FILE_RE.search(cell.text) for cell in cells)
    found: list[_Found] = []
    page = _page(notebook)
    heading = ""
    for cell in cells:
        for local in markdown.references(cell.text, Dialect(), page):
            context = replace(local.context, heading=local.context.heading or heading)
            local = replace(local, context=context, suppressed=local.suppressed or suppressed)  # noqa: PLW2901
            found.append(_in_notebook(cell, local))
        heading = next((match[1] for match in reversed(list(_HEADING_RE.finditer(cell.text)))), heading)
    return {item.ref.span: item for item in found}


def _found_none(text: str) -> Mapping[Span, _Found]:
    """Nothing, of what is a notebook all the same: a broken one must not pass as one without images."""
    try:
        list(_markdown_cells(text, json.loads(text, parse_int=float)))
    except (ValueError, RecursionError) as error:
        raise ParseError(f"not valid JSON ({error}); mend or exclude the file") from error
    return {}


def _markdown_cells(text: str, notebook: Any) -> Iterator[_Cell]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise ParseError("not a notebook of format 4: it has no list of cells; convert or exclude the file")
    for cell in cells:
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        source = cell.get("source")
        strings = [source] if isinstance(source, LocatedString) else source
        if isinstance(strings, list) and all(isinstance(string, LocatedString) for string in strings):
            attachments = cell.get("attachments")
            yield _cell(text, strings, attachments if isinstance(attachments, dict) else {})


def _cell(text: str, strings: list[LocatedString], attachments: Mapping[str, Any]) -> _Cell:
    offsets = OffsetMap()
    length = 0
    for string in strings:
        located_json.add_offsets(offsets, length, text, string)
        length += len(string)
    return _Cell("".join(strings), offsets, attachments)


def _page(notebook: Mapping[str, Any]) -> FrontMatter:
    metadata = notebook.get("metadata")
    given = metadata if isinstance(metadata, dict) else {}
    title, lang = given.get("title"), given.get("lang")
    return FrontMatter(
        title=str(title) if isinstance(title, str) else "", lang=str(lang) if isinstance(lang, str) else ""
    )


def _in_notebook(cell: _Cell, local: ImageRef) -> _Found:
    slot = None if local.slot is None else Slot(cell.offsets.span(local.slot.at), local.slot.attribute)
    ref = replace(
        local,
        span=cell.offsets.span(local.span),
        slot=slot,
        sources=tuple(_attached(source, cell.attachments) for source in local.sources),
    )
    return _Found(cell, local, ref)


def _attached(source: str, attachments: Mapping[str, Any]) -> str:
    """Return the pixels of an attachment as a data URI, any other source as it is."""
    if not source.startswith(_ATTACHMENT):
        return source
    name = source.removeprefix(_ATTACHMENT)
    bundle = attachments.get(name) or attachments.get(unquote(name))
    for media_type, encoded in bundle.items() if isinstance(bundle, dict) else ():
        content = "".join(encoded) if isinstance(encoded, list) else encoded
        if media_type.startswith("image/") and isinstance(content, str) and media_type != "image/svg+xml":
            return f"data:{media_type};base64,{''.join(content.split())}"
    return source
