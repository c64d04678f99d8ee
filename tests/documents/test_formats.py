from pathlib import Path

import pytest

from alttext.documents import FORMATS, SUFFIXES, alt_edit, format_of, parse
from alttext.errors import ParseError
from alttext.types import Edit, Span

IMAGES = {
    "html": '<img src="a.png">',
    "markdown": "![](a.png)",
    "mdx": '<Image src="a.png" width={3} />',
    "notebook": '{"cells": [{"cell_type": "markdown", "source": "![](a.png)"}]}',
    "quarto": "![](a.png)",
}
EDITS = {
    "html": Edit(Span(16, 16), ' alt="A dog"'),
    "markdown": Edit(Span(2, 2), "A dog"),
    "mdx": Edit(Span(18, 18), ' alt="A dog"'),
    "notebook": Edit(Span(50, 50), "A dog"),
    "quarto": Edit(Span(10, 10), '{fig-alt="A dog"}'),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_finds_and_spells(name):
    (ref,) = parse(IMAGES[name], name)
    assert (ref.src, ref.alt) == ("a.png", None)
    assert alt_edit(IMAGES[name], name, ref, "A dog") == EDITS[name]


@pytest.mark.parametrize("name", FORMATS)
def test_documents_without_images_have_none(name):
    assert parse('{"cells": []}' if name == "notebook" else "words", name) == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/index.html", "html"),
        ("INDEX.HTM", "html"),
        ("a.xhtml", "html"),
        ("README.md", "markdown"),
        ("post.markdown", "markdown"),
        ("post.mdown", "markdown"),
        ("post.mdx", "mdx"),
        ("paper.qmd", "quarto"),
        ("paper.Rmd", "quarto"),
        ("lab.ipynb", "notebook"),
        ("a.md.txt", None),
        ("html", None),
        ("style.css", None),
    ],
)
def test_the_suffix_tells_the_format(path, name):
    assert format_of(path) == name
    assert format_of(Path(path)) == name


def test_every_suffix_stands_for_a_known_format():
    assert set(SUFFIXES.values()) == set(FORMATS)


def test_an_unknown_format_is_an_error_that_names_the_known_ones():
    with pytest.raises(ParseError, match=r"'docx'.*notebook"):
        parse("", "docx")
