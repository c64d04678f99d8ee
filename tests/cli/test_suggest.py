"""`alttext suggest`: a file to be finished by hand, which keeps what people wrote into it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from alttext.cli import cli

PAGE = '<p>One <a href="/"><img src="a.png"></a></p>\n<img src="b.png">\n'


def alttext(*arguments, **more):
    return CliRunner().invoke(cli, arguments, **more)


def read(name="s.json"):
    return json.loads(Path(name).read_text())["suggestions"]


def test_suggestions_go_to_stdout_and_change_nothing(folder):
    root = folder("site/a.png", "site/b.png", files={"site/a.html": PAGE})
    result = alttext("suggest", "site")
    assert result.exit_code == 1
    assert result.stderr == "2 images are left for a person.\n"
    rows = json.loads(result.stdout)["suggestions"]
    assert [row["alt"] for row in rows] == ["Home", "A dog on a beach."]
    assert {row["decision"] for row in rows} == {"pending"}
    assert (root / "site/a.html").read_text() == PAGE


@pytest.mark.parametrize(
    ("where", "command"),
    [((), "alttext apply left.json"), (("--site", "site"), "alttext apply left.json --site site")],
    ids=["the working folder", "another folder"],
)
def test_with_a_file_the_next_step_is_told(folder, where, command):
    folder("site/a.png", "site/b.png", files={"site/a.html": PAGE})
    result = alttext("suggest", "site", "-o", "left.json", *where)
    assert result.stderr.endswith(f"Decide about them in left.json, then run `{command}`.\n")


def test_there_is_no_next_step_with_nothing_left(folder):
    folder(files={"a.html": "<p>Nothing</p>"})
    assert alttext("suggest", "a.html", "-o", "left.json").stderr == "0 images are left for a person.\n"


@pytest.mark.parametrize(
    "text",
    ['<img src="a.png" alt="Rex">', '<img src="a.png" alt="">', '<img src="certain.png">', "<p>Nothing</p>"],
)
def test_nothing_is_suggested_where_nobody_is_needed(folder, text):
    root = folder("a.png", "certain.png", files={"a.html": text})
    result = alttext("suggest", "a.html")
    assert (result.exit_code, json.loads(result.stdout)["suggestions"]) == (0, [])
    assert (root / "a.html").read_text() == text


def test_what_fix_would_write_is_suggested_on_request(folder):
    folder("certain.png", files={"a.html": '<img src="certain.png">'})
    result = alttext("suggest", "a.html", "--all", "--quiet")
    assert [row["alt"] for row in json.loads(result.stdout)["suggestions"]] == ["A dog."]
    assert result.stderr == ""


def test_what_fix_would_write_can_be_accepted_at_once_and_refused_later(folder):
    folder("a.png", "certain.png", files={"a.html": '<img src="certain.png"><img src="a.png">'})
    alttext("suggest", "a.html", "--accept", "-o", "s.json")
    assert [(row["decision"], row["reviewed"]) for row in read()] == [("accept", False), ("pending", True)]
    document = json.loads(Path("s.json").read_text())
    document["suggestions"][0] |= {"decision": "skip"}
    Path("s.json").write_text(json.dumps(document))
    alttext("suggest", "a.html", "--accept", "-o", "s.json")
    assert [row["decision"] for row in read()] == ["skip", "pending"]


def test_a_file_of_lines_has_one_suggestion_in_each(folder):
    folder("a.png", "b.png", files={"a.html": PAGE})
    assert alttext("suggest", "a.html", "-o", "s.jsonl").exit_code == 1
    rows = [json.loads(line) for line in Path("s.jsonl").read_text().splitlines()]
    assert [row["path"] for row in rows] == ["a.html", "a.html"]


def test_decisions_in_the_file_are_kept(folder):
    folder("a.png", "b.png", files={"a.html": PAGE, "b.html": PAGE})
    alttext("suggest", "a.html", "b.html", "-o", "s.json")
    document = json.loads(Path("s.json").read_text())
    document["suggestions"][0] |= {"alt": "Start", "decision": "accept"}
    document["suggestions"][3] |= {"alt": "My dog"}
    Path("s.json").write_text(json.dumps(document))
    alttext("suggest", "a.html", "-o", "s.json")
    kept = [(row["path"], row["alt"], row["decision"]) for row in read()]
    assert kept == [
        ("a.html", "Start", "accept"),
        ("a.html", "A dog on a beach.", "pending"),
        ("b.html", "My dog", "pending"),
    ]


def test_what_was_applied_is_not_kept(folder):
    folder("a.png", "b.png", files={"a.html": PAGE})
    alttext("suggest", "a.html", "-o", "s.json")
    document = json.loads(Path("s.json").read_text())
    document["suggestions"][0] |= {"decision": "accept"}
    Path("s.json").write_text(json.dumps(document))
    alttext("apply", "s.json")
    alttext("suggest", "a.html", "-o", "s.json")
    assert [row["image"]["src"] for row in read()] == ["b.png"]


def test_a_file_that_holds_something_else_is_left_alone(folder):
    folder("a.png", "b.png", files={"a.html": PAGE, "s.json": '{"important": true}'})
    result = alttext("suggest", "a.html", "-o", "s.json")
    assert result.exit_code == 2
    assert "name another file" in result.stderr
    assert Path("s.json").read_text() == '{"important": true}'


def test_what_can_only_be_edited_in_the_document_is_told(folder):
    folder("a.png", files={"a.html": '<p>\n<img src="a.png" {{ attributes }}></p>'})
    result = alttext("suggest", "a.html")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["suggestions"] == []
    assert result.stderr.startswith("a.html:2: A template decides about this image.")
    assert result.stderr.endswith("0 images are left for a person; 1 can only be edited in the document.\n")


def test_a_document_that_cannot_be_read_is_told(folder):
    folder("a.png", "b.png", files={"a.html": PAGE, "b.ipynb": "{"})
    result = alttext("suggest", ".", "--exit-zero")
    assert result.exit_code == 2
    assert len(json.loads(result.stdout)["suggestions"]) == 2
    assert result.stderr.startswith("alttext: b.ipynb: ")


def test_paths_are_relative_to_the_site(folder):
    folder("site/a.png", "site/b.png", files={"site/pages/a.html": '<img src="../b.png">'})
    result = alttext("suggest", "site", "--site", "site")
    (row,) = json.loads(result.stdout)["suggestions"]
    assert (row["path"], row["picture"]) == ("pages/a.html", "b.png")


def test_documents_outside_of_the_site_are_refused(folder):
    folder("a.png", "b.png", files={"a.html": PAGE, "site/x": ""})
    result = alttext("suggest", "a.html", "--site", "site")
    assert result.exit_code == 2
    assert "--site" in result.stderr


def test_parts_of_a_site_are_suggested_for_by_different_machines(folder):
    folder("a.png", files={f"pages/{number}.html": '<img src="../a.png">' for number in range(8)})
    alttext("suggest", "pages", "-o", "all.json")
    for part in ("1/2", "2/2"):
        alttext("suggest", "pages", "--shard", part, "-o", f"part{part[0]}.json")
    parts = [{row["id"] for row in read(f"part{number}.json")} for number in (1, 2)]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert parts[0] | parts[1] == {row["id"] for row in read("all.json")}
