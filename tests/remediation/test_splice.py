import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext import documents
from alttext.errors import VerificationError
from alttext.remediation import splice
from alttext.types import Edit, Span

DATA = Path(__file__).parents[1] / "data"
AWKWARD = 'The "old" mill & Tom\'s <b>dog</b>, 山 — 50\u00a0% [a](b) *c* `d` \\ $e$'


def insertion(text, before, markup):
    """The edit that puts `markup` right before the first place where `before` stands in the text."""
    at = text.index(before)
    return Edit(Span(at, at), markup)


def replacement(text, old, new):
    at = text.index(old)
    return Edit(Span(at, at + len(old)), new)


def golden_cases():
    for name in ("html", "markdown", "quarto", "mdx"):
        content = (DATA / f"{name}_alternatives.txt").read_text(encoding="utf-8")
        for case in re.split(r"^====\n", content, flags=re.MULTILINE)[1:]:
            title, text, *_ = re.split(r"^----\n", case, flags=re.MULTILINE)
            yield pytest.param(name, text.rstrip("\n"), id=f"{name}: {title.strip()}")


def edits_for(text, name, alt):
    refs = documents.parse(text, name)
    return [documents.alt_edit(text, name, ref, alt) for ref in refs if ref.slot and not ref.alt]


def verify(text, edits, name="html"):
    splice.verify(text, splice.apply(text, edits), edits, name)


# Putting edits in


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("abc", [], "abc"),
        ("abc", [(0, 0, "x")], "xabc"),
        ("abc", [(3, 3, "x")], "abcx"),
        ("abc", [(1, 2, "x")], "axc"),
        ("abc", [(1, 1, "x"), (2, 2, "y")], "axbyc"),
        ("abc", [(2, 2, "y"), (1, 1, "x")], "axbyc"),
        ("abc", [(0, 1, "x"), (1, 2, "y")], "xyc"),
        ("abc", [(0, 1, ""), (1, 1, "y")], "ybc"),
        ("", [(0, 0, "x")], "x"),
    ],
)
def test_edits_are_made_in_one_pass_whatever_their_order(text, edits, expected):
    assert splice.apply(text, [Edit(Span(start, end), new) for start, end, new in edits]) == expected


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(1, 1), (1, 1)], [(0, 3), (1, 1)], [(2, 4)], [(-1, 0)], [(2, 1)]]
)
def test_edits_that_overlap_or_leave_the_text_are_refused(spans):
    with pytest.raises(ValueError, match="overlaps"):
        splice.apply("abc", [Edit(Span(*span), "x") for span in spans])


@given(st.text(), st.dictionaries(st.integers(0, 30), st.text()))
def test_removing_the_insertions_gives_the_text_back(text, insertions):
    places = sorted(at for at in insertions if at <= len(text))
    after = splice.apply(text, [Edit(Span(at, at), insertions[at]) for at in places])
    for at in places:  # those before it are gone already
        assert after.startswith(insertions[at], at)
        after = after[:at] + after[at + len(insertions[at]) :]
    assert after == text


# What passes


@pytest.mark.parametrize("alt", ["A dog", AWKWARD])
@pytest.mark.parametrize(("name", "text"), list(golden_cases()))
def test_every_alternative_of_the_golden_cases_can_be_verified(name, text, alt):
    verify(text, edits_for(text, name, alt), name)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("html", "\ufeff<p>\r\n<img src=a>\r<IMG SRC='b'>\0\n\f<img\rsrc=c>", 3),
        ("html", "\udce9<img src=a>\udcff", 1),
        ("html", "<b>" * 300 + "<img src=a>", 1),
        ("markdown", "# Dogs\n\n![](a.jpg) and ![](<b c.jpg> 'title')\n", 2),
        ("markdown", "> - ![][r]\n>   text\n\n[r]: a.jpg\n", 1),
        ("markdown", "Text[^1]\n\n[^1]: ![](a.jpg)\n", 1),
        ("markdown", "---\ntitle: '![](no.jpg)'\n---\r\n\r\n![](a.jpg)\r\n", 1),
        ("markdown", "<p align=center>\n  <img src=a.jpg>\n</p>\n\nText <img src='b.jpg'> text\n", 2),
        ("markdown", '{{< figure src="a.jpg" >}}\n\n{{< figure src="b.jpg" alt="" >}}\n', 2),
        ("markdown", "\\![](no.jpg) `![](no.jpg)`\n\n    ![](no.jpg)\n\n<!-- ![](no.jpg) -->\n", 0),
        ("quarto", "![](a.jpg)\n\n![Caption](b.jpg){width=5}\n\nInline ![](c.jpg)\n", 3),
        ("mdx", "import A from 'a'\n\n<Image src='a.jpg' />\n\n    ![](b.jpg)\n", 2),
    ],
)
@pytest.mark.parametrize("alt", ["A dog", 'Tom\'s "old" mill & <b>dog</b>, 山'])
def test_alternatives_in_other_documents_can_be_verified(name, text, count, alt):
    edits = edits_for(text, name, alt)
    assert len(edits) == count
    verify(text, edits, name)


def test_a_replaced_placeholder_can_be_verified():
    text = '<p><img alt="photo" src=a> and <!-- <img alt="photo"> --> <img src=b>'
    verify(text, [replacement(text, 'alt="photo"', 'alt="A dog"')])


def test_a_notebook_can_be_verified():
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Dogs\n", "![](a.jpg) “so”"]},
        {"cell_type": "code", "metadata": {}, "source": "![](no.jpg)", "outputs": []},
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    edits = edits_for(text, "notebook", AWKWARD)
    assert len(edits) == 1
    verify(text, edits, "notebook")


# What is refused

PAGE = "<p title='t'>One <img src=\"a.jpg\"> two <!-- note --> <a href=u>three</a></p><script>four</script>"


@pytest.mark.parametrize(
    ("before", "markup"),
    [
        ("> two", ' alt="A dog" onerror="run()"'),
        ("> two", ' alt="A" dog"'),
        ("> two", ' alt="A dog'),
        ("> two", ' alt="A dog"><b'),
        ("> two", " alt=A"),
        ("> two", ' src="b.jpg"'),
        ("> two", ' onerror="A dog"'),
        ("> two", ' alt="A <b> dog"'),
        ("> two", '" alt="A dog"'),
        ("> two", "><img"),
        ("two", ' alt="A dog" '),
        ("note", ' alt="A dog" '),
        ("four", ' alt="A dog" '),
        ("<img", ' alt="A dog"'),
        ("a.jpg", ' alt="A dog" '),
        ("'>One", ' alt="A dog" '),
        ('="a.jpg', ' alt="A dog"'),
    ],
)
def test_edits_that_change_anything_else_are_refused(before, markup):
    edits = [insertion(PAGE, before, markup)]
    with pytest.raises(VerificationError):
        verify(PAGE, edits)


def test_an_alternative_for_an_element_that_is_no_image_of_the_edit_is_refused():
    text = '<img src="a.jpg" alt=""><img src="b.jpg">'
    with pytest.raises(VerificationError):
        verify(text, [insertion(text, "><img", ' alt="A dog"')])  # a duplicate attribute counts for nothing


def test_removing_what_an_author_wrote_is_refused():
    text = '<img src="a.jpg" alt="Rex"><img src="b.jpg">'
    with pytest.raises(VerificationError):
        verify(text, [replacement(text, ' alt="Rex"', "")])


@pytest.mark.parametrize(
    "damage",
    [
        lambda after: after[:-1],
        lambda after: after + "\n",
        lambda after: after.replace("\r\n", "\n"),
        lambda after: after.replace("\ufeff", ""),
        lambda after: after.replace("One", "Une"),
        lambda after: after.replace("A dog", "A cat"),
        lambda after: after.replace("src", "SRC"),
    ],
)
def test_a_single_other_character_is_refused(damage):
    text = "\ufeff<p>One\r\n<img src=a.jpg>\r\n"
    edits = edits_for(text, "html", "A dog")
    with pytest.raises(VerificationError):
        splice.verify(text, damage(splice.apply(text, edits)), edits, "html")


MARKDOWN = "One ![](a.jpg) `![](code)` \\![](link) <!-- ![](comment) -->\n\n    ![](block)\n"


@pytest.mark.parametrize(
    ("before", "markup"),
    [
        ("](a.jpg", "A](b.jpg) ![dog"),
        ("](a.jpg", "A dog](b.jpg"),
        ("](a.jpg", "A `dog"),
        ("](a.jpg", "A\n\ndog"),
        ("](code", "A dog"),
        ("](link", "A dog"),
        ("](comment", "A dog"),
        ("](block", "A dog"),
        ("One", "A dog"),
        ("a.jpg", "A dog"),
    ],
)
def test_edits_of_markdown_that_change_anything_else_are_refused(before, markup):
    with pytest.raises(VerificationError):
        verify(MARKDOWN, [insertion(MARKDOWN, before, markup)], "markdown")


@given(st.text("ab<>\"'& =\n/", max_size=20), st.integers(0, 60))
def test_no_insertion_passes_that_is_more_than_one_alternative(markup, place):
    text = '<p>1 <img src="a"> 2 <a href="b">3</a> <i class=c>4</i> <!-- 5 --></p>'
    edit = Edit(Span(place, place), f' alt="{markup}"')
    try:
        verify(text, [edit])
    except VerificationError:
        return
    (ref,) = documents.parse(splice.apply(text, [edit]), "html")
    assert ref.span.start <= place < ref.span.end
    assert not set(markup) & set('"<>')
