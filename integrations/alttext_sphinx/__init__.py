"""Sphinx extension: reports images without an alternative, or gives them one in what is built.

Everything happens when a document is about to be written, in the main process: no source is read anew for it,
what was read is kept as it was, and one model serves all documents, however many processes read and write.
See docs/sphinx.md.
"""

import posixpath
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import ENUM
from sphinx.errors import ExtensionError
from sphinx.util import logging

from alttext import AlttextError
from alttext_pages import Page, Piece, Problem, Site, by_piece, rewritten
from alttext_sphinx.doctree import Reader

__all__ = ["setup"]

_LOG = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension, as Sphinx asks for it."""
    app.add_config_value("alttext_mode", "check", "html", ENUM("check", "fix", "off"))
    app.add_config_value("alttext_config", None, "html", (str, type(None)))
    app.connect("doctree-resolved", _document)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _document(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Look at one document as it is about to be written."""
    if not _is_wanted(app):
        return
    try:
        _look(app, doctree, docname)
    except AlttextError as error:
        raise ExtensionError(f"alttext: {docname}: {error}") from error


def _is_wanted(app: Sphinx) -> bool:
    """Builders without a format write nothing that holds alternatives, so `fix` has no sense there."""
    mode = app.config.alttext_mode
    return mode == "check" or (mode == "fix" and bool(app.builder.format))


def _look(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    if not any(doctree.findall(lambda node: isinstance(node, nodes.image | nodes.raw))):
        return
    page = _page(app, docname)
    Reader(page, docname, app.builder.supported_image_types).read(doctree)
    problems = page.problems(fix=app.config.alttext_mode == "fix")
    for piece, some in by_piece(problems):
        _write(piece, some)
    for problem in problems:
        if problem.alt is None:
            _tell(page, problem)


def _page(app: Sphinx, docname: str) -> Page:
    config = app.config.alttext_config
    site = Site(Path(app.srcdir), Path(app.confdir, config) if config else None, app.config.language or "")
    title = app.env.titles[docname].astext() if docname in app.env.titles else ""
    return Page(site, Path(app.srcdir, posixpath.dirname(docname)), title)


def _write(piece: Piece, problems: Sequence[Problem]) -> None:
    node = piece.origin
    if isinstance(node, nodes.raw):
        node[:] = [nodes.Text(rewritten(problems))]
    elif problems[0].alt is not None:
        node["alt"] = problems[0].alt


def _tell(page: Page, problem: Problem) -> None:
    node, rule = problem.piece.origin, problem.finding.rule
    _LOG.warning(page.message(problem), location=_place(node), type="alttext", subtype=rule)


def _place(node: nodes.Node) -> nodes.Node:
    """The nearest node around that knows its line; images in MyST do not."""
    place = node
    while not place.line and place.parent is not None:
        place = place.parent
    return place if place.line else node
