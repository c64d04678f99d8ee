"""Measures work in turn, and runs of the command with their memory."""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Times:
    """Seconds that a piece took, by round: on the clock, and of processors, which others cannot slow."""

    seconds: Sequence[float]
    processor: Sequence[float]

    @property
    def median(self) -> float:
        """Seconds on the clock."""
        return statistics.median(self.seconds)

    @property
    def work(self) -> float:
        """Seconds of processors, of the best round."""
        return min(self.processor)

    def rate(self, unit: str = "") -> str:
        """Pieces in a second."""
        clock = f"{1 / self.median:.1f}{unit}/s (best {1 / min(self.seconds):.1f})"
        return f"{clock}, {1000 * self.work:.1f} ms of processor each"

    @property
    def duration(self) -> str:
        """Milliseconds for a piece."""
        clock = f"{1000 * self.median:.0f} ms (best {1000 * min(self.seconds):.0f})"
        return f"{clock}, {1000 * self.work:.0f} ms of processor"


@dataclass(frozen=True)
class Run:
    """What a run of the command took."""

    seconds: float
    megabytes: float  # the most that its largest process had in memory


def heading() -> str:
    """When and where."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{when}, {_processor()}, {cores} cores, load {load:.1f}, Python {platform.python_version()}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    facts_by_name = dict(line.split("\t: ", 1) for line in lines if "\t: " in line)
    names = {name.strip(): value for name, value in facts_by_name.items()}
    if "model name" not in names:
        return platform.processor() or platform.machine()
    return f"{names['model name']} (family {names.get('cpu family')}, model {names.get('model')})"


def in_turn(works: Mapping[str, Callable[[], float]], rounds: int, *, warm: bool = True) -> dict[str, Times]:
    """Do each work once a round, so that all have the same weather; each returns how many pieces it did."""
    measured: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(rounds + warm):
        for name, work in works.items():
            start, worked = time.perf_counter(), _processor_time()
            pieces = work()
            if number >= warm:
                took = time.perf_counter() - start, _processor_time() - worked
                measured[name].append((took[0] / pieces, took[1] / pieces))
    return {name: Times(*zip(*each, strict=True)) for name, each in measured.items()}


def _processor_time() -> float:
    """Seconds of this process and of those that it waited for."""
    return sum(os.times()[:4])


def alttext(*arguments: str | Path) -> Run:
    """Run the command; 0 and 1 are the codes of a run that came to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "alttext", *map(str, arguments)], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"alttext {arguments}: exit code {process.returncode}")
    return Run(seconds, usage.ru_maxrss / 1024)
