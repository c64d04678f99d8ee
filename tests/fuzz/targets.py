"""What the fuzzer tries: a target for each format, which asserts what `alttext.rewrite` promises."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import alttext
from alttext.documents import source
from alttext.types import ImageKind, ImageRef
from tests.fuzz import documents, judges
from tests.fuzz.judges import BEGIN, WORDS, require


@dataclass(frozen=True, slots=True)
class Target:
    """How a format is tried."""

    format: str  # as alttext calls it
    document: Callable[[bytes], bytes]  # from the bytes of the fuzzer
    judge: Callable[["Rewritten"], None]  # who shares nothing with alttext


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A document before and after, as text in its own encoding."""

    before: str
    after: str
    count: int  # of alternatives that were written
    replaced: Sequence[str]  # what stood where some of them were written
    kinds: frozenset[ImageKind]


def _judge_html(made: Rewritten) -> None:
    if made.before.lstrip("\ufeff").startswith("<?xml") or "//www.w3.org/1999/xhtml" in made.before:
        judges.xml(made.before, made.after, made.count)
    else:
        judges.html(made.before, made.after, made.count)


def _judge_xhtml(made: Rewritten) -> None:
    judges.xml(made.before, made.after, made.count)


def _judge_markdown(made: Rewritten) -> None:
    if ImageKind.SHORTCODE not in made.kinds:  # which GitHub takes for text
        judges.markdown(made.before, made.after, made.replaced)


def _judge_notebook(made: Rewritten) -> None:
    for before, after in judges.notebook(made.before, made.after):
        judges.insertions(before, after, made.replaced)
        if ImageKind.SHORTCODE not in made.kinds:
            judges.markdown(before, after, made.replaced)


def _judge_nothing(_: Rewritten) -> None:
    """Nobody else reads MDX in Python."""


TARGETS: Mapping[str, Target] = {
    "html": Target("html", documents.html, _judge_html),
    "xhtml": Target("html", documents.xhtml, _judge_xhtml),
    "markdown": Target("markdown", documents.markdown, _judge_markdown),
    "mdx": Target("mdx", documents.markdown, _judge_nothing),
    "quarto": Target("quarto", documents.markdown, _judge_markdown),
    "notebook": Target("notebook", documents.notebook, _judge_notebook),
}


def check(name: str, data: bytes) -> str:
    """Try one input. Raises `BrokenPromiseError`, or whatever alttext raises although it never should.

    Returns what became of it: "rejected", "nothing asked", "written" or "refused".
    """
    target = TARGETS[name]
    document = target.document(data)
    try:
        same = alttext.rewrite(document, target.format, lambda _: None)
    except alttext.ParseError:
        return "rejected"
    require(same == document, "without words something has changed")
    asked: list[ImageRef] = []
    refused: list[ImageRef] = []
    after = alttext.rewrite(
        document, target.format, lambda ref: asked.append(ref) or WORDS, on_refused=refused.append
    )
    if not asked or BEGIN.encode() in document:
        return "nothing asked"
    _judge(target, document, after, asked, refused)
    _ask_again(target, document, after, refused)
    return "refused" if refused else "written"


def timed(name: str, data: bytes) -> tuple[float, bool]:
    """How long a processor takes to write a few words for each image of 64 KB; whether some are refused.

    Which of many are to be refused is found out in several attempts.
    """
    target = TARGETS[name]
    document = target.document(data)
    refused: list[ImageRef] = []
    started = time.process_time()
    with suppress(alttext.ParseError):
        alttext.rewrite(document, target.format, lambda _: "A dog", on_refused=refused.append)
    share = min(1.0, documents.LONGEST / len(document)) if document else 1.0
    return (time.process_time() - started) * share, bool(refused)


def _judge(
    target: Target, document: bytes, after: bytes, asked: Sequence[ImageRef], refused: Sequence[ImageRef]
) -> None:
    opened, now = source.decode(document, target.format), source.decode(after, target.format)
    require((opened.encoding, opened.bom) == (now.encoding, now.bom), "it would be read in another encoding")
    places = [ref.slot.at for ref in asked if ref.slot]
    replaced = sorted({opened.text[start:end] for start, end in places} - {""})
    count = len(asked) - len(refused)
    made = Rewritten(opened.text, now.text, count, replaced, frozenset(ref.kind for ref in asked))
    require(judges.insertions(made.before, made.after, replaced) == count, "not as many as were answered")
    if not opened.encoding.startswith("utf-16"):
        bytes_replaced = [text.encode(opened.encoding, opened.errors).decode("latin-1") for text in replaced]
        judges.insertions(document.decode("latin-1"), after.decode("latin-1"), bytes_replaced)
    target.judge(made)


def _ask_again(target: Target, document: bytes, after: bytes, refused: Sequence[ImageRef]) -> None:
    again: list[ImageRef] = []
    same = alttext.rewrite(after, target.format, again.append)
    require(same == after, "asking again has changed something")
    sources = [ref.src for ref in again], [ref.src for ref in refused]
    require(sources[0] == sources[1], "asked again about what was answered", *sources)
    before, now = (alttext.find_images(each, target.format) for each in (document, after))
    require([ref.src for ref in before] == [ref.src for ref in now], "other images than before")
