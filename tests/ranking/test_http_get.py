"""One request: what is sent, what is taken, and what servers may try."""

import time
from threading import Event

import pytest

from alttext.errors import ImageError
from alttext.ranking.http_get import Answer, NoAnswerError, get
from alttext.ranking.web_address import parse
from tests.ranking.rogue import Rogue, endless, http, redirect

PICTURE = b"\x89PNG and so on"
CHUNKED = {"transfer_encoding": "chunked", "content_length": None}
MOST = 1000


def ask(answer, *, seconds=10.0, path="/a.png", most=MOST, **more):
    with Rogue({path: answer}) as server:
        return get(parse(f"{server.host()}{path}"), server.network(**more), most, time.monotonic() + seconds)


def failure(answer, **more) -> ImageError:
    with pytest.raises(ImageError) as caught:
        ask(answer, **more)
    assert str(caught.value).startswith("http://cdn.test:")
    return caught.value


ANSWERS = {
    "with its length": http(PICTURE),
    "without": http(PICTURE, content_length=None),
    "in chunks": http(b"4\r\n%b\r\nA;x=y\r\n%b\r\n0\r\n\r\n" % (PICTURE[:4], PICTURE[4:]), **CHUNKED),
    "with parameters of the type": http(PICTURE, content_type="IMAGE/Png; charset=utf-8"),
    "after an interim answer": b"HTTP/1.1 100 Continue\r\n\r\n" + http(PICTURE),
    "by an old server": http(PICTURE).replace(b"HTTP/1.1", b"HTTP/1.0"),
    "said to be unpacked": http(PICTURE, content_encoding="identity"),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_a_picture_is_returned_as_it_is(answer):
    assert ask(answer) == Answer(PICTURE)


def test_as_many_bytes_as_are_allowed_are_taken():
    assert ask(http(b"x" * MOST)) == Answer(b"x" * MOST)


def test_the_request_says_who_asks_and_nothing_of_anyone(monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # would not answer
    with Rogue({"/a%20b.png?w=1": http(PICTURE, set_cookie="id=1")}) as server:
        url = f"{server.host()}/a b.png?w=1#part"
        for _ in range(2):
            get(parse(url), server.network(), MOST, time.monotonic() + 10)
    line, *headers = server.requests[1].rstrip().split("\r\n")
    assert line == "GET /a%20b.png?w=1 HTTP/1.1"
    named = dict(header.split(": ", 1) for header in headers)
    agent = named.pop("User-Agent")
    assert agent.startswith("alttext-clip/")
    host = f"cdn.test:{server.port}"
    assert named == {"Host": host, "Accept-Encoding": "identity", "Accept": "image/*", "Connection": "close"}


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_told_and_not_followed(status):
    assert ask(redirect("https://evil.example/", status)) == Answer(location="https://evil.example/")


@pytest.mark.parametrize(
    "status", ["204 None", "206 Part", "300 Many", "304 Same", "404 Not Found", "500 Broken"]
)
def test_only_a_whole_answer_will_do(status):
    error = failure(http(PICTURE, status))
    assert (error.reason, status[:3] in str(error)) == ("remote-unavailable", True)
    assert not isinstance(error, NoAnswerError)


def test_a_redirect_to_nowhere_is_no_picture():
    assert failure(http(status="302 Found")).reason == "remote-unavailable"


@pytest.mark.parametrize(
    "kind", ["text/html", "application/json", "application/octet-stream", "", None, "x image/png"]
)
def test_what_is_not_said_to_be_a_picture_is_not_taken(kind):
    assert failure(http(PICTURE, content_type=kind)).reason == "image-unreadable"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "GZIP, identity"])
def test_what_is_packed_is_not_unpacked(encoding):
    assert failure(http(PICTURE, content_encoding=encoding)).reason == "remote-unavailable"


HEAD = http(content_length=None)
TOO_LARGE = {
    "a length that is too large": http(b"x", content_length="1001"),
    "one that no memory would hold": http(b"x", content_length=str(1 << 60)),
    "more than the length says nothing of": http(b"x" * (MOST + 1), content_length=None),
    "a body without an end": endless(HEAD, b"x" * 4096),
    "chunks without an end": endless(http(**CHUNKED), b"100\r\n" + b"x" * 256 + b"\r\n"),
    "one endless chunk": endless(http(**CHUNKED) + b"FFFFFFFFFFFFFF\r\n", b"x" * 4096),
    "a chunk of minus one byte": endless(http(**CHUNKED) + b"-1\r\n", b"x" * 65536),
    "interim answers without an end": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "trailers without an end": endless(http(**CHUNKED) + b"1\r\nx\r\n0\r\n", b"X: " + b"x" * 1000 + b"\r\n"),
}


@pytest.mark.parametrize("answer", TOO_LARGE.values(), ids=TOO_LARGE)
def test_no_server_can_send_more_than_the_limit(answer):
    assert failure(answer, seconds=30).reason == "image-too-large"


BROKEN = {
    "nothing": b"",
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "a picture without a head": PICTURE,
    "a line without an end": endless(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 4096),
    "headers without an end": endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 10),
    "a body that stops": http(PICTURE, content_length=str(len(PICTURE) + 1)),
    "chunks that stop": http(b"9\r\nabc", **CHUNKED),
    "chunks of no length": http(b"zz\r\nabc\r\n", **CHUNKED),
    "an impossible status": b"HTTP/1.1 abc OK\r\n\r\n",
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_what_is_no_answer_is_told_as_one_that_failed(answer):
    error = failure(answer)
    assert error.reason == "remote-unavailable"
    assert isinstance(error, NoAnswerError)


PAUSE = Event()  # each byte comes well before a single read would time out


def slow(start: bytes, more: bytes):
    return endless(start, more, lambda: PAUSE.wait(0.02))


SLOW = {
    "to begin": lambda connection: connection.recv(1),
    "with its head": slow(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "with its headers": slow(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "with interim answers": slow(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "with its body": slow(http(content_length="900"), b"x"),
    "with its chunks": slow(http(**CHUNKED), b"1\r\nx\r\n"),
}


@pytest.mark.parametrize("answer", SLOW.values(), ids=SLOW)
def test_a_server_that_is_slow_is_left_at_the_deadline(answer):
    assert isinstance(failure(answer, seconds=0.3), NoAnswerError)


def test_a_host_that_is_not_public_is_refused_before_it_hears_anything():
    with Rogue({"/a.png": http(PICTURE)}) as server:
        network = server.network(is_open=lambda ip: False)
        with pytest.raises(ImageError) as caught:
            get(parse(f"{server.host()}/a.png"), network, MOST, time.monotonic() + 10)
    assert (caught.value.reason, server.requests) == ("remote-refused", [])


def test_a_name_that_nobody_knows_is_no_answer():
    def unknown(*_):
        raise OSError("Name or service not known")

    assert isinstance(failure(b"", look_up=unknown), NoAnswerError)
