from dataclasses import replace

import pytest

from alttext.cli.proposals import Proposals
from alttext.config import Settings
from alttext.pipeline import Pipeline
from alttext.remediation import splice
from alttext.types import Action, Decision, Edit, FileResult, Span


def checked(text, path="index.html", alt="Home", format="html", **more):
    """The result of a document with a suggestion for each of its images."""
    result = Pipeline(Settings()).check_text(text, format=format, path=path)
    decision = Decision(Action.REVIEW, "icon", alt)
    findings = tuple(replace(finding, decision=decision) for finding in result.findings)
    assert findings
    return replace(result, findings=findings, **more)


def proposed(result):
    proposals = Proposals()
    return [proposals(result, finding) for finding in result.findings]


def accepted(result):
    """The document after all that is proposed was accepted."""
    return splice.apply(result.before, [edit for edit in proposed(result) if edit])


SPELLINGS = {
    "html": (
        "index.html",
        "html",
        "<p><img src=a.png></p>",
        '<p><img src=a.png alt="Say &quot;hi&quot;"></p>',
    ),
    "stdin": ("<stdin>", "html", '<img src="a.png">', '<img src="a.png" alt="Say &quot;hi&quot;">'),
    "markdown": ("post.md", "markdown", "![](a.png)", '![Say "hi"](a.png)'),
}


@pytest.mark.parametrize("case", SPELLINGS)
def test_a_suggestion_is_spelled_as_its_document_spells_alternatives(case):
    path, format, before, after = SPELLINGS[case]  # noqa: A001 - as everywhere
    assert accepted(checked(before, path, 'Say "hi"', format)) == after


def test_an_empty_suggestion_marks_the_image_as_decorative():
    assert accepted(checked('<img src="a.png">', alt="")) == '<img src="a.png" alt="">'


def test_several_suggestions_of_a_document_can_be_accepted_together():
    result = checked('<img src="a.png"><img src="b.png">\n<p>é<img src="c.png">')
    assert accepted(result) == (
        '<img src="a.png" alt="Home"><img src="b.png" alt="Home">\n<p>é<img src="c.png" alt="Home">'
    )


def test_what_is_written_anyway_is_the_edit_that_writes_it():
    edit = Edit(Span(16, 16), ' alt="Home"')
    result = checked('<img src="a.png">')
    written = replace(result.findings[0], edit=edit, decision=Decision(Action.WRITE, "described", "Home"))
    assert Proposals()(result, written) is edit


@pytest.mark.parametrize(
    "decision", [Decision(Action.REVIEW, "icon"), Decision(Action.KEEP, "suppressed", "Home")]
)
def test_without_a_suggestion_there_is_no_edit(decision):
    result = checked('<img src="a.png">')
    findings = tuple(replace(finding, decision=decision) for finding in result.findings)
    assert proposed(replace(result, findings=findings)) == [None]


def test_a_place_where_nothing_may_be_written_has_no_edit():
    assert proposed(
        checked('export const x = 1\n\n<img src="a.png" {...props} />', "a.mdx", format="mdx")
    ) == [None]


def test_a_character_that_the_document_cannot_hold_makes_no_edit():
    assert proposed(checked('<img src="a.png">', alt="日本", encoding="cp1252")) == [None]


def test_an_edit_that_would_change_something_else_is_not_proposed(monkeypatch):
    from alttext import documents

    spelled = documents.alt_edit

    def damaging(text, kind, ref, alt):
        edit = spelled(text, kind, ref, alt)
        return replace(edit, text=edit.text + ' onclick="x"') if ref.src == "b.png" else edit

    monkeypatch.setattr(documents, "alt_edit", damaging)
    result = checked('<img src="a.png"><img src="b.png">')
    assert [bool(edit) for edit in proposed(result)] == [True, False]


def test_edits_of_one_document_are_not_taken_for_those_of_another():
    proposals = Proposals()
    first, second = checked('<img src="a.png">'), checked('<img src="abc.png">')
    for result in (first, second, first):
        edit = proposals(result, result.findings[0])
        assert edit.span.start == len(result.before) - 1


def test_a_document_that_cannot_be_read_has_nothing_to_propose():
    result = checked('<img src="a.png">')
    assert Proposals()(FileResult("a.html", error="gone"), result.findings[0]) is None
