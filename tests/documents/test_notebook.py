import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.documents import html, notebook
from alttext.errors import ParseError
from alttext.types import ImageKind

PLACEHOLDER = html.PLACEHOLDER


def markdown(source, **more):
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def document(*cells, indent=1, ascii_only=False, **metadata):
    content = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=indent, ensure_ascii=ascii_only) + "\n"


def edited(text, ref, alt):
    edit = notebook.alt_edit(text, ref, alt)
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def rewritten(text, alt="A dog"):
    for ref in reversed(notebook.parse(text)):
        if ref.missing and ref.slot and not ref.suppressed:
            text = edited(text, ref, alt)
    return text


def only(text):
    (ref,) = notebook.parse(text)
    return ref


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["# Dogs\n", "![](a.png)\n", "words"], ["# Dogs\n", "![A dog](a.png)\n", "words"]),
        ('é "x" \\ 😀 ![](a.png)', 'é "x" \\ 😀 ![A dog](a.png)'),
        (['<img src="a.png">'], ['<img src="a.png" alt="A dog">']),
        (["> x <img\n", "> src='a.png'>"], ["> x <img\n", "> src='a.png' alt=\"A dog\">"]),
        ([f"![{PLACEHOLDER}](a.png)"], ["![A dog](a.png)"]),
        ([f"![{PLACEHOLDER}.](a.png)"], ["![A dog](a.png)"]),
        ([f"<img alt='{PLACEHOLDER}' src='a.png'>"], ["<img alt='A dog' src='a.png'>"]),
        (["![", "](a.png)"], ["![", "A dog](a.png)"]),
        ("![][r]\r\n\r\n[r]: a.png", "![A dog][r]\r\n\r\n[r]: a.png"),
        ("\0![](a.png)\u2028", "\0![A dog](a.png)\u2028"),
    ],
)
@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_alternatives_are_written_inside_the_json_text(before, after, indent, ascii_only):
    assert rewritten(document(markdown(before), indent=indent, ascii_only=ascii_only)) == document(
        markdown(after), indent=indent, ascii_only=ascii_only
    )


@pytest.mark.parametrize(
    "cell",
    [
        markdown("![Kennel](a.png) <img src='b.png' alt=''>"),
        markdown("`![](a.png)`\n\n```\n![](b.png)\n```"),
        markdown("<!-- alttext: ignore --> \n\n![](a.png)"),
        markdown("![](a.png) <!-- alttext: ignore-file -->"),
        markdown(["![](a.png)", 3]),
        markdown(None),
        markdown([]),
        {
            "cell_type": "code",
            "source": "![](a.png)",
            "outputs": [{"data": {"text/html": "<img src='b.png'>"}}],
        },
        {"cell_type": "raw", "source": "![](a.png)"},
        {"source": "![](a.png)"},
        "![](a.png)",
    ],
)
def test_everything_else_stays_as_it_is(cell):
    text = document(cell, "note", title="![](a.png)")
    assert rewritten(text) == text


def test_a_byte_order_mark_stays():
    text = "\ufeff" + document(markdown("![](a.png)"))
    assert rewritten(text) == text.replace("[]", "[A dog]", 1)


def test_odd_spelling_of_json_stays():
    text = '{ "cells" :[{"source":["\\u0021[](\\u0061.png)\\/"] ,"cell_type":"mark\\u0064own", "x":1e3}]}'
    assert rewritten(text) == text.replace("[]", "[A dog]", 1)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans())
def test_any_words_are_read_back(words, ascii_only):
    before = document(markdown(["é\n", "![](a.png) <img src='b.png'>"]), ascii_only=ascii_only)
    after = rewritten(before, words)
    assert [ref.alt or "" for ref in notebook.parse(after)] == [html.plain(words)] * 2
    assert after.isascii() == (before.isascii() and (ascii_only or html.plain(words).isascii()))


def test_the_placeholder_counts_as_missing():
    ref = only(document(markdown(f"![{PLACEHOLDER}](a.png)")))
    assert ref.missing
    assert ref.alt is None


def test_replacing_words_over_two_strings_keeps_both_strings():
    text = document(markdown(["![image\n", "one](a.png)"]))
    after = json.loads(edited(text, only(text), "A dog"))
    assert "".join(after["cells"][0]["source"]) == "![A dog](a.png)"


@pytest.mark.parametrize(
    ("source", "attachments", "expected"),
    [
        ("![](attachment:a.png)", {"a.png": {"image/png": "AA\nBB"}}, "data:image/png;base64,AABB"),
        (
            "![](attachment:a%20b.png)",
            {"a b.png": {"image/jpeg": ["AA", "BB"]}},
            "data:image/jpeg;base64,AABB",
        ),
        ("<img src='attachment:a.png'>", {"a.png": {"image/png": "AABB"}}, "data:image/png;base64,AABB"),
        ("![](attachment:a.png)", {"b.png": {"image/png": "AABB"}}, "attachment:a.png"),
        ("![](attachment:a.png)", {"a.png": {"text/plain": "AABB"}}, "attachment:a.png"),
        ("![](attachment:a.png)", {"a.png": "AABB"}, "attachment:a.png"),
        ("![](attachment:a.png)", None, "attachment:a.png"),
        ("![](a.png)", {"a.png": {"image/png": "AABB"}}, "a.png"),
    ],
)
def test_attachments_are_sources(source, attachments, expected):
    ref = only(document(markdown(source, attachments=attachments)))
    assert ref.sources == (expected,)
    assert ref.src in source.replace("'", " ")


def test_spans_are_those_of_the_json_text():
    text = document(markdown(["é ![](a.png)\n"]), markdown('<img src="b.png">'))
    first, second = notebook.parse(text)
    assert text[first.span.start : first.span.end] == "![](a.png)"
    assert text[second.span.start : second.span.end] == '<img src=\\"b.png\\">'
    assert (first.kind, second.kind) == (ImageKind.MARKDOWN, ImageKind.IMG)


def test_headings_of_earlier_cells_count_and_metadata_names_the_page():
    cells = [
        markdown("## Old\n\n# Dogs #\n"),
        {"cell_type": "code", "source": "# code"},
        markdown("![](a.png)"),
    ]
    context = only(document(*cells, title="Pets", lang="de")).context
    assert (context.heading, context.title, context.lang) == ("Dogs", "Pets", "de")


def test_definitions_are_known_in_their_own_cell_only():
    assert notebook.parse(document(markdown("[r]: a.png"), markdown("![][r]"))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"cells": [ ![](a.png) ]}', "line 1, column 13"),
        ('{\n"a": "<"', "line 2, column"),
        ('["![](a.png)"]', "no list of cells"),
        ('{"worksheets": ["![](a.png)"]}', "no list of cells"),
    ],
)
def test_what_is_no_notebook_is_an_error(text, message):
    with pytest.raises(ParseError, match=message):
        notebook.parse(text)


def test_an_image_of_another_text_cannot_be_edited():
    text = document(markdown("![](a.png)"))
    with pytest.raises(ParseError, match="no image"):
        notebook.alt_edit(document(markdown("words, and ![](a.png)")), only(text), "A dog")


@pytest.mark.parametrize("text", ["", "{bad", "hello", "[]", "3", "{}", '{"cells": 3}', '{"cells": {}}'])
def test_what_is_no_notebook_is_refused_even_if_it_holds_nothing_like_an_image(text):
    with pytest.raises(ParseError):
        notebook.parse(text)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"cells": ' + "[" * 100_000, "", "{", "[]", '{"cells": 1}'])
def test_what_is_no_notebook_is_an_error_of_the_document(text):
    with pytest.raises(ParseError):
        notebook.parse(text)
    with pytest.raises(ParseError):
        notebook.parse(f"{text}![")


def test_numbers_of_any_length_are_no_trouble():
    assert notebook.parse('{"cells": [], "a": ' + "9" * 5000 + "}") == []
