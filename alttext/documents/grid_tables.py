"""Grid tables of Pandoc, each cell of which is a small Markdown document of its own.

Source: https://pandoc.org/MANUAL.html#extension-grid_tables . Read as a paragraph, which they are to
CommonMark, code in one column would reach into the next one.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from alttext.documents.markdown_lines import OFFSETS, line_start
from alttext.documents.offsets import OffsetMap
from alttext.types import Span

_BORDER_RE = re.compile(r"\+(?:[-=:]+\+)+")
_WITHIN = "in_grid_table"  # key of the environment: tables in tables are read as paragraphs


def add_rules(parser: MarkdownIt) -> None:
    """Let a parser look into the cells of grid tables."""
    parser.block.ruler.before("fence", "grid_table", _grid_table)


def _grid_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.env.get(_WITHIN) or state.is_code_block(start_line):
        return False
    lines = list(_lines(state, start_line, end_line))
    rows = _rows(state.src, lines)
    if rows is None or silent:
        return rows is not None
    state.line = start_line + len(lines)
    for row in rows:
        for left, right in _columns(state.src, lines[0], row):
            _read_cell(state, [Span(line.start + left, line.start + right) for line in row])
    return True


def _lines(state: StateBlock, start_line: int, end_line: int) -> Iterator[Span]:
    """Return the lines that have the edge of a table on their left, without the white space at their ends."""
    for line in range(start_line, end_line):
        start, end = line_start(state, line), state.eMarks[line]
        if state.src[start : start + 1] not in {"+", "|"}:
            return
        yield Span(start, start + len(state.src[start:end].rstrip()))


def _rows(text: str, lines: Sequence[Span]) -> list[list[Span]] | None:
    """Return the lines of each row, None if the lines are not as long as the borders around them."""
    if len(lines) < 3 or not all(_BORDER_RE.fullmatch(text, *lines[at]) for at in (0, -1)):
        return None
    rows: list[list[Span]] = []
    for line in lines:
        is_border = text[line.start] == "+"
        if line.end - line.start != lines[0].end - lines[0].start or text[line.end - 1] not in "+|":
            return None
        if is_border and not _BORDER_RE.fullmatch(text, *line):  # a cell goes on through it
            return None
        if is_border:
            rows.append([])
        else:
            rows[-1].append(line)
    return [row for row in rows if row]


def _columns(text: str, border: Span, row: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Return where the cells of a row begin and end; some reach over several columns."""
    corners = (at for at in range(1, border.end - border.start) if text[border.start + at] == "+")
    left = 1
    for corner in corners:
        if all(text[line.start + corner] == "|" for line in row):
            yield left, corner
            left = corner + 1


def _read_cell(state: StateBlock, parts: Sequence[Span]) -> None:
    content, offsets = _cell(state.src, parts)
    tokens: list[Token] = []
    state.env[_WITHIN] = True
    state.md.block.parse(content, state.md, state.env, tokens)
    del state.env[_WITHIN]
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens[0].hidden = tokens[-1].hidden = True  # as in tight lists, and so an image alone is no figure
    for token in tokens:
        if OFFSETS in token.meta:
            token.meta[OFFSETS] = token.meta[OFFSETS].through(offsets)
    state.push("cell_open", "div", 1)
    state.tokens.extend(tokens)
    state.push("cell_close", "div", -1)


def _cell(text: str, parts: Sequence[Span]) -> tuple[str, OffsetMap]:
    """Return what stands in a cell without the space beside its edge, and the way back to the text."""
    lines = [text[part.start : part.end].rstrip() for part in parts]
    indent = int(all(line.startswith(" ") for line in lines if line))
    offsets = OffsetMap()
    length = 0
    for line, part in zip(lines, parts, strict=True):
        offsets.add(length, max(0, len(line) - indent), part.start + indent)
        length += max(0, len(line) - indent) + 1
    return "\n".join(line[indent:] for line in lines), offsets
