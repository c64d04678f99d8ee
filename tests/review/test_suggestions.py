"""The file of suggestions: valid by its published schema, and read back as it was written."""

import json
from io import BytesIO
from pathlib import Path

import jsonschema
import msgspec
import pytest

from alttext import FileResult, Settings
from alttext.errors import ParseError
from alttext.review import suggestions
from alttext.review.suggestions import Suggestion
from alttext.review.tasks import Task, tasks

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema" / "suggestions.schema.json"
PAGE = '<html lang="de"><h1>Dogs</h1><p>One <a href="/x"><img src="img/a.png"></a></p><img src="b.png">'


@pytest.fixture
def rows(site, asked):
    root = site("pages/img/a.png", "pages/b.png", files={"pages/a.html": PAGE})
    return [suggestions.of_task(task, root) for task in asked("pages")]


def written(rows, **options) -> bytes:
    return "".join(suggestions.encode(rows, "1.2", **options)).encode()


def test_the_published_schema_is_that_of_the_records():
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == suggestions.schema()


def test_a_file_is_valid_by_the_published_schema(rows):
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(written(rows)), schema, jsonschema.Draft202012Validator)


def test_a_suggestion_holds_what_a_person_needs(rows):
    linked, doubted = rows
    assert (linked.path, linked.line, linked.decision) == ("pages/a.html", 1, "pending")
    assert (linked.picture, linked.context.link, linked.context.lang) == ("pages/img/a.png", "/x", "de")
    assert linked.heard == "link, graphic, a.png"
    assert linked.prompts == ("Destination: Where does the link lead? Say that, not what is seen.",)
    assert doubted.why.startswith("The vocabulary cannot say it in the language of the page.")
    assert {facet: [row.phrase for row in some] for facet, some in doubted.candidates.items()} == {
        "object": ["a dog", "a cat"],
        "scene": ["a beach"],
    }


@pytest.mark.parametrize("lines", [True, False])
def test_a_file_is_read_back_as_it_was_written(rows, lines):
    assert suggestions.read(written(rows, lines=lines), "x") == tuple(rows)


def test_a_file_of_columns_is_read_back_as_it_was_written(rows):
    pytest.importorskip("pyarrow")
    decided = [msgspec.structs.replace(rows[0], alt="Zwei Hunde", decision="accept"), *rows[1:]]
    assert suggestions.read(suggestions.to_parquet(decided), "s.parquet") == tuple(decided)


def test_decisions_can_be_taken_by_query(rows):
    """With any program that reads and writes Parquet."""
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    written = parquet.read_table(BytesIO(suggestions.to_parquet(rows))).to_pylist()
    taken = [row | {"decision": "skip"} for row in written]
    changed = BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(taken), changed)
    expected = tuple(msgspec.structs.replace(row, decision="skip") for row in rows)
    assert suggestions.read(changed.getvalue(), "s.parquet") == expected


def test_columns_that_are_no_suggestions_are_refused(rows):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    other = BytesIO()
    parquet.write_table(pyarrow.table({"path": ["a.html"]}), other)
    with pytest.raises(ParseError, match=r"s\.parquet: not a file of"):
        suggestions.read(other.getvalue(), "s.parquet")


def test_what_fix_would_write_by_itself_can_be_accepted_unread(site, asked):
    page = '<img src="certain.png"><img src="doubtful.png"><img src="t.gif" width="1" height="1">'
    root = site("certain.png", "doubtful.png", files={"a.html": page})
    rows = [suggestions.of_task(task, root, accepts=True) for task in asked("a.html", certain=True)]
    decided = {row.image.src: (row.decision, row.reviewed, row.is_touched) for row in rows}
    assert decided == {
        "certain.png": ("accept", False, False),
        "doubtful.png": ("pending", True, False),
        "t.gif": ("decorative", False, False),
    }


@pytest.mark.parametrize("lines", [True, False])
def test_a_file_without_suggestions_can_be_read(lines):
    assert suggestions.read(written([], lines=lines), "x") == ()


def test_a_single_line_is_json_lines(rows):
    assert suggestions.read(written(rows[:1], lines=True), "x") == tuple(rows[:1])


def test_a_byte_order_mark_and_fields_of_later_versions_do_no_harm(rows):
    data = written(rows).replace(b'"tool"', b'"later": 1,\n"tool"')
    assert suggestions.read(b"\xef\xbb\xbf" + data, "x") == tuple(rows)


def test_bytes_that_are_no_text_can_be_written(site, asked):
    root = site("b.png", files={"a.html": b'<p>B\xe4r <img src="b.png" data-x="\xe4"></p>'})
    (task,) = asked("a.html")
    (row,) = suggestions.read(written([suggestions.of_task(task, root)]), "x")
    assert suggestions.target_of(row, root, Settings()).whereabouts == task.whereabouts


WRONG = {
    "no JSON": b"hello",
    "another document": b'{"version": 1, "files": []}',
    "a list": b"[]",
    "another version": b'{"version": 2, "suggestions": []}',
    "a line that is cut off": b'{"id": "x", "path": "a", "line": 1, "sha256": ""',
    "no text": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_what_is_no_file_of_suggestions_is_refused(data):
    with pytest.raises(ParseError, match=r"^my\.json: not a file of `alttext suggest`: "):
        suggestions.read(data, "my.json")


def test_the_number_of_a_broken_line_is_told(rows):
    with pytest.raises(ParseError, match="line 2"):
        suggestions.read(written(rows[:1], lines=True) + b"{}\n", "x")


@pytest.mark.parametrize("decision", ["yes", "", None])
def test_a_decision_that_nobody_knows_is_refused(rows, decision):
    document = json.loads(written(rows))
    document["suggestions"][0]["decision"] = decision
    with pytest.raises(ParseError, match="decision"):
        suggestions.read(json.dumps(document).encode(), "x")


def test_nothing_can_be_accepted_without_words(rows):
    row = msgspec.structs.replace(rows[0], decision="accept", alt=None)
    with pytest.raises(ParseError, match=r'pages/a\.html:1: "accept" without an "alt"'):
        suggestions.read(written([row]), "x")


@pytest.mark.parametrize("path", ["../a.html", "/etc/a.html", "pages/../../a.html"])
def test_a_document_outside_of_the_site_is_refused(rows, tmp_path, path):
    with pytest.raises(ParseError, match="outside of the folder"):
        suggestions.target_of(msgspec.structs.replace(rows[0], path=path), tmp_path, Settings())


def test_a_link_out_of_the_site_is_refused(rows, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").symlink_to(tmp_path / "pages" / "a.html")
    with pytest.raises(ParseError, match="outside of the folder"):
        suggestions.target_of(msgspec.structs.replace(rows[0], path="a.html"), tmp_path / "site", Settings())


@pytest.mark.parametrize(
    ("changes", "is_touched"),
    [
        ({}, False),
        ({"decision": "skip"}, True),
        ({"alt": "Rex"}, True),
        ({"heard": "x"}, False),
        ({"decision": "accept", "reviewed": False, "suggestion": "Rex", "alt": "Rex"}, False),
        ({"decision": "skip", "reviewed": False}, True),
    ],
)
def test_a_person_has_touched_a_suggestion(rows, changes, is_touched):
    assert msgspec.structs.replace(rows[0], **changes).is_touched is is_touched


@pytest.mark.parametrize("path", ["pages/a.yml", "pages/a", "pages/.git/config"])
def test_what_is_no_document_is_refused(rows, tmp_path, path):
    with pytest.raises(ParseError, match="not a document"):
        suggestions.target_of(msgspec.structs.replace(rows[0], path=path), tmp_path, Settings())


def test_what_cannot_be_answered_in_a_file_comes_as_it_is(site, pipeline):
    pages = {"a.html": "<img src=a.jpg>", "b.ipynb": "{ ![](a.jpg)", "c.html": "<img src=a.jpg {{ class }}>"}
    folder = site("a.jpg", files=pages)
    row, unreadable, blocked = suggestions.of_tasks(tasks(pipeline, ["."]), folder, Settings())
    assert (type(row), row.path) == (Suggestion, "a.html")
    assert (type(unreadable), unreadable.path) == (FileResult, "b.ipynb")
    assert (type(blocked), blocked.path) == (Task, "c.html")
    assert blocked.blocked
