"""Markdown tokens that know where they stand: markdown-it's own rules, with their positions kept.

Sources: https://spec.commonmark.org/0.31.2/, https://github.github.com/gfm/
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from alttext.documents import attribute_blocks, grid_tables, markdown_containers, mdx, shortcodes
from alttext.documents.attribute_blocks import AttributeBlock
from alttext.documents.markdown_lines import OFFSETS, SPAN, line_offsets, line_start
from alttext.documents.offsets import OffsetMap
from alttext.documents.rendered_page import MASKED_QUOTES
from alttext.types import Span

_WITH_CONTENT = frozenset({"inline", "html_block"})
BlockRule = Callable[[StateBlock, int, int, bool], bool]

_DEEPEST = 100  # levels, of which a list takes two; deeper than anybody nests, and well within Python's stack

IMAGE = "image"  # of image tokens: ImageSyntax

_BLOCK_RULES: tuple[tuple[str, BlockRule, tuple[str, ...]], ...] = (
    ("html_block", rules_block.html_block, ("paragraph", "reference", "blockquote")),
    ("heading", rules_block.heading, ("paragraph", "reference", "blockquote")),
    ("lheading", rules_block.lheading, ()),
    ("paragraph", rules_block.paragraph, ()),
)
# `![]({{ site.url }}/a.png)` is an image once the template has run, so its spaces must not end the address.
_TEMPLATE_ADDRESS_RE = re.compile(r"(?<=\]\()[^\s(){}]*+(?:\{\{[^{}\n]*+\}\}|\{%[^{}\n]*%\})")
_TEMPLATE_SPACE = "\ue000"
# `<img src="{{ "/a.png" | relative_url }}">` likewise; its quotes must not end the value.
_TEMPLATE_VALUE_RE = re.compile(r"""(?<==["'])(?:\{\{[^{}\n]*+\}\}|\{%[^{}\n]*%\})""")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a document may contain beyond CommonMark, GFM tables, footnotes and math."""

    mdx: bool = False
    figure_attribute: str = ""  # where brackets are a visible caption: holds the alternative; "?" is unknown


@dataclass(frozen=True, slots=True)
class ImageSyntax:
    """The parts of a Markdown image, in offsets of the content of its inline token."""

    brackets: Span  # between the brackets
    end: int  # where the image ends, without an attribute block
    block: AttributeBlock | None = None


def tokenize(text: str, dialect: Dialect) -> tuple[list[Token], MarkdownIt]:
    """Parse a text with line feeds only; inline and raw HTML tokens carry their places in `meta`."""
    parser = _parser(dialect.mdx, bool(dialect.figure_attribute))
    masked = _TEMPLATE_ADDRESS_RE.sub(lambda match: re.sub(r"\s", _TEMPLATE_SPACE, match[0]), text)
    masked = _TEMPLATE_VALUE_RE.sub(lambda match: match[0].translate(MASKED_QUOTES), masked)
    return parser.parse(shortcodes.masked(masked)), parser


class _Parser(MarkdownIt):
    """Takes addresses that markdown-it refuses or rewrites although other renderers do not."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return url[:11].lower() == "data:image/" or super().validateLink(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        if "{{" in url or "{%" in url:
            return url.replace(_TEMPLATE_SPACE, " ")
        return url if url[:5].lower() == "data:" else super().normalizeLink(url)


@cache
def _parser(is_mdx: bool, fenced_divs: bool) -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, allow_blank_lines=False)
    footnote_plugin(parser, inline=False, move_to_end=False)
    for name, rule, interrupted in _BLOCK_RULES:
        parser.block.ruler.at(name, _located(rule, _map_lines), {"alt": list(interrupted)})
    parser.block.ruler.at(
        "table", _located(rules_block.table, _map_cells), {"alt": ["paragraph", "reference"]}
    )
    parser.inline.ruler.at("image", _mdx_image if is_mdx else _image)
    parser.inline.ruler.at("html_inline", _html_inline)
    shortcodes.add_rules(parser)
    if is_mdx:
        mdx.add_rules(parser)
    else:
        grid_tables.add_rules(parser)
    markdown_containers.add_rules(parser, fenced_divs=fenced_divs)
    return parser


def _located(rule: BlockRule, locate: Callable[[StateBlock, Iterable[Token]], None]) -> BlockRule:
    """Run a rule of markdown-it while its state still knows where lines begin, and keep that."""

    def located(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        before = len(state.tokens)
        found = rule(state, start_line, end_line, silent)
        if found and not silent:
            locate(state, [token for token in state.tokens[before:] if token.type in _WITH_CONTENT])
        return found

    return located


def _map_lines(state: StateBlock, tokens: Iterable[Token]) -> None:
    for token in tokens:
        token.meta[OFFSETS] = line_offsets(state, token)


def _map_cells(state: StateBlock, tokens: Iterable[Token]) -> None:
    r"""Map table cells, which stand in order in their line, with `\|` for `|`."""
    reached: dict[int, int] = {}
    for token in tokens:
        line = token.map[0] if token.map else 0
        source = token.content.replace("|", r"\|")
        position = state.src.index(source, reached.get(line, line_start(state, line)))
        reached[line] = position + len(source)
        offsets = token.meta[OFFSETS] = OffsetMap()
        start = 0
        for part in token.content.split("|"):
            offsets.add(start, len(part), position)
            offsets.add(start + len(part), 1, position + len(part), 2)
            start += len(part) + 1
            position += len(part) + 2


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = rules_inline.image(state, silent)
    if not found:
        return False
    end = state.pos
    block = attribute_blocks.match(state.src, end, state.posMax) if state.src[end : end + 1] == "{" else None
    state.pos = end if block is None else block.span.end
    if not silent:
        _locate_image(state.tokens[-1], start, end, block)
    return True


def _mdx_image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = rules_inline.image(state, silent)
    if found and not silent:
        _locate_image(state.tokens[-1], start, state.pos, None)
    return found


def _locate_image(token: Token, start: int, end: int, block: AttributeBlock | None) -> None:
    token.meta[SPAN] = Span(start, end if block is None else block.span.end)
    token.meta[IMAGE] = ImageSyntax(Span(start + 2, start + 2 + len(token.content)), end, block)


def _html_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    found = rules_inline.html_inline(state, silent)
    if found and not silent:
        state.tokens[-1].meta[SPAN] = Span(start, state.pos)
    return found
