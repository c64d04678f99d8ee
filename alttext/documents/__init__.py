"""Documents: from paths to image references, and how each format spells an alternative."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from alttext.documents import html, markdown, notebook
from alttext.documents.source import Source, referenced
from alttext.errors import ParseError
from alttext.types import Edit, ImageRef


class Format(NamedTuple):
    """How documents of one format are read and edited."""

    parse: Callable[[str], list[ImageRef]]
    alt_edit: Callable[[str, ImageRef, str], Edit]


FORMATS: Mapping[str, Format] = {
    "html": Format(html.parse, html.alt_edit),
    "markdown": Format(markdown.parse, markdown.alt_edit),
    "mdx": Format(markdown.parse_mdx, markdown.alt_edit),
    "notebook": Format(notebook.parse, notebook.alt_edit),
    "quarto": Format(markdown.parse_quarto, markdown.alt_edit),
}
SUFFIXES: Mapping[str, str] = {
    ".htm": "html",
    ".html": "html",
    ".ipynb": "notebook",
    ".markdown": "markdown",
    ".md": "markdown",
    ".mdown": "markdown",
    ".mdx": "mdx",
    ".qmd": "quarto",
    ".rmd": "quarto",
    ".xhtml": "html",
}


def format_of(path: PurePath | str) -> str | None:
    """Return the format that the suffix of a path stands for, None for any other document."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def parse(text: str, format: str, *, implicit_figures: bool = False) -> list[ImageRef]:  # noqa: A002
    """Return every image reference of a document in source order.

    `implicit_figures` tells that plain Markdown is for a renderer that shows the brackets of a lone image
    as its caption. Raises `ParseError` if the text cannot be read as the format, or nobody knows that format.
    """
    if implicit_figures and format == "markdown":
        return markdown.parse(text, implicit_figures=True)
    return _format(format).parse(text)


def alt_edit(text: str, format: str, ref: ImageRef, alt: str, opened: Source | None = None) -> Edit:  # noqa: A002
    """Return the edit that gives an image of `parse(text, format)` this alternative.

    HTML spells it in the encoding of the bytes that were `opened`, with references for what that lacks.
    Raises `ParseError` where nothing may be written, see `ImageRef.blocked`.
    """
    edit = _format(format).alt_edit(text, ref, alt)
    return replace(edit, text=referenced(opened, edit.text)) if opened and format == "html" else edit


def _format(name: str) -> Format:
    found = FORMATS.get(name)
    if found is None:
        raise ParseError(f"unknown format {name!r}: use one of {', '.join(FORMATS)}")
    return found
