"""MDX in Markdown: elements, expressions and ES modules in place of raw HTML.

Source: https://mdxjs.com/docs/what-is-mdx/#mdx-syntax
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from alttext.documents import jsx
from alttext.documents.markdown_lines import SPAN, line_of, line_start, push_lines
from alttext.types import Span

JSX = "jsx"  # type and meta key of tokens of elements
CODE = "mdx_code"  # type of tokens of expressions and modules; meta: Span in the content

_BLANK_LINES = 100  # in one statement; more of them mean that a brace is missing


def add_rules(parser: MarkdownIt) -> None:
    """Replace raw HTML, autolinks and indented code by what MDX has instead.

    The rules of blocks interrupt nothing, so they are never asked silently.
    """
    parser.disable(["html_block", "html_inline", "autolink", "code"])
    parser.inline.ruler.before("escape", JSX, _element)
    parser.inline.ruler.before("escape", CODE, _expression)
    parser.block.ruler.before("fence", "mdx_module", _module)
    parser.block.ruler.before("fence", "mdx_flow", _flow)


def _element(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    if (end := _comment_end(state.src, state.pos)) is not None and end <= state.posMax:
        if not silent:
            state.push("html_inline", "", 0).meta[SPAN] = Span(state.pos, end)
        state.pos = end
        return True
    element = jsx.element(state.src, state.pos)
    if element is None or element.span.end > state.posMax:
        return False
    if not silent:
        state.push(JSX, "", 0).meta[JSX] = element
    state.pos = element.span.end
    return True


def _comment_end(text: str, start: int) -> int | None:
    """Return where a comment of HTML ends: MDX has none, but site builders take them out before."""
    end = text.find("-->", start + 4) if text.startswith("<!--", start) else -1
    return None if end < 0 else end + 3


def _expression(state: StateInline, silent: bool) -> bool:
    end = jsx.expression_end(state.src, state.pos)
    if end is None or end > state.posMax:
        return False
    if not silent:
        state.push(CODE, "", 0).meta[CODE] = Span(state.pos, end)
    state.pos = end
    return True


def _flow(state: StateBlock, start_line: int, end_line: int, _silent: bool) -> bool:
    """Take lines of nothing but tags and expressions, which may have blank lines within."""
    end = _flow_end(state.src, line_start(state, start_line))
    last = None if end is None else line_of(state, end, start_line, end_line)
    if last is None:
        return False
    push_lines(state, start_line, last + 1)
    return True


def _flow_end(text: str, start: int) -> int | None:
    end = None
    while text[start : start + 1] in ("<", "{"):
        element = jsx.element(text, start)
        end = element.span.end if element else _comment_end(text, start) or jsx.expression_end(text, start)
        if end is None:
            return None
        start = end
        while text[start : start + 1] in (" ", "\t"):
            start += 1
    return end


def _module(state: StateBlock, start_line: int, end_line: int, _silent: bool) -> bool:
    """Take `import` and `export` statements, to the first blank line outside of braces."""
    start = state.bMarks[start_line]
    if state.blkIndent or not state.src.startswith(("import ", "export ", "import{", "export{"), start):
        return False
    blank = [*(line for line in range(start_line, end_line) if state.isEmpty(line)), end_line]
    ends = (line for line in blank[:_BLANK_LINES] if jsx.is_balanced(state.src[start : state.bMarks[line]]))
    line = next(ends, blank[0])
    push_lines(state, start_line, line)
    state.tokens[-1].type = CODE
    state.tokens[-1].meta[CODE] = Span(0, len(state.tokens[-1].content))
    return True
