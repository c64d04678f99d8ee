"""Stage 9: put edits into a text, and prove that nothing but alternatives has changed.

The proof does not trust the readers that found the places: lxml reads HTML, plain markdown-it reads
Markdown, and one more conforming parse of HTML must find exactly the intended attributes.
"""

from collections.abc import Sequence

from alttext.errors import VerificationError
from alttext.remediation import splice_notebook, splice_tree
from alttext.remediation.splice_compare import Comparison, html_intents, markdown_intents
from alttext.types import Edit, Span


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with all edits made, in whatever order they come. Raises `ValueError` on overlaps."""
    parts: list[str] = []
    done = 0
    for edit in _in_order(text, edits):
        parts += (text[done : edit.span.start], edit.text)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def verify(before: str, after: str, edits: Sequence[Edit], format: str) -> None:  # noqa: A002 - as everywhere
    """Return if `after` is `before` with the alternatives that `edits` spell, and nothing else.

    `format` is one of html, markdown, quarto, mdx and notebook. Raises `VerificationError`.
    """
    ordered = _in_order(before, edits)
    _verify_arithmetic(before, after, ordered)
    texts = [edit.text for edit in ordered]
    replaced = [before[edit.span.start : edit.span.end] for edit in ordered]
    if format == "html":
        intents = html_intents(texts, replaced)
        Comparison(intents).html(before, after)
        splice_tree.verify(before, after, ordered, intents)
    elif format == "notebook":
        splice_notebook.verify(before, after, texts, replaced)
    else:
        Comparison(markdown_intents(texts, replaced)).markdown(before, after, format)


def _in_order(text: str, edits: Sequence[Edit]) -> list[Edit]:
    ordered = sorted(edits, key=lambda edit: edit.span)
    last = Span(-1, 0)
    for edit in ordered:
        start, end = edit.span
        if start < last.end or edit.span == last or not start <= end <= len(text):
            raise ValueError(f"the edit at {start} to {end} overlaps the one before it or leaves the text")
        last = edit.span
    return ordered


def _verify_arithmetic(before: str, after: str, ordered: Sequence[Edit]) -> None:
    """Take the edits out of `after` again: every other character must be the one that was there."""
    done = shift = 0
    for edit in (*ordered, Edit(Span(len(before), len(before)), "")):
        start, end = edit.span
        is_same = before[done:start] == after[done + shift : start + shift]
        if not is_same or not after.startswith(edit.text, start + shift):
            raise VerificationError(f"the text differs from what the edits make near offset {done}")
        done = end
        shift += len(edit.text) - (end - start)
    if len(after) != len(before) + shift:
        raise VerificationError("the text is longer or shorter than the edits make it")
