"""A run that is killed, cut short or not alone leaves each document as it was or as it should be."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

PAGES = 40
OLD = "".join(f'<p><a href="{n}.html"><img src="arrow.png"> Page {n}</a></p>\n' for n in range(60))
NEW = OLD.replace('"arrow.png"', '"arrow.png" alt=""')


@pytest.fixture(name="site")
def fixture_site(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    for number in range(PAGES):
        (site / f"{number:02}.html").write_text(OLD, encoding="utf-8")
    return site


@pytest.fixture(name="fix")
def fixture_fix(site):
    """Starts `alttext fix`."""

    def start(**more):
        command = [sys.executable, "-m", "alttext", "fix", "--no-cache", "--color", "never", str(site)]
        return subprocess.Popen(
            command, cwd=site.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
        )

    return start


def contents(site):
    return [page.read_text(encoding="utf-8") for page in sorted(site.glob("*.html"))]


def left_over(site):
    return [path.name for path in site.iterdir() if path.suffix != ".html" and path.name != ".alttext"]


@pytest.mark.parametrize("times", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_a_run_that_is_killed_leaves_old_documents_or_new_ones(site, fix, times):
    chance = random.Random(times)
    start = time.monotonic()
    fix().communicate()
    whole = time.monotonic() - start
    for _ in range(times):
        for page in site.glob("*.html"):
            page.write_text(OLD, encoding="utf-8")
        run = fix()
        time.sleep(chance.uniform(0, whole))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert set(contents(site)) <= {OLD, NEW}
    _, said = fix().communicate()
    assert contents(site) == [NEW] * PAGES, said


def test_a_disk_that_is_full_loses_nothing_and_is_named(site, fix):
    """As little as a file may hold here, so little does a full disk take."""
    full = len(OLD) // 2
    told = fix(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full)))
    seen, said = told.communicate()
    assert contents(site) == [OLD] * PAGES
    assert left_over(site) == []
    assert told.returncode == 2
    assert "Traceback" not in seen + said
    assert "too large" in seen + said
    fix().communicate()
    assert contents(site) == [NEW] * PAGES


def test_two_runs_at_once_write_every_document_once(site, fix):
    with ThreadPoolExecutor(2) as threads:
        runs = list(threads.map(lambda run: (*run.communicate(), run.returncode), [fix(), fix()]))
    assert contents(site) == [NEW] * PAGES
    assert left_over(site) == []
    assert "Traceback" not in "".join(seen + said for seen, said, _ in runs)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_may_not_be_written_is_left_as_it_is(site, fix):
    site.chmod(0o555)
    try:
        run = fix()
        run.communicate()
    finally:
        site.chmod(0o755)
    assert contents(site) == [OLD] * PAGES
    assert run.returncode == 2
