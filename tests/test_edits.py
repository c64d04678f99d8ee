"""Edits are made as far as they are sound; what is not becomes a question for a person."""

from dataclasses import replace

import pytest

from alttext import Action, Decision, FileResult, Settings, documents, edits, survey
from alttext.documents import atomic, source
from alttext.errors import VerificationError
from alttext.remediation import splice
from alttext.survey import Document

PAGE = "<img src=a.jpg><img src=b.jpg><img src=c.jpg>"


def document(text=PAGE, encoding=None, format="html", file=None):
    opened = source.Source(text, encoding) if encoding else None
    return Document(text, format, path="page.html", file=file, source=opened)


def decided(page, alt="A dog.", action=Action.WRITE):
    """The findings of a document, each with the same decision and its edit."""
    problems = survey.text(page, Settings()).problems
    decision = Decision(action, "described", alt)
    return [edits.with_edit(replace(problem, decision=decision), page) for problem in problems]


def outcome(findings):
    return [(each.decision.action, each.decision.reason, each.edit is not None) for each in findings]


def test_a_decision_to_write_gets_its_edit():
    text, findings = edits.applied(document(), decided(document()))
    assert text == PAGE.replace(".jpg>", '.jpg alt="A dog.">')
    assert outcome(findings) == [(Action.WRITE, "described", True)] * 3


@pytest.mark.parametrize("action", [Action.REVIEW, Action.KEEP])
def test_other_decisions_get_none(action):
    text, findings = edits.applied(document(), decided(document(), action=action))
    assert text == PAGE
    assert outcome(findings) == [(action, "described", False)] * 3


@pytest.mark.parametrize(
    ("format", "text", "expected"),
    [
        ("html", "<img src=a.jpg>", (Action.WRITE, "described", True)),  # as a character reference
        ("markdown", "![](a.jpg)", (Action.REVIEW, "not-encodable", False)),
    ],
)
def test_a_character_that_the_encoding_lacks_is_spelled_out_or_left_to_a_person(format, text, expected):
    page = document(text, encoding="latin-1", format=format)
    assert outcome(decided(page, alt="Łódź")) == [expected]


@pytest.mark.parametrize("bad", [(), ("a",), ("b",), ("c",), ("a", "c"), ("a", "b", "c")])
def test_an_edit_that_cannot_be_verified_is_left_out_and_the_others_are_made(monkeypatch, bad):
    def verify(before, after, made, format):
        if any(before[edit.span.start - 5] in bad for edit in made):
            raise VerificationError("not to be trusted")

    monkeypatch.setattr(splice, "verify", verify)
    text, findings = edits.applied(document(), decided(document()))
    refused, made = (Action.REVIEW, "could-not-verify", False), (Action.WRITE, "described", True)
    assert outcome(findings) == [refused if name in bad else made for name in "abc"]
    assert text.count("A dog.") == 3 - len(bad)
    assert [each.decision.alt for each in findings] == ["A dog."] * 3  # as a suggestion


def test_of_two_edits_that_are_sound_only_one_at_a_time_the_first_is_made(monkeypatch):
    def verify(before, after, made, format):
        if len(made) > 1:
            raise VerificationError("together they are not")

    monkeypatch.setattr(splice, "verify", verify)
    page = document("<img src=a.jpg><img src=b.jpg>")
    text, findings = edits.applied(page, decided(page))
    assert text == '<img src=a.jpg alt="A dog."><img src=b.jpg>'
    assert outcome(findings) == [
        (Action.WRITE, "described", True),
        (Action.REVIEW, "could-not-verify", False),
    ]


@pytest.mark.parametrize("sound", [0, 1])
def test_among_thousands_of_edits_that_cannot_be_verified_the_search_ends(monkeypatch, sound):
    """The images are looked at in order, so that what was found before the end is made."""
    tried = []

    def verify(before, after, made, format):
        tried.append(made)
        if any(edit.span.start > sound * len("<img src=a.jpg>") for edit in made):
            raise VerificationError("not to be trusted")

    monkeypatch.setattr(splice, "verify", verify)
    page = document("<img src=a.jpg>" * 2000)
    text, _ = edits.applied(page, decided(page))
    assert text.count("A dog.") == sound
    assert len(tried) < 200


def test_what_would_change_something_else_is_refused():
    (finding,) = decided(document("<img src=a.jpg>"))
    with pytest.raises(VerificationError):
        edits.edited("<img src=a.jpg>", [replace(finding.edit, text=" src=b.jpg")], "html", ())


@pytest.mark.parametrize(
    ("format", "text", "alt"),
    [
        # A quote ends what looked like a string of code, and with it the expression around the images.
        ("mdx", "{![](){{<figure src=g>}}", 'Tom\'s "old" dog'),
    ],
)
def test_what_would_let_images_be_found_no_more_is_refused(format, text, alt):
    page = document(text, format=format)
    after, findings = edits.applied(page, decided(page, alt))
    assert {each.decision.reason for each in findings} == {"described", "could-not-verify"}
    found = documents.parse(after, format)
    assert [ref.src for ref in found] == [ref.src for ref in documents.parse(text, format)]
    assert [ref.missing for ref in found] == [each.edit is None for each in findings]


def test_what_a_killed_run_has_left_is_gone_whether_the_document_changes_or_not(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(PAGE, encoding="utf-8")
    atomic.beside(file).write_text("<img", encoding="utf-8")
    edits.written(document(file=file), FileResult("page.html", PAGE, (), PAGE))
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_file_is_written_or_the_result_says_why_not(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("<p>before")
    page = document("<p>before", encoding="utf-8", file=file)
    result = FileResult("page.html", text="<p>after", before="<p>before")
    assert edits.written(page, result) is result
    assert file.read_text() == "<p>after"
    assert "has changed since it was read" in edits.written(page, result).error
