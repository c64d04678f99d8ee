import re

import pytest

from alttext.reports import View, github
from alttext.types import FileResult


def render(*results, **view):
    return "".join(github.render(results, View(**{"quiet": True} | view)))


def parsed(line):
    """What GitHub's runner understands of a command."""
    name, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
    return name, {key: _read(value) for key, _, value in map(_pair, properties.split(","))}, _read(message)


def _pair(text):
    return text.partition("=")


def _read(text):
    for escape, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def test_a_problem_is_an_annotation(page):
    result = page('<p>\n  <img src="a.jpg">\n').review("a.jpg", "low-confidence").result()
    assert parsed(render(result).removesuffix("\n")) == (
        "error",
        {
            "title": "alttext (missing-alt)",
            "file": "site/index.html",
            "line": "2",
            "col": "3",
            "endLine": "2",
            "endColumn": "20",
        },
        "site/index.html:2:3: Image without a text alternative: a.jpg. No description was certain enough."
        " Look at the image and write what it is there for.",
    )


def test_the_severity_is_that_of_the_rule(page):
    made = page('<img src="a.jpg">').review("a.jpg", "icon", rule="redundant-alt")
    assert render(made.result()).startswith("::warning ")


def test_columns_are_told_only_for_images_on_one_line(page):
    _, properties, _ = parsed(
        render(page('<img src="a.jpg"\n>').review("a.jpg", "icon").result()).rstrip("\n")
    )
    assert (properties["line"], properties["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & set(properties)


PATHS = ["a,b.html", "a:b.html", "100%.html", "%2C.html", "a\nb.html", "a\rb.html", "a::b.html", "a=b.html"]


@pytest.mark.parametrize("path", PATHS)
def test_paths_reach_github_as_they_are(page, path):
    text = render(page('<img src="a.jpg">', path=path).review("a.jpg", "icon").result())
    assert text.count("\n") == 1
    assert "\r" not in text
    assert parsed(text.removesuffix("\n"))[1]["file"] == path


@pytest.mark.parametrize("path", ["a\x1b[2J.html", "a\x07.html", "a\x9b31m.html", "a\x7f.html"])
def test_a_path_cannot_steer_the_log_either(page, path):
    text = render(page('<img src="a.jpg">', path=path).review("a.jpg", "icon").result()).removesuffix("\n")
    assert text.isprintable()
    assert "\ufffd" in parsed(text)[1]["file"]


def test_only_what_has_a_meaning_is_escaped(page):
    text = render(page('<img src="a,b:c%.jpg">').review("a,b:c%.jpg", "icon", "x\r\ny").result())
    assert "title=alttext (missing-alt),file=site/index.html," in text
    assert ": a,b:c%25.jpg. " in text


def test_a_document_cannot_give_commands_or_steer_the_log(page):
    evil = "a\n::error::\x1b[2J\n##[group]x"
    text = render(
        page(f'<img src="{evil}">', path="a\n::warning::.html").review(evil, "icon", evil).result(),
        FileResult("b.html", error=f"b.html: {evil}"),
    )
    assert [line[:8] for line in text.splitlines()] == ["::error ", "::error "]
    assert "\x1b" not in text


def test_a_document_that_cannot_be_read_is_an_annotation(page):
    assert render(FileResult("a.html", error="no such file")) == (
        "::error title=alttext,file=a.html::a.html: no such file\n"
    )


def test_files_are_told_from_the_root_of_the_checkout(page, tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    result = page('<img src="a.jpg">', path="a.html").review("a.jpg", "icon").result()
    _, properties, message = parsed(render(result, root=str(tmp_path)).rstrip("\n"))
    assert properties["file"] == "docs/a.html"
    assert message.startswith("a.html:1:1: ")


def test_what_was_kept_or_written_is_not_told(page):
    made = page('<img src="a.jpg"><img src="b.jpg">').write("a.jpg", "A dog.").keep("b.jpg").result()
    assert render(made, command="fix", written=True) == ""
    assert render(made, command="fix").count("::error") == 1


def test_the_log_ends_with_the_summary(page):
    result = page('<img src="a.jpg">').review("a.jpg", "icon").result()
    assert render(result, quiet=False).splitlines()[1:] == ["Found 1 problem in 1 of 1 file."]


@pytest.mark.parametrize(("number", "is_told"), [(10, False), (11, True)])
def test_the_log_tells_when_github_shows_only_some(page, number, is_told):
    results = [page('<img src="a.jpg">').review("a.jpg", "icon").result()] * number
    assert ("--output-format sarif" in render(*results, quiet=False)) == is_told
    assert "sarif" not in render(*results)


def test_reports_are_made_piece_by_piece(page):
    def results():
        yield page('<img src="a.jpg">').review("a.jpg", "icon").result()
        raise AssertionError("asked for too early")

    assert next(github.render(results(), View())).startswith("::error ")
