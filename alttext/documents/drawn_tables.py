"""Tables that are drawn with characters, in which a cell that grows would move the columns beside it.

Source: https://pandoc.org/MANUAL.html#tables (grid tables and simple tables)
"""

import re
from bisect import bisect
from functools import lru_cache

from alttext.types import Span

_RULE_RE = re.compile(r"^[ \t>]*(?:\+(?:[-=:]+\+)+|-{2,}(?:[ \t]+-{2,})+)[ \t]*$", re.MULTILINE)
_BLANK_RE = re.compile(r"^[ \t>]*$", re.MULTILINE)


def hold(text: str, offset: int) -> bool:
    """Whether the place is in such a table. The text has line feeds only."""
    return any(start <= offset < end for start, end in _tables(text))


@lru_cache(maxsize=4)
def _tables(text: str) -> tuple[Span, ...]:
    """Return the tables, which end at blank lines; kept, because every image of a text asks again."""
    rules = [rule.start() for rule in _RULE_RE.finditer(text)]
    if not rules:
        return ()
    ends = [-1, *(blank.start() for blank in _BLANK_RE.finditer(text)), len(text)]
    blocks = {bisect(ends, rule) for rule in rules}
    return tuple(Span(ends[block - 1] + 1, ends[block]) for block in sorted(blocks))
