"""How fast the encoder is here: `python -m benchmarks.speed IMAGE... [--model M] [--seconds 10]`.

Images are decoded each time, as `alttext fix` does, and encoded in batches; texts one by one.
"""

import argparse
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

from alttext.ranking import decode
from alttext.ranking.decode import DecodeOptions
from alttext.ranking.encode import load_encoder

BATCH = 32
SENTENCES = ("a dog on the beach", "a group of people sitting around a table in a small restaurant")


def main() -> None:
    """Prints images and texts in a second."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("images", nargs="+", type=Path)
    parser.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    parser.add_argument("--seconds", type=float, default=10)
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    images, threads = cycle(options.images), ThreadPoolExecutor(os.cpu_count())

    def some_images() -> int:
        files = list(islice(images, BATCH))
        loaded = threads.map(lambda file: decode.load_file(file, DecodeOptions(min_side=256), "en"), files)
        encoder.encode_images([each.pixels for each in loaded if each.pixels])
        return len(files)

    def a_text() -> int:
        encoder.encode_texts([next(sentences)])
        return 1

    sentences = cycle(SENTENCES)
    print(f"{encoder.model_id}, {os.cpu_count()} cores")
    print(f"{rate(some_images, options.seconds):6.1f} images/s, decoded from {len(options.images)} files")
    print(f"{1000 / rate(a_text, options.seconds):6.1f} ms a sentence")


def rate(work: Callable[[], int], seconds: float) -> float:
    """Pieces a second, after one round to warm up."""
    work()
    done, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        done += work()
    return done / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
