"""What alttext keeps for itself may be damaged at any byte: it does without, or says what is wrong."""

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alttext.cli import cli
from alttext.ranking import calibration, encode_embedded
from alttext.ranking.cache import FILE_NAME, Cache

ROOT = Path(__file__).parents[2]
VALUES = {b"key %d" % number: (b"%d " % number) * 300 for number in range(40)}
DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=30)
damages = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
many_damages = settings(damages, max_examples=3000)


def damaged(data: bytes, places, keep: float) -> bytes:
    found = bytearray(data)
    for where, value in places:
        found[int(where * len(found))] = value
    return bytes(found[: int(len(found) * keep)])


@pytest.fixture(name="kept", scope="module")
def fixture_kept(tmp_path_factory):
    """The bytes of a cache."""
    folder = tmp_path_factory.mktemp("cache")
    cache = Cache(folder)
    for key, value in VALUES.items():
        cache.put(key, "facts", value)
    cache.close()
    return (folder / FILE_NAME).read_bytes()


def answers(folder: Path, data: bytes) -> dict:
    for left in folder.iterdir():
        left.unlink()
    (folder / FILE_NAME).write_bytes(data)
    cache = Cache(folder)
    found = {key: cache.get(key) for key in VALUES}
    for key, value in VALUES.items():
        cache.put(key, "facts", value)
    mended = {key: cache.get(key) for key in VALUES}
    cache.close()
    return found, mended


def assert_true_or_forgotten(folder, data):
    found, mended = answers(folder, data)
    for key, value in VALUES.items():
        assert found[key] in (None, value)
        assert mended[key] in (None, value)


def test_an_intact_cache_knows_everything(tmp_path, kept):
    assert answers(tmp_path, kept) == (VALUES, VALUES)


@damages
@given(places=DAMAGE, keep=st.just(1.0) | st.floats(0, 1))
def test_a_damaged_cache_says_nothing_untrue(tmp_path, kept, places, keep):
    assert_true_or_forgotten(tmp_path, damaged(kept, places, keep))


@pytest.mark.slow
@many_damages
@given(places=DAMAGE, keep=st.just(1.0) | st.floats(0, 1))
def test_a_cache_damaged_in_many_ways_says_nothing_untrue(tmp_path, kept, places, keep):
    assert_true_or_forgotten(tmp_path, damaged(kept, places, keep))


def test_each_bit_of_what_is_kept_matters(tmp_path, kept):
    where = kept.index(VALUES[b"key 7"])
    flipped = kept[:where] + bytes([kept[where] ^ 1]) + kept[where + 1 :]
    found, mended = answers(tmp_path, flipped)
    assert found[b"key 7"] is None
    assert mended == VALUES


# The ledger

PAGE = (
    '<p><a href="a.html"><img src="arrow.png"> On</a></p>\n<p><img src="line.png" width="1" height="1"></p>\n'
)
FIXED = PAGE.replace('"arrow.png"', '"arrow.png" alt=""').replace('"line.png"', '"line.png" alt=""')


def fix(site: Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "alttext", "fix", "--no-cache", "--color", "never", str(site)]
    return subprocess.run(command, check=False, cwd=site, capture_output=True, text=True)


@pytest.fixture(name="site")
def fixture_site(tmp_path):
    """A site with a ledger of one page, and a second page that has to be fixed."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "one.html").write_text(PAGE, encoding="utf-8")
    assert fix(tmp_path).returncode == 0
    (tmp_path / "two.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


LEDGERS = {
    "no ledger": lambda data: b"This is none.\n",
    "a line that is cut off": lambda data: data[: len(data) - len(data) // 4],
    "bytes that are no text": lambda data: data[:20] + b"\xff\x00\xfe" + data[23:],
    "an array": lambda data: b"[]\n" + data,
    "another type": lambda data: data.replace(b'"alt":"', b'"alt":1,"x":"', 1),
}


@pytest.mark.parametrize("damage", LEDGERS.values(), ids=LEDGERS)
def test_a_damaged_ledger_stops_the_run_before_anything_is_written(site, damage):
    ledger = site / ".alttext" / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(damage(whole))
    run = fix(site)
    assert run.returncode == 2
    assert f"{ledger}:" in run.stderr
    assert "restore or delete this line" in run.stderr
    assert (site / "two.html").read_text(encoding="utf-8") == PAGE
    assert ledger.read_bytes() == damage(whole)
    ledger.write_bytes(whole)
    assert fix(site).returncode == 0
    assert (site / "two.html").read_text(encoding="utf-8") == FIXED


def test_an_empty_ledger_and_an_empty_ignore_file_are_filled(site):
    """As a run leaves them that is killed while it makes them."""
    folder = site / ".alttext"
    for name in ("ledger.jsonl", ".gitignore"):
        (folder / name).write_bytes(b"")
    assert fix(site).returncode == 0
    assert (folder / "ledger.jsonl").read_bytes().count(b"\n") == 2
    assert "*.lock" in (folder / ".gitignore").read_text(encoding="utf-8")


# Whatever is damaged, whichever command is run: the file is named with what to do, and nothing is written

COMMANDS = {
    "check": ("check", "."),
    "check for stale alternatives": ("check", "--select", "stale-alt", "."),
    "fix": ("fix", "."),
    "fix --diff": ("fix", "--diff", "."),
    "suggest": ("suggest", "."),
    "apply": ("apply", "todo.json"),
    "review": ("review", "--terminal", "."),
    "ledger status": ("ledger", "status"),
    "ledger accept": ("ledger", "accept", "."),
    "describe": ("describe", "dogs.jpg"),
    "vocab check": ("vocab", "check"),
    "cache info": ("cache", "info"),
}
DECIDES = ("fix", "fix --diff", "suggest", "review")
DAMAGES = {
    "the ledger": (
        ".alttext/ledger.jsonl",
        lambda data: data[:-30],
        "restore or delete this line",
        {"check for stale alternatives", "ledger status", "ledger accept", *DECIDES},
    ),
    "the configuration": (
        "alttext.toml",
        lambda data: data[:-3],
        "mend the file",
        set(COMMANDS),
    ),
    "the vocabulary": (
        "words/object.toml",
        lambda data: data[:-3],
        "mend the file",
        {"describe", "vocab check", *DECIDES},
    ),
    "the figures": (
        "figures.npz",
        lambda data: data[: len(data) // 2],
        "remove the file or make it again",
        {"describe", *DECIDES},
    ),
    "the suggestions": ("todo.json", lambda data: data[:-3], "mend it, or write it anew", {"apply"}),
    "the model": (
        "model/image.onnx",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        "its checksum is another",
        {"describe", "vocab check", *DECIDES},
    ),
}  # fmt: skip
QUICK = {"check", "apply", "ledger status", "cache info"}
CASES = [
    pytest.param(damage, command, id=f"{damage}: {command}")
    for damage, (*_, needed_by) in DAMAGES.items()
    for command in COMMANDS
    if command in needed_by | QUICK
]
LOOKED_AT = '<p>Dogs: <img src="dogs.jpg" width="300" height="200"></p>\n'


@pytest.fixture(name="whole", scope="module")
def fixture_whole(tmp_path_factory):
    """A site of its own words, model, figures, ledger and suggestions."""
    top = tmp_path_factory.mktemp("whole")
    (top / ".git").mkdir()
    shutil.copytree(encode_embedded.FOLDER, top / "model")
    shutil.copy(ROOT / "examples/site/images/dogs.jpg", top / "dogs.jpg")
    (top / "words").mkdir()
    (top / "words/object.toml").write_text('[roots]\ndog = { phrase = "a dog / dogs", prompts = ["dog"] }\n')
    (top / "alttext.toml").write_text('model = "model"\nvocabulary.path = "words"\n')
    model_id = encode_embedded.EmbeddedEncoder(top / "model").model_id
    shipped = calibration.read(calibration.SHIPPED)
    calibration.write(top / "figures.npz", dataclasses.replace(shipped, model_id=model_id))
    (top / "one.html").write_text(PAGE)
    assert fix(top).returncode == 0
    (top / "two.html").write_text(LOOKED_AT)
    (top / "todo.json").write_text('{"version": 1, "tool": "x", "suggestions": []}\n')
    return top


@pytest.fixture(name="run")
def fixture_run(whole, tmp_path, monkeypatch):
    """Runs a command in a copy of the site; gives the result."""
    shutil.copytree(whole, tmp_path / "site", copy_function=os.link)
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setattr(calibration, "own_path", lambda *_: tmp_path / "site/figures.npz")
    return lambda command: CliRunner().invoke(cli, [*COMMANDS[command]], input="")


def contents(folder):
    """All that a command might write, but for the cache and locks."""
    kept = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".lock", ".onnx"})
    return {path.relative_to(folder): path.read_bytes() for path in kept}


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_wrong_with_what_is_whole(run, command):
    assert run(command).exit_code in {0, 1}


@pytest.mark.parametrize(("damage", "command"), CASES)
def test_what_is_damaged_is_named_by_who_needs_it_and_in_nobody_else_s_way(run, damage, command):
    name, spoil, advice, needed_by = DAMAGES[damage]
    path = Path(name).absolute()
    data = path.read_bytes()
    path.unlink()  # the site shares it with the one that is whole
    path.write_bytes(spoil(data))
    before = contents(Path.cwd())
    told = run(command)
    assert "internal error" not in told.output
    if command not in needed_by:
        assert told.exit_code in {0, 1}
        return
    assert told.exit_code == 2
    assert path.name in told.stderr
    assert advice in told.stderr
    assert told.stderr.count("\n") == 1
    assert contents(Path.cwd()) == before


@pytest.mark.parametrize("command", ["fix --diff", "suggest", "describe"])
def test_a_damaged_cache_changes_nothing_and_is_told(run, caplog, command):
    said = run(command).stdout
    (path,) = platformdirs.user_cache_path("alttext").glob("*.sqlite3")
    for each in path.parent.iterdir():
        each.unlink()
    path.write_bytes(b"damaged" * 1000)
    assert run(command).stdout == said
    assert f"{path}: damaged" in caplog.text
    assert "moved aside; pictures are looked at again" in caplog.text
