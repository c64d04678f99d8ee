"""A run that is killed, cut short or not alone leaves each document as it was or as it should be."""

import contextlib
import ctypes
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

    def start(folder=site, **more):
        command = [sys.executable, "-m", "alttext", "fix", "--no-cache", "--color", "never", str(folder)]
        return subprocess.Popen(
            command, cwd=site.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
        )

    return start


def contents(site):
    return [page.read_text(encoding="utf-8") for page in sorted(site.glob("*.html"))]


def left_over(site):
    return [path.name for path in site.iterdir() if path.suffix != ".html" and path.name != ".alttext"]


def restored(site):
    for page in site.glob("*.html"):
        page.write_text(OLD, encoding="utf-8")


def is_writing(site):
    return any(path.suffix == ".tmp" for path in site.iterdir()) or NEW in contents(site)


def killed(run, site, seconds, *, once_it_writes):
    while once_it_writes and run.poll() is None and not is_writing(site):
        time.sleep(0.001)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.communicate()


def durations(site, fix):
    """How long a run takes to begin to write, and to end."""
    start, run = time.monotonic(), fix()
    while not is_writing(site):
        time.sleep(0.001)
    writing = time.monotonic() - start
    run.communicate()
    return writing, time.monotonic() - start


@pytest.mark.parametrize("times", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_a_run_that_is_killed_leaves_old_documents_or_new_ones(site, fix, times):
    """Half of them at any moment, the others while documents are written."""
    chance = random.Random(times)
    writing, whole = durations(site, fix)
    for number in range(times):
        restored(site)
        is_late = number % 2 == 1
        killed(fix(), site, chance.uniform(0, whole - writing if is_late else whole), once_it_writes=is_late)
        assert set(contents(site)) <= {OLD, NEW}
    _, said = fix().communicate()
    assert contents(site) == [NEW] * PAGES, said
    assert left_over(site) == []


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_what_an_editor_saves_during_a_run_is_never_lost(site, fix, rounds):
    chance = random.Random(rounds)
    _, whole = durations(site, fix)
    for _ in range(rounds):
        restored(site)
        pages = sorted(site.glob("*.html"))
        chance.shuffle(pages)
        run = fix()
        for number, page in enumerate(pages):
            time.sleep(chance.uniform(0, 2 * whole / PAGES))
            saved(page, f"{page.read_text(encoding='utf-8')}<p>Saved</p>\n", in_place=number % 2)
        run.communicate()
        assert set(contents(site)) <= {f"{text}<p>Saved</p>\n" for text in (OLD, NEW)}
        assert left_over(site) == []


def saved(page, text, *, in_place):
    """As some editors do, and as the others do."""
    if in_place:
        page.write_text(text, encoding="utf-8")
        return
    page.with_suffix(".edited").write_text(text, encoding="utf-8")
    page.with_suffix(".edited").replace(page)


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


@pytest.fixture(name="small_disk")
def fixture_small_disk(tmp_path):
    """A folder on a disk of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted by this user")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("free", range(0, 24, 4))
def test_a_disk_that_runs_full_meanwhile_loses_nothing(small_disk, fix, free):
    """With room for some of the documents, the ledger or neither, in pages of 4 kB."""
    for name in ("one.html", "two.html"):
        (small_disk / name).write_text(OLD, encoding="utf-8")
    with (small_disk / "film.mp4").open("wb", buffering=0) as film:
        with contextlib.suppress(OSError):
            while film.write(bytes(4096)):
                pass
        film.truncate(max(0, film.tell() - free * 1024))
    run = fix(small_disk)
    seen, said = run.communicate()
    assert set(contents(small_disk)) <= {OLD, NEW}
    assert "Traceback" not in seen + said
    assert run.returncode == (2 if OLD in contents(small_disk) else 0), seen + said
    assert ("No space left" in seen + said) is (OLD in contents(small_disk))
    (small_disk / "film.mp4").unlink()
    last = fix(small_disk)
    last.communicate()
    assert last.returncode == 0
    assert contents(small_disk) == [NEW] * 2
    assert sorted(path.name for path in small_disk.iterdir()) == [".alttext", "one.html", "two.html"]


def bound():
    """Let permissions bind this process even if it is the superuser's."""
    prctl = ctypes.CDLL(None).prctl
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are those of Linux")
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda site: [site.chmod(0o555)], "Permission denied"),
        (lambda site: [page.chmod(0o444) for page in site.glob("*.html")], "is read-only"),
        (lambda site: [page.chmod(0o000) for page in site.glob("*.html")], "Permission denied"),
        (lambda site: [(site / ".alttext").mkdir(), (site / ".alttext").chmod(0o555)], "Permission denied"),
    ],
    ids=["folder", "files", "unreadable files", "folder of the ledger"],
)
def test_what_may_not_be_written_is_left_as_it_is_and_named(site, fix, make, said):
    make(site)
    run = fix(preexec_fn=bound)
    seen, told = run.communicate()
    for path in (site, site / ".alttext", *site.glob("*.html")):
        path.exists() and path.chmod(0o755)
    assert contents(site) == [OLD] * PAGES
    assert run.returncode == 2
    assert said in seen + told
    assert "Traceback" not in seen + told
    fix().communicate()
    assert contents(site) == [NEW] * PAGES
