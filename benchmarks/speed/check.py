"""`alttext check` on 10,000 HTML pages of 10 kB, beside parsers that only parse them."""

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bs4
import justhtml
from lxml import html

from benchmarks.speed import samples
from benchmarks.speed.timing import alttext, in_turn

HEAVY = ("numpy", "PIL", "onnxruntime", "torch", "transformers")
_LOADED = """
import sys
from click.testing import CliRunner
from alttext.cli import cli
CliRunner().invoke(cli, ["check", "-q", sys.argv[1]])
print(", ".join(name for name in sys.argv[2:] if name in sys.modules) or "none")
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Runs of the command, and parsers on every tenth page, by megabyte."""
    folder = samples.pages(options.samples, options.pages)
    files = sorted(folder.glob("*.html"))
    texts = [file.read_text(encoding="utf-8") for file in files[::10]]
    megabytes = sum(file.stat().st_size for file in files) / 1e6

    def check(*jobs: str) -> Callable[[], float]:
        return lambda: bool(alttext("check", "-q", *jobs, folder)) * megabytes

    works = {
        "alttext check": check(),
        "alttext check -j 1": check("-j", "1"),
        "lxml": parsed(html.document_fromstring, texts),
        "justhtml": parsed(justhtml.JustHTML, texts),
        "BeautifulSoup": parsed(lambda text: bs4.BeautifulSoup(text, "html.parser"), texts),
    }
    yield f"{len(files)} pages, {megabytes:.0f} MB"
    for name, times in in_turn(works, options.rounds, warm=False).items():
        yield f"{name:<18} {times.rate(' MB')}"
    yield f"loaded by check, of {', '.join(HEAVY)}: {_loaded(files[0])}"


def parsed(parse: Callable[[str], object], texts: Sequence[str]) -> Callable[[], float]:
    """Work that parses all texts, and tells how many megabytes these were."""

    def work() -> float:
        for text in texts:
            parse(text)
        return sum(map(len, texts)) / 1e6

    return work


def _loaded(page: Path) -> str:
    command = [sys.executable, "-c", _LOADED, str(page), *HEAVY]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
