import json

import pytest

from alttext.errors import VerificationError
from alttext.remediation import splice_notebook


def cell(source, kind="markdown", **more):
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells, **more):
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, **more})


def verify(before, after, *texts):
    splice_notebook.verify(before, after, texts, [""] * len(texts))


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (cell("![](a)"), cell("![A dog](a)"), "A dog"),
        (cell(["# T\n", "![](a)"]), cell(["# T\n", "![A dog](a)"]), "A dog"),
        (cell("<img src=a>"), cell('<img src=a alt="A dog">'), r" alt=\"A dog\""),
        (cell("![](a)"), cell("![Ein Käfer](a)"), r"Ein K\u00e4fer"),
    ],
)
def test_markdown_cells_may_get_alternatives(before, after, text):
    verify(notebook(before), notebook(after), text)


def test_cells_without_an_edit_stay_as_they_are():
    verify(notebook(cell("![](a)"), cell("b")), notebook(cell("![A dog](a)"), cell("b")), "A dog")


def test_cells_of_old_notebooks_stand_in_worksheets():
    before = json.dumps({"worksheets": [{"cells": [cell("![](a)")]}]})
    after = json.dumps({"worksheets": [{"cells": [cell("![A dog](a)")]}]})
    verify(before, after, "A dog")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (notebook(cell("![](a)", "code")), notebook(cell("![A dog](a)", "code"))),
        (notebook(cell("![](a)", "raw")), notebook(cell("![A dog](a)", "raw"))),
        (notebook(cell("![](a)")), notebook(cell("![A dog](a)"), cell(""))),
        (notebook(cell("![](a)")), notebook(cell("![A dog](a)"), x=1)),
        (notebook(cell("![](a)", x=1)), notebook(cell("![A dog](a)", x=2))),
        (notebook(cell("![](a)", x=1)), notebook(cell("![A dog](a)", x=1.0))),
        (notebook(cell(["![](a)"])), notebook(cell("![A dog](a)"))),
        (notebook(cell(["![](a)", ""])), notebook(cell(["![A dog](a)"]))),
        (notebook(cell("![](a) text")), notebook(cell("![A dog](a) test"))),
        (notebook(cell("`![](a)`")), notebook(cell("`![A dog](a)`"))),
        (notebook(cell("![](a)")), notebook(cell("![A dog](a)")) + "}"),
        (notebook(cell("![](a)")), notebook(cell("![A dog](a)"))[:-1]),
        ('{"a": 1, "a": 2}', '{"a": 2}'),
        ("[" * 9999 + "]" * 9999, "[]"),
    ],
)
def test_everything_else_is_refused(before, after):
    with pytest.raises(VerificationError):
        verify(before, after, "A dog")


@pytest.mark.parametrize("text", ['A "dog"', "A dog\\", 'A", "dog', "A\\x"])
def test_an_edit_that_leaves_its_string_is_refused(text):
    with pytest.raises(VerificationError):
        verify(notebook(cell("![](a)")), notebook(cell("![](a)")), text)
