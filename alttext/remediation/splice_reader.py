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

_XHTML = "http://www.w3.org/1999/xhtml"
_SHORTCODE_RE = re.compile(
    r"\{\{[<%]\s*+[\w./-](?:(?!\{\{|[%>]\}\}).)*+[%>]\}\}|\{%(?:(?!\{%|%\}).)*+%\}|\{\{[^{}\n]*+\}\}",
    re.DOTALL,
)
# Containers of indented Markdown, and elements that ask for Markdown: as a list item and as an own block.
_INDENTED_RE = re.compile(
    r"""^((?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*)(?:(?:!!!|\?\?\?\+?)[ \t]+(?=["\w])|===[!+]?[ \t]+(?=["']))""",
    re.MULTILINE,
)
_ASKING_RE = re.compile(r"^[ \t]*<[a-z][^<>\n]*\smarkdown\b[^<>\n]*>[ \t]*$", re.MULTILINE | re.IGNORECASE)
# An element whose content is text would swallow the rest of a document that only mentions it.
_SWALLOWER_RE = re.compile(
    r"<(/?)(title|textarea|script|style|xmp|iframe|noembed|noframes|plaintext)\b", re.IGNORECASE
)


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
    if not text.lstrip("\ufeff").startswith("<?xml") and _XHTML not in text[:2000]:
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
    text = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _SHORTCODE_RE.sub(put_aside, text)
    text = _INDENTED_RE.sub(r"\1-   ", _ASKING_RE.sub(r"\g<0>\n", text))
    return events(_without_mentions(_markdown_reader(dialect).render(text))), shortcodes


def _without_mentions(html: str) -> str:
    ends = {match[2].lower(): match.start() for match in _SWALLOWER_RE.finditer(html) if match[1]}

    def spell_out(match: re.Match[str]) -> str:
        is_closed = match[1] or ends.get(match[2].lower(), -1) > match.start()
        return match[0] if is_closed else f"&lt;{match[2]}"

    return _SWALLOWER_RE.sub(spell_out, html)


def aside(number: int) -> str:
    """Return the mark that stands for a shortcode, in private use characters."""
    return f"\ue000{number}\ue001"


def code_depth(event: Event) -> int:
    """Return by how much an event goes into code (1) or leaves it (-1)."""
    return {"start": 1, "end": -1}.get(event.kind, 0) if event.name in {"code", "pre"} else 0


@cache
def _markdown_reader(dialect: str) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    reader.use(front_matter_plugin).use(footnote_plugin)
    # MDX has no indented code, and Markdown between all tags.
    return reader.disable(["code", "html_block"]) if dialect == "mdx" else reader


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
