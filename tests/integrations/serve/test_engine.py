"""The thread with the model: batches, room that is not exceeded, and jobs that nobody waits for."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from alttext import Context
from alttext_serve.engine import Engine
from alttext_serve.limits import Limits
from alttext_serve.problems import Problem
from tests.integrations.serve.serving import FakePipeline


class Bench:
    """An engine whose pipeline is held until `go`."""

    def __init__(self, **limits):
        self.pipeline = FakePipeline()
        self.engine = Engine(self.pipeline, Limits(**limits))
        self.tasks = []

    async def ask(self, *jobs):
        """Let requests wait for the engine; a text in capitals is a document."""
        for job in jobs:
            work = (
                self.engine.fix(job, "html", {})
                if job.isupper()
                else self.engine.describe(job.encode(), Context())
            )
            self.tasks.append(asyncio.create_task(work))
        await asyncio.sleep(0)  # until all of them have been accepted

    def _work(self, job):
        if job.isupper():
            return self.engine.fix(job, "html", {})
        return self.engine.describe(job.encode(), Context())

    async def go(self):
        """Let the pipeline work; return the answers, and the exceptions among them."""
        self.pipeline.may_work.set()
        return await asyncio.gather(*self.tasks, return_exceptions=True)

    @property
    def looked(self):
        """The pictures of each batch, and how many documents were fixed."""
        return [b"".join(batch).decode() for batch in self.pipeline.batches]


@asynccontextmanager
async def busy(**limits):
    """A bench whose engine is at work on the picture `a` already."""
    bench = Bench(**limits)
    bench.engine.start()
    bench.pipeline.may_work.clear()
    await bench.ask("a")
    assert await asyncio.to_thread(bench.pipeline.is_asked.wait, 60)
    try:
        yield bench
    finally:
        bench.pipeline.may_work.set()
        await asyncio.to_thread(bench.engine.stop)


def run(test):
    """Run a test that is a coroutine."""
    return asyncio.run(test())


@pytest.mark.parametrize(
    ("waiting", "batches"),
    [("bcdef", ["a", "bcdef"]), ("bcdefghij", ["a", "bcdefg", "hij"]), ("bcXde", ["a", "bc", "de"])],
)
def test_what_waits_is_looked_at_together_in_batches_and_in_order(waiting, batches):
    async def test():
        async with busy(batch=6) as bench:
            await bench.ask(*waiting)
            answers = await bench.go()
        assert bench.looked == batches
        assert len(bench.pipeline.documents) == waiting.count("X")
        assert len(answers) == len(waiting) + 1

    run(test)


def test_who_finds_no_room_is_told_at_once_when_to_come_again():
    async def test():
        async with busy(jobs=3, retry_after=7) as bench:
            await bench.ask("b", "c", "d", "X")
            refused = [task.exception() for task in bench.tasks if task.done()]
            assert [(problem.status, problem.headers) for problem in refused] == [
                (503, {"Retry-After": "7"})
            ] * 2
            assert bench.engine.trouble == "the queue is full"
            await bench.go()
            assert bench.engine.trouble == ""
        assert bench.looked == ["a", "bc"]

    run(test)


def test_jobs_hold_no_more_bytes_than_they_may_but_one_always_has_room():
    async def test():
        async with busy(job_bytes=10) as bench:
            await bench.ask("b" * 9, "c", "d")
            answers = await bench.go()
            assert [isinstance(answer, Problem) for answer in answers] == [False, False, True, True]
            bench.tasks.clear()
            await bench.ask("e" * 11)
            assert [isinstance(answer, Problem) for answer in await bench.go()] == [False]

    run(test)


def test_a_job_that_nobody_waits_for_any_more_is_not_done():
    async def test():
        async with busy() as bench:
            await bench.ask("b", "c", "X")
            leaving = [bench.tasks[1], bench.tasks[3]]
            for task in leaving:
                task.cancel()
            await asyncio.wait(leaving)
            await bench.go()
        assert bench.looked == ["a", "c"]
        assert bench.pipeline.documents == []

    run(test)


def test_leaving_in_the_midst_of_the_work_disturbs_nobody():
    async def test():
        async with busy() as bench:
            bench.tasks[0].cancel()
            await bench.ask("b")
            answers = await bench.go()
        assert answers[1].text == "A dog."

    run(test)


def test_a_picture_that_breaks_its_batch_breaks_no_other():
    async def test():
        async with busy() as bench:
            await bench.ask("b", "fault", "c")
            answers = await bench.go()
        assert [type(answer).__name__ for answer in answers] == [
            "Description", "Description", "RuntimeError", "Description",
        ]  # fmt: skip

    run(test)


def test_what_was_accepted_is_finished_before_the_engine_stops():
    async def test():
        async with busy() as bench:
            await bench.ask("b", "X", "c")
            stopping = asyncio.create_task(asyncio.to_thread(bench.engine.stop))
            while not bench.engine.trouble:
                await asyncio.sleep(0.01)
            await bench.ask("d")
            answers = await bench.go()
            await stopping
        assert [isinstance(answer, Problem) for answer in answers] == [False] * 4 + [True]
        assert bench.looked == ["a", "b", "c"]
        assert bench.engine.trouble == "not running"

    run(test)


def test_work_without_end_is_told():
    async def test():
        async with busy(work_seconds=0) as bench:
            assert bench.engine.trouble == "the work at hand takes too long"

    run(test)
