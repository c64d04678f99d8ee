import json

import jsonschema
import pytest

from alttext.reports import View, rdjson
from alttext.types import Edit, FileResult, Span


@pytest.fixture(name="diagnostics")
def fixture_diagnostics(data_folder):
    """The diagnostics of a report, which is valid."""
    schema = json.loads((data_folder / "schemas" / "rdjson.json").read_text(encoding="utf-8"))

    def diagnostics(*results, **view):
        report = json.loads("".join(rdjson.render(results, View(**view))))
        jsonschema.Draft4Validator(schema).validate(report)
        assert report["source"] == {"name": "alttext"}
        return report["diagnostics"]

    return diagnostics


def accepted(document, suggestion):
    """The document after reviewdog's suggestion was accepted: it replaces whole lines of the patch."""
    lines = document.split(b"\n")
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    first, last = lines[start["line"] - 1], lines[end["line"] - 1]
    line = first[: start["column"] - 1] + suggestion["text"].encode() + last[end["column"] - 1 :]
    return b"\n".join((*lines[: start["line"] - 1], line, *lines[end["line"] :]))


def test_no_results_make_a_valid_report(diagnostics):
    assert diagnostics() == []


def test_a_diagnostic_says_what_where_and_by_which_rule(diagnostics, page):
    (row,) = diagnostics(page('<p>\n é<img src="a.jpg">\n').review("a.jpg", "low-confidence").result())
    assert row["message"].startswith(
        "Image without a text alternative: a.jpg. No description was certain enough."
    )
    assert row["location"] == {
        "path": "site/index.html",
        "range": {"start": {"line": 2, "column": 4}, "end": {"line": 2, "column": 21}},
    }
    assert row["severity"] == "ERROR"
    assert row["code"]["value"] == "missing-alt"
    assert row["code"]["url"].startswith("https://www.w3.org/")
    assert row["suggestions"] == []


@pytest.mark.parametrize(("rule", "severity"), [("missing-alt", "ERROR"), ("redundant-alt", "WARNING")])
def test_the_severity_is_that_of_the_rule(diagnostics, page, rule, severity):
    (row,) = diagnostics(page('<img src="a.jpg">').review("a.jpg", "icon", rule=rule).result())
    assert row["severity"] == severity


def test_rules_that_are_not_in_the_catalogue_have_no_page(diagnostics, page):
    (row,) = diagnostics(page('<img src="a.jpg">').review("a.jpg", "icon", rule="new").result())
    assert row["code"] == {"value": "new"}


DOCUMENTS = {
    "one line": ('x<img src="a.jpg">', {}),
    "characters of two to four bytes": ('<p>\né日𐐀<img src="a.jpg">日\n', {}),
    "carriage returns and line feeds": ('<p>\r\né<img src="a.jpg">\r\n', {}),
    "carriage returns, which are no lines for git": ('<p>\ré\r<img src="a.jpg">\r', {}),
    "line separators, which are none either": ('<p>\u2028<img src="a.jpg">\u2028\n', {}),
    "an image over several lines": ('<p>\n<img src="a.jpg"\n  é=1>é\n', {}),
    "a byte order mark": ('<img src="a.jpg">\n', {"bom": b"\xef\xbb\xbf"}),
    "a byte that is no text": ('\udce9<img src="a.jpg">\n', {}),
    "plain ASCII in another encoding": ('<p>\n<img src="a.jpg">\n', {"encoding": "cp1252"}),
}


@pytest.mark.parametrize("case", DOCUMENTS)
def test_accepting_a_suggestion_makes_the_document_that_would_be_written(diagnostics, page, case):
    text, more = DOCUMENTS[case]
    made = page(text, **more).write("a.jpg", "A dog.").result()
    (row,) = diagnostics(made, command="fix")
    (suggestion,) = row["suggestions"]
    mark = more.get("bom", b"")
    before, after = (mark + each.encode("utf-8", "surrogateescape") for each in (made.before, made.text))
    assert accepted(before, suggestion) == after


@pytest.mark.parametrize(
    ("text", "alt", "encoding"),
    [
        ('é<img src="a.jpg">', "A dog.", "cp1252"),
        ('<img src="a.jpg">', "Ein großer Hund", "cp1252"),
        ('<img src="a.jpg">', "A dog.", "utf-16-le"),
    ],
)
def test_there_is_no_suggestion_that_would_damage_bytes(diagnostics, page, text, alt, encoding):
    (row,) = diagnostics(page(text, encoding=encoding).write("a.jpg", alt).result(), command="fix")
    assert row["suggestions"] == []


def test_a_suggestion_always_has_an_end_because_reviewdog_takes_none_for_the_start_of_the_line(
    diagnostics, page
):
    (row,) = diagnostics(page('<img src="a.jpg">').write("a.jpg", "A dog.").result(), command="fix")
    place = {"line": 1, "column": 17}
    assert row["suggestions"] == [{"range": {"start": place, "end": place}, "text": ' alt="A dog."'}]


def test_what_is_only_suggested_can_be_accepted_too(diagnostics, page):
    made = page('<img src="a.jpg">').review("a.jpg", "icon", "Home").result()
    (row,) = diagnostics(made, proposal=lambda *_: Edit(Span(16, 16), ' alt="Home"'))
    assert accepted(b'<img src="a.jpg">', row["suggestions"][0]) == b'<img src="a.jpg" alt="Home">'


def test_what_was_written_is_not_told_and_the_rest_is_where_it_is_now(diagnostics, page):
    made = (
        page('<img src="a.jpg"><img src="b.jpg">').write("a.jpg", "A dog.").review("b.jpg", "icon").result()
    )
    (row,) = diagnostics(made, command="fix", written=True)
    assert row["location"]["range"]["start"]["column"] == 1 + made.text.index('<img src="b.jpg"')


def test_what_was_kept_is_not_told(diagnostics, page):
    assert diagnostics(page('<img src="a.jpg">').keep("a.jpg").result(), verbose=True) == []


def test_a_document_that_cannot_be_read_is_told_with_the_cause(diagnostics):
    assert diagnostics(FileResult("a.html", error="no such file or folder")) == [
        {"message": "no such file or folder", "location": {"path": "a.html"}, "severity": "ERROR"}
    ]


def test_reports_are_made_piece_by_piece(page):
    def results():
        yield page('<img src="a.jpg">').review("a.jpg", "icon").result()
        raise AssertionError("asked for too early")

    pieces = rdjson.render(results(), View())
    assert next(pieces).startswith('{"source":')
    assert '"value":"missing-alt"' in next(pieces)
