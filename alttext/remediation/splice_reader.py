"""Stage 9: a second reader, independent of the one that found the images.

lxml reads HTML, plain markdown-it turns Markdown into HTML first.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

_SHORTCODE_RE = re.compile(r"\{\{[<%](?:(?!\{\{|[%>]\}\}).)*+[%>]\}\}|\{%(?:(?!\{%|%\}).)*+%\}", re.DOTALL)


class Event(NamedTuple):
    """One step of a reader through a document."""

    kind: str  # "start", "end", "text", "comment", "instruction", "doctype"
    name: str
    attributes: tuple[tuple[str, str], ...]
    text: str  # what stands before this step, or in the comment or instruction


def events(html: str) -> list[Event]:
    """Read HTML with lxml as a sequence of steps."""
    target = _Target()
    parser = etree.HTMLParser(target=cast(Any, target), encoding="utf-8", huge_tree=True)
    if html:
        parser.feed(html.replace("\0", "\ufffd").encode("utf-8", "replace"))
        parser.close()
    target.step("end", "#document")
    return target.events


def xml_events(text: str) -> list[Event] | None:
    """Read a document that says it is XML as a sequence of steps, None if it is not well-formed."""
    if not text.lstrip("\ufeff").startswith("<?xml"):
        return None
    target = _Target()
    parser = etree.XMLParser(target=cast(Any, target), encoding="utf-8", no_network=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        return None
    return target.events


def rendered(markdown: str, dialect: str) -> tuple[list[Event], list[str]]:
    """Read what Markdown renders to, and its shortcodes, which stand in the text as `aside` tells."""
    shortcodes: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        shortcodes.append(match[0])
        return aside(len(shortcodes) - 1)

    # The quotes and backticks of shortcodes are no Markdown.
    text = _SHORTCODE_RE.sub(put_aside, markdown)
    return events(_markdown_reader(dialect).render(text)), shortcodes


def aside(number: int) -> str:
    """Return the mark that stands for a shortcode, in private use characters."""
    return f"\ue000{number}\ue001"


def code_depth(event: Event) -> int:
    """Return by how much an event goes into code (1) or leaves it (-1)."""
    return {"start": 1, "end": -1}.get(event.kind, 0) if event.name in {"code", "pre"} else 0


@cache
def _markdown_reader(dialect: str) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.use(front_matter_plugin).use(footnote_plugin)
    return reader.disable("code") if dialect == "mdx" else reader  # MDX has no indented code


class _Target:
    """Receives the steps of lxml, see https://lxml.de/parsing.html#the-target-parser-interface."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._text: list[str] = []

    def step(self, kind: str, name: str, attributes: Sequence[tuple[str, str]] = ()) -> None:
        self.events.append(Event(kind, name, tuple(attributes), "".join(self._text)))
        self._text.clear()

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        self.step("start", tag, tuple(attrib.items()))

    def end(self, tag: str) -> None:
        self.step("end", tag)

    def data(self, data: str) -> None:
        self._text.append(data)

    def comment(self, text: str) -> None:
        self.step("text", "#text")
        self.events.append(Event("comment", "", (), text))

    def pi(self, target: str, data: str | None = None) -> None:
        self.step("text", "#text")
        self.events.append(Event("instruction", target, (), data or ""))

    def doctype(self, *parts: str | None) -> None:
        self.events.append(Event("doctype", " ".join(part or "" for part in parts), (), ""))

    def close(self) -> None:
        """Nothing is left to do."""
