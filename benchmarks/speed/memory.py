"""The most that `alttext fix` has in memory, on few images and on a hundred times as many."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed import samples
from benchmarks.speed.timing import alttext


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--images", type=int, nargs="+", default=[1_000, 100_000])


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Runs of the command on different pictures, with an empty cache that they fill."""
    pictures = samples.photographs(options.samples, max(options.images), samples.THUMBNAIL)
    for count in options.images:
        with tempfile.TemporaryDirectory(dir=options.samples) as folder:
            site = samples.site(Path(folder) / "site", pictures[:count])
            cache = Path(folder) / "cache"
            run = alttext("fix", "--check", "--allow-outside-root", "--cache-dir", cache, "-q", site)
            kept = sum(file.stat().st_size for file in cache.iterdir()) / 1e6
        yield f"{count:>7} images: {run.megabytes:.0f} MB, {run.seconds:.0f} s; cache {kept:.0f} MB"
