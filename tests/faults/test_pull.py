"""A download that is killed, cut short or damaged is never taken for a model, and the next one mends it."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.hub import NAME, serving

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"


@pytest.fixture(name="files", scope="module")
def fixture_files(build_clip, tmp_path_factory):
    folder = build_clip(tmp_path_factory.mktemp("served"))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(name="hub")
def fixture_hub(files):
    with serving(files) as hub:
        yield hub


class Machine:
    """One with an empty cache, that knows no other hub."""

    def __init__(self, hub, folder: Path) -> None:
        self.hub, self.folder = hub, folder
        self.environment = os.environ | {"HF_ENDPOINT": hub.url, "HF_HOME": str(folder / "home")}

    def start(self, *arguments: str, **more) -> subprocess.Popen:
        command = [sys.executable, "-m", "alttext", *arguments]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **streams, **more)

    def run(self, *arguments: str, **more) -> tuple[int, str, str]:
        """The exit code, what was printed, and the last line that was told."""
        process = self.start(*arguments, **more)
        printed, told = process.communicate()
        assert "Traceback" not in told
        assert "internal error" not in told
        return process.returncode, printed, told.rstrip("\n").rpartition("\n")[2]

    def state(self) -> str:
        """What the list says of the model, "" if nothing."""
        lines = self.run("model", "list")[1].splitlines()
        return next((line for line in lines if line.startswith(NAME)), "")

    def assert_nothing_whole(self) -> None:
        """No command takes what is there for a model, and one of them says what to do."""
        assert "downloaded" not in self.state()
        code, printed, told = self.run("model", "path", NAME)
        assert (code, printed) == (2, "")
        assert f"run `alttext model pull {NAME}`" in told

    def assert_mended(self) -> None:
        """The next download leaves exactly what the hub has."""
        self.hub.faults.clear()
        code, printed, told = self.run("model", "pull", NAME)
        assert code == 0, told
        folder = Path(printed.strip())
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == self.hub.files
        assert "downloaded" in self.state()


@pytest.fixture(name="machine")
def fixture_machine(hub, tmp_path):
    return Machine(hub, tmp_path)


@pytest.mark.parametrize("name", [WEIGHTS, pytest.param(TOKENIZER, marks=pytest.mark.slow)])
def test_a_download_that_is_killed_is_no_model(machine, hub, name):
    hub.faults[name] = "stalled"
    process = machine.start("model", "pull", NAME)
    assert hub.is_half_way.wait(60)
    process.kill()
    process.communicate()
    machine.assert_nothing_whole()
    machine.assert_mended()


@pytest.mark.parametrize("name", [WEIGHTS, pytest.param(TOKENIZER, marks=pytest.mark.slow)])
def test_a_content_that_is_not_what_it_is_named_by_is_removed(machine, hub, name):
    hub.faults[name] = "changed"
    code, printed, told = machine.run("model", "pull", NAME)
    assert (code, printed) == (2, "")
    assert told == f"alttext: {NAME}: {name} is damaged on the way, and removed; run it again"
    assert hub.sent.count(name) == 2
    machine.assert_nothing_whole()
    machine.assert_mended()


@pytest.mark.slow
def test_what_is_damaged_on_the_way_once_is_downloaded_again(machine, hub, files):
    hub.faults[WEIGHTS] = "changed once"
    code, printed, told = machine.run("model", "pull", NAME)
    assert code == 0, told
    assert (Path(printed.strip()) / WEIGHTS).read_bytes() == files[WEIGHTS]


@pytest.mark.slow
@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER])
def test_a_connection_that_is_cut_is_told_and_leaves_no_model(machine, hub, name):
    hub.faults[name] = "cut"
    code, printed, told = machine.run("model", "pull", NAME)
    assert (code, printed) == (2, "")
    assert told.startswith(f"alttext: {NAME}: cannot be downloaded: ")
    assert "run it again" in told
    machine.assert_nothing_whole()
    machine.assert_mended()


@pytest.mark.slow
def test_a_disk_that_is_full_is_told_and_leaves_no_model(machine, files):
    """As little as a file may hold here, so little does a full disk take."""
    full = len(files[WEIGHTS]) // 2
    limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (full, full))}
    code, printed, told = machine.run("model", "pull", NAME, **limited)
    assert (code, printed) == (2, "")
    assert "File too large" in told
    assert "HF_HOME set to a folder on another disk" in told
    machine.assert_nothing_whole()
    machine.assert_mended()


def truncated(data):
    return data[: len(data) // 2]


def flipped(data):
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


@pytest.mark.parametrize("damage", [truncated, flipped, pytest.param(lambda _: b"", marks=pytest.mark.slow)])
def test_damage_on_the_disk_is_found_and_mended(machine, damage):
    folder = Path(machine.run("model", "pull", NAME)[1].strip())
    content = (folder / WEIGHTS).resolve()
    content.write_bytes(damage(content.read_bytes()))
    code, _, told = machine.run("model", "verify", NAME)
    assert code == 2
    assert f"{NAME}: damaged, not what was downloaded: {WEIGHTS}; run `alttext model pull {NAME}`" in told
    machine.assert_mended()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "damage"),
    [(WEIGHTS, truncated), (WEIGHTS, None), ("config.json", truncated), ("config.json", None),
     (TOKENIZER, truncated), (TOKENIZER, None), ("preprocessor_config.json", truncated),
     ("preprocessor_config.json", None)],
)  # fmt: skip
def test_pictures_are_not_described_with_half_a_model(machine, name, damage):
    Image.effect_noise((300, 300), 80).save(machine.folder / "a.png")
    file = Path(machine.run("model", "pull", NAME)[1].strip()) / name
    if damage:
        file.resolve().write_bytes(damage(file.read_bytes()))
    else:
        file.unlink()
    code, printed, told = machine.run("describe", "a.png", "--model", NAME)
    assert (code, printed) == (2, "")
    assert f"run `alttext model pull {NAME}`" in told
    machine.assert_mended()
    assert machine.run("describe", "a.png", "--model", NAME)[0] in {0, 1}
