"""A coverage-guided fuzzer beside the properties of `tests/test_lossless.py`.

    python -m tests.fuzz.lossless html --seconds 60         # or xhtml, markdown, mdx, quarto, notebook
    python -m tests.fuzz.lossless html --seconds 60 --long  # 64 KB of a few pieces again and again, timed
    python -m tests.fuzz.lossless html build/fuzz/html/found/*  # what was found, once more

The first needs atheris (`pip install -e '.[fuzz]'`, on Linux) and begins with `tests/fuzz/seeds.py`; what it
learns stays in `build/fuzz`. Each kind of finding is kept there once, by its smallest input. Exit 1 if there
is one; images that were refused are counted and kept, but break no promise.
"""

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMES = ("html", "xhtml", "markdown", "mdx", "quarto", "notebook")
PACKAGES = ["alttext", "justhtml", "markdown_it", "mdit_py_plugins"]
PATIENCE = 10.0  # seconds of a processor for 64 KB of the costliest pieces, if nothing is refused
REFUSED = "refused"  # no broken promise, but worth looking at


def main() -> None:
    """What the command line asks for."""
    options = _options()
    if options.files:
        sys.exit(replay(options.name, options.files))
    folder = ROOT / "build" / "fuzz" / options.name
    (folder / "found").mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + options.seconds
    (stretch if options.long else fuzz)(options.name, folder, end)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("files", nargs="*", type=Path, help="inputs to try once more")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--long", action="store_true", help="try long documents, without measuring coverage")
    return parser.parse_args()


def replay(name: str, files: Iterable[Path]) -> int:
    """Try inputs and show the documents that they make; 1 if a promise is not kept."""
    from tests.fuzz import targets

    status = 0
    for file in files:
        data = file.read_bytes()
        print(f"{file}: {targets.TARGETS[name].document(data)[:2000]!r}")
        try:
            print(f"{_in_time(name, data)}, {targets.check(name, data)}")
        except Exception:
            traceback.print_exc(limit=-3)
            status = 1
    return status


def _in_time(name: str, data: bytes) -> str:
    from tests.fuzz import targets

    seconds, is_refused = targets.timed(name, data)
    targets.require(is_refused or seconds < PATIENCE, "too slow", seconds)
    return f"{REFUSED} after {seconds:.0f} s" if is_refused else f"up to {seconds + 0.5:.0f} s"


def stretch(name: str, folder: Path, end: float) -> None:
    """Try long documents of random pieces for as long as that; ends the process."""
    from tests.fuzz import documents

    run = Run(name, folder / "found", lambda data: _in_time(name, data), end)
    while True:
        once, often = (random.randbytes(random.randrange(most + 1)) for most in (3, 6))
        run.one(documents.long(random.randrange(256), once, often or b"\1"))


def fuzz(name: str, folder: Path, end: float) -> None:
    """Make inputs for as long as that; ends the process."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: pip install -e '.[fuzz]' (it has wheels for Linux)")
    with atheris.instrument_imports(include=PACKAGES):
        from tests.fuzz import targets
    run = Run(name, folder / "found", lambda data: targets.check(name, data), end)
    limits = ("-max_len=1024", "-timeout=300", "-report_slow_units=300", "-rss_limit_mb=0")
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", *_prepared(name, folder)], run.one)
    atheris.Fuzz()


def _prepared(name: str, folder: Path) -> list[str]:
    """Write the seeds and the dictionary; return the arguments that tell where they are."""
    from tests import pieces
    from tests.fuzz import seeds

    corpora = [folder / "corpus", folder / "seeds"]
    for corpus in corpora:
        corpus.mkdir(exist_ok=True)
    for seed in seeds.seeds(name):
        (folder / "seeds" / _hash(seed)).write_bytes(seed)
    words = [*pieces.HTML, *([] if "html" in name else [*pieces.INLINE, *pieces.BLOCKS])]
    spelled = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words if word)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in spelled), encoding="ascii")
    return [f"-dict={folder / 'words'}", *map(str, corpora)]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


class Run:
    """What has become of the inputs so far."""

    def __init__(self, name: str, folder: Path, check: Callable[[bytes], str], end: float) -> None:
        self.name, self.folder, self.check, self.end = name, folder, check, end
        self.counts: Counter[str] = Counter()
        self.smallest: dict[str, int] = {}

    def one(self, data: bytes) -> None:
        """Try an input, go on after a finding, and end in time."""
        if time.monotonic() > self.end:
            self.finish()
        try:
            became = self.check(data)
        except Exception as error:
            became = _kind(error)
            self.keep(became, data)
        if became == REFUSED:
            self.keep(REFUSED, data)
        self.counts[became] += 1

    def keep(self, kind: str, data: bytes) -> None:
        """Keep the smallest input of a kind of finding."""
        if len(data) < self.smallest.get(kind, sys.maxsize):
            self.smallest[kind] = len(data)
            file = self.folder / _hash(kind.encode())
            file.write_bytes(data)
            print(f"FOUND {kind}: {file}", flush=True)

    def finish(self) -> None:
        """Say what was found, and end the process: libFuzzer would do that without a word."""
        print(f"{self.name}: {sum(self.counts.values())} inputs", dict(self.counts.most_common()), flush=True)
        os._exit(bool(self.smallest.keys() - {REFUSED}))


def _kind(error: Exception) -> str:
    """The same for two findings that are probably one."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = str(error).partition(":")[0][:60]
    return f"{type(error).__name__} {what} ({Path(last.filename).name}:{last.lineno})"


if __name__ == "__main__":
    main()
