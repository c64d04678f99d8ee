"""Nothing leaves the machine: no command looks up a name, connects or sends, unless a host is listed.

Merely making a socket is none of that: urllib3, which comes with an extra, does so when it is imported, to
find out whether the machine has IPv6.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SITE = ROOT / "examples/site"
CAUGHT = 97
# What turns libraries off from outside; only what alttext itself turns off counts.
QUIET = {"HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "ORT_DISABLE_TELEMETRY", "DO_NOT_TRACK", "PYTHONPATH"}
MADE_HERE = ("socket.__new__", "socket.bind")
# Python imports a module of this name in every process, those that a command starts included.
WATCH = f"""
import os, sys
def watch(event, arguments):
    if event.startswith("socket.") and event not in {MADE_HERE}:
        os.write(2, f"{{event}} {{arguments}}\\n".encode())
        os._exit({CAUGHT})
sys.addaudithook(watch)
"""


@pytest.fixture
def run(tmp_path):
    """Runs a command on a copy of a site, and stops it when it turns to another machine."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch/sitecustomize.py").write_text(WATCH)
    shutil.copytree(SITE, tmp_path / "site")
    kept = {name: value for name, value in os.environ.items() if name not in QUIET}
    folders = {"PYTHONPATH": str(tmp_path / "watch"), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def start(*arguments, before=(), **environment):
        command = [*before, sys.executable, "-m", "alttext", *arguments]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=kept | folders | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


COMMANDS = {
    "check": ["check", "site"],
    "check in processes": ["check", "--jobs", "2", "site"],
    "a look at pictures": ["check", "--images", "--sensitive", "site"],
    "fix": ["fix", "site"],
    "suggest": ["suggest", "site", "-o", "left.json"],
    "describe": ["describe", "site/images/dogs.jpg", "site/images/chart-days.png"],
    "search": ["search", "site", "a dog"],
    "the models": ["model", "list"],
    "the vocabulary": ["vocab", "show"],
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_command_turns_to_another_machine(run, arguments):
    done = run(*arguments)
    assert done.returncode in {0, 1}, done.stderr


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_command_leaves_more_in_the_home_of_its_user_than_its_own_cache(run, tmp_path, arguments):
    """Libraries keep there what they will send once they run for long enough."""
    cache = tmp_path / "home/.cache"
    done = run(*arguments, HOME=str(tmp_path / "home"), XDG_CACHE_HOME=str(cache))
    assert done.returncode in {0, 1}, done.stderr
    kept = {path.relative_to(cache).parts[0] for path in (tmp_path / "home").rglob("*") if path.is_file()}
    assert kept <= {"alttext"}


def test_remote_pictures_are_not_asked_for_unless_their_host_is_listed(run, tmp_path):
    (tmp_path / "site/page.html").write_text('<p><img src="https://cdn.example.org/a.png"></p>\n')
    assert run("fix", "site/page.html").returncode == 1
    assert run("check", "site/page.html", ALTTEXT_REMOTE="cdn.example.org").returncode == 1
    asked = run("fix", "site/page.html", "--remote", "cdn.example.org")
    assert (asked.returncode, "cdn.example.org" in asked.stderr) == (CAUGHT, True)


def test_a_checkpoint_is_loaded_from_its_folder_or_the_cache_and_asked_of_nobody(run, tmp_path, build_clip):
    folder = build_clip(tmp_path / "clip")
    described = run("describe", "site/images/dogs.jpg", "--model", str(folder))
    assert described.returncode in {0, 1}, described.stderr
    absent = run("describe", "site/images/dogs.jpg", "--model", "openai/clip-vit-base-patch32", HF_HOME="hub")
    assert (absent.returncode, "alttext model pull" in absent.stderr) == (2, True), absent.stderr


def test_only_pulling_a_model_asks_the_hub(run):
    assert run("model", "pull", "openai/clip-vit-base-patch32", HF_HOME="hub").returncode == CAUGHT


def _can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not _can_trace(), reason="strace is not on the path, or may not trace")
@pytest.mark.parametrize("command", ["check", "fix"])
def test_the_kernel_sees_no_connection_either(run, tmp_path, command):
    """What libraries in C do, no audit hook of Python hears of."""
    log = tmp_path / "calls"
    done = run(command, "site", before=["strace", "-f", "-o", str(log), "-e", "trace=%network"])
    assert done.returncode == 1, done.stderr
    calls = re.findall(r"(?:connect|sendto|sendm?msg)\(.*AF_INET.*", log.read_text())
    assert calls == []
