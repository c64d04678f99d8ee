"""Many requests at a time, seen from outside."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.integrations.serve.serving import head_of, serving, until, upload


@pytest.fixture
def ask():
    """Sends requests in the background; gives back what will be their answer."""
    with ThreadPoolExecutor(8) as threads:
        yield threads.submit


def occupied(client, pipeline, ask):
    """The answer to come of a picture that the model is busy with until the pipeline may work again."""
    pipeline.may_work.clear()
    answer = ask(client.describe, b"first")
    assert pipeline.is_asked.wait(60)
    return answer


def is_full(client):
    return client.get("/readyz").status == 503


def test_without_room_the_answer_is_to_come_again(pipeline, ask):
    with serving(pipeline, jobs=1, retry_after=3) as client:
        first = occupied(client, pipeline, ask)
        for answer in (client.describe(b"x"), client.fix(text="x"), client.get("/readyz")):
            assert answer.told == (503, "busy")
            assert answer.headers["retry-after"] == "3"
        assert client.get("/healthz").status == 200
        pipeline.may_work.set()
        assert first.result().status == 200
        until(lambda: not is_full(client))
        assert client.describe(b"x").status == 200


def test_so_it_is_with_too_many_requests_even_before_their_bodies_are_read(pipeline, ask):
    with serving(pipeline, requests=1) as client:
        with client.connect() as slow:
            slow.sendall(head_of(upload(b"x")))
            until(lambda: client.describe(b"x").status == 503)
        until(lambda: client.describe(b"x").status == 200)  # it has left


def test_work_that_takes_too_long_is_not_waited_for(pipeline, ask):
    with serving(pipeline, work_seconds=0.2) as client:
        first = occupied(client, pipeline, ask)
        assert first.result().told == (503, "busy")
        until(lambda: client.get("/readyz").status == 503)
        pipeline.may_work.set()
        until(lambda: client.get("/readyz").status == 200)


def test_a_picture_whose_sender_has_left_is_not_looked_at(pipeline, ask):
    body = upload(b"left")
    with serving(pipeline, jobs=2) as client:
        first = occupied(client, pipeline, ask)
        with client.connect() as leaving:
            leaving.sendall(head_of(body) + body)
            until(lambda: is_full(client))
        time.sleep(0.2)  # the news has to arrive
        pipeline.may_work.set()
        assert first.result().status == 200
        until(lambda: not is_full(client))
        assert client.describe(b"last").status == 200
    assert pipeline.batches == [[b"first"], [b"last"]]


def test_requests_at_the_same_time_get_their_own_answers(service, ask):
    pages = [f"<p>{number}</p>" for number in range(40)]
    answers = [ask(service.fix, text=page) for page in pages]
    texts = [json.loads(answer.result().body)["text"] for answer in answers]
    assert texts == pages
