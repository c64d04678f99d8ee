"""Where the lines of a Markdown block stand in the source, read while the block parser still knows."""

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from alttext.documents.offsets import OffsetMap

OFFSETS = "offsets"  # meta key of block tokens: OffsetMap from their content to the source
SPAN = "span"  # meta key of inline tokens: Span in the content that they are part of


def line_start(state: StateBlock, line: int) -> int:
    """Return where the words of a line begin, after what block quotes and lists have taken."""
    return state.bMarks[line] + state.tShift[line]


def line_offsets(state: StateBlock, token: Token) -> OffsetMap:
    """Map the content of a token of whole lines: each line is the end of a source line, or a part of it."""
    offsets = OffsetMap()
    line = token.map[0] if token.map else 0
    start = 0
    for content in token.content.split("\n"):
        words = content.lstrip(" \t")
        if words:
            # White space before the words is all that can differ, and lines of nothing else are left out.
            while (found := state.src.find(words, line_start(state, line), state.eMarks[line])) < 0:
                line += 1
            line += 1
            offsets.add(start + len(content) - len(words), len(words), found)
        start += len(content) + 1
    return offsets


def push_lines(state: StateBlock, start_line: int, end_line: int) -> None:
    """Push whole lines as inline content without a paragraph around it."""
    state.line = end_line
    token = state.push("inline", "", 0)
    token.content = state.getLines(start_line, end_line, state.blkIndent, False).strip(" \t\n")
    token.map = [start_line, end_line]
    token.children = []
    token.meta[OFFSETS] = line_offsets(state, token)


def line_of(state: StateBlock, offset: int, start_line: int, end_line: int) -> int | None:
    """Return the line that `offset` ends, None if words follow it there or it is beyond `end_line`."""
    line = start_line
    while line < end_line and state.eMarks[line] < offset:
        line += 1
    if line == end_line or state.src[offset : state.eMarks[line]].strip():
        return None
    return line
