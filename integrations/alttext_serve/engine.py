"""The one thread that works with the model: jobs of all requests wait for it, pictures go to it in batches.

There is no wait for a batch to fill: while the model looks at one batch, the next one gathers.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import islice, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition, Thread
from typing import Any

from alttext import Context, Description, FileResult, Pipeline
from alttext_serve import problems
from alttext_serve.limits import Limits
from alttext_serve.sources import lay_out

_log = logging.getLogger("alttext.serve")


@dataclass(eq=False)
class _Look:
    """A picture to be described."""

    image: bytes
    context: Context
    future: "Future[Any]" = field(default_factory=Future)

    @property
    def size(self) -> int:
        return len(self.image)


@dataclass(eq=False)
class _Fix:
    """A document to be fixed, with its pictures by their sources."""

    text: str
    format: str
    images: Mapping[str, bytes]
    future: "Future[Any]" = field(default_factory=Future)

    @property
    def size(self) -> int:
        return len(self.text) + sum(map(len, self.images.values()))


_Job = _Look | _Fix


class Engine:
    """Does the work of all requests, one batch at a time."""

    def __init__(self, pipeline: Pipeline, limits: Limits) -> None:
        self._pipeline, self._limits = pipeline, limits
        self._jobs: deque[_Job] = deque()
        self._changed = Condition()
        self._accepted = self._bytes = 0  # of jobs that are not done
        self._is_stopping = False
        self._since: float | None = None  # when the work at hand was begun
        self._thread = Thread(target=self._work, name="alttext-engine", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what was accepted, then end."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify()
        self._thread.join(self._limits.stop_seconds)

    async def describe(self, image: bytes, context: Context) -> Description:
        """Describe a picture. Raises Problem if there is no room for it."""
        described: Description = await self._done(_Look(image, context))
        return described

    async def fix(self, text: str, format: str, images: Mapping[str, bytes]) -> FileResult:  # noqa: A002
        """Fix a document. Raises Problem if there is no room for it, and ParseError."""
        fixed: FileResult = await self._done(_Fix(text, format, images))
        return fixed

    @property
    def trouble(self) -> str:
        """Why no more work should be sent here just now; empty if it may."""
        since = self._since
        if self._is_stopping or not self._thread.is_alive():
            return "not running"
        if since is not None and time.monotonic() - since > self._limits.work_seconds:
            return "the work at hand takes too long"
        return "the queue is full" if self._accepted >= self._limits.jobs else ""

    async def _done(self, job: _Job) -> Any:
        self._accept(job)
        return await asyncio.wrap_future(job.future)  # cancelled with the request: then it is passed over

    def _accept(self, job: _Job) -> None:
        with self._changed:
            is_heavy = self._bytes + job.size > self._limits.job_bytes and self._accepted
            if self._is_stopping or is_heavy or self._accepted >= self._limits.jobs:
                raise problems.busy(self._limits.retry_after)
            self._accepted += 1
            self._bytes += job.size
            self._jobs.append(job)
            self._changed.notify()

    def _release(self, jobs: Sequence[_Job]) -> None:
        with self._changed:
            self._accepted -= len(jobs)
            self._bytes -= sum(job.size for job in jobs)

    def _work(self) -> None:
        while jobs := self._batch():
            self._since = time.monotonic()
            wanted = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            self._release([job for job in jobs if job.future.cancelled()])
            if wanted:
                self._run(wanted)
            self._since = None
            del jobs, wanted  # no picture is kept while there is nothing to do

    def _batch(self) -> Sequence[_Job]:
        """Wait for jobs, and take the pictures that wait in front, or the document. Nothing: stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs or self._is_stopping)
            in_front = islice(self._jobs, self._limits.batch)
            pictures = list(takewhile(lambda job: isinstance(job, _Look), in_front))
            return [self._jobs.popleft() for _ in pictures or islice(self._jobs, 1)]

    def _run(self, jobs: Sequence[_Job]) -> None:
        """Do the work; there is room again before anybody has the answer, and asks for more."""
        try:
            results = self._results(jobs)
        except Exception as error:
            if len(jobs) == 1:
                self._release(jobs)
                jobs[0].future.set_exception(error)
                return
            _log.warning("a batch of %d pictures failed; each is looked at alone", len(jobs))
            for job in jobs:
                self._run([job])
            return
        self._release(jobs)
        for job, result in zip(jobs, results, strict=True):
            job.future.set_result(result)

    def _results(self, jobs: Sequence[_Job]) -> Sequence[Description | FileResult]:
        looks = [job for job in jobs if isinstance(job, _Look)]
        if looks:
            images, contexts = [job.image for job in looks], [job.context for job in looks]
            return self._pipeline.describe_all(images, contexts=contexts)
        return [self._fixed(job) for job in jobs if isinstance(job, _Fix)]

    def _fixed(self, job: _Fix) -> FileResult:
        with TemporaryDirectory(prefix="alttext-") as folder:  # nothing outside of it is read
            lay_out(job.images, Path(folder))
            return self._pipeline.fix_text(job.text, format=job.format, base=folder)
