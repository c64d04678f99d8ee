"""Slow clients: they are told so or left, and keep nobody waiting."""

import socket
import time

import pytest

from alttext import FileResult
from tests.integrations.serve.serving import FakePipeline, head_of, serving, upload

PATIENCE = 0.3


@pytest.fixture
def client(pipeline):
    with serving(pipeline, idle_seconds=PATIENCE, body_seconds=PATIENCE) as running:
        yield running


def received(connection):
    """All that comes until the server closes the connection."""
    pieces = []
    try:
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


@pytest.mark.parametrize(
    "start", [b"", b"GET /healthz HTT", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: y\r\n"]
)
def test_the_head_of_a_request_is_not_waited_for_without_end(client, start):
    with client.connect() as slow:
        slow.sendall(start)
        assert received(slow) == b""
    assert client.get("/healthz").status == 200


def test_a_head_that_trickles_does_not_win_time(client):
    with client.connect() as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\n")
        assert _is_closed_while(slow, lambda: slow.sendall(b"X: y\r\n"))


def _is_closed_while(connection, sends):
    connection.settimeout(0.05)
    for _ in range(1000):
        try:
            sends()
            return connection.recv(1) == b""
        except TimeoutError:
            continue
        except ConnectionError:
            return True
    return False


def test_so_it_is_with_the_second_request_of_a_connection(client):
    with client.connect() as slow:
        slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HT")
        assert received(slow).count(b"200 OK") == 1


def test_a_body_that_is_slow_is_refused_and_then_left(client, pipeline):
    body = upload(b"x")
    with client.connect() as slow:
        slow.sendall(head_of(body) + body[:10])
        answer = received(slow)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"body-too-slow"' in answer
    assert pipeline.batches == []


def test_a_slow_answer_is_waited_for(client, pipeline):
    pipeline.may_work.clear()
    with client.connect() as patient:
        body = upload(b"x")
        patient.sendall(head_of(body, "Connection: close") + body)
        patient.settimeout(4 * PATIENCE)
        with pytest.raises(TimeoutError):
            patient.recv(1)
        patient.settimeout(60)
        pipeline.may_work.set()
        assert received(patient).startswith(b"HTTP/1.1 200 ")


class Talkative(FakePipeline):
    """Has more to say than buffers of the system hold."""

    def fix_text(self, text, *, format, base):
        return FileResult("", "x" * 30_000_000, (), text)


@pytest.mark.parametrize("takes", [True, False])
def test_an_answer_has_to_be_taken(takes):
    with serving(Talkative(), idle_seconds=PATIENCE) as client, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(client.address)
        slow.settimeout(60)
        slow.sendall(b"POST /v1/fix HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        slow.sendall(b'Content-Length: 11\r\nConnection: close\r\n\r\n{"text":""}')
        if not takes:
            slow.recv(1)
            client.get("/healthz")
            time.sleep(5 * PATIENCE)
        assert (len(received(slow)) > 30_000_000) == takes
