"""`alttext ledger` and the options of `check` and `fix` that go with it."""

import pytest
from click.testing import CliRunner

from alttext import pipeline
from alttext.cli import cli
from alttext.types import Description

FOUND = "2 problems in 2 of 2 files"


class FakeDescriber:
    """Sees a dog in every picture."""

    def describe_all(self, placed):
        return [Description("A dog.", 0.99, (), "photograph", False, ("described",)) for _ in placed]


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    """A site of two pages, each with a picture that lacks an alternative."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline.Pipeline, "describer", FakeDescriber())
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "alttext.toml").touch()
    for name in ("a", "b"):
        (tmp_path / f"{name}.jpg").write_bytes(name.encode())
        (tmp_path / f"{name}.html").write_text(f"<img src={name}.jpg>")
    return tmp_path


def alttext(*arguments, **more):
    return CliRunner().invoke(cli, arguments, **more)


def test_what_fix_writes_keeps_the_gate_closed_until_it_is_accepted():
    alttext("fix", ".")
    closed = alttext("check", "--stale", "--unreviewed", ".")
    assert closed.exit_code == 1
    assert "unreviewed-alt" in closed.stdout
    accepted = alttext("ledger", "accept", ".")
    assert (accepted.exit_code, accepted.stdout) == (0, "Accepted 2 alternatives in 2 documents.\n")
    assert alttext("check", "--stale", "--unreviewed", ".").exit_code == 0


def test_an_edit_opens_the_gate_as_well(site):
    alttext("fix", "a.html")
    (site / "a.html").write_text('<img src=a.jpg alt="Rex">')
    assert alttext("check", "--unreviewed", "a.html").exit_code == 0


def test_a_picture_that_is_replaced_closes_it_again(site):
    alttext("fix", ".")
    alttext("ledger", "accept", ".")
    (site / "a.jpg").write_bytes(b"another picture")
    stale = alttext("check", "--stale", "--unreviewed", ".")
    assert stale.exit_code == 1
    assert stale.stdout.startswith("a.html:1:1: stale-alt ")
    assert alttext("check", ".").exit_code == 0
    alttext("ledger", "accept", "a.html")
    assert alttext("check", "--stale", ".").exit_code == 0


def test_contradictory_alternatives_are_told_without_a_ledger(site):
    (site / "a.html").write_text('<img src=a.jpg alt="Rex">')
    (site / "b.html").write_text('<img src=a.jpg alt="A cat">')
    result = alttext("check", "--contradictory", ".")
    assert result.exit_code == 1
    assert FOUND in result.stdout


def test_the_options_add_to_the_rules_that_are_set(site):
    (site / "alttext.toml").write_text('select = ["stale-alt"]\nextend-select = ["placeholder-alt"]')
    alttext("fix", "--select", "missing-alt", ".")
    (site / "c.html").write_text('<img src=c.jpg alt="image"><img src=c.jpg>')
    told = alttext("check", "--unreviewed", "--quiet", ".").stdout
    assert told.count(": unreviewed-alt ") == 2
    assert told.count(": placeholder-alt ") == 1
    assert "missing-alt" not in told


@pytest.mark.parametrize("how", [{"args": ["--no-ledger"]}, {"env": {"ALTTEXT_LEDGER": "0"}}])
def test_nothing_is_recorded_if_nobody_wants_it(site, how):
    result = alttext("fix", ".", *how.get("args", ()), env=how.get("env"))
    assert result.exit_code == 0
    assert not (site / ".alttext").exists()
    assert "A dog." in (site / "a.html").read_text()


def test_a_gate_without_a_ledger_says_so():
    result = alttext("check", "--unreviewed", "--select", "stale-alt", ".")
    assert result.exit_code == 0
    assert result.stderr.startswith("alttext: no ledger at .alttext/ledger.jsonl")
    assert "`alttext ledger record`" in result.stderr


def test_stdin_is_judged_under_its_name_and_not_recorded(site):
    page = '<img src=a.jpg alt="A dog.">'
    fixed = alttext("fix", "-", "--stdin-filename", "a.html", input="<img src=a.jpg>")
    assert fixed.stdout == page
    assert not (site / ".alttext").exists()
    alttext("fix", ".")
    assert alttext("check", "-", "--unreviewed", "--stdin-filename", "a.html", input=page).exit_code == 1
    assert alttext("check", "-", "--unreviewed", "--stdin-filename", "b.html", input=page).exit_code == 1
    assert alttext("check", "-", "--stdin-filename", "a.html", input=page).exit_code == 0


def test_stdin_without_a_name_cannot_be_judged():
    result = alttext("check", "-", "--unreviewed", input="<img src=a.jpg>")
    assert result.exit_code == 2
    assert "--stdin-filename" in result.stderr


def test_only_images_of_a_pattern_are_accepted():
    alttext("fix", ".")
    result = alttext("ledger", "accept", "--image", "a.*", ".")
    assert result.stdout == "Accepted 1 alternative in 1 document.\n"
    assert alttext("check", "--unreviewed", "b.html").exit_code == 1


def test_a_baseline_sees_when_pictures_of_people_change(site):
    (site / "a.html").write_text('<img src=a.jpg alt="Rex">')
    assert alttext("ledger", "record", "a.html").stdout == "Recorded 1 alternative in 1 document.\n"
    (site / "a.jpg").write_bytes(b"another picture")
    assert alttext("check", "--stale", "a.html").exit_code == 1


def test_what_is_known_follows_renamed_pages_and_goes_with_deleted_ones(site):
    alttext("fix", ".")
    (site / "a.html").rename(site / "c.html")
    (site / "b.html").unlink()
    alttext("ledger", "record", ".")
    lines = (site / ".alttext" / "ledger.jsonl").read_text().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith('{"document":"c.html"')
    assert '"state":"unreviewed"' in lines[0]


def test_status_counts(site):
    alttext("fix", ".")
    alttext("ledger", "accept", "a.html")
    (site / "a.jpg").write_bytes(b"another picture")
    result = alttext("ledger", "status")
    assert result.exit_code == 0
    first, *rows = result.stdout.splitlines()
    assert first == ".alttext/ledger.jsonl"
    assert [row.split()[:2] for row in rows] == [
        ["unreviewed", "1"],
        ["stale", "1"],
        ["accepted", "1"],
        ["gone", "0"],
    ]


@pytest.mark.parametrize("command", ["accept", "record", "status"])
def test_a_document_that_cannot_be_read_is_told_of(site, command):
    (site / "broken.ipynb").write_text("{")
    result = alttext("ledger", command, ".")
    assert result.exit_code == 2
    assert "alttext: broken.ipynb: not valid JSON" in result.stderr


@pytest.mark.parametrize("command", ["accept", "record", "status"])
def test_without_a_ledger_by_the_settings_there_is_nothing_to_do(site, command):
    (site / "alttext.toml").write_text("ledger = false")
    result = alttext("ledger", command, ".")
    assert result.exit_code == 2
    assert "ledger = false" in result.stderr


def test_asking_for_what_only_a_ledger_tells_says_that_the_settings_want_none(site):
    (site / "alttext.toml").write_text("ledger = false")
    result = alttext("check", "--stale", ".")
    assert result.exit_code == 1  # two images lack an alternative
    assert result.stderr == "alttext: the settings say ledger = false, so nothing is known of alternatives\n"
    assert "stale-alt" not in result.stdout


def test_a_ledger_that_cannot_be_read_is_one_line_on_stderr(site):
    (site / ".alttext").mkdir()
    (site / ".alttext" / "ledger.jsonl").write_text("{")
    for arguments in (["fix", "."], ["check", "--stale", "."], ["ledger", "accept", "."]):
        result = alttext(*arguments)
        assert result.exit_code == 2
        assert "ledger.jsonl:1: not an entry of the ledger" in result.stderr
        assert "Traceback" not in result.stderr
    assert (site / "a.html").read_text() == "<img src=a.jpg>"
