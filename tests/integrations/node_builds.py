"""What the tests of builders that run on Node share: their packages, and builds as users run them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integrations.builds import ROOT, add_pictures, write

PACKAGES = ROOT / "build" / "hosts" / "node_modules"
INSTALLED = PACKAGES / "alttext-astro" / "package.json"  # the last that is installed
needs_packages = pytest.mark.skipif(
    not INSTALLED.exists(), reason="the npm packages are not installed: .ci/run does"
)


def make(folder: Path, files: dict[str, str], pictures: str) -> Path:
    """Write a site that has the packages at hand, as after `npm install`, and ignores what it builds."""
    write(folder, {"package.json": '{"type": "module"}', ".gitignore": "_site/\ndist/\n", "alttext.toml": ""})
    write(folder, files)
    add_pictures(folder / pictures)
    (folder / ".git").mkdir()
    (folder / "node_modules").symlink_to(PACKAGES, target_is_directory=True)
    return folder


def node(program: str, *arguments: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess:
    """Run a program of the packages with the alttext that is installed beside this Python."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1"} | changes
    command = [str(PACKAGES / "node" / "bin" / "node"), str(PACKAGES / program), *arguments]
    return subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True)


def told(done: subprocess.CompletedProcess) -> list[tuple[str, str]]:
    """The pages that a report names, and the problem in each line, in order."""
    return re.findall(r"^(\S+?):\d+:\d+: (.*?) ", done.stdout + done.stderr, re.MULTILINE)


def examples(page: str) -> list[str]:
    """The configurations that a page of the documentation shows."""
    return re.findall(r"```js\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


def type_errors(folder: Path, host: str, use: str) -> str:
    """What the compiler of TypeScript says of a configuration that uses a package."""
    write(folder, {"use.ts": f'import alttext from "alttext-{host}";\n{use}\n'})
    flags = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"]
    return node("typescript/bin/tsc", *flags, "use.ts", cwd=folder).stdout
