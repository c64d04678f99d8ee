"""Documents are counted and named as they would be read."""

import io
import os
import sys

import pytest

from alttext.cli import files
from alttext.config import Settings


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A page, a page that is excluded, and something that is no document."""
    for name in ("a.html", "drafts/b.html", "c.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


DRAFTS = Settings(exclude=("drafts",))


@pytest.mark.parametrize(("settings", "number"), [(Settings(), 2), (DRAFTS, 1)])
def test_documents_are_counted_as_they_would_be_read(site, settings, number):
    assert files.count_files(["."], settings) == number


def test_a_path_that_is_not_there_counts_since_it_is_told_of(site):
    assert files.count_files([".", "gone.html"], Settings()) == 3


def test_what_is_read_goes_to_stdout_and_what_is_not_to_stderr(site, capsys):
    assert files.list_files(["."], DRAFTS) == 0
    out, err = capsys.readouterr()
    assert out == "a.html\n"
    assert err == "drafts: skipped: excluded by configuration\n"


def test_a_path_that_is_not_there_is_an_error(site, capsys):
    assert files.list_files(["gone.html"], Settings()) == 2
    assert capsys.readouterr().err == "gone.html: error: no such file or folder\n"


def test_what_is_passed_over_is_told_without_the_rest(site, capsys):
    files.tell_skipped(["."], DRAFTS)
    assert capsys.readouterr() == ("", "drafts: skipped: excluded by configuration\n")


NAMES = ["a b.html", "\x1b[2J.html", "caf\udce9.html", "\u00e9.html"]


def test_names_come_byte_for_byte(site, capfdbinary):
    for name in NAMES:
        (site / name).write_text("")
    files.list_files(NAMES, Settings())
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == b"".join(os.fsencode(name) + b"\n" for name in NAMES)


def test_on_a_terminal_names_do_not_steer_it(site, monkeypatch):
    stream = io.StringIO()
    stream.isatty = lambda: True
    monkeypatch.setattr(sys, "stdout", stream)
    (site / "\x1b[2J.html").write_text("")
    files.list_files(["\x1b[2J.html"], Settings())
    assert stream.getvalue() == "\ufffd[2J.html\n"
