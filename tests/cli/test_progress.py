"""Progress is shown to people who watch, and to nobody else."""

import io
import os
import subprocess
import sys

import pytest

from alttext.cli import progress
from alttext.types import FileResult

MISSING = '<p><img src="dog.jpg"></p>\n'


def test_results_pass_through_the_progress_bar_unchanged(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    results = [FileResult("a.html"), FileResult("[b].html")]
    assert list(progress.tracked(iter(results), 2)) == results


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
