"""The central promise, on documents of awkward pieces: nothing but alternatives ever changes."""

import codecs
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alttext
from alttext import documents
from alttext.documents import source
from tests.pieces import BLOCKS, FRONT, HTML, INLINE, WORDS

# The same examples everywhere, so that a failure is one for everybody.
examples = settings(max_examples=50, derandomize=True)


@st.composite
def html_documents(draw):
    return "".join(draw(st.lists(st.sampled_from(HTML), max_size=12)))


@st.composite
def markdown_documents(draw):
    """Paragraphs and blocks, some of them inside of lists and quotes, with one kind of line ends."""
    paragraph = st.lists(st.sampled_from(INLINE), max_size=5).map("".join)
    block = st.one_of(paragraph, st.sampled_from(BLOCKS))
    nested = st.tuples(block, st.lists(st.sampled_from(["> ", "- ", "1.  ", "*\t", "  "]), max_size=2))
    body = [_nest(*each) for each in draw(st.lists(nested, max_size=4))]
    text = draw(st.sampled_from(FRONT)) + draw(st.sampled_from(["\n\n", "\n"])).join(body)
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace(
        "\n", draw(st.sampled_from(["\n", "\r\n", "\r"]))
    )


def _nest(block, prefixes):
    for prefix in prefixes:
        rest = prefix if prefix.strip() in {"", ">"} else " " * len(prefix.expandtabs(4))
        block = prefix + block.replace("\n", "\n" + rest)
    return block


@st.composite
def notebooks(draw):
    """Cells of all kinds; those of Markdown may be lists of lines, and have attachments."""
    cells = draw(st.lists(st.one_of(st.sampled_from(OTHER_CELLS), markdown_cells()), max_size=4))
    text = json.dumps(
        {"cells": cells, "nbformat": 4},
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 1])),
    )
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def markdown_cells(draw):
    source = draw(markdown_documents()).removeprefix("\ufeff")
    lines = source.splitlines(keepends=True) if draw(st.booleans()) else source
    attachments = draw(st.sampled_from([{}, {"attachments": ATTACHMENTS}]))
    return {"cell_type": "markdown", "metadata": {"x": 1.50}, "source": lines} | attachments


ATTACHMENTS = {"a.jpg": {"image/jpeg": "AA=="}, "b c.jpg": {"image/png": ["AA", "=="]}}
OTHER_CELLS = [
    {
        "cell_type": "code",
        "source": "![](no)",
        "outputs": [{"text": "<img src=no>"}],
        "execution_count": None,
    },
    {"cell_type": "code", "source": ["![](no)\n"], "outputs": [{"data": {"text/html": ["<img src=no>"]}}]},
    {"cell_type": "raw", "source": "![](no)", "metadata": {"format": "text/html"}},
    {"cell_type": "heading", "level": 1, "source": "![](no)"},
    {"cell_type": "markdown", "metadata": {"note": "![](no)"}},
    {"cell_type": "markdown", "source": "![](attachment:a.jpg) <img src='attachment:a.jpg'>"}
    | {"attachments": ATTACHMENTS},
    {"source": "![](no)"},
]
DOCUMENTS = {
    "html": html_documents(),
    "markdown": markdown_documents(),
    "quarto": markdown_documents(),
    "mdx": markdown_documents(),
    "notebook": notebooks(),
}
formats = pytest.mark.parametrize("format", DOCUMENTS)


def rewritten(text, format, words):
    """The text with these words where an alternative is missing, and the images that lacked it."""
    asked, refused = [], []
    after = alttext.rewrite(
        text, format, lambda image: asked.append(image) or words, on_refused=refused.append
    )
    assert not refused
    return after, asked


@formats
@examples
@given(st.data())
def test_without_words_nothing_changes(format, data):
    text = data.draw(DOCUMENTS[format])
    assert rewritten(text, format, None)[0] == text


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_taking_out_what_was_put_in_gives_the_document_back(format, data, words):
    text = data.draw(DOCUMENTS[format])
    after, asked = rewritten(text, format, words)
    for edit in sorted(
        (documents.alt_edit(text, format, image, words) for image in asked), key=lambda edit: edit.span
    ):
        start = (
            edit.span.start
        )  # where it is in `text`, and in `after` too, once those before it are taken out
        assert after.startswith(edit.text, start)
        after = after[:start] + text[start : edit.span.end] + after[start + len(edit.text) :]
    assert after == text


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_a_second_run_is_asked_for_nothing(format, data, words):
    once, _ = rewritten(data.draw(DOCUMENTS[format]), format, words)
    assert rewritten(once, format, "Other words") == (once, [])


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_only_the_intended_alternatives_change(format, data, words):
    text = data.draw(DOCUMENTS[format])
    after, asked = rewritten(text, format, words)
    before = alttext.find_images(text, format)
    said = [words if image in asked else image.alt or image.name for image in before]
    assert [image.alt or image.name for image in alttext.find_images(after, format)] == said
    assert [image.src for image in alttext.find_images(after, format)] == [image.src for image in before]


LEGACY = ("iso-8859-1", "shift_jis", "gb18030")
ENCODINGS = {
    "UTF-8": (b"", "utf-8"),
    "UTF-8 with a mark": (codecs.BOM_UTF8, "utf-8"),
    "UTF-16, little end first": (codecs.BOM_UTF16_LE, "utf-16-le"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE, "utf-16-be"),
    **{label: (f"<meta charset={label}>".encode(), label) for label in ("utf-8", *LEGACY)},
    **{f"{label}, declared otherwise": (b"<meta charset=utf-8>", label) for label in LEGACY},
    **{f"{label}, not declared": (b"", label) for label in LEGACY},
}
BROKEN = [b"\x81", b"\xc3", b"\xff", b"\xe5\xb1", b"\x80\x30", b"\x00\xd8"]


@st.composite
def encoded_documents(draw, mark, codec):
    """HTML in an encoding, with sequences between its pieces that are broken in this or another one."""
    pieces = draw(st.lists(st.one_of(st.sampled_from(HTML), st.sampled_from(BROKEN)), max_size=12))
    spelled = (piece if isinstance(piece, bytes) else piece.encode(codec, "replace") for piece in pieces)
    return mark + b"".join(spelled)


@pytest.mark.parametrize("encoding", ENCODINGS)
@examples
@given(st.data())
def test_bytes_of_any_encoding_stay(encoding, data):
    """Where the words are put in, the bytes before and after are those that were there."""
    before = data.draw(encoded_documents(*ENCODINGS[encoding]))
    assert alttext.rewrite(before, "html", lambda _: None) == before
    asked = []
    after = alttext.rewrite(before, "html", lambda image: asked.append(image) or "A dog")
    codec = source.decode(before).encoding
    for added in (' alt="A dog"', " alt='A dog'", ' aria-label="A dog"'):
        count = after.count(added.encode(codec))
        del asked[:count]
        after = after.replace(added.encode(codec), b"")
    assert (after, asked) == (before, [])
