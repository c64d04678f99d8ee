"""`alttext apply`: what was decided is written, the rest is told; exit codes as everywhere."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.review import suggestions

PAGE = '<p>One <a href="/"><img src="a.png"></a></p>\n<img src="b.png">\n'
WRITTEN = PAGE.replace('"a.png"', '"a.png" alt="Home"').replace('"b.png"', '"b.png" alt=""')


def alttext(*arguments, **more):
    return CliRunner().invoke(cli, arguments, **more)


@pytest.fixture
def decide(folder):
    """Suggests for a page, and takes decisions in the file."""

    def make(*decisions, name="s.json", page=PAGE):
        root = folder("a.png", "b.png", files={"a.html": page})
        alttext("suggest", "a.html", "-o", "s.json")
        document = json.loads(Path("s.json").read_text())
        for row, decision in zip(document["suggestions"], decisions, strict=True):
            row["decision"] = decision
        lines = "\n".join(json.dumps(row) for row in document["suggestions"])
        Path(name).write_text(lines if name.endswith(".jsonl") else json.dumps(document))
        return root / "a.html"

    return make


@pytest.mark.parametrize("name", ["s.json", "s.jsonl"])
def test_all_that_was_decided_is_written(decide, name):
    page = decide("accept", "decorative", name=name)
    result = alttext("apply", name)
    assert (result.exit_code, result.stdout) == (0, "Wrote 2 alternatives in 1 document.\n")
    assert page.read_text() == WRITTEN


def test_suggestions_of_many_machines_are_applied_together(folder):
    root = folder("certain.png", files={f"{name}.html": '<img src="certain.png">' for name in "abcdef"})
    for part in ("1/2", "2/2"):
        alttext("suggest", ".", "--accept", "--shard", part, "-o", f"part{part[0]}.jsonl")
    result = alttext("apply", "part1.jsonl", "part2.jsonl")
    assert (result.exit_code, result.stdout) == (0, "Wrote 6 alternatives in 6 documents.\n")
    assert {page.read_text() for page in root.glob("*.html")} == {'<img src="certain.png" alt="A dog.">'}


def test_suggestions_can_be_parquet(decide):
    pytest.importorskip("pyarrow")
    page = decide("accept", "decorative")
    rows = suggestions.read(Path("s.json").read_bytes(), "s.json")
    Path("s.parquet").write_bytes(suggestions.to_parquet(rows))
    assert alttext("apply", "s.parquet").exit_code == 0
    assert page.read_text() == WRITTEN


def test_suggestions_can_come_from_stdin(decide):
    page = decide("accept", "decorative")
    assert alttext("apply", "-", input=Path("s.json").read_bytes()).exit_code == 0
    assert page.read_text() == WRITTEN


@pytest.mark.parametrize("decision", ["pending", "skip"])
def test_what_nobody_has_decided_is_left_and_exits_with_1(decide, decision):
    page = decide(decision, decision)
    result = alttext("apply", "s.json")
    assert result.exit_code == 1
    assert result.stdout.startswith("Wrote 0 alternatives in 0 documents; 2 ")
    assert page.read_text() == PAGE


def test_stale_suggestions_are_listed_and_exit_with_1(decide):
    page = decide("accept", "decorative")
    changed = PAGE.replace('"a.png"', '"a.png" alt="Mine"')
    page.write_text(changed)
    result = alttext("apply", "s.json")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.html:1: stale: the image a.png has changed; ask again",
        "Wrote 1 alternative in 1 document; 1 stale.",
    ]
    assert page.read_text() == changed.replace('"b.png"', '"b.png" alt=""')


@pytest.mark.parametrize("option", ["--check", "--dry-run", "--diff"])
def test_a_run_that_writes_nothing_changes_no_byte_and_exits_with_1(decide, option):
    page = decide("accept", "decorative")
    result = alttext("apply", "s.json", option)
    assert result.exit_code == 1
    assert page.read_text() == PAGE


def test_the_patch_is_alone_on_stdout(decide):
    decide("accept", "pending")
    result = alttext("apply", "s.json", "--diff")
    assert result.stdout.startswith("--- a/a.html\n+++ b/a.html\n")
    assert '+<p>One <a href="/"><img src="a.png" alt="Home"></a></p>\n' in result.stdout
    assert result.stderr == "Would write 1 alternative in 1 document; 1 pending.\n"


def test_applying_twice_is_the_same_as_once(decide):
    page = decide("accept", "decorative")
    alttext("apply", "s.json")
    result = alttext("apply", "s.json", "-v")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "a.html:1: already",
        "a.html:2: already",
        "Wrote 0 alternatives in 0 documents, 2 written already.",
    ]
    assert page.read_text() == WRITTEN


@pytest.mark.parametrize("content", ["nonsense", '{"version": 9, "suggestions": []}', "[1]"])
def test_a_file_that_holds_no_suggestions_exits_with_2(folder, content):
    root = folder("a.png", files={"a.html": PAGE, "s.json": content})
    result = alttext("apply", "s.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (root / "a.html").read_text() == PAGE


def test_a_file_that_leads_out_of_the_site_exits_with_2_and_writes_nothing(decide):
    page = decide("accept", "decorative")
    document = json.loads(Path("s.json").read_text())
    document["suggestions"][1]["path"] = "../a.html"
    Path("s.json").write_text(json.dumps(document))
    result = alttext("apply", "s.json")
    assert result.exit_code == 2
    assert "outside of the folder" in result.stderr
    assert page.read_text() == PAGE


def test_the_site_may_be_elsewhere(decide):
    page = decide("accept", "decorative")
    page.parent.joinpath("copy").mkdir()
    for name in ("a.html", "a.png", "b.png"):
        (page.parent / name).rename(page.parent / "copy" / name)
    assert alttext("apply", "s.json", "--site", "copy").exit_code == 0
    assert Path("copy/a.html").read_text() == WRITTEN


def test_exit_zero_is_for_those_who_look_at_the_report(decide):
    decide("pending", "skip")
    assert alttext("apply", "s.json", "--exit-zero").exit_code == 0
