import json as parser
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.reports import View, json
from alttext.types import FileResult

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "report.schema.json"


def render(*results, **view):
    report = parser.loads("".join(json.render(results, View(**view))))
    jsonschema.validate(
        report, parser.loads(PUBLISHED.read_text(encoding="utf-8")), jsonschema.Draft202012Validator
    )
    return report


def test_the_published_schema_is_that_of_the_records():
    assert parser.loads(PUBLISHED.read_text(encoding="utf-8")) == json.schema()


def test_the_published_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(parser.loads(PUBLISHED.read_text(encoding="utf-8")))


def test_no_results_make_a_valid_report():
    report = render(command="check", version="1.2.3")
    assert report["files"] == []
    assert (report["version"], report["tool"], report["command"], report["written"]) == (
        1,
        "1.2.3",
        "check",
        False,
    )
    assert report["summary"]["exit_code"] == 0


def test_a_written_alternative_is_told_with_its_edit(page):
    report = render(
        page('<p>\n<img src="a.jpg">').write("a.jpg", "A dog.").result(), command="fix", written=True
    )
    finding = report["files"][0]["findings"][0]
    assert finding["image"] == {"kind": "img", "src": "a.jpg", "alt": None, "name": "", "span": [4, 21]}
    assert (finding["line"], finding["column"]) == (2, 1)
    assert (finding["rule"], finding["reason"], finding["action"]) == ("missing-alt", "described", "write")
    assert (finding["alt"], finding["suggestion"], finding["confidence"]) == ("A dog.", None, 0.87)
    assert finding["edit"] == {"span": [20, 20], "text": ' alt="A dog."'}
    assert (finding["purpose"], finding["purpose_reason"]) == ("informative", "no-other-purpose")
    assert "1.1.1" in finding["wcag"]
    assert report["files"][0]["changed"] is True


def test_the_edits_of_a_report_make_the_document_that_was_written(page):
    result = (
        page('é<img src="a.jpg">日<img src="b.jpg">')
        .write("a.jpg", "A dog.")
        .write("b.jpg", "A cat.")
        .result()
    )
    text = result.before
    for finding in reversed(render(result)["files"][0]["findings"]):
        start, end = finding["edit"]["span"]
        text = text[:start] + finding["edit"]["text"] + text[end:]
    assert text == result.text


def test_a_review_is_told_with_its_candidates(page, candidate):
    ranked = (candidate("scene", "a street", 0.62),)
    result = page('<img src="a.jpg">').review("a.jpg", "low-confidence", "A street.", 0.4, ranked).result()
    finding = render(result)["files"][0]["findings"][0]
    assert (finding["alt"], finding["suggestion"], finding["edit"]) == (None, "A street.", None)
    assert finding["medium"] == "photograph"
    assert finding["candidates"] == [
        {"id": "a-street", "facet": "scene", "phrase": "a street", "score": 6.2, "confidence": 0.62}
    ]


def test_numbers_of_the_ranking_are_told_as_numbers(page, candidate):
    ranked = (candidate("scene", "a street", np.float32(0.62)),)
    result = (
        page('<img src="a.jpg">').review("a.jpg", "low-confidence", "x", np.float32(0.4), ranked).result()
    )
    finding = render(result)["files"][0]["findings"][0]
    assert (finding["confidence"], finding["candidates"][0]["confidence"]) == (0.4, 0.62)


def test_what_was_not_looked_at_has_no_confidence(page):
    finding = render(page('<img src="a.jpg">').review("a.jpg", "logo").result())["files"][0]["findings"][0]
    assert (finding["confidence"], finding["medium"], finding["candidates"]) == (None, "", [])


def test_a_document_that_cannot_be_read_is_told_with_the_cause():
    report = render(FileResult("a.html", error="no such file or folder"))
    assert report["files"] == [
        {"path": "a.html", "error": "no such file or folder", "changed": False, "findings": []}
    ]
    assert report["summary"]["exit_code"] == 2


def test_the_summary_counts_by_rule_and_by_reason(page):
    document = '<img src="a.jpg"><img src="b.jpg"><img src="c.jpg"><img src="d.jpg">'
    made = (
        page(document).write("a.jpg", "A dog.").review("b.jpg", "icon").review("c.jpg", "icon").keep("d.jpg")
    )
    assert render(made.result(), FileResult("b.html"))["summary"] == {
        "files": 2,
        "unreadable": 0,
        "changed": 1,
        "edits": 1,
        "left": 2,
        "kept": 1,
        "problems": {"missing-alt": 3},
        "reviews": {"icon": 2},
        "exit_code": 1,
    }


def test_rules_that_are_not_in_the_catalogue_make_a_valid_report(page):
    finding = render(page('<img src="a.jpg">').review("a.jpg", "icon", rule="new").result())["files"][0][
        "findings"
    ][0]
    assert (finding["wcag"], finding["act"], finding["axe"]) == ([], [], [])


@settings(deadline=None)
@given(path=st.text(), source=st.text(), error=st.text(), alt=st.text(min_size=1))
def test_any_text_makes_valid_json(path, source, error, alt):
    from alttext.types import (
        Action,
        Classification,
        Decision,
        Edit,
        Finding,
        ImageKind,
        ImageRef,
        Purpose,
        Span,
    )

    image = ImageRef(Span(0, 1), ImageKind.IMG, source, None, None)
    verdict = Classification(Purpose.UNCLEAR, "icon")
    written = Decision(Action.WRITE, "described", alt)
    found = Finding(image, "missing-alt", 1, 1, verdict, written, None, Edit(Span(0, 0), alt))
    report = render(FileResult(path, "x", (found,), "y", error))
    assert report["files"][0]["findings"][0]["alt"] == alt


@pytest.mark.parametrize("code", [0x1B, 0x7F, 0x80, 0x9B, 0x9F])
def test_characters_that_steer_a_terminal_are_spelled_out(page, code):
    src = f"{chr(code)}.jpg"
    result = page(f'<img src="{src}">', path="é\u3042.html").review(src, "icon").result()
    text = "".join(json.render([result], View()))
    assert chr(code) not in text
    assert f"\\u{code:04x}" in text
    assert "é\u3042.html" in text
    assert render(result)["files"][0]["findings"][0]["image"]["src"] == src


def test_bytes_that_are_no_text_are_replaced(page):
    result = page('<img src="a\udcff.jpg">', path="\udce9.html").review("a\udcff.jpg", "icon").result()
    assert render(result)["files"][0]["findings"][0]["image"]["src"] == "a\ufffd.jpg"


def test_reports_are_made_piece_by_piece(page):
    def results():
        yield page('<img src="a.jpg">').review("a.jpg", "icon").result()
        raise AssertionError("asked for too early")

    pieces = json.render(results(), View())
    assert next(pieces).startswith('{"version":1')
    assert '"path":"site/index.html"' in next(pieces)


@pytest.mark.parametrize(
    ("path", "shown"), [("site/a.html", "site/a.html"), ("/srv/a b.html", "/srv/a b.html")]
)
def test_paths_are_told_with_slashes(path, shown):
    assert render(FileResult(path))["files"][0]["path"] == shown
