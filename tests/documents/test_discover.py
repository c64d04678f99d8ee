import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents import discover
from alttext.documents.discover import DiscoverOptions, Shard, find_files
from alttext.errors import ConfigError


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A working folder; call it with the files to make, as names or as names with their text."""
    monkeypatch.chdir(tmp_path)

    def make(*names, **texts):
        for name, text in {**dict.fromkeys(names, ""), **texts.pop("files", {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def found(*paths, **options):
    entries = discover.find_files(paths or ["."], DiscoverOptions(**options))
    return [entry.path.as_posix() for entry in entries]


def skipped(*paths, **options):
    entries = discover.find_files(paths or ["."], DiscoverOptions(**options), show_skipped=True)
    return {entry.path.as_posix(): entry.skipped for entry in entries if entry.skipped}


def errors(*paths):
    return {entry.path.as_posix(): entry.error for entry in discover.find_files(paths) if entry.error}


# What is read


def test_documents_are_found_in_all_folders_in_order_of_their_names(site):
    site("b.html", "a/z.md", "a/B.htm", "a/b/c.xhtml", "c.ipynb", "README.md")
    assert found() == ["README.md", "a/B.htm", "a/b/c.xhtml", "a/z.md", "b.html", "c.ipynb"]


def test_each_document_comes_with_its_format(site):
    site("a.html", "b.md")
    assert [entry.format for entry in discover.find_files(["."])] == ["html", "markdown"]


def test_suffixes_in_capitals_count(site):
    site("INDEX.HTML", "READ.Me.MD")
    assert found() == ["INDEX.HTML", "READ.Me.MD"]


def test_other_files_are_not_documents(site):
    site("a.jpg", "style.css", "html", "a.html.bak", ".html")
    assert found() == []


def test_paths_are_read_in_the_order_given_and_each_document_once(site):
    site("a/x.html", "b/y.html", "c.html")
    assert found("c.html", "b", "a", ".", "b/y.html") == ["c.html", "b/y.html", "a/x.html"]


def test_an_empty_folder_has_no_documents(site):
    site()
    assert found() == []


def test_paths_are_shown_as_they_were_given(site):
    root = site("site/a.html")
    assert found("./site") == found("site/") == found(root / "site") == ["site/a.html"]


def test_paths_outside_of_the_working_folder_are_shown_in_full(site, monkeypatch):
    root = site("site/a.html", "here/b.html")
    monkeypatch.chdir(root / "here")
    assert found(root / "site") == [f"{root.as_posix()}/site/a.html"]
    assert found("../site") == ["../site/a.html"]


# What cannot be read


def test_a_path_that_is_not_there_is_an_error_and_the_others_are_read(site):
    site("a.html")
    assert found("gone.html", "a.html") == ["gone.html", "a.html"]
    assert errors("gone.html", "a.html") == {"gone.html": "no such file or folder"}


def test_a_file_that_is_no_document_is_an_error_if_it_is_named(site):
    site("a.txt")
    assert "not a document of a known kind (" in errors("a.txt")["a.txt"]


@pytest.mark.parametrize("name", ["a.jpg", "b.SVG"])
def test_a_picture_that_is_named_is_told_where_it_belongs(site, name):
    site(name)
    assert errors(name) == {name: "a picture; name the document that shows it, or use alttext describe"}


def test_a_book_that_is_named_is_told_where_it_belongs(site):
    site("a.EPUB")
    assert errors("a.EPUB") == {"a.EPUB": "a book; use alttext epub check or alttext epub fix"}


def test_a_link_to_nowhere_is_an_error_if_it_is_named(site):
    (site() / "a.html").symlink_to("gone.html")
    assert errors("a.html") == {"a.html": "a symbolic link to nowhere"}


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_folder_that_may_not_be_read_is_an_error(site):
    closed = site("closed/a.html", "b.html") / "closed"
    closed.chmod(0)
    try:
        assert errors(".") == {"closed": "Permission denied"}
        assert found() == ["b.html", "closed"]
    finally:
        closed.chmod(0o700)


# What is passed over


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".git/description.md", "hidden folder"),
        (".cache/a.html", "hidden folder"),
        ("node_modules/x/README.md", "folder of installed packages"),
        ("venv/lib/site-packages/a.html", "folder of installed packages"),
    ],
)
def test_folders_of_others_are_passed_over_and_named_when_asked(site, name, reason):
    site(name, "a.html")
    assert found() == ["a.html"]
    assert skipped() == {name.split("/")[0]: reason}


@pytest.mark.parametrize("name", [".github/PULL_REQUEST.md", "node_modules/x/README.md"])
def test_folders_of_others_are_read_if_they_are_named(site, name):
    site(name)
    assert found(name.split("/")[0]) == [name]


def test_hidden_files_are_read(site):
    site(".draft.html")
    assert found() == [".draft.html"]


IGNORED = {
    "a file": ("a.html", ["a.html", "b/a.html"]),
    "a file of this folder": ("/a.html", ["a.html"]),
    "a folder": ("b/", ["b/a.html", "b/c.html", "b/d/e.html"]),
    "a pattern": ("*.html\n!c.html", ["a.html", "b/a.html", "b/d/e.html"]),
    "a path": ("b/d", ["b/d/e.html"]),
    "a comment": ("# a.html", []),
    "any depth": ("**/e.html", ["b/d/e.html"]),
}
SITE = ["a.html", "b/a.html", "b/c.html", "b/d/e.html"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_an_ignore_file_that_is_a_pipe_is_not_waited_for(site):
    os.mkfifo(site("a.html") / ".gitignore")
    assert found() == ["a.html"]


@pytest.mark.parametrize("name", [".gitignore", ".alttextignore", ".git/info/exclude"])
@pytest.mark.parametrize("case", IGNORED)
def test_what_an_ignore_file_names_is_passed_over(site, name, case):
    text, ignored = IGNORED[case]
    site(*SITE, files={name: text, ".git/HEAD": ""})
    assert found() == [path for path in SITE if path not in ignored]
    assert all(reason == f"ignored by {name}" for path, reason in skipped().items() if path != ".git")


def test_a_file_in_an_ignored_folder_cannot_be_taken_back(site):
    site("public/a.html", files={".gitignore": "public/\n!public/a.html"})
    assert found() == []


def test_ignore_files_of_every_level_hold_and_the_closest_decides(site):
    site("a/x.html", "a/y.html", "x.html", files={".gitignore": "x.html\ny.html", "a/.gitignore": "!x.html"})
    assert found() == ["a/x.html"]


def test_the_own_ignore_file_decides_before_that_of_git(site):
    site("a.html", "b.html", files={".gitignore": "a.html", ".alttextignore": "!a.html\nb.html"})
    assert found() == ["a.html"]


def test_the_own_ignore_file_decides_before_a_closer_one_of_git(site):
    site("x/a.html", "x/b.html", files={"x/.gitignore": "a.html", ".alttextignore": "!a.html\nx/b.html"})
    assert found() == ["x/a.html"]


def test_ignore_files_above_hold_up_to_the_top_of_the_repository(site):
    site(
        "r/site/a.html",
        "r/site/b.html",
        "r/.git/HEAD",
        files={".gitignore": "a.html", "r/.gitignore": "b.html"},
    )
    assert found("r/site") == ["r/site/a.html"]


def test_a_linked_work_tree_is_a_repository_too(site):
    site("r/site/a.html", "r/site/b.html", "r/.git", files={"r/.gitignore": "b.html"})
    assert found("r/site") == ["r/site/a.html"]


def test_ignore_files_of_git_can_be_left_unheeded(site):
    site("a.html", "b.html", files={".gitignore": "a.html", ".alttextignore": "b.html"})
    assert found(respect_gitignore=False) == ["a.html"]


def test_a_broken_ignore_file_harms_nothing(site):
    (site("a.html", "b.html") / ".gitignore").write_bytes(b"\xff\xfe\na.html\n")
    assert found() == ["b.html"]


# What is named is read


@pytest.mark.parametrize("pattern", ["public/", "public", "/public/*", "/public/**", "*", "**/blog/"])
def test_an_ignored_folder_is_read_if_it_is_named(site, pattern):
    site("public/blog/a.html", "public/blog/b.html", ".git/HEAD", files={".gitignore": pattern})
    assert found("public/blog") == ["public/blog/a.html", "public/blog/b.html"]


@pytest.mark.parametrize("pattern", ["public/", "/public/*", "*"])
def test_a_folder_in_an_ignored_folder_is_read_if_it_is_named(site, pattern):
    site("public/blog/a.html", ".git/HEAD", files={".gitignore": pattern})
    assert found("public") == ["public/blog/a.html"]


def test_the_ignore_files_inside_of_a_named_folder_hold(site):
    site(
        "public/a.html",
        "public/b.html",
        ".git/HEAD",
        files={".gitignore": "public/", "public/.gitignore": "b.html"},
    )
    assert found("public") == ["public/a.html"]


def test_naming_a_folder_that_is_not_ignored_keeps_the_ignore_files_above(site):
    site("site/a.html", "site/b.html", ".git/HEAD", files={".gitignore": "b.html"})
    assert found("site") == ["site/a.html"]


def test_an_ignored_file_is_read_if_it_is_named(site):
    site("public/a.html", ".git/HEAD", files={".gitignore": "*.html"})
    assert found("public/a.html") == ["public/a.html"]


# Exclusions


EXCLUDED = {
    "a name": ("b", ["a.html"]),
    "a folder": ("b/", ["a.html"]),
    "a pattern": ("*.html", []),
    "a tied path": ("{root}/b/d", ["a.html", "b/a.html", "b/c.html"]),
    "a tied pattern": ("{root}/*.html", ["b/a.html", "b/c.html", "b/d/e.html"]),
    "another folder": ("{root}/other/b", SITE),
}


@pytest.mark.parametrize("case", EXCLUDED)
def test_what_is_excluded_is_passed_over(site, case):
    pattern, left = EXCLUDED[case]
    root = site(*SITE)
    options = {"exclude": (pattern.format(root=root.as_posix()),)}
    assert found(**options) == left
    assert set(skipped(**options).values()) <= {"excluded by configuration"}


def test_a_name_to_exclude_does_not_mean_folders_above_what_was_named(site):
    root = site("drafts/site/a.html")
    assert found(root / "drafts" / "site", exclude=("drafts",)) == ["drafts/site/a.html"]


@pytest.mark.parametrize("pattern", ["drafts", "{root}/drafts", "*.html", "{root}/drafts/a.html"])
def test_an_excluded_file_is_read_if_it_is_named_unless_exclusion_is_forced(site, pattern):
    root = site("drafts/a.html")
    exclude = (pattern.format(root=root.as_posix()),)
    assert found("drafts/a.html", exclude=exclude) == ["drafts/a.html"]
    assert found("drafts/a.html", exclude=exclude, force_exclude=True) == []


@pytest.mark.parametrize("pattern", ["drafts", "{root}/drafts", "{root}/drafts/"])
def test_an_excluded_folder_is_read_if_it_is_named_unless_exclusion_is_forced(site, pattern):
    root = site("drafts/a.html")
    exclude = (pattern.format(root=root.as_posix()),)
    assert found("drafts", exclude=exclude) == ["drafts/a.html"]
    assert found("drafts", exclude=exclude, force_exclude=True) == []


@pytest.mark.parametrize("named", ["drafts/a.html", "drafts"])
def test_forced_exclusion_heeds_what_alttext_ignores_but_not_what_git_does(site, named):
    site("drafts/a.html", ".git/HEAD", files={".gitignore": "drafts/"})
    assert found(named, force_exclude=True) == ["drafts/a.html"]
    site(files={".alttextignore": "drafts/"})
    assert found(named) == ["drafts/a.html"]
    assert found(named, force_exclude=True) == []
    assert skipped(named, force_exclude=True) == {named: "ignored by .alttextignore"}


# Symbolic links


def test_links_are_not_followed(site):
    root = site("site/a.html", "outside/b.html")
    (root / "site" / "linked").symlink_to(root / "outside")
    (root / "site" / "c.html").symlink_to(root / "outside" / "b.html")
    assert found("site") == ["site/a.html"]
    assert skipped("site") == {"site/c.html": "symbolic link", "site/linked": "symbolic link"}


def test_a_loop_of_links_ends(site):
    root = site("site/a.html")
    (root / "site" / "loop").symlink_to(root / "site")
    assert found("site") == ["site/a.html"]


@pytest.mark.parametrize("name", ["loop.html", "loop"])
def test_a_link_to_itself_keeps_nothing_from_being_read(site, name):
    root = site("site/a.html")
    (root / "site" / name).symlink_to(name)
    assert found("site") == ["site/a.html"]
    assert errors(f"site/{name}", "site") == {f"site/{name}": "a symbolic link to nowhere"}


def test_a_link_is_followed_if_it_is_named(site):
    root = site("outside/b.html")
    (root / "site").symlink_to(root / "outside")
    (root / "c.html").symlink_to(root / "outside" / "b.html")
    assert found("site") == ["site/b.html"]
    assert found("c.html") == ["c.html"]


def test_a_document_with_two_names_is_read_once(site):
    root = site("outside/b.html")
    (root / "site").symlink_to(root / "outside")
    assert found("site", "outside") == ["site/b.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text are a matter of Linux")
def test_a_name_that_is_no_text_is_found(site):
    name = os.fsdecode(b"caf\xe9.html")
    Path(site(), name).write_text("")
    assert found() == [name]


def test_plain_markdown_in_a_quarto_project_is_read_as_quarto(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "_quarto.yml").write_text("project:\n  type: book\n")
    (tmp_path / "book" / "chapter.md").write_text("# Chapter")
    (tmp_path / "notes.md").write_text("# Notes")
    formats = {entry.path.name: entry.format for entry in discover.find_files([tmp_path])}
    assert formats == {"chapter.md": "quarto", "notes.md": "markdown"}


# Parts for many machines


def in_parts(folder, count, **options):
    parts = [Shard(number, count) for number in range(1, count + 1)]
    return [shown(folder, DiscoverOptions(shard=part, **options)) for part in parts]


def shown(folder, options):
    return [entry.path.as_posix() for entry in find_files([folder], options)]


@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_parts_together_are_all_documents_each_of_them_once(tmp_path, monkeypatch, count):
    monkeypatch.chdir(tmp_path)
    for number in range(60):
        (tmp_path / f"page{number}.html").touch()
    parts = in_parts(".", count)
    assert sorted(path for part in parts for path in part) == sorted(shown(".", DiscoverOptions()))
    assert all(part == sorted(part) for part in parts)
    assert min(map(len, parts)) >= 1


def test_a_document_stays_in_its_part_whatever_is_beside_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.html").touch()
    before = [bool(part) for part in in_parts(".", 4)]
    (tmp_path / "a.html").touch()
    assert ["b.html" in part for part in in_parts(".", 4)] == before


@given(st.sets(st.text("abcü/", min_size=1, max_size=6), max_size=40), st.integers(1, 9))
def test_everything_belongs_to_exactly_one_part(names, count):
    parts = [Shard(number, count) for number in range(1, count + 1)]
    assert all(sum(part.holds(name.encode()) for part in parts) == 1 for name in names)


def test_a_folder_is_split_alike_wherever_it_is_and_wherever_from_it_is_named(tmp_path, monkeypatch):
    for copy in ("here", "elsewhere/mounted"):
        for number in range(20):
            page = tmp_path / copy / "posts" / f"page{number}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.touch()

    def names(folder, start):
        monkeypatch.chdir(start)
        return [[Path(path).name for path in part] for part in in_parts(folder, 3)]

    expected = names(".", tmp_path / "here")
    assert names("here", tmp_path) == expected
    assert names(tmp_path / "elsewhere/mounted", "/") == expected


def test_documents_that_are_named_one_by_one_are_split_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pages = [f"{number}/index.html" for number in range(12)]
    for page in map(Path, pages):
        page.parent.mkdir()
        page.touch()
    parts = [list(find_files(pages, DiscoverOptions(shard=Shard(number, 3)))) for number in (1, 2, 3)]
    assert sum(map(len, parts)) == 12
    assert all(parts)


def test_what_cannot_be_read_is_reported_by_one_part_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parts = [list(find_files(["gone.html"], DiscoverOptions(shard=Shard(n, 3)))) for n in (1, 2, 3)]
    assert sum(len(part) for part in parts) == 1


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "1/0", "-1/3", "a/b", "1/3/5", "1.0/3", " 1/3"])
def test_a_part_that_does_not_exist_is_an_error(text):
    with pytest.raises(ConfigError, match="shard"):
        Shard.parse(text)


def test_a_part_is_read_as_it_is_written():
    assert Shard.parse("2/8") == (2, 8)
