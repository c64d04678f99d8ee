"""The part that Ray does: hash, decode and look, each as soon as there is something to do it with."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
import pyarrow as pa

from alttext import Settings
from alttext.scale import Loaded, Looker, Seen, Wanted, digest, load, unseen
from alttext_ray.marks import Marks, survivors
from alttext_ray.store import Store, table

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # is read when Ray is imported

import ray
from ray.data import ActorPoolStrategy, DataContext, Dataset

Groups = dict[str, list[Wanted]]  # pictures that are the same to look at, by their digest

_BATCH = 32  # pictures that a model is handed at once
_BLOCK = 64  # pictures that are decoded together, and again if the process that does it dies
_CALLS = 256  # blocks until a process that decodes is replaced; processes with a model do not decode
_FILE = 2048  # rows that a file has, if there are as many
_LOST = "lost"  # the file of what nobody could look at; the next run tries again
_DIED = "whatever looks at it fails; convert the picture or describe it yourself"


@dataclass(frozen=True)
class Cluster:
    """Where the work is done and by how many."""

    address: str | None = None  # of a cluster that runs already; None starts one on this machine
    workers: int | None = None  # each with a model; None: as many as there is room for
    gpus: float = 0  # of each worker
    shows_progress: bool = False

    @contextmanager
    def running(self) -> Iterator[int]:
        """Connect to it or start it, and yield the number of workers. One that is connected is left so."""
        is_mine = not ray.is_initialized()
        if is_mine:
            ray.init(self.address, logging_level=logging.ERROR, **({} if self.address else self._local()))
        try:
            with _tolerant(self.shows_progress):
                yield self.workers or self._fitting()
        finally:
            if is_mine:
                ray.shutdown()

    def _local(self) -> dict[str, Any]:
        """What is started on this machine: room for the workers, and for one that decodes."""
        cpus = max(os.cpu_count() or 1, (self.workers or 1) + 1)
        return {"num_cpus": cpus, "include_dashboard": False, "log_to_driver": False}

    def _fitting(self) -> int:
        there = ray.cluster_resources()
        room = there.get("GPU", 0) / self.gpus if self.gpus else there.get("CPU", 1) * 2 / 3
        return max(1, int(room))


def look(
    wanted: Iterable[Wanted], store: Store, settings: Settings, cluster: Cluster | None = None
) -> Groups:
    """Look at those pictures that the store does not know, put what is seen there, and return all by digest.

    What makes whoever looks at it fail is put there as an error. Raises ModelError, and what Ray raises.
    """
    cluster = cluster or Cluster()
    store.remove(_LOST)
    store.marks.clear()
    with cluster.running() as workers:
        groups = _grouped(wanted)
        for block in (_BLOCK, 1):  # what failed with others has another chance alone
            left = _unknown(groups, store)
            if left:
                _Flow(store, settings, workers, cluster.gpus, block).look(left)
    store.marks.clear()
    lost = _unknown(groups, store)
    if lost:
        store.add([unseen(each, "image-unreadable", _DIED) for each in lost.values()], lost, _LOST)
    return groups


def failures(groups: Groups, seen: Iterable[tuple[str, Seen]]) -> Iterator[Seen]:
    """Yield what was seen, and each picture that is the same as one that nobody could look at."""
    for known, each in seen:
        yield each
        if each.error:
            yield from (unseen(same, each.error, each.message) for same in groups.get(known, ()))


def _unknown(groups: Groups, store: Store) -> dict[str, Wanted]:
    known = store.digests()
    return {
        digest: same[0]
        for digest, same in groups.items()
        if digest not in known and not store.marks.is_deadly(digest)
    }


def _grouped(wanted: Iterable[Wanted]) -> Groups:
    groups: Groups = {}
    rows = [{"wanted": msgspec.msgpack.encode(each)} for each in wanted]
    if rows:
        hashed = _dataset(rows, _BLOCK).map_batches(_hashed, batch_size=None, batch_format="pyarrow")
        for row in hashed.iter_rows():
            same = groups.setdefault(row["digest"], [])
            same.append(msgspec.msgpack.decode(row["wanted"], type=Wanted))
    return groups


@dataclass(frozen=True)
class _Flow:
    """From places to files of what is seen there, block by block."""

    store: Store
    settings: Settings
    workers: int
    gpus: float
    block: int  # pictures

    def look(self, wanted: Mapping[str, Wanted]) -> None:
        rows = [{"digest": name, "wanted": msgspec.msgpack.encode(each)} for name, each in wanted.items()]
        loading: Callable[[pa.Table], pa.Table] = partial(
            _loaded, settings=self.settings, marks=self.store.marks
        )
        loaded = _dataset(rows, self.block).map_batches(
            loading, batch_size=None, batch_format="pyarrow", max_calls=_CALLS
        )
        seen = loaded.map_batches(
            _Looking,
            fn_constructor_args=(self.settings, self.store),
            batch_size=min(self.block, _BATCH),
            batch_format="pyarrow",
            compute=ActorPoolStrategy(size=min(self.workers, _blocks(rows, self.block))),
            num_gpus=self.gpus or None,
        )
        seen.write_parquet(str(self.store.folder), min_rows_per_file=_FILE, compression="zstd")


def _dataset(rows: Sequence[Mapping[str, Any]], block: int) -> Dataset:
    return ray.data.from_items(list(rows), override_num_blocks=_blocks(rows, block))


def _blocks(rows: Sequence[Mapping[str, Any]], block: int) -> int:
    return -(-len(rows) // block)


def _hashed(batch: pa.Table) -> pa.Table:
    wanted = [msgspec.msgpack.decode(each, type=Wanted) for each in batch["wanted"].to_pylist()]
    return batch.append_column("digest", pa.array([digest(each) for each in wanted]))


def _loaded(batch: pa.Table, settings: Settings, marks: Marks) -> pa.Table:
    wanted = (msgspec.msgpack.decode(each, type=Wanted) for each in batch["wanted"].to_pylist())
    things = dict(zip(batch["digest"].to_pylist(), wanted, strict=True))
    loaded = survivors(marks, things, lambda some: [load(each, settings) for each in some])
    rows = pa.array([msgspec.msgpack.encode(each) for each in loaded.values()], pa.large_binary())
    return pa.table({"digest": pa.array(list(loaded), pa.string()), "loaded": rows})


class _Looking:
    """One worker: a process that loads the model once."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._looker = Looker(settings, threads=1)
        self._store = store

    def __call__(self, batch: pa.Table) -> pa.Table:
        loaded = (msgspec.msgpack.decode(each, type=Loaded) for each in batch["loaded"].to_pylist())
        things = dict(zip(batch["digest"].to_pylist(), loaded, strict=True))
        seen = survivors(self._store.marks, things, self._looker.look)
        return table(seen.values(), seen, self._store.identity)


@contextmanager
def _tolerant(shows_progress: bool) -> Iterator[None]:
    """While it lasts, a block that is lost does not end the run."""
    logging.getLogger("ray.data").setLevel(logging.WARNING if shows_progress else logging.ERROR)
    context = DataContext.get_current()
    before = context.max_errored_blocks, context.enable_progress_bars
    context.max_errored_blocks, context.enable_progress_bars = -1, shows_progress
    try:
        yield
    finally:
        context.max_errored_blocks, context.enable_progress_bars = before
