"""Whether somebody wrote an empty alternative in MyST, where `![]()` gives an image just the same one."""

import posixpath
import re
from pathlib import Path, PurePath

from docutils import nodes

import alttext
from alttext import AlttextError, ImageKind

_FORMATS = {".md": "markdown", ".markdown": "markdown", ".myst": "markdown", ".ipynb": "notebook"}
_DIRECTIVE_RE = re.compile(r"[\s>*+-]*[`:~]{3,}\s*\{[^}]*(?:image|figure)")


class Brackets:
    """The sources of one document, read where there is a doubt."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.decorative: dict[str, frozenset[str]] = {}

    def made(self, node: nodes.image) -> bool:
        """Whether empty brackets made an image with an empty alternative, not an option or HTML tag.

        In reStructuredText there is only the option.
        """
        source = node.source or ""
        if PurePath(source).suffix.lower() not in _FORMATS:
            return False
        self._open(source)
        lines = self.texts[source].splitlines()
        line = lines[node.line - 1] if node.line and node.line <= len(lines) else ""
        return not _DIRECTIVE_RE.match(line) and _name(node["uri"]) not in self.decorative[source]

    def _open(self, source: str) -> None:
        if source not in self.texts:
            text = _read(source)
            self.texts[source] = text
            self.decorative[source] = _decorative(text, _FORMATS[PurePath(source).suffix.lower()])


def _read(source: str) -> str:
    try:
        return Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _decorative(text: str, format: str) -> frozenset[str]:  # noqa: A002
    """The names of the files that an HTML tag shows as decorative."""
    try:
        found = alttext.find_images(text, format)
    except AlttextError:
        return frozenset()
    return frozenset(_name(ref.src) for ref in found if ref.kind is not ImageKind.MARKDOWN and ref.alt == "")


def _name(source: str) -> str:
    return posixpath.basename(source)
