"""The ASGI middleware: which pages it writes into, what it says, and that all else passes byte for byte."""

import asyncio
import http.client
import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, StreamingResponse
from starlette.routing import Route

from alttext import AlttextError
from alttext_asgi import Alternatives, AltTextMiddleware

MAP = {"/img/dog.jpg": 'A "dog" & co.', "/img/caf\u00e9.jpg": "Un café", "/img/empty.jpg": " "}
PAGE = b'<!doctype html><p>\r\n<img src="/img/dog.jpg"  ><img src="/img/other.jpg"></p>'
WRITTEN = (
    b'<!doctype html><p>\r\n<img src="/img/dog.jpg" alt="A &quot;dog&quot; &amp; co."  >'
    b'<img src="/img/other.jpg"></p>'
)
HTML = [(b"content-type", b"text/html; charset=utf-8")]


def asked(messages, *, path="/", method="GET", alternatives=MAP, **options):
    """What an application that sends these messages sends through the middleware."""
    sent = []

    async def app(scope, receive, send):
        for message in messages:
            await send(message)

    async def send(message):
        sent.append(message)

    middleware = AltTextMiddleware(app, alternatives, **options)
    asyncio.run(middleware({"type": "http", "method": method, "path": path}, None, send))
    return sent


def start(headers=HTML, status=200):
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def part(body, more=False):
    return {"type": "http.response.body", "body": body, "more_body": more}


def body(sent):
    return b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")


def answered(page, **options):
    return body(asked([start(), part(page)], **options))


def test_a_page_gets_the_alternatives_of_the_map_and_nothing_else_changes():
    assert answered(PAGE) == WRITTEN


@pytest.mark.parametrize(
    ("path", "image"),
    [
        ("/", b'<img src="img/dog.jpg">'),
        ("/blog/post/", b'<img src="../../img/dog.jpg?v=3#x">'),
        ("/blog/post", b'<img src="../img/dog.jpg">'),
        ("/", b'<base href="/img/"><img src="dog.jpg">'),
        ("/", b'<img data-src="/img/dog.jpg" src="/spacer.gif">'),
        ("/", b'<img srcset="/img/dog.jpg 2x" src="/img/dog-small.jpg">'),
    ],
)
def test_sources_are_read_as_browsers_do(path, image):
    assert b'alt="A &quot;dog&quot;' in answered(image, path=path)


def test_names_may_be_encoded():
    assert b'alt="Un caf\xc3\xa9"' in answered(b'<img src="/img/caf%C3%A9.jpg">')
    assert b'alt="Un caf\xc3\xa9"' in answered('<img src="/img/café.jpg">'.encode())


@pytest.mark.parametrize(
    "page",
    [
        b'<img src="/img/dog.jpg" alt="Rex">',
        b'<img src="/img/dog.jpg" alt="">',
        b'<img src="/img/dog.jpg" aria-label="Rex">',
        b'<a href="/"><img src="/img/dog.jpg"></a>',
        b'<button><img src="/img/dog.jpg"></button>',
        b'<p lang="de"><img src="/img/dog.jpg"></p>',
        b'<img src="https://example.org/img/dog.jpg">',
        b'<img src="//example.org/img/dog.jpg">',
        b'<base href="https://example.org/"><img src="img/dog.jpg">',
        b'<img src="/img/empty.jpg">',
        b'<!-- alttext: ignore --><img src="/img/dog.jpg">',
        b'<img src="//[">',
        b'<base href="http://["><img src="img/dog.jpg">',
        b"<img>",
        b"<p>no image</p>",
        b"",
        b'\xff<img src="/img/dog.jpg">',
    ],
)
def test_it_leaves_alone(page):
    assert answered(page) == page


def test_pages_in_the_language_of_the_map_are_written_into():
    german = Alternatives({"/img/dog.jpg": "Ein Hund"}, lang="de")
    assert b'alt="Ein Hund"' in answered(b'<html lang="de-AT"><img src="/img/dog.jpg">', alternatives=german)
    assert answered(b'<img src="/img/dog.jpg">', alternatives=german) == b'<img src="/img/dog.jpg">'


@pytest.mark.parametrize("sizes", [(1,), (7,), (len(PAGE),), (0, 30, 0)])
def test_a_page_may_come_in_parts(sizes):
    size = max(sizes)
    parts = [part(PAGE[at : at + size], more=True) for at in range(0, len(PAGE), size)]
    sent = asked([start(), *parts, part(b"")])
    assert body(sent) == WRITTEN
    assert [each["type"] for each in sent] == ["http.response.start", "http.response.body"]
    assert not sent[-1]["more_body"]


def test_headers_are_those_of_the_new_bytes():
    old = [
        (b"Content-Length", b"%d" % len(PAGE)),
        (b"ETag", b'"x"'),
        (b"Content-MD5", b"x"),
        (b"X-Other", b"1"),
    ]
    headers = dict(asked([start([*HTML, *old]), part(PAGE)])[0]["headers"])
    assert headers == {HTML[0][0]: HTML[0][1], b"Content-Length": b"%d" % len(WRITTEN), b"X-Other": b"1"}


def test_headers_of_a_page_without_a_change_stay():
    old = [*HTML, (b"etag", b'"x"'), (b"content-length", b"4")]
    messages = [start(old), part(b"<img>")]
    assert asked(messages)[0] == start(old)


PASSING = {
    "another type": start([(b"content-type", b"text/plain")]),
    "no type": start([]),
    "feeds": start([(b"content-type", b"application/xhtml+xml")]),
    "another encoding": start([(b"content-type", b"text/html; charset=iso-8859-1")]),
    "compressed": start([*HTML, (b"content-encoding", b"gzip")]),
    "a part": start([*HTML, (b"content-range", b"bytes 0-9/99")], 206),
    "nothing new": start(HTML, 304),
}


@pytest.mark.parametrize("first", PASSING.values(), ids=PASSING)
def test_it_passes(first):
    messages = [first, part(PAGE[:10], more=True), part(PAGE[10:])]
    assert asked(messages) == messages


def test_answers_to_head_pass():
    messages = [start(), part(b"")]
    assert asked(messages, method="HEAD") == messages


def test_an_error_page_is_a_page():
    assert body(asked([start(HTML, 404), part(PAGE)])) == WRITTEN


@pytest.mark.parametrize("kind", [b"text/html", b"TEXT/HTML;charset=UTF-8", b'text/html; charset="utf-8"'])
def test_types_of_pages_in_utf_8(kind):
    assert body(asked([start([(b"content-type", kind)]), part(PAGE)])) == WRITTEN


def test_without_a_header_the_page_says_its_encoding():
    page = '<meta charset="iso-8859-1"><p>é</p><img src="/img/caf%C3%A9.jpg">'.encode("latin-1")
    written = body(asked([start([(b"content-type", b"text/html")]), part(page)]))
    assert written.decode("latin-1") == page.decode("latin-1")[:-1] + ' alt="Un café">'


def test_a_page_that_is_too_long_passes_as_it_comes():
    parts = [part(PAGE, more=True)] * 3
    sent = asked([start(), *parts, part(b"end")], longest=2 * len(PAGE))
    assert body(sent) == PAGE * 3 + b"end"
    assert not sent[-1]["more_body"]
    assert len(sent) == 3, "the start, what was held back, and the rest as it came"


def test_a_file_that_the_server_sends_passes():
    messages = [start(), {"type": "http.response.pathsend", "path": "/a.html"}]
    assert asked(messages) == messages


def test_what_is_told_aside_does_not_end_a_page():
    told = {"type": "http.response.debug", "info": {}}
    sent = asked([start(), told, part(PAGE)])
    assert body(sent) == WRITTEN
    assert told in sent


@pytest.mark.parametrize("scope", [{"type": "lifespan"}, {"type": "websocket", "path": "/"}])
def test_other_protocols_pass(scope):
    seen = []

    async def app(*given):
        seen.append(given)

    asyncio.run(AltTextMiddleware(app, MAP)(scope, "receive", "send"))
    assert seen == [(scope, "receive", "send")]


def test_an_application_that_fails_before_its_page_is_whole_has_sent_nothing():
    sent = []

    async def app(scope, receive, send):
        await send(start())
        raise RuntimeError

    async def send(message):
        sent.append(message)

    with pytest.raises(RuntimeError):
        asyncio.run(AltTextMiddleware(app, MAP)({"type": "http", "method": "GET", "path": "/"}, None, send))
    assert sent == []


def test_the_same_page_is_written_once_and_another_path_is_another_page(monkeypatch):
    middleware, rewritten = AltTextMiddleware(None, MAP, remembered=2), []
    real = middleware._written
    monkeypatch.setattr(
        middleware, "_written", lambda path, *rest: rewritten.append(path) or real(path, *rest)
    )

    async def pages():
        for path in ("/", "/", "/a/", "/b/", "/"):
            assert await middleware.page(path, PAGE, is_utf_8=True) == WRITTEN

    asyncio.run(pages())
    assert rewritten == ["/", "/a/", "/b/", "/"]


def test_no_model_is_loaded_to_answer():
    code = """
import asyncio, sys
from alttext_asgi import AltTextMiddleware
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b'<img src="/a.jpg">'})
async def show(message): print(message.get("body"))
scope = {"type": "http", "method": "GET", "path": "/"}
asyncio.run(AltTextMiddleware(app, {"/a.jpg": "A dog"})(scope, None, show))
print([name for name in ("numpy", "PIL", "onnxruntime", "starlette") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[1:] == ['b\'<img src="/a.jpg" alt="A dog">\'', "[]"]


# The map


def described(path, text="A dog", review=False):
    return {"path": path, "text": text, "review": review, "error": None}


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({}, "/static/img/dog.jpg"),
        ({"folder": "static"}, "/img/dog.jpg"),
        ({"folder": "./static/", "prefix": "/assets/"}, "/assets/img/dog.jpg"),
    ],
)
def test_a_map_is_made_of_descriptions_that_need_no_review(tmp_path, options, path):
    rows = [
        described("static/img/dog.jpg"),
        described("./static/b.jpg", review=True),
        described("static/c", None),
    ]
    (tmp_path / "map.json").write_text(json.dumps({"version": 1, "images": rows}))
    assert Alternatives.read(tmp_path / "map.json", **options).by_path == {path: "A dog"}


def test_a_map_may_be_a_plain_object(tmp_path):
    (tmp_path / "map.json").write_text(json.dumps(MAP))
    assert Alternatives.read(tmp_path / "map.json", lang="de") == Alternatives(MAP, "de")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": 1}', '{"images": [{}]}', '{"images": 3}'])
def test_what_is_no_map_is_told(tmp_path, content):
    (tmp_path / "map.json").write_text(content)
    with pytest.raises(AlttextError, match="not a map of alternatives"):
        Alternatives.read(tmp_path / "map.json")


def test_a_map_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AlttextError, match="nowhere"):
        Alternatives.read(tmp_path / "nowhere.json")


def test_the_example_in_the_documentation_runs(tmp_path, monkeypatch):
    page = (Path(__file__).parents[2] / "docs/asgi.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "alternatives.json").write_text(json.dumps({"images": [described("static/img/dog.jpg")]}))
    monkeypatch.chdir(tmp_path)
    names = {"app": "the application"}
    exec(code, names)
    assert names["app"].app == "the application"
    assert names["app"].alternatives.by_path == {"/static/img/dog.jpg": "A dog"}


# In a server


def test_a_site_on_a_real_server_is_written_into(tmp_path):
    """From `alttext describe` to what a client of Uvicorn and Starlette gets."""
    dogs = Path(__file__).parents[2] / "examples/site/images/dogs.jpg"
    (tmp_path / "static").mkdir()
    (tmp_path / "static/dogs.jpg").write_bytes(dogs.read_bytes())
    (tmp_path / "page.html").write_bytes(b'<img src="/static/dogs.jpg">')
    command = [sys.executable, "-m", "alttext", "describe", "static/dogs.jpg", "--output-format", "json"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    (tmp_path / "alternatives.json").write_bytes(run.stdout)
    text = json.loads(run.stdout)["images"][0]["text"]

    async def streamed(request):
        async def parts():
            for letter in '<img src="static/dogs.jpg">':
                yield letter

        return StreamingResponse(parts(), media_type="text/html")

    app = Starlette(
        routes=[
            Route("/", lambda request: HTMLResponse('<img src="/static/dogs.jpg">')),
            Route("/streamed", streamed),
            Route("/file", lambda request: FileResponse(tmp_path / "page.html")),
        ]
    )
    app.add_middleware(AltTextMiddleware, alternatives=Alternatives.read(tmp_path / "alternatives.json"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        pass
    port = server.servers[0].sockets[0].getsockname()[1]
    for path in ("/", "/streamed", "/file"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        assert page.endswith(f'dogs.jpg" alt="{text}">')
        assert answer.getheader("etag") is None
    server.should_exit = True
    thread.join(60)
