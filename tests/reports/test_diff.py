"""Patches are applied by git itself, to bytes."""

import subprocess
from dataclasses import replace

import pytest

from alttext.reports import View, diff
from alttext.types import FileResult


def render(*results, **view):
    return "".join(diff.render(results, View("fix", **view)))


def git_apply(folder, patch):
    (folder / "the.patch").write_bytes(patch.encode("utf-8", "surrogateescape"))
    subprocess.run(["git", "apply", "--whitespace=nowarn", "the.patch"], cwd=folder, check=True)


def test_documents_that_stay_as_they_are_make_no_patch(page):
    assert render(page('<img src="a.jpg">').review("a.jpg", "low-confidence").result()) == ""


def test_documents_that_could_not_be_read_make_no_patch():
    assert render(FileResult("a.html", error="no such file or folder")) == ""


def test_a_patch_is_a_unified_diff_with_the_prefixes_of_git(page):
    assert render(page('<p>\n<img src="a.jpg">\n').write("a.jpg", "A dog.").result()) == (
        "--- a/site/index.html\n"
        "+++ b/site/index.html\n"
        "@@ -1,2 +1,2 @@\n"
        " <p>\n"
        '-<img src="a.jpg">\n'
        '+<img src="a.jpg" alt="A dog.">\n'
    )


TEXTS = {
    "line feeds": '<p>\n<img src="a.jpg">\n</p>\n',
    "no newline at the end": '<p>\n<img src="a.jpg">',
    "no newline and a change elsewhere": '<img src="a.jpg">\n<p>',
    "carriage returns and line feeds": '<p>\r\n<img src="a.jpg">\r\n</p>\r\n',
    "mixed newlines": '<p>\r<img src="a.jpg">\n</p>\r\n\n',
    "separators that are no newlines to git": '<p>\x0c\x1c\u2028\x85<img src="a.jpg">\n\x0b',
    "one long line": "<p>" + "x" * 5000 + '<img src="a.jpg">',
    "a line that looks like a title": '--- a/x\n<img src="a.jpg">\n+++ b/y\n',
}
WRITTEN_AS = {
    "utf-8": {},
    "utf-8 with a mark": {"bom": b"\xef\xbb\xbf"},
    "latin-1": {"encoding": "cp1252"},
    "broken utf-8": {},
}


CASES = [
    (kind, written_as)
    for kind, text in TEXTS.items()
    for written_as in WRITTEN_AS
    if text.isascii() or written_as != "latin-1"  # which lacks these separators
]


@pytest.mark.parametrize(("kind", "written_as"), CASES)
def test_git_applies_a_patch_byte_for_byte(page, tmp_path, kind, written_as):
    extra = {"broken utf-8": "\udcff", "latin-1": "é\udc81"}.get(written_as, "日本 é")
    result = page(f"{extra}{TEXTS[kind]}{extra}", **WRITTEN_AS[written_as]).write("a.jpg", "A dog.").result()

    def data(text):
        return result.bom + text.encode(result.encoding, "surrogateescape")

    (tmp_path / "site").mkdir()
    document = tmp_path / "site" / "index.html"
    document.write_bytes(data(result.before))
    git_apply(tmp_path, render(result))
    assert document.read_bytes() == data(result.text)


@pytest.mark.parametrize(
    "name",
    ["my page.html", 'quo"te.html', "back\\slash.html", "täb\tand\nline.html", "日本.html", "a b/c d.html"],
)
def test_git_finds_documents_with_unusual_names(page, tmp_path, name):
    document = tmp_path / name
    document.parent.mkdir(exist_ok=True)
    result = page('<img src="a.jpg">\n', path=name).write("a.jpg", "A dog.").result()
    document.write_text(result.before)
    git_apply(tmp_path, render(result))
    assert document.read_text() == result.text


def test_one_patch_holds_several_documents(page, tmp_path):
    results = [page('<img src="a.jpg">\n', path=f"{n}.html").write("a.jpg", "A dog.").result() for n in "abc"]
    for result in results:
        (tmp_path / result.path).write_text(result.before)
    git_apply(tmp_path, render(*results))
    assert [(tmp_path / result.path).read_text() for result in results] == [result.text for result in results]


def test_without_colours_a_terminal_is_not_steered_either(page):
    result = page('\x1b[31m<p>\n<img src="a.jpg">\n').write("a.jpg", "A dog.").result()
    assert "\x1b" not in render(result, terminal=True)
    assert '+<img src="a.jpg" alt="A dog.">\n' in render(result, terminal=True)


def test_utf_16_is_shown_as_utf_8_since_git_takes_it_for_binary(page):
    result = page('<img src="a.jpg">\n').write("a.jpg", "A dog.").result()
    assert render(replace(result, encoding="utf-16-le")) == render(result)


def test_half_a_character_of_utf_16_is_shown_as_bytes(page):
    result = page('\ud800<img src="a.jpg">\n', encoding="utf-16-le").write("a.jpg", "A dog.").result()
    assert "-\udced\udca0\udc80<img" in render(result)


def test_colour_is_for_terminals_only(page):
    result = page('\x1b[31m<p>\n<img src="a.jpg">\n').write("a.jpg", "A dog.").result()
    colored = render(result, color=True)
    assert '\x1b[32m+<img src="a.jpg" alt="A dog.">\x1b[0m\n' in colored
    assert "\x1b[31m<p>" not in colored, "a document must not steer the terminal"
    assert "\x1b[3" not in render(result).replace("\x1b[31m<p>", "")
