"""What benchmarks on the data zips are asked on the command line."""

import argparse
from pathlib import Path


def parser(about: str | None) -> argparse.ArgumentParser:
    """A parser with the folder of data and the model; `about` is the docstring of the benchmark."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--data", type=Path, required=True, help="folder of data zips")
    made.add_argument("--model", help="embedded (default), a folder, or the name of a pulled model")
    return made
