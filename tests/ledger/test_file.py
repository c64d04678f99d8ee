"""The file of the ledger is found, read without loss and replaced in one step."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alttext.errors import ParseError, WriteError
from alttext.ledger import file
from alttext.ledger.entry import Entry, line, merge


def entry(document="a.html", **facts):
    basic = {"source": "a.jpg", "image": "1", "alt": "2", "state": "unreviewed", "origin": "machine"}
    return Entry(document=document, **{**basic, **facts})


def lines(*entries):
    return b"".join(line(each) + b"\n" for each in entries)


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".alttext" / "ledger.jsonl"


# Where it is

FOUND = {
    "beside the configuration": (["site/alttext.toml", ".git/HEAD"], "site/.alttext/ledger.jsonl"),
    "at the top of the checkout": ([".git/HEAD"], ".alttext/ledger.jsonl"),
    "in the folder given, if nothing tells more": ([], "site/blog/.alttext/ledger.jsonl"),
    "above, if there is one": (["site/.alttext/ledger.jsonl"], "site/.alttext/ledger.jsonl"),
}


@pytest.mark.parametrize("start", ["site/blog", "site/blog/page.html"])
@pytest.mark.parametrize(("files", "expected"), FOUND.values(), ids=FOUND)
def test_the_ledger_is(tmp_path, files, expected, start):
    for name in ("site/blog/page.html", *files):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert file.path_for(tmp_path / start) == tmp_path / expected


def test_the_ledger_is_where_the_settings_say(tmp_path):
    assert file.path_for("anywhere", str(tmp_path / "alt.jsonl")) == tmp_path / "alt.jsonl"


@pytest.mark.parametrize(("name", "root"), [(".alttext/ledger.jsonl", "."), ("meta/alt.jsonl", "meta")])
def test_documents_are_named_from(tmp_path, name, root):
    assert file.root_of(tmp_path / name) == tmp_path / root


# Reading and writing


def test_without_a_file_nothing_is_known_and_none_is_made(path):
    assert file.load(path) == ()
    assert not path.parent.exists()


def test_lines_are_in_the_same_order_whoever_adds_what_first(path):
    file.update(path, lambda before: (*before, entry("b.html")))
    file.update(path, lambda before: (*before, entry("a.html")))
    assert path.read_bytes() == lines(entry("a.html"), entry("b.html"))


def test_a_change_that_changes_nothing_leaves_the_file_alone(path):
    file.update(path, lambda before: (entry(),))
    before = path.stat()
    file.update(path, lambda before: before)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_nothing_but_the_ledger_is_for_git(path, tmp_path):
    file.update(path, lambda before: (entry(),))
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    status = ["git", "-C", tmp_path, "status", "--porcelain", "--untracked-files=all"]
    told = subprocess.run(status, check=True, capture_output=True, text=True).stdout
    assert told == "?? .alttext/ledger.jsonl\n"


def test_windows_line_ends_and_empty_lines_make_no_difference(path):
    path.parent.mkdir()
    path.write_bytes(b"\r\n" + lines(entry("a.html"), entry("b.html")).replace(b"\n", b"\r\n") + b"\n")
    assert file.load(path) == (entry("a.html"), entry("b.html"))


def test_of_a_conflict_both_sides_are_kept_and_the_markers_go_with_the_next_change(path):
    path.parent.mkdir()
    ours, theirs, base = entry("a.html", state="accepted"), entry("b.html"), entry("a.html")
    conflict = b"<<<<<<< HEAD\n%s||||||| base\n%s=======\n%s>>>>>>> branch\n"
    path.write_bytes(conflict % (lines(ours), lines(base), lines(theirs)))
    assert file.load(path) == (ours, theirs)
    file.update(path, lambda before: (*before, entry("c.html")))
    assert path.read_bytes() == lines(ours, theirs, entry("c.html"))


@pytest.mark.parametrize("broken", [b'{"document":"b.html","sou', b"null", b"\xff", b'{"later":1}'])
def test_a_line_that_is_no_entry_stops_everything_and_stays(path, broken):
    path.parent.mkdir()
    path.write_bytes(lines(entry()) + broken)
    with pytest.raises(ParseError, match=r"ledger\.jsonl:2: not an entry"):
        file.update(path, lambda before: (*before, entry("c.html")))
    assert path.read_bytes() == lines(entry()) + broken


def test_a_ledger_that_may_not_be_written_says_so(path):
    path.parent.mkdir()
    path.write_bytes(lines(entry()))
    path.chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        file.update(path, lambda before: ())
    assert path.read_bytes() == lines(entry())


LINKS = {
    "the ledger": ".alttext/ledger.jsonl",
    "its lock": ".alttext/.ledger.jsonl.lock",
    "what git ignores": ".alttext/.gitignore",
    "the folder": ".alttext",
}


@pytest.mark.parametrize("name", LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_written_through_a_link_that_came_with_the_documents(tmp_path, path, name, exists):
    link, target = tmp_path / "site" / name, tmp_path / "elsewhere"
    link.parent.mkdir(parents=True)
    if exists:
        target.mkdir() if name == ".alttext" else target.write_bytes(b"")
    link.symlink_to(target)
    with pytest.raises(WriteError, match="a symbolic link, through which nothing is written; remove it"):
        file.update(tmp_path / "site/.alttext/ledger.jsonl", lambda _: [entry()])
    assert target.exists() == exists
    assert not exists or not (list(target.iterdir()) if target.is_dir() else target.read_bytes())


def test_what_a_killed_writer_left_is_swept_up(path):
    path.parent.mkdir()
    left = path.with_name(".ledger.jsonl.abc.tmp")
    left.write_bytes(b"half")
    file.update(path, lambda before: (entry(),))
    assert not left.exists()


# Processes

WRITER = """
import sys
from pathlib import Path
from alttext.ledger import file
from alttext.ledger.entry import Entry
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    made = Entry(f"{name}{number:04}.html", "a.jpg", "1", "2", "unreviewed", "machine")
    file.update(path, lambda before: (*before, made))
    print(made.document, flush=True)
"""


def writer(path, name, count):
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_write_at_once_lose_nothing(path):
    writers = [writer(path, name, 30) for name in "ab"]
    told = [document for each in writers for document in each.communicate()[0].split()]
    assert [each.returncode for each in writers] == [0, 0]
    assert len(told) == 60
    assert [each.document for each in file.load(path)] == sorted(told)


def killed_in_between(path, name, after):
    """Start a writer, kill it once it has told of `after` entries; return what it had told."""
    started = writer(path, name, 1000)
    told = [started.stdout.readline().strip() for _ in range(after)]
    os.kill(started.pid, signal.SIGKILL)
    told += started.communicate()[0].split()
    return [document for document in told if document]


@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_in_between_loses_nothing_and_blocks_nobody(path, rounds):
    survivor = writer(path, "s", 5 * rounds)
    told = []
    for number in range(rounds):
        told += killed_in_between(path, f"k{number:03}-", after=number % 4)
        assert all(text.endswith("}") for text in path.read_text().splitlines()) if path.exists() else True
    told += survivor.communicate()[0].split()
    assert survivor.returncode == 0
    kept = [each.document for each in file.load(path)]
    assert set(told) <= set(kept)
    assert len(kept) - len(told) <= rounds  # at most the one that each was killed at


def test_somebody_who_never_lets_go_is_told_of(path, monkeypatch):
    monkeypatch.setattr(file, "_PATIENCE", 0.1)
    held = "import sys,time;from pathlib import Path;from alttext.ledger import file\n"
    held += "with file.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", held, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    try:
        with pytest.raises(WriteError, match="another process"):
            file.update(path, lambda before: (entry(),))
    finally:
        holder.kill()
        holder.communicate()
    file.update(path, lambda before: (entry(),))  # the lock went with its holder
    assert file.load(path) == (entry(),)


# Branches


def git(folder: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", "-C", folder, *identity, *arguments], check=check, capture_output=True)


def committed(folder, path, branch, change):
    git(folder, "switch", "-q", branch)
    file.update(path, change)
    git(folder, "commit", "-qam", branch)


BASE = tuple(entry(f"{name}.html") for name in "aceg")
BRANCHES = {
    "additions far apart": (
        lambda before: (*before, entry("b.html")),
        lambda before: (*before, entry("h.html")),
    ),
    "additions at the same place": (
        lambda before: (*before, entry("d1.html")),
        lambda before: (*before, entry("d2.html")),
    ),
    "an acceptance beside an addition": (
        lambda before: (*before, entry("c.html", state="accepted")),
        lambda before: (*before, entry("d.html")),
    ),
    "the same acceptance twice": (
        lambda before: (*before, entry("c.html", state="accepted")),
        lambda before: (*before, entry("c.html", state="accepted")),
    ),
    "an acceptance by a person and a rewriting by a machine": (
        lambda before: (*before, entry("c.html", state="accepted")),
        lambda before: (*before, entry("c.html", confidence=0.97)),
    ),
}


@pytest.mark.parametrize("union", [True, False], ids=["merge=union", "plain git"])
@pytest.mark.parametrize(("ours", "theirs"), BRANCHES.values(), ids=BRANCHES)
def test_two_branches_merge(tmp_path, path, ours, theirs, union):
    git(tmp_path, "init", "-q", "-b", "main")
    if union:
        (tmp_path / ".gitattributes").write_text(".alttext/ledger.jsonl merge=union\n")
    file.update(path, lambda _: BASE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "base")
    git(tmp_path, "branch", "other")
    committed(tmp_path, path, "main", ours)
    committed(tmp_path, path, "other", theirs)
    git(tmp_path, "switch", "-q", "main")
    merged = git(tmp_path, "merge", "-q", "--no-edit", "other", check=False)
    assert merged.returncode == 0 or not union
    assert file.load(path) == merge(ours(BASE), theirs(BASE))
