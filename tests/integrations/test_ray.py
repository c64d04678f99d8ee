"""A Ray cluster says what one machine says, whatever happens to its processes. Needs the extra `ray`."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from PIL import Image

from alttext import Settings
from alttext.cli import cli
from alttext.review import suggestions
from alttext.scale import Looker, load, pictures, unseen

pytest.importorskip("ray", reason="Ray is not installed")

CLUSTER = pytest.mark.skipif(
    "ALTTEXT_CLUSTER" not in os.environ, reason="takes a machine of its own: set ALTTEXT_CLUSTER"
)
SITE = Path(__file__).parents[2] / "examples" / "site"
SETTINGS = Settings(ocr="off", ledger=False)
CONFIG = 'ocr = "off"\nledger = false\n'
WORKER = "ray::MapWorker(MapBatches(_Looking))"
DEADLY = """
import os, signal
from pathlib import Path
import ray
from alttext import Settings
from alttext_ray import run, sites

harmless = run.load

def deadly(wanted, settings):
    if "poison" in wanted.files[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    if "bug" in wanted.files[0]:
        raise ZeroDivisionError
    return harmless(wanted, settings)

run.load = deadly
ray.cloudpickle.register_pickle_by_value(run)
result = sites.suggest(["site"], Path("out"), Settings(ocr="off", ledger=False), run.Cluster(workers=2))
assert result.unseen == 2, result
"""


# The folder of what was seen, without a cluster


@pytest.fixture
def store(tmp_path):
    from alttext_ray.store import Store

    return Store(tmp_path / "out", "me")


@pytest.fixture(scope="module")
def seen():
    """What is seen of two pictures, in one of which corners are looked at, and of none."""
    found = [SITE / "images" / name for name in ("cat.jpg", "fig.jpg")]
    settings = [msgspec.structs.replace(SETTINGS, crops=True, cache=False), SETTINGS]
    two = [
        Looker(each).look([load(one, each) for one in pictures([file], each)])[0]
        for file, each in zip(found, settings, strict=True)
    ]
    return [*two, unseen(two[0].wanted, "image-unreadable", "gone")]


def test_what_was_seen_comes_back_from_parquet(store, seen):
    store.add(seen, ["a", "b", "c"], "part")
    back = dict(store.seen())
    assert list(back) == ["a", "b", "c"]
    for kept, each in zip(back.values(), seen, strict=True):
        names = ("wanted", "file", "sha256", "facts", "model", "lines", "error", "message")
        assert [getattr(kept, name) for name in names] == [getattr(each, name) for name in names]
    assert (back["a"].vector == seen[0].vector).all()
    assert (back["a"].corners == seen[0].corners).all()
    assert (back["b"].corners, back["c"].vector) == (None, None)


def test_rows_of_another_model_or_vocabulary_do_not_count(store, seen):
    from alttext_ray.store import Store

    Store(store.folder.parent, "another").add(seen, ["a", "b", "c"], "other")
    store.add(seen[:1], ["d"], "mine")
    assert store.digests() == {"d"}


def test_a_file_that_was_not_written_to_its_end_is_passed_over(store, seen, caplog):
    store.add(seen[:1], ["a"], "whole")
    store.add(seen[1:], ["b", "c"], "broken")
    broken = store.folder / "broken.parquet"
    broken.write_bytes(broken.read_bytes()[:-100])
    assert store.digests() == {"a"}
    assert "broken.parquet: passed over" in caplog.text


def test_a_picture_that_looks_like_one_that_failed_has_failed(seen):
    from alttext_ray.run import failures

    failed = seen[2]
    copy = msgspec.structs.replace(failed.wanted, files=("/site/copy.jpg",))
    found = list(failures({"x": [failed.wanted, copy]}, [("x", failed), ("y", seen[0])]))
    assert {each.wanted.files[0] for each in found if each.error} == {
        failed.wanted.files[0],
        "/site/copy.jpg",
    }


def test_the_command_explains_itself_without_starting_a_cluster():
    result = CliRunner().invoke(cli, ["ray", "--help"])
    assert result.exit_code == 0
    assert "--workers N" in result.output
    assert CliRunner().invoke(cli, ["ray", "."]).exit_code == 2


def test_processes_that_die_leave_out_what_they_died_of(tmp_path):
    """As often as an engine starts them again."""
    from alttext_ray.marks import Marks

    marks = Marks(tmp_path / "marks")
    code = (
        "import os, sys; from pathlib import Path; from alttext_ray.marks import Marks, survivors\n"
        "work = lambda some: [os._exit(9) if each == 'deadly' else each.upper() for each in some]\n"
        "print(survivors(Marks(Path(sys.argv[1])), dict(a='one', b='deadly', c='three'), work))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "marks")]
    runs = [subprocess.run(command, capture_output=True, text=True, check=False) for _ in range(4)]
    assert [run.returncode for run in runs] == [9, 9, 9, 0]
    assert runs[-1].stdout == "{'a': 'ONE', 'c': 'THREE'}\n"
    assert [marks.is_deadly(name) for name in "abc"] == [False, True, False]
    marks.clear()
    assert not marks.is_deadly("b")
    assert not (tmp_path / "marks").exists()


def test_what_goes_well_or_raises_leaves_no_mark(tmp_path):
    from alttext_ray.marks import Marks, survivors

    marks = Marks(tmp_path)
    assert survivors(marks, {"a": 1, "b": 2}, lambda some: [each * 2 for each in some]) == {"a": 2, "b": 4}
    with pytest.raises(ZeroDivisionError):
        survivors(marks, {"a": 0}, lambda some: [1 / each for each in some])
    assert list(tmp_path.iterdir()) == []


# A cluster of two workers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Two copies of the sample site, one for a cluster and one for one machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for copy in (tmp_path / "site", tmp_path / "alone" / "site"):
        shutil.copytree(SITE, copy)
        (copy / "alttext.toml").write_text(CONFIG)
    return tmp_path


def large(site, count):
    """Add pages with pictures of which no two are alike: parts of the photographs of the site."""
    chance = random.Random(1)
    photographs = sorted((SITE / "images").glob("*.jpg"))
    (site / "more").mkdir()
    for number in range(count):
        with Image.open(photographs[number % len(photographs)]) as photograph:
            side = min(photograph.size) * 2 // 3
            left, top = (chance.randrange(extent - side + 1) for extent in photograph.size)
            part = photograph.convert("RGB").crop((left, top, left + side, top + side))
            part.resize((240, 240)).save(site / "more" / f"{number}.jpg")
    for start in range(0, count, 10):
        shown = "\n".join(f"<p><img src=more/{number}.jpg>" for number in range(start, start + 10))
        (site / f"page{start:04}.html").write_text(
            f"<!doctype html><html lang=en><body>{shown}</body></html>"
        )


def alttext(*arguments, **more):
    command = [sys.executable, "-m", "alttext", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def on_one_machine(folder):
    """What one machine suggests for its copy of the site."""
    run = alttext("suggest", "site", "--accept", "--no-cache", "-o", "s.jsonl", "-q", cwd=folder / "alone")
    assert run.returncode in (0, 1), run.stderr
    return suggestions.read((folder / "alone" / "s.jsonl").read_bytes(), "s.jsonl")


def assert_same(out, alone):
    """The suggestions are the same; how certain they are may differ in the last digits."""
    cluster = suggestions.read((out / "suggestions.parquet").read_bytes(), "suggestions.parquet")
    assert [exact(row) for row in cluster] == [exact(row) for row in alone]
    assert [row.confidence or 0 for row in cluster] == pytest.approx(
        [row.confidence or 0 for row in alone], abs=1e-5
    )


def exact(row):
    phrases = {facet: {each.phrase for each in some} for facet, some in row.candidates.items()}
    return msgspec.structs.replace(row, confidence=None, candidates=phrases)


def descendants(pid):
    """Processes that a process has started, and those that these have, with how they call themselves."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            parents[int(status.parent.name)] = int(fields[1])
        except OSError:
            continue
    found, fresh = {}, {pid}
    while fresh := {child for child, parent in parents.items() if parent in fresh} - set(found):
        found |= {child: name_of(child) for child in fresh}
    return found


def name_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def busy_worker(run, timeout=120):
    """A process of the run that is looking at pictures now."""
    until = time.monotonic() + timeout
    while time.monotonic() < until and run.poll() is None:
        busy = [pid for pid, name in descendants(run.pid).items() if name.startswith(f"{WORKER}.")]
        if busy:
            return busy[0]
        time.sleep(0.02)
    return pytest.fail(f"no worker was seen at work: {run.communicate()}")


@pytest.mark.slow
@CLUSTER
def test_a_cluster_suggests_and_writes_what_one_machine_does(folder):
    run = alttext("ray", "site", "--out", "out", "--workers", "2")
    assert (run.returncode, "of them cannot be looked at" in run.stderr) == (1, True), run.stderr
    assert_same(folder / "out", on_one_machine(folder))
    applied = alttext("apply", "out/suggestions.parquet")
    assert applied.returncode == 1, applied.stderr  # some are left for a person
    assert alttext("fix", "site", "-q", cwd=folder / "alone").returncode == 1
    files = [file for file in (folder / "site").rglob("*") if file.is_file() and ".alttext" not in file.parts]
    for file in files:  # but for the ledger, which each keeps where it was started
        assert file.read_bytes() == (folder / "alone" / file.relative_to(folder)).read_bytes(), file


@pytest.mark.slow
@CLUSTER
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_worker_that_is_killed_on_the_way_changes_nothing(folder):
    for site in (folder / "site", folder / "alone" / "site"):
        large(site, 320)
    command = [sys.executable, "-m", "alttext", "ray", "site", "--out", "out", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        killed = busy_worker(run)
        os.kill(killed, signal.SIGKILL)
        _, said = run.communicate(timeout=600)
    assert run.returncode == 1, said
    assert "pictures, 0 of them cannot be looked at." in said
    assert_same(folder / "out", on_one_machine(folder))


@pytest.mark.slow
@CLUSTER
def test_pictures_that_make_whoever_looks_at_them_fail_are_the_only_ones_that_are_lost(folder):
    for number, name in enumerate(("poison", "bug"), start=3):
        with Image.open(SITE / "images" / "dogs.jpg") as picture:
            picture.rotate(number).save(f"site/images/{name}.jpg")
    page = '<html lang="en"><img src="images/poison.jpg"><img src="images/bug.jpg"></html>'
    Path("site/bad.html").write_text(page)
    run = subprocess.run(
        [sys.executable, "-c", DEADLY], capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    rows = suggestions.read(Path("out/suggestions.parquet").read_bytes(), "suggestions.parquet")
    bad = [(row.decision, row.reason) for row in rows if row.path == "site/bad.html"]
    assert bad == [("pending", "image-unreadable")] * 2
    others = [exact(row) for row in rows if row.path != "site/bad.html"]
    assert others == [exact(row) for row in on_one_machine(folder)]
    assert sorted(file.name for file in Path("out").iterdir()) == ["pictures", "suggestions.parquet"]


@pytest.mark.slow
@CLUSTER
def test_what_was_seen_before_is_not_looked_at_again(folder):
    assert alttext("ray", "--pictures", "site/images", "--out", "out", "--workers", "1").returncode == 0
    files = {file: file.stat().st_mtime_ns for file in Path("out/pictures").iterdir()}
    with Image.open(SITE / "images" / "cat.jpg") as picture:
        picture.rotate(5).save("site/images/new.jpg")
    run = alttext("ray", "--pictures", "site/images", "--out", "out", "--workers", "1")
    assert (run.returncode, run.stderr.splitlines()[-1]) == (
        0,
        "27 pictures, 0 of them cannot be looked at.",
    )
    assert files.items() < {file: file.stat().st_mtime_ns for file in Path("out/pictures").iterdir()}.items()
    added = [file for file in Path("out/pictures").iterdir() if file not in files]
    assert sum(len(described(file)) for file in added) == 1


@pytest.mark.slow
@CLUSTER
def test_pictures_without_documents_are_described_as_one_by_one(folder):
    run = alttext("ray", "--pictures", "site/images", "--out", "out", "--workers", "2")
    assert run.returncode == 0, run.stderr
    rows = [row for file in Path("out/pictures").iterdir() for row in described(file)]
    alone = alttext("describe", *(row["file"] for row in rows), "--output-format", "json")
    expected = {row["path"]: row for row in msgspec.json.decode(alone.stdout)["images"]}
    for row in rows:
        assert (row["text"], row["reasons"]) == tuple(
            expected[row["file"]][key] for key in ("text", "reasons")
        )
    assert len(rows) == len(expected) == 26


def described(file):
    from pyarrow import parquet

    return parquet.read_table(file).to_pylist()
