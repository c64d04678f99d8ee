"""Judges of what `alttext.rewrite` did that share nothing with it: other parsers, and plain comparison.

lexbor reads HTML, expat XML, cmark Markdown; alttext itself reads with JustHTML, lxml and markdown-it.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any
from xml.parsers import expat

import cmarkgfm
from cmarkgfm.cmark import Options
from selectolax.lexbor import LexborHTMLParser

BEGIN, END = "Zq0", "0qZ"  # nothing else in a document looks like these
WORDS = (
    f'{BEGIN} Tom\'s "old" dog,\t50 % <b>山</b> & &amp; [x](y) *z* _a_ `b`\n$c$ | \\ ~~d~~ {{e}} ^f'
    f" <!-- g --> </p> é 😀 ](h) '' {END}"
)
SAID = " ".join(WORDS.split())

_MARKED_RE = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
_BEFORE_RE = re.compile(
    r"""\s?\{?(?:(?:[\w.-]*alt|aria-label)=(?:\\?["'`]|&quot;))?"""
)  # what is written before words
_AFTER_RE = re.compile(r"""(?:\\?["'`]|&quot;)?\s?\}?""")
_FARTHEST = 24  # characters that are written before and after words
_SERIALISED_RE = re.compile(rf' (?:alt|aria-label)="({_MARKED_RE.pattern})"', re.DOTALL)
_SAYS_NOTHING_RE = re.compile(
    r' (?:alt="\s*No description has been provided for this image[\s.]*"|aria-label="\s*")'
)
_MARKDOWN = ["table", "strikethrough"]


class BrokenPromiseError(AssertionError):
    """A promise that was not kept."""


def require(is_kept: object, promise: str, *facts: object) -> None:
    """Raise `BrokenPromiseError` unless a promise is kept."""
    if not is_kept:
        raise BrokenPromiseError(": ".join([promise, *(repr(fact)[:200] for fact in facts)]))


def insertions(before: str, after: str, replaced: Sequence[str] = ()) -> int:
    """How many alternatives were inserted, where taking them out gives `before`. Else a promise is broken.

    Only what is in `replaced` may have stood in the place of one.
    """
    states = {(0, 0)}  # how much of each text explains the other
    count = 0
    for match in _MARKED_RE.finditer(after):
        count += 1
        old = [text for each in replaced for text in (each, f"{each}]", f"{each}][]")]
        ends = [*_ends(after, match.end()), *(match.end() + len(f"][{each}]") for each in replaced)]
        states = {
            (reached, end)
            for place in states
            for start in _starts(after, match.start())
            for reached in _reached(before, after, place, start, old)
            for end in ends
        }
        require(states, "text before an alternative has changed", after[: match.start()][-80:])
    is_same = any(before[reached:] == after[at:] for reached, at in states)
    require(is_same, "text after an alternative has changed", after[-80:])
    return count


def _starts(after: str, words: int) -> Iterator[int]:
    for start in range(max(0, words - _FARTHEST), words + 1):
        if _BEFORE_RE.fullmatch(after, start, words):
            yield start


def _ends(after: str, words: int) -> Iterator[int]:
    for end in range(words, min(len(after), words + _FARTHEST) + 1):
        if _AFTER_RE.fullmatch(after, words, end):
            yield end


def _reached(
    before: str, after: str, place: tuple[int, int], start: int, old: Sequence[str]
) -> Iterator[int]:
    reached, at = place
    if start >= at and before.startswith(after[at:start], reached):
        reached += start - at
        yield reached
        yield from (reached + len(text) for text in old if before.startswith(text, reached))


def html(before: str, after: str, count: int) -> None:
    """Judge HTML as browsers read it: the same tree, with `count` alternatives more."""
    old, new = LexborHTMLParser(_without_surrogates(before)), LexborHTMLParser(_without_surrogates(after))
    said = [unescape(value) for value in _SERIALISED_RE.findall(new.html or "")]
    require(all(value == SAID for value in said), "an attribute says something else", said)
    require(len(said) == count, "other than one attribute for each edit", len(said), count)
    require(_plain(old) == _plain(new), "the tree has changed")
    for node in new.root.traverse(include_text=True) if new.root else ():
        is_text = node.tag in {"-text", "-comment"}
        require(not is_text or BEGIN not in (node.html or ""), "words became text", node.html)


def _plain(page: LexborHTMLParser) -> str:
    return _SAYS_NOTHING_RE.sub("", _SERIALISED_RE.sub("", page.html or ""))


def _without_surrogates(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def xml(before: str, after: str, count: int) -> None:
    """Judge XML: if it was well-formed it still is, with the same content and `count` alternatives more."""
    old = _xml_steps(before)
    if old is None:
        return
    new = _xml_steps(after)
    require(new is not None, "the document is not well-formed any more")
    said = [value for step in new or () for value in step if BEGIN in str(value)]
    require(said == [SAID] * count, "other than one attribute for each edit", said)
    require(_unsaid(old) == _unsaid(new or []), "the XML has changed")


def _unsaid(steps: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [
        step
        for step in steps
        if step != ("attribute", "alt", SAID)
        and step != ("attribute", "aria-label", SAID)
        and not _SAYS_NOTHING_RE.fullmatch(' {1}="{2}"'.format(*step, "", ""))
    ]


def _xml_steps(text: str) -> list[tuple[Any, ...]] | None:
    steps: list[tuple[Any, ...]] = []
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        steps.append(("start", name))
        steps.extend(("attribute", *item) for item in attributes.items())

    parser.StartElementHandler = start
    for kind in ("EndElement", "CharacterData", "Comment", "ProcessingInstruction", "StartCdataSection"):
        setattr(parser, f"{kind}Handler", _noting(steps, kind))
    try:
        parser.Parse(_without_surrogates(text).encode(), True)
    except expat.ExpatError:
        return None
    return steps


def _noting(steps: list[tuple[Any, ...]], kind: str) -> Callable[..., None]:
    return lambda *facts: steps.append((kind, *facts))


def markdown(before: str, after: str, replaced: Sequence[str] = ()) -> None:
    """Judge Markdown as GitHub reads it: it renders to the same, with alternatives more."""
    insertions(_rendered(before), _rendered(after), replaced)


def _rendered(text: str) -> str:
    return cmarkgfm.markdown_to_html_with_extensions(
        _without_surrogates(text),
        Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES,
        extensions=_MARKDOWN,
    )


def notebook(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Judge the JSON of a notebook: return the sources of its Markdown cells; all else must be the same."""
    old, new = (json.loads(text.removeprefix("\ufeff"), strict=False) for text in (before, after))
    sources = list(zip(_taken_sources(old), _taken_sources(new), strict=True))
    require(json.dumps(old) == json.dumps(new), "the notebook has changed outside its Markdown")
    return iter(sources)


def _taken_sources(notebook: Any) -> Iterator[str]:
    for cell in notebook["cells"]:
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown" and "source" in cell:
            given = cell["source"]
            cell["source"] = len(given) if isinstance(given, list) else None
            yield "".join(map(str, given)) if isinstance(given, list) else str(given)
