import io
import os
import subprocess
import sys
from importlib import metadata

import pytest

from alttext.cli import output
from alttext.cli.options import Options
from alttext.config import Settings
from alttext.errors import AlttextError
from alttext.reports import View
from alttext.types import FileResult

MISSING = '<p><img src="dog.jpg"></p>\n'


def test_results_pass_through_the_progress_bar_unchanged(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    results = [FileResult("a.html"), FileResult("[b].html")]
    assert list(output.tracked(iter(results), 2)) == results


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
@pytest.mark.parametrize(
    ("options", "shows"), [([], True), (["--quiet"], False), (["--output-format", "json"], False)]
)
def test_progress_is_for_terminals(tmp_path, options, shows):
    (tmp_path / "a.html").write_text(MISSING)
    ours, theirs = os.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "alttext", "check", ".", "--isolated", *options],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    stdout, _ = run.communicate()
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert (b"1/1" in seen) == shows
    assert b"1/1" not in stdout
    assert b"a.html" in stdout


def test_the_file_of_the_report_is_opened_before_the_work(tmp_path):
    with pytest.raises(AlttextError, match="--output needs a file that can be written"):
        output.Output(Options(output=str(tmp_path / "gone" / "a.txt")))


def test_the_summary_counts_what_is_reported(tmp_path):
    report = output.Output(Options(output=str(tmp_path / "report.txt")))
    summary = report.report([FileResult("a.html"), FileResult("b.html", error="gone")], View())
    assert (summary.files, summary.unreadable, summary.exit_code) == (2, 1, 2)
    assert "b.html: error: gone" in (tmp_path / "report.txt").read_text()


def test_names_that_are_no_text_reach_a_file_as_their_bytes(tmp_path):
    report = output.Output(Options(output=str(tmp_path / "report.txt")))
    report.write_all(["caf\udce9\n"])
    assert (tmp_path / "report.txt").read_bytes() == b"caf\xe9\n"


def test_documents_are_counted_as_they_would_be_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.html", "b.html", "c.jpg"):
        (tmp_path / name).write_text("")
    assert output.count_files([".", "gone"], Settings(exclude=("b.html",))) == 2


def test_the_version_is_that_of_the_distribution_or_says_that_there_is_none(monkeypatch):
    assert output.program_version()

    def missing(_):
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", missing)
    assert output.program_version() == "0+source"
