"""`alttext fix` on photographs of 2 megapixels, decoding included, beside the image tower alone."""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from alttext.ranking.encode import load_encoder
from benchmarks.speed import samples
from benchmarks.speed.timing import alttext, in_turn


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much, and with which model."""
    parser.add_argument("--images", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    parser.add_argument("--side", type=int, default=224, help="pixels that the model sees")


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Runs of the command with an empty cache, and as many pictures of the right size through the tower."""
    photographs = samples.photographs(options.samples, options.images)
    encoder = load_encoder(options.model)
    squares = [Image.open(each).resize((options.side,) * 2) for each in photographs[:64]]
    model = ("--model", options.model) if options.model else ()

    def fix() -> int:
        with tempfile.TemporaryDirectory(dir=options.samples) as folder:
            site = samples.site(Path(folder) / "site", photographs)
            alttext("fix", "--allow-outside-root", "--cache-dir", Path(folder) / "cache", *model, "-q", site)
        return len(photographs)

    def tower() -> int:
        encoder.encode_images(squares)
        return len(squares)

    times = in_turn({"fix": fix, "tower": tower}, options.rounds)
    megabytes = sum(each.stat().st_size for each in photographs) / len(photographs) / 1e6
    size = "x".join(map(str, samples.PHOTOGRAPH))
    yield f"{len(photographs)} photographs, {size}, {megabytes:.2f} MB each; {encoder.model_id}"
    yield f"alttext fix       {times['fix'].rate()}"
    yield f"image tower alone {times['tower'].rate()}"
    yield f"share kept        {times['tower'].work / times['fix'].work:.0%}, by processor time"
