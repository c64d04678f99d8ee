"""Containers of Markdown dialects whose content is Markdown again.

Sources: https://python-markdown.github.io/extensions/admonition/, .../md_in_html/,
https://facelessuser.github.io/pymdown-extensions/extensions/tabbed/,
https://pandoc.org/MANUAL.html#extension-fenced_divs
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from alttext.documents.markdown_lines import OFFSETS, line_offsets, line_start

_ENDS = ["paragraph", "reference", "blockquote", "list"]
_INDENTED_RE = re.compile(
    r"""(?: (?:!!!|\?\?\?\+?)[ \t]+(?=["\w])[\w \t-]*(?:"[^\n]*")?
          | ===[!+]?[ \t]+(?:"[^\n]*"|'[^\n]*') )[ \t]*$""",
    re.VERBOSE,
)
_INDENT = 4
_MARKDOWN_ELEMENT_RE = re.compile(
    r"""<[a-z][a-z0-9]*(?:\s[^<>]*)?\smarkdown(?:\s*=\s*["']?(?:1|block|span|true|markdown)["']?)?(?:\s[^<>]*)?>\s*""",
    re.IGNORECASE,
)
_FENCED_DIV_RE = re.compile(r":{3,}(?![^\n]*<[A-Za-z/!?])[^\n]*")


def add_rules(parser: MarkdownIt, *, fenced_divs: bool) -> None:
    """Let a parser look into containers."""
    parser.block.ruler.before("fence", "indented_container", _indented, {"alt": _ENDS})
    parser.block.ruler.before("html_block", "markdown_element", _markdown_element, {"alt": _ENDS[:3]})
    if fenced_divs:
        parser.block.ruler.before("fence", "fenced_div", _fenced_div, {"alt": _ENDS})


def _begins(state: StateBlock, line: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    if state.is_code_block(line):
        return None
    return pattern.match(state.src, line_start(state, line), state.eMarks[line])


def _indented(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read the lines that are indented below an admonition or tab."""
    if _begins(state, start_line, _INDENTED_RE) is None:
        return False
    if silent:
        return True
    last = start_line + 1
    while last < end_line and (state.isEmpty(last) or state.sCount[last] >= state.blkIndent + _INDENT):
        last += 1
    line_max, state.lineMax = state.lineMax, last
    state.blkIndent += _INDENT
    state.md.block.tokenize(state, start_line + 1, last)
    state.blkIndent -= _INDENT
    state.lineMax = line_max
    state.line = last
    return True


def _markdown_element(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Take `<figure markdown>` for itself, so that what follows is no raw HTML."""
    match = _begins(state, start_line, _MARKDOWN_ELEMENT_RE)
    if match is None or match.end() < state.eMarks[start_line]:
        return False
    if not silent:
        state.line = start_line + 1
        token = state.push("html_block", "", 0)
        token.map = [start_line, start_line + 1]
        token.content = match[0]
        token.meta[OFFSETS] = line_offsets(state, token)
    return True


def _fenced_div(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Keep `:::` lines out of the paragraphs of Pandoc and Quarto."""
    if _begins(state, start_line, _FENCED_DIV_RE) is None:
        return False
    if not silent:
        state.line = start_line + 1
    return True
