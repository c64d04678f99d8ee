"""What the tests of builders of sites share: pictures, builds as users run them, and what came out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import alttext

ROOT = Path(__file__).parents[2]
PHOTOGRAPHS = ROOT / "examples" / "site" / "images"
OAK = "Old oak at the gate"
OAK_SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{OAK}</title><path d="M0 0h9v9z"/></svg>'
PICTURES = ("oak.svg", "dogs.jpg")  # of these sites, not of themes


def write(folder: Path, files: dict[str, str]) -> None:
    """Write texts into files of a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def add_pictures(folder: Path) -> None:
    """Write a drawing that says what it shows and a photograph, which has to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "oak.svg").write_text(OAK_SVG, encoding="utf-8")
    shutil.copy(PHOTOGRAPHS / "dogs.jpg", folder)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def run(program: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """Run a program that is installed beside this Python, as a user would."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    environment = os.environ | {"DISABLE_MKDOCS_2_WARNING": "true", "NO_COLOR": "1"}
    return subprocess.run(command, check=False, cwd=cwd, env=environment, capture_output=True, text=True)


def shell(command: str, cwd: Path, **changes: str) -> subprocess.CompletedProcess:
    """Run a documented command as somebody with alttext on the PATH; `changes` are of the environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path} | changes
    bash = ["/bin/bash", "-c", command]
    return subprocess.run(bash, check=False, cwd=cwd, env=environment, capture_output=True, text=True)


def alternatives(page: Path) -> list[tuple[str, str | None]]:
    """The pictures of a built page, in order, with their alternatives; not those of its theme."""
    refs = alttext.find_images(page.read_text(encoding="utf-8"))
    named = [(ref.src.rsplit("/", 1)[-1], ref.alt) for ref in refs]
    return [(name, alt) for name, alt in named if name in PICTURES]
