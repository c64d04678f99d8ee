"""The targets of the fuzzer hold for what it begins with, and its judges see what is wrong."""

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import documents, judges, seeds, targets
from tests.fuzz.documents import ENCODINGS, PIECES
from tests.fuzz.judges import SAID, BrokenPromiseError

ROOT = Path(__file__).parents[2]
each_target = pytest.mark.parametrize("name", targets.TARGETS)


@each_target
def test_the_seeds_keep_all_promises(name):
    became = [targets.check(name, seed) for seed in seeds.seeds(name)]
    assert became.count("written") > 20
    assert len(became) < 250


@each_target
@settings(max_examples=20, derandomize=True)
@given(style=st.integers(0, 255), pieces=st.binary(max_size=8))
def test_pieces_in_any_encoding_keep_them(name, style, pieces):
    targets.check(name, PIECES + bytes([style]) + (b"\xff\x80" if name == "notebook" else b"") + pieces)


@pytest.mark.parametrize("style", range(len(ENCODINGS)))
def test_pieces_are_spelled_in_the_encoding_that_they_ask_for(style):
    head, codec = ENCODINGS[style]
    assert documents.html(PIECES + bytes([style, 0])) == head + '<img src="a.jpg">'.encode(codec)


def test_long_inputs_become_long_documents():
    for target in targets.TARGETS.values():
        assert 30_000 < len(target.document(documents.long(0, b"\1", b"\2\3"))) < 200_000


WRITTEN = f'<img src="a" alt="{escape(SAID)}">'


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("a", "a", 0),
        ('<img src="a">', WRITTEN, 1),
        ('<img src="a"><p>', WRITTEN + "<p>", 1),
        ("![](a)", "![Zq0 0qZ](a)", 1),
        ("![](a)![](b)", '![](a){fig-alt="Zq0 0qZ"}![Zq0 0qZ](b)', 2),
        ("![old](a)", "![Zq0 0qZ](a)", 1),
        ("![old]", "![Zq0 0qZ][old]", 1),
    ],
)
def test_insertions_are_counted(before, after, count):
    assert judges.insertions(before, after, ["old"]) == count


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a", "b"),
        ("a", "a "),
        ("![](a)", "![Zq0 0qZ](a) "),
        ("![]( a)", "![Zq0 0qZ](a)"),
        ("![other](a)", "![Zq0 0qZ](a)"),
        ('<img src="a">', WRITTEN.replace("src", "SRC")),
    ],
)
def test_any_other_change_is_noticed(before, after):
    with pytest.raises(BrokenPromiseError):
        judges.insertions(before, after, ["old"])


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ('<img src="a">', WRITTEN, 2),
        ('<img src="a"><p>x', f"{WRITTEN}<p>y", 1),
        ('<script><img src="a"></script>', f"<script>{WRITTEN}</script>", 1),
        ('<img src="a">', WRITTEN.replace("dog", "cat"), 1),
        ('<img src="a">', WRITTEN.replace("alt=", "title="), 1),
    ],
)
def test_browsers_would_notice(before, after, count):
    with pytest.raises(BrokenPromiseError):
        judges.html(before, after, count)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p><img src="a"/></p>', f"<p>{WRITTEN}</p>"),
        ('<p><img src="a"/></p>', f"<p>{WRITTEN[:-1]}/>x</p>"),
        ('<p><img src="a"/></p>', '<p><img src="a" alt="Zq0 else 0qZ"/></p>'),
    ],
)
def test_readers_of_xml_would_notice(before, after):
    with pytest.raises(BrokenPromiseError):
        judges.xml(before, after, 1)


def test_github_would_notice_words_that_pair_with_others():
    judges.markdown("*a ![](b)", "*a ![Zq0 \\* 0qZ](b)")
    with pytest.raises(BrokenPromiseError):
        judges.markdown("*a ![](b)", "*a ![Zq0 0qZ](b)*")


def test_a_notebook_may_change_in_its_markdown_only():
    before = '{"cells": [{"cell_type": "markdown", "source": "a"}, {"cell_type": "raw", "source": "b"}]}'
    assert list(judges.notebook(before, before.replace('"a"', '"c"'))) == [("a", "c")]
    for other in (
        before.replace('"b"', '"c"'),
        before.replace('"a"', '["a"]'),
        before.replace('"raw"', '"x"'),
    ):
        with pytest.raises(BrokenPromiseError):
            judges.notebook(before, other)


def test_what_was_found_can_be_tried_again(tmp_path):
    (tmp_path / "input").write_bytes(b"<img src=a>")
    command = [sys.executable, "-m", "tests.fuzz.lossless", "html", str(tmp_path / "input")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert "b'<img src=a>'" in run.stdout
    assert "written" in run.stdout
