"""What one picture costs at each stage, and what a corpus of many does: `python -m benchmarks.scale`.

Times are of a processor, not of a clock, so that other work on the machine hardly matters; everything runs in
one thread. Needs the extra `ray` for Parquet, but starts no cluster.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
from PIL import Image, ImageChops

from alttext import Settings
from alttext.config import override
from alttext.ranking.cache import Cache
from alttext.review import apply, suggestions
from alttext.review.tasks import tasks
from alttext.scale import Loaded, Looker, Seen, Wanted, digest, identity, joined, load, wanted
from alttext_ray.store import Store
from benchmarks.speed import samples
from benchmarks.speed.timing import heading

T = TypeVar("T")
_HOUR = 3600


@dataclass(frozen=True)
class Stage:
    """What a stage costs for one picture."""

    name: str
    milliseconds: float = 0.0  # of one core
    size: float = 0.0  # bytes


def main() -> None:
    """Measure, then print the figures for one picture and for the corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--samples", type=Path, default=Path("build/speed"), help="folder for what is made")
    parser.add_argument("--pictures", type=Path, help="folder of your own JPEG files, instead")
    parser.add_argument("--images", type=int, default=320)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    parser.add_argument("--corpus", type=float, default=100e6, help="pictures (default: 100 million)")
    options = parser.parse_args()
    files = sorted(options.pictures.rglob("*.jpg")) if options.pictures else None
    chosen = (files or photographs(options.samples, options.images))[: options.images]
    print(heading())
    with tempfile.TemporaryDirectory(dir=options.samples) as folder:
        site = samples.site(Path(folder) / "site", chosen)
        settings = override(
            Settings(allow_outside_root=True, ocr="off", ledger=False), {"model": options.model}, Path.cwd()
        )
        for line in table(list(measure(site, Path(folder), settings, options.rounds)), options.corpus):
            print(line)
    print(f"most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def photographs(folder: Path, count: int) -> list[Path]:
    """Photographs of 2 megapixels of which no two look alike, so that nothing is made smaller by that."""
    drawn = [Image.open(each) for each in samples.photographs(folder, 16)]
    made = [folder / "scale" / f"{number:06}.jpg" for number in range(count)]
    made[0].parent.mkdir(exist_ok=True)
    for number, file in enumerate(made):
        if not file.exists():
            shifted = ImageChops.offset(drawn[number % len(drawn)], 37 * number, 23 * number)
            shifted.save(file, quality=80)
    return made


def measure(site: Path, folder: Path, settings: Settings, rounds: int) -> Iterator[Stage]:
    """Yield what each stage costs for a picture of a site."""
    looker = Looker(settings, threads=1)
    looker.look([load(next(wanted([site], settings)), settings)])  # loads the model
    pictures, found = _timed("find in documents", lambda: list(wanted([site], settings)), rounds)
    count = len(pictures)
    yield _stage(found, count, _sizes(Path(file) for each in pictures for file in each.files))
    _, hashed = _timed("hash", lambda: [digest(each) for each in pictures], rounds)
    yield _stage(hashed, count)
    yield from _looking(pictures, looker, folder, settings, rounds)
    yield from _joining(site, folder, settings)


def _looking(
    pictures: Sequence[Wanted], looker: Looker, folder: Path, settings: Settings, rounds: int
) -> Iterator[Stage]:
    loaded, loading = _timed("decode", lambda: [load(each, settings) for each in pictures], rounds)
    yield _stage(loading, len(pictures))
    sent, sending = _timed("send to the model", lambda: _sent(loaded), rounds)
    yield _stage(sending, len(pictures), sum(map(len, sent)))
    seen, looking = _timed("encode, rank, describe", lambda: _seen(loaded, looker), 1)
    yield _stage(looking, len(pictures))
    store = Store(folder, identity(settings))
    _, writing = _timed("write Parquet", lambda: store.add(seen, map(digest, pictures), "part"), rounds)
    yield _stage(writing, len(pictures), _sizes(store.folder.iterdir()))


def _joining(site: Path, folder: Path, settings: Settings) -> Iterator[Stage]:
    seen = [each for _, each in Store(folder, identity(settings)).seen()]
    pipeline, filling = _timed("fill a cache", lambda: joined(seen, settings, folder / "cache"), 1)
    assert pipeline.describer.ranker  # loads the vocabulary
    found, joining = _timed("join with documents", lambda: list(tasks(pipeline, [site], certain=True)), 1)
    yield _stage(filling, len(seen), Cache(folder / "cache").info().size)
    rows = [suggestions.of_task(task, folder, accepts=True) for task in found]
    data, writing = _timed("", lambda: suggestions.to_parquet(rows), 1)
    yield _stage(Stage(joining.name, joining.milliseconds + writing.milliseconds), len(seen), len(data))
    decided = [msgspec.structs.replace(row, alt=row.alt or "A picture", decision="accept") for row in rows]
    _, applying = _timed("apply", lambda: list(apply.apply(decided, folder, settings)), 1)
    yield _stage(applying, len(rows))


def _sent(loaded: Sequence[Loaded]) -> list[bytes]:
    packed = [msgspec.msgpack.encode(each) for each in loaded]
    for each in packed:
        msgspec.msgpack.decode(each, type=Loaded)
    return packed


def _seen(loaded: Sequence[Loaded], looker: Looker) -> list[Seen]:
    starts = range(0, len(loaded), 32)
    return [each for start in starts for each in looker.look(loaded[start : start + 32])]


def _timed(name: str, work: Callable[[], T], rounds: int) -> tuple[T, Stage]:
    """What the work makes, and the milliseconds of a processor that it takes at best."""
    taken = []
    for _ in range(rounds):
        before = time.process_time()
        made = work()
        taken.append(1000 * (time.process_time() - before))
    return made, Stage(name, min(taken))


def _stage(stage: Stage, count: int, size: float = 0) -> Stage:
    return Stage(stage.name, stage.milliseconds / count, size / count)


def _sizes(files: Iterator[Path]) -> int:
    return sum(os.stat(file).st_size for file in files)  # noqa: PTH116 - of many


def table(stages: Sequence[Stage], corpus: float) -> Iterator[str]:
    hours, terabytes = corpus / 1000 / _HOUR, corpus / 1e12
    yield f"{'':<24}{'for a picture':>24}{f'for {corpus:,.0f}':>30}"
    for each in stages:
        size = f"{each.size:,.0f} bytes" if each.size else ""
        whole = f"{each.size * terabytes:.2f} TB" if each.size else ""
        took = f"{each.milliseconds:.2f} ms"
        yield f"{each.name:<24}{took:>10}{size:>14}{each.milliseconds * hours:>14,.0f} h{whole:>14}"
    total = sum(each.milliseconds for each in stages)
    yield f"{'together':<24}{f'{total:.2f} ms':>10}{'':>14}{total * hours:>14,.0f} h of one core"


if __name__ == "__main__":
    main()
