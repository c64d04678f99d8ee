"""Stage 2: comments by which authors keep images out, or mark the next one as decorative."""

import re
from collections.abc import Iterable
from dataclasses import replace

from alttext.types import ImageRef

_DIRECTIVE_RE = re.compile(r"\s*alttext:\s*(ignore-file|ignore|off|on|decorative)(?=\s|$)", re.IGNORECASE)


def directive(comment: str) -> str | None:
    """Return what a comment asks for, None if it speaks of something else."""
    match = _DIRECTIVE_RE.match(comment)
    return match[1].lower() if match else None


def apply(refs: Iterable[ImageRef], directives: Iterable[tuple[int, str]]) -> list[ImageRef]:
    """Mark the references, which come in source order, by the (offset, directive) pairs of a document."""
    waiting = sorted(directives, reverse=True)
    if not waiting:
        return list(refs)
    whole_file = any(word == "ignore-file" for _, word in waiting)
    off, next_one = whole_file, ""
    marked = []
    for ref in refs:
        while waiting and waiting[-1][0] < ref.span.start:
            _, word = waiting.pop()
            if word in {"ignore", "decorative"}:
                next_one = word
            else:
                off = whole_file or word == "off"
        marked.append(
            replace(
                ref,
                suppressed=ref.suppressed or off or next_one == "ignore",
                decorative=ref.decorative or next_one == "decorative",
            )
        )
        next_one = ""
    return marked
