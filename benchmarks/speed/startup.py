"""From the shell to the answer of `check` and of a `fix` with nothing to do, on one small file."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.speed.timing import alttext, in_turn

PAGE = '<!doctype html><title>A page</title><p><img src="a.jpg" alt="A lake">'


def add_options(parser: argparse.ArgumentParser) -> None:
    """How often."""
    parser.add_argument("--rounds", type=int, default=15)


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Runs of the command, with one of Python alone for scale."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(PAGE, encoding="utf-8")
        (Path(folder) / "alttext.toml").write_text("", encoding="utf-8")

        def once(*arguments: str) -> Callable[[], int]:
            return lambda: bool(alttext(*arguments, "-q", page))

        works = {
            "alttext check": once("check"),
            "alttext fix": once("fix"),
            "python -c pass": lambda: bool(subprocess.run([sys.executable, "-c", ""], check=True)),
        }
        for name, times in in_turn(works, options.rounds).items():
            yield f"{name:<14} {times.duration}"
