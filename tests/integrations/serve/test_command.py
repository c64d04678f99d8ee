"""`alttext serve` as it is run: what it tells, whom it serves, how it ends, and what it never reads."""

import base64
import json
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

import alttext
from alttext.cli import cli
from alttext_serve.command import serve
from tests.integrations.serve.serving import command, picture

SITE = Path(__file__).parents[3] / "examples/site"


@pytest.mark.parametrize("name", ["dogs.jpg", "sunset.jpg", "wind-rose.svg"])
def test_it_says_what_the_library_says(service, name):
    pixels = SITE / "images" / name
    said = alttext.load(config=alttext.Settings()).describe(pixels)
    answer = service.describe(pixels.read_bytes()).json
    assert (answer["text"], answer["review"], tuple(answer["reasons"])) == (
        said.text,
        said.review,
        said.reasons,
    )
    assert [term["id"] for term in answer["candidates"]] == [each.term.id for each in said.candidates]


def test_pictures_in_a_document_are_described_with_nothing_else_changed(service):
    dogs = (SITE / "images/dogs.jpg").read_bytes()
    embedded = "data:image/jpeg;base64," + base64.b64encode(dogs).decode()
    text = f'<h1>é\r\n</h1><IMG src="my%20pics/dogs.jpg?v=2"><img src=/top.jpg ><img src="{embedded}"><p>'
    images = {name: base64.b64encode(dogs).decode() for name in ("my%20pics/dogs.jpg?v=2", "top.jpg")}
    answer = service.fix(text=text, images=images).json
    alt = service.describe(dogs).json["text"]
    assert alt
    assert answer["changed"]
    assert answer["text"].replace(f' alt="{alt}"', "") == text
    assert answer["text"].count(f' alt="{alt}"') == 3
    assert [finding["action"] for finding in answer["findings"]] == ["write"] * 3


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"no picture", (422, "image-unreadable")),
        (picture()[:60], (422, "image-unreadable")),
        (b"%PDF-1.7", (415, "unsupported-image")),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", (415, "unsupported-image")),
        (picture(size=(20_000, 5_000)), (413, "image-too-large")),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", (415, "unsupported-image")),
    ],
)
def test_what_is_no_picture_for_it_is_refused(service, data, told):
    assert service.describe(data).told == told


@pytest.fixture
def secret(tmp_path):
    """A picture on the machine of the service that would be described if it were read."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "secret.jpg").write_bytes((SITE / "images/dogs.jpg").read_bytes())
    (tmp_path / "secret.html").write_text("<title>A secret</title>")
    return tmp_path


SOURCES = ("secret.jpg", "/secret.jpg", "HERE/secret.jpg", "file://HERE/secret.jpg", "../secret.jpg",
           "..%2f..%2fsecret.jpg", "http://127.0.0.1/secret.jpg", "/proc/self/cwd/secret.jpg")  # fmt: skip
BASES = ("", '<base href="file://HERE/">', '<base href="HERE/">', '<base href="/proc/self/cwd/">')
UNREAD = {"image-not-found", "image-outside-root", "remote-image", "no-source"}


def test_nothing_of_the_machine_is_read_whatever_the_document_says(secret, monkeypatch):
    monkeypatch.chdir(secret)
    (secret / "alttext.toml").write_text(
        'site-root = "."\nallow-outside-root = true\nremote = ["http://127.0.0.1"]\n'
    )
    images = "".join(f'<img src="{source}">' for source in SOURCES)
    pages = [f'{base}{images}<a href="HERE/secret.html"><img src="a.png"></a>' for base in BASES]
    with command("--quiet", "--config", "alttext.toml") as (_, client):
        for page in pages:
            text = page.replace("HERE", str(secret))
            answer = client.fix(text=text)
            *found, linked = answer.json["findings"]
            assert answer.json["text"] == text
            assert {finding["reason"] for finding in found} <= UNREAD
            assert len(found) == len(SOURCES)
            assert linked["suggestion"] is None


@pytest.mark.parametrize(
    "source", ["../a.png", "a/../../b.png", "/../a.png", "%2e%2e/a.png", "a//b.png", ".", "", "a\x00.png",
               "a\\b.png", "c:/a.png", "x" * 300, "/".join("x" * 600), "a%00.png", "a?b/c/../.."]
)  # fmt: skip
def test_pictures_cannot_be_put_anywhere_but_with_their_document(service, source):
    answer = service.fix(text="", images={source: base64.b64encode(picture()).decode()})
    if source == "a?b/c/../..":  # a query
        assert answer.status == 200
    else:
        assert answer.told == (422, "invalid")


def test_sources_that_exclude_each_other_are_refused(service):
    image = base64.b64encode(picture()).decode()
    assert service.fix(text="", images={"a": image, "a/b": image}).told == (422, "invalid")


def test_a_document_that_is_none_is_refused(service):
    answer = service.fix(text="{", format="notebook")
    assert answer.told == (422, "invalid")
    assert service.fix(text=json.dumps({"cells": []}), format="notebook").status in {200, 422}


# Starting and stopping


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_what_was_begun_is_answered_when_it_is_told_to_stop(sign):
    large = picture(size=(4000, 3000))
    with command("--queue", "4") as (process, client), ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(client.describe, large) for _ in range(4)]
        while client.get("/readyz").status != 503 and not all(answer.done() for answer in answers):
            pass
        process.send_signal(sign)
        assert [answer.result().status for answer in answers] == [200] * 4
        assert process.wait(60) in {-sign, 128 + sign}
        assert "Traceback" not in process.log()


def test_a_token_is_taken_from_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text("open-sesame\n")
    with command("--token-file", str(file)) as (_, client):
        assert client.fix(text="").status == 401
        client.headers = {"Authorization": "Bearer open-sesame"}
        assert client.fix(text="").status == 200


@pytest.mark.parametrize(
    ("options", "environment", "status"),
    [((), {"ALTTEXT_SERVE_TOKEN": "open-sesame"}, 401), (("--without-token",), {}, 200)],
)
def test_other_machines_need_the_token_unless_it_is_said_that_they_do_not(options, environment, status):
    with command("--host", "0.0.0.0", *options, **environment) as (_, client):
        assert client.fix(text="").status == status


def test_it_listens_on_this_machine_only(service):
    assert service.url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("options", "environment", "message"),
    [
        (["--host", "203.0.113.7"], {}, "cannot listen on 203.0.113.7"),
        (["--host", "no such host"], {}, "cannot listen on no such host"),
        (["--host", "0.0.0.0"], {}, "set ALTTEXT_SERVE_TOKEN, or say --without-token"),
        (["--allow-host", "*"], {}, "'*' is not the name of a host"),
        (["--allow-origin", "cms.example"], {}, "'cms.example' is not an origin"),
        (["--model", "./nowhere"], {}, "nowhere"),
        (["--token-file", "/dev/null"], {}, "empty"),
        ([], {"ALTTEXT_SERVE_TOKEN": "with space"}, "the token has characters"),
    ],
)
def test_what_keeps_it_from_starting_is_wrong_usage(options, environment, message):
    result = CliRunner(env=environment).invoke(cli, ["serve", "--port", "0", *options])
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_a_port_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(cli, ["serve", "--port", str(port)])
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in result.stderr


def test_the_token_is_no_option_of_the_command():
    assert not [option for option in serve.params if "--token" in option.opts]


def test_the_page_in_the_documentation_shows_its_help():
    page = Path(__file__).parents[3] / "docs/serve.md"
    help_text = CliRunner().invoke(cli, ["serve", "--help"], prog_name="alttext", terminal_width=80).stdout
    assert f"```text\n$ alttext serve --help\n{help_text}```" in page.read_text(encoding="utf-8")
