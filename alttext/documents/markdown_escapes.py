r"""How words are escaped so that Markdown reads them back exactly; ordinary sentences stay as they are.

Character references are used for all that could pair with something outside of the image (code spans,
math, table cells, templates), and where renderers disagree on backslash escapes: they mean the same
everywhere. Backslashes are left for ``\ [ ] * _``, which every Markdown knows.
Sources: https://spec.commonmark.org/0.31.2/#backslash-escapes and #entity-and-numeric-character-references
"""

import re

_REFERENCE = r"&(?=\#?[0-9A-Za-z]+;)"
_BRACKETS_RE = re.compile(
    rf"""{_REFERENCE} | [<>`$|{{}}~^\[\]\\]
    | (?<![ ])\* | \*(?![ ]) | (?<![^\W_])_ | _(?![^\W_])""",
    re.VERBOSE,
)
_VALUE_RE = re.compile(rf"{_REFERENCE}|[<>\"`$|{{}}~^\[\]*_\\]")
_TAG_RE = re.compile(r"[`|{}\[]")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def in_brackets(words: str) -> str:
    """Escape words for the brackets of an image, anywhere that an image can stand."""
    # One of these alone is not markup anywhere, but a leading ^ makes a footnote.
    harmless = {mark for mark in "~^" if words.count(mark) == 1 and words[0] != "^"}

    def escape(match: re.Match[str]) -> str:
        mark = match[0]
        if mark in harmless:
            return mark
        return f"\\{mark}" if mark in r"\[]*_" else _reference(match)

    return _BRACKETS_RE.sub(escape, words)


def in_value(words: str) -> str:
    """Escape words for a value between double quotes of an attribute block or a JSX element."""
    return _VALUE_RE.sub(_reference, words)


def in_start_tag(attribute: str) -> str:
    """Escape in an attribute of raw HTML what Markdown and templates would take for theirs."""
    return _TAG_RE.sub(_reference, attribute)


def _reference(match: re.Match[str]) -> str:
    return _NAMED.get(match[0]) or f"&#{ord(match[0])};"
