"""A second `fix` on an unchanged site: what it decodes, and how often it asks the model."""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from alttext import Pipeline, Settings
from alttext.ranking import raster
from alttext.ranking.encode_embedded import EmbeddedEncoder
from benchmarks.speed import samples


def add_options(parser: argparse.ArgumentParser) -> None:
    """How much."""
    parser.add_argument("--images", type=int, default=200)


def measure(options: argparse.Namespace) -> Iterator[str]:
    """Two runs that share nothing but the cache; nothing is written, so that both see every image."""
    photographs = samples.photographs(options.samples, options.images)
    with tempfile.TemporaryDirectory(dir=options.samples) as folder:
        site = samples.site(Path(folder) / "site", photographs)
        settings = Settings(cache_dir=str(Path(folder) / "cache"), allow_outside_root=True)
        for name in ("first", "second"):
            with (
                mock.patch.object(raster, "read", wraps=raster.read) as decode,
                mock.patch.object(
                    EmbeddedEncoder, "encode_images", autospec=True, side_effect=EmbeddedEncoder.encode_images
                ) as encode,
            ):
                start = time.perf_counter()
                images = sum(
                    len(result.findings) for result in Pipeline(settings).fix_paths([site], write=False)
                )
                seconds = time.perf_counter() - start
            yield (
                f"{name:<6} run: {images} images in {seconds:.2f} s, "
                f"{decode.call_count} decoded, {encode.call_count} calls of the model"
            )
