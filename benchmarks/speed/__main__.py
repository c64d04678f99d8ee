"""Print one row of `docs/performance.md` as it is on this machine: `python -m benchmarks.speed ROW`.

What is compared is measured in turn, within the same minutes. Samples are made in build/speed, once.
"""

import argparse
from pathlib import Path

from benchmarks.speed import check, clip, fix, gpu, memory, second, startup
from benchmarks.speed.timing import heading

ROWS = {
    "fix": fix,
    "clip": clip,
    "gpu": gpu,
    "check": check,
    "startup": startup,
    "second": second,
    "memory": memory,
}


def main() -> None:
    """Measure the row that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--samples", type=Path, default=Path("build/speed"), help="folder for what is made")
    rows = parser.add_subparsers(required=True, metavar="ROW")
    for name, module in ROWS.items():
        row = rows.add_parser(name, help=module.__doc__, description=module.__doc__)
        row.set_defaults(measure=module.measure)
        module.add_options(row)
    options = parser.parse_args()
    print(heading())
    for line in options.measure(options):
        print(line, flush=True)


if __name__ == "__main__":
    main()
