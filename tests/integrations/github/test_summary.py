"""The job summary, read back as GitHub reads it: by a Markdown parser."""

import msgspec
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from alttext.pipeline import Pipeline
from alttext.reports import View, json
from alttext.rules import RULES
from integrations.github.summary import LONGEST_CELL, MOST_ROWS, Blob, literal, markdown

BLOB = Blob("https://git.example", "o/r", "abc123")
GFM = MarkdownIt("commonmark", {"html": True}).enable("table")


def finding(**changes):
    image = {"kind": "img", "src": changes.pop("src", "cat.jpg")}
    row = {"rule": "missing-alt", "reason": "no-other-purpose", "action": "review", "line": 3, "image": image}
    return {**row, "alt": None, "suggestion": None, "confidence": None, "edit": None, **changes}


def written(alt, **changes):
    edit = {"span": [0, 0], "text": "x"}
    return finding(**{"action": "write", "alt": alt, "edit": edit, "confidence": 0.912, **changes})


def report(*findings, path="a.html", error=None, command="check"):
    files = [{"path": path, "error": error, "findings": findings}]
    edits = sum(row["edit"] is not None for row in findings)
    left = sum(row["action"] == "review" for row in findings)
    totals = {"files": 1, "edits": edits, "left": left, "unreadable": int(error is not None)}
    return {"command": command, "files": files, "summary": totals}


def page(shown):
    return BeautifulSoup(GFM.render(markdown(shown, BLOB)), "html.parser")


def tables(shown):
    """The cells of each table, under the title that stands above it."""
    return {
        table.find_previous("h4").text: [
            [cell.text for cell in row.find_all("td")] for row in table.find_all("tr")[1:]
        ]
        for table in page(shown).find_all("table")
    }


def test_what_is_left_is_told_with_place_image_problem_reason_and_suggestion():
    row = finding(reason="chart", suggestion="Bar chart", src="days.png")
    assert tables(report(row)) == {
        "Left for a person": [
            ["a.html:3", "days.png", RULES["missing-alt"].summary, RULES["chart"].summary, "Bar chart"]
        ]
    }


def test_words_are_told_with_their_confidence_and_apart_from_what_is_left():
    shown = report(written("A cat"), finding(line=9), command="fix")
    found = tables(shown)
    assert found["Words found"] == [["a.html:3", "cat.jpg", "A cat", "0.91"]]
    assert [row[0] for row in found["Left for a person"]] == ["a.html:9"]
    assert "Words found for 1 image; 1 image left for a person, in 1 document." in page(shown).text


def test_words_that_came_from_the_author_have_no_confidence():
    assert tables(report(written("The gate", confidence=None)))["Words found"][0][-1] == ""


def test_an_empty_alternative_is_told_in_words():
    cell = tables(report(written("")))["Words found"][0][2]
    assert cell == "(empty, which marks it as decorative)"


def test_what_was_kept_is_not_told():
    assert tables(report(finding(action="keep"))) == {}
    assert "Nothing is left to do in 1 document." in page(report(finding(action="keep"))).text


def test_an_unreadable_document_is_not_nothing():
    shown = report(path="b.html", error="no text: null bytes")
    assert tables(shown) == {"Not readable": [["b.html", "no text: null bytes"]]}
    assert "Nothing is left" not in page(shown).text


def test_places_are_links_to_the_line_of_the_commit():
    link = page(report(finding(), path="my docs/a&b.md")).find("a")
    assert link["href"] == "https://git.example/o/r/blob/abc123/my%20docs/a%26b.md?plain=1#L3"
    assert link.text == "my docs/a&b.md:3"


@pytest.mark.parametrize("path", ["/tmp/a.html", "../a.html"])
def test_places_outside_of_the_repository_are_not_links(path):
    assert page(report(finding(), path=path)).find("a") is None


MARKUP = [
    "a | b",
    "**bold** _it_ `code` ~~gone~~",
    "<script>alert(1)</script>",
    "[link](https://evil.example) ![](x)",
    "https://evil.example @someone #1",
    "&lt;img&gt; \\| &#124;",
    "# Title",
    "Café 東京 🐈",
]


@pytest.mark.parametrize("text", MARKUP)
def test_words_of_documents_stand_as_they_are_and_are_no_markup(text):
    shown = report(finding(src=text, suggestion=text), path=f"{text}.html")
    cells = tables(shown)["Left for a person"][0]
    assert (cells[0], cells[1], cells[4]) == (f"{text}.html:3", text, text)
    marks = {tag.name for tag in page(shown).find_all()}
    assert marks <= {"h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "a"}


def test_a_cell_is_one_short_line():
    assert literal("a\r\n\n b\x1b[0m\tc") == "a b &#91;0m c"
    assert len(literal("x" * 1000)) == LONGEST_CELL


def test_a_long_table_is_cut_and_says_so():
    shown = report(*(finding(line=number + 1) for number in range(MOST_ROWS + 2)))
    assert len(tables(shown)["Left for a person"]) == MOST_ROWS
    assert "… and 2 more." in page(shown).text


def test_ids_of_another_version_stand_for_themselves():
    assert tables(report(finding(reason="made-up-later")))["Left for a person"][0][3] == "made-up-later"


def test_an_image_without_a_source_is_told_by_its_kind():
    assert tables(report(finding(src="")))["Left for a person"][0][1] == "<img>"


def test_the_report_of_alttext_is_what_it_reads():
    result = Pipeline().check_text('<p>Look:\n<img src="dog.jpg"></p>', path="a.html")
    made = msgspec.json.decode("".join(json.render([result], View())))
    assert tables(made)["Left for a person"][0][:2] == ["a.html:2", "dog.jpg"]
