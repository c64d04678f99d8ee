"""The steps by which one conversion learns which alternatives nobody wrote, and writes them at its end.

Python-Markdown spells `![](cat.jpg)` with an empty alternative, as if its author had marked the image as
decorative. So images are followed through the tree: which come from brackets, and whether an attribute list
gives them an alternative after all. What is then still empty is marked until the page is whole.
"""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from alttext_markdown import place
from alttext_markdown.place import Place
from alttext_pages import Page, by_piece, rewritten

MODES = ("check", "fix", "off")

# Priorities of what the steps have to come before or after: inline 20, attr_list 8, toc 5, relpath 0.
_BEFORE_BRACKETS, _BEFORE_ATTRIBUTE_LISTS, _AFTER_ATTRIBUTE_LISTS, _LAST = 25, 15, 7, -1000
_MARK = ' data-alttext-bare=""'
_MARKED_RE = re.compile(rf"(<img[^<>]*{_MARK}[^<>]*>)")  # no other angle bracket is left in a tag of the tree
_EMPTY = ' alt=""'
_MAY_HOLD_IMAGE_RE = re.compile("<(?:img|image|input|area|svg|object|embed)|role=", re.IGNORECASE)


class MissingAlternativesError(Exception):
    """With `strict`, that images of a page have no alternative."""


class AlttextExtension(Extension):
    """Options are `mode`, `docs_dir`, `config` and `strict`."""

    def __init__(self, **options: Any) -> None:
        """Raises ValueError for an option that there is not."""
        self.config = {
            "mode": ["check", '"check" reports, "fix" also writes what is certain, "off" does nothing'],
            "docs_dir": [".", "folder that sources are relative to, where the host does not know the page"],
            "config": ["", "configuration file of alttext; without one, the closest is taken"],
            "strict": [False, "raise an exception for a page with something to report"],
        }
        try:
            super().__init__(**options)
        except KeyError as error:
            raise ValueError(f"alttext has no option {error}, only {', '.join(self.config)}") from error
        if self.getConfig("mode") not in MODES:
            raise ValueError(f"alttext: mode is one of {', '.join(MODES)}, not {self.getConfig('mode')}")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name in Python-Markdown
        """Register the steps of a conversion."""
        if self.getConfig("mode") == "off":
            return
        images = _Images()
        for priority, step in (
            (_BEFORE_BRACKETS, images.start),
            (_BEFORE_ATTRIBUTE_LISTS, images.empty),
            (_AFTER_ATTRIBUTE_LISTS, images.decide),
            (_LAST, images.mark),
        ):
            md.treeprocessors.register(_Step(md, step), f"alttext-{step.__name__}", priority)
        md.postprocessors.register(_End(md, self, images), "alttext", _LAST)

    def place(self, md: Markdown) -> Place | None:
        """Return where the page is, None to leave it alone."""
        chosen = Path(self.getConfig("config")) if self.getConfig("config") else None
        return place.of_host(md, chosen) or place.plain(Path(self.getConfig("docs_dir")), chosen)

    def finish(self, html: str, at: Place) -> str:
        """Return the HTML of a page without marks, in mode "fix" with alternatives, and tell what is left."""
        page, parts = Page(at.site, at.folder), _MARKED_RE.split(html)
        for number, part in enumerate(parts):
            is_marked = number % 2 == 1
            is_bare = is_marked and page.takes_empty_brackets_for_missing
            parts[number] = part.replace(_MARK, "") if is_marked else part
            page.add(_without_alt(parts[number]) if is_bare else parts[number], number, is_bare=is_bare)
        problems = page.problems(fix=self.getConfig("mode") == "fix")
        for piece, some in by_piece(problems):
            if piece.is_bare and some[0].alt is not None:
                parts[piece.origin] = _with_alt(parts[piece.origin], some[0].alt)
            elif not piece.is_bare:
                parts[piece.origin] = rewritten(some)
        self._tell([page.message(problem) for problem in problems if problem.alt is None], at)
        return "".join(parts)

    def _tell(self, messages: list[str], at: Place) -> None:
        where = f"{at.name}: " if at.name else ""
        for message in messages:
            at.warn(f"alttext: {where}{message}")
        if messages and self.getConfig("strict"):
            raise MissingAlternativesError(
                f"{where}{len(messages)} without a good alternative: {messages[0]}"
            )


def _without_alt(tag: str) -> str:
    return tag.replace(_EMPTY, "", 1)


def _with_alt(tag: str, alt: str) -> str:
    return tag.replace(_EMPTY, f' alt="{escape(alt)}"', 1)


class _Images:
    """The images of one conversion."""

    def __init__(self) -> None:
        self.is_whole = False  # whether the tree is done, so that what comes next is the page

    def start(self, root: Element) -> None:
        """Note the images that do not come from brackets."""
        self.is_whole = False
        self.authored = set(root.iter("img"))

    def empty(self, root: Element) -> None:
        """Take the empty alternatives of empty brackets away, so that one from an attribute list shows."""
        found = set(root.iter("img")) - self.authored
        self.bare = {image for image in found if image.get("alt") == ""}
        for image in self.bare:
            del image.attrib["alt"]

    def decide(self, root: Element) -> None:
        """Give them back where nothing came."""
        self.bare = {image for image in self.bare.intersection(root.iter("img")) if "alt" not in image.attrib}
        for image in self.bare:
            image.set("alt", "")

    def mark(self, root: Element) -> None:
        """Mark those whose alternative nobody wrote, for a moment."""
        name = _MARK.strip().partition("=")[0]
        for image in self.bare.intersection(root.iter("img")):
            image.set(name, "")
        self.is_whole = True


class _Step(Treeprocessor):
    def __init__(self, md: Markdown, step: Callable[[Element], None]) -> None:
        super().__init__(md)
        self.step = step

    def run(self, root: Element) -> None:
        self.step(root)


class _End(Postprocessor):
    """Called for headings on their own, too, before the tree is done."""

    def __init__(self, md: Markdown, extension: AlttextExtension, images: _Images) -> None:
        super().__init__(md)
        self.extension, self.images = extension, images

    def run(self, text: str) -> str:
        if not self.images.is_whole or not _MAY_HOLD_IMAGE_RE.search(text):
            return text
        self.images.is_whole = False
        at = self.extension.place(self.md)
        return self.extension.finish(text, at) if at else text.replace(_MARK, "")
