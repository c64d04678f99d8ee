"""Who may call, over real HTTP: programs of this machine, who has the token, and pages that are allowed."""

import json

import pytest

from alttext_serve import callers
from alttext_serve.callers import Callers
from tests.integrations.serve.serving import FORM, command, serving, upload

ASKED = [
    ("POST", "/v1/describe"),
    ("POST", "/v1/fix"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/openapi.json"),
    ("GET", "/nowhere"),
]
SITE = "https://cms.example"


def sent(client, method, path, *heads):
    """The answer to a request with exactly these lines as its head, `Host` too."""
    body = upload(b"x") if method == "POST" else b""
    kind = [f"Content-Type: {FORM}", f"Content-Length: {len(body)}"] if body else []
    lines = [f"{method} {path} HTTP/1.1", *heads, *kind, "Connection: close", "", ""]
    with client.connect() as connection:
        connection.sendall("\r\n".join(lines).encode("latin-1") + body)
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    return int(answer.split()[1]), answer


def status(client, *heads, path="/v1/describe"):
    return sent(client, "POST", path, *heads)[0]


# Names that point to this machine (DNS rebinding)


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8088", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8088", "[::1]", "[::1]:8088"],
)
def test_programs_call_it_by_the_names_of_this_machine(client, host):
    assert status(client, f"Host: {host}") == 200


FOREIGN_HOSTS = [
    "evil.example", "evil.example:8088", "localhost.evil.example", "127.0.0.1.evil.example:8088",
    "evil.example@localhost", "localhost@evil.example", "localhost:x", "localhost:8088:1", "[localhost]",
    "::1", "192.0.2.7:8088", "[2001:db8::1]", "127.1", "2130706433", "localhost/", "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_name_that_an_attacker_makes_point_here_is_refused(client, host):
    code, answer = sent(client, "POST", "/v1/describe", f"Host: {host}")
    assert (code, b'"code":"unknown-host"' in answer) == (421, True)
    assert host.encode() not in answer
    assert client.pipeline.batches == []


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_so_it_is_whatever_is_asked(client, method, path):
    assert sent(client, method, path, "Host: evil.example")[0] == 421


@pytest.mark.parametrize("heads", [(), ("Host: ",), ("Host: localhost", "Host: localhost")])
def test_a_request_without_one_name_is_refused(client, heads):
    assert status(client, *heads) in {400, 421}
    assert client.pipeline.batches == []


def test_a_name_that_is_allowed_is_taken_and_no_other(pipeline):
    with serving(pipeline, Callers(hosts=frozenset({"alttext"}))) as client:
        assert [status(client, f"Host: {name}") for name in ("alttext:80", "ALTTEXT", "localhost")] == [
            200
        ] * 3
        assert status(client, "Host: alttext.example") == 421


@pytest.mark.parametrize(
    ("host", "expected"), [("192.0.2.7:8088", 200), ("[2001:db8::1]", 200), ("nas", 421)]
)
def test_where_others_reach_it_without_a_token_they_may_use_its_addresses(pipeline, host, expected):
    with serving(pipeline, Callers(is_local=False)) as client:
        assert status(client, f"Host: {host}") == expected


def test_with_a_token_the_name_does_not_matter(pipeline):
    with serving(pipeline, Callers("open-sesame")) as client:
        assert status(client, "Host: alttext.example", "Authorization: Bearer open-sesame") == 200
        assert status(client, "Host: alttext.example") == 401


# Pages that a browser shows (cross-site request forgery)


FOREIGN = [
    ("Origin: https://evil.example",),
    ("Origin: null",),
    ("Origin: ",),
    ("Origin: http://localhost:3000",),
    ("Origin: https://localhost:8088",),
    ("Origin: http://localhost:8088.evil.example",),
    ("Origin: http://localhost:8088", "Origin: https://evil.example"),
    ("Sec-Fetch-Site: cross-site",),
    ("Sec-Fetch-Site: same-site",),
]


def assert_foreign(client, *heads):
    code, answer = sent(client, "POST", "/v1/describe", "Host: localhost:8088", *heads)
    assert (code, b'"code":"foreign-origin"' in answer) == (403, True)
    assert b"access-control" not in answer.lower()
    assert client.pipeline.batches == []


@pytest.mark.parametrize("heads", FOREIGN, ids=" and ".join)
def test_a_page_of_another_site_cannot_make_it_work(client, heads):
    assert_foreign(client, *heads)


def test_a_page_of_another_site_cannot_even_if_it_knows_the_token(pipeline):
    with serving(pipeline, Callers("open-sesame")) as client:
        for heads in FOREIGN:
            assert_foreign(client, "Authorization: Bearer open-sesame", *heads)


@pytest.mark.parametrize(
    "heads", [("Origin: http://localhost:8088",), ("Sec-Fetch-Site: none",), ("Sec-Fetch-Site: same-origin",)]
)
def test_what_no_other_page_asks_is_answered(client, heads):
    assert status(client, "Host: localhost:8088", *heads) == 200


def test_a_browser_that_asks_whether_a_page_may_is_told_no(client):
    wanted = ("Host: localhost", f"Origin: {SITE}", "Access-Control-Request-Method: POST")
    code, answer = sent(client, "OPTIONS", "/v1/fix", *wanted)
    assert code == 403
    assert b"access-control" not in answer.lower()


def test_a_page_that_is_allowed_may_ask_and_read_the_answer(pipeline):
    with serving(pipeline, Callers(origins=frozenset({SITE}))) as client:
        asked = client.send(
            "OPTIONS", "/v1/fix", Origin=SITE, access_control_request_method="POST",
            access_control_request_headers="authorization,content-type",
        )  # fmt: skip
        assert (asked.status, asked.headers["access-control-allow-origin"]) == (200, SITE)
        body = json.dumps({"text": "a"})
        answer = client.send("POST", "/v1/fix", body, content_type="application/json", Origin=SITE)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, SITE)
        assert status(client, "Host: localhost", "Origin: https://other.example") == 403


# The token


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("Bearer open-sesame", 200),
        ("bearer open-sesame", 200),
        ("Bearer open-sesam", 401),
        ("Bearer open-sesame2", 401),
        ("Bearer ", 401),
        ("Basic open-sesame", 401),
        ("open-sesame", 401),
        ("Bearer \xe9\xff", 401),
        ("", 401),
    ],
)
def test_with_a_token_only_who_knows_it_gets_work_done(pipeline, authorization, status):
    with serving(pipeline, Callers("open-sesame")) as client:
        client.headers = {"Authorization": authorization.encode("latin-1")} if authorization else {}
        for answer in (client.describe(b"x"), client.fix(text="x")):
            assert answer.status == status
            if status == 401:
                assert answer.told == (401, "unauthorized")
                assert answer.headers["www-authenticate"] == "Bearer"
    assert bool(pipeline.batches) == (status == 200)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json"])
def test_health_and_contract_are_told_without_a_token(pipeline, path):
    with serving(pipeline, Callers("open-sesame")) as client:
        assert client.get(path).status == 200


def test_who_may_not_ask_is_told_so_before_the_size_of_the_body(pipeline):
    with serving(pipeline, Callers("open-sesame"), body=10) as client:
        assert client.describe(b"x").status == 401


# As they are told to the command


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (callers.host, "Alttext.Example", "alttext.example"),
        (callers.host, "192.0.2.7", "192.0.2.7"),
        (callers.origin, "https://CMS.example/", "https://cms.example"),
        (callers.origin, "http://localhost:3000", "http://localhost:3000"),
        (callers.origin, "moz-extension://0af1", "moz-extension://0af1"),
    ],
)
def test_they_are_compared_as_browsers_send_them(read, value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (callers.host, ""),
        (callers.host, "*"),
        (callers.host, "*.example"),
        (callers.host, "https://a.example"),
        (callers.host, "a.example:80"),
        (callers.origin, "*"),
        (callers.origin, "null"),
        (callers.origin, "cms.example"),
        (callers.origin, "https://*.example"),
        (callers.origin, "https://cms.example/path"),
        (callers.origin, "https://user@cms.example"),
    ],
)
def test_what_would_never_match_or_too_much_is_refused(read, value):
    with pytest.raises(ValueError, match="such as"):
        read(value)


def test_the_command_takes_names_and_sites():
    options = ("--quiet", "--allow-host", "alttext", "--allow-origin", f"{SITE}/")
    with command(*options) as (_, client):
        assert client.send("GET", "/healthz", Host="alttext").status == 200
        assert client.send("GET", "/healthz", Host="other").status == 421
        assert client.send("GET", "/healthz", Origin=SITE).status == 200
        assert client.send("GET", "/healthz", Origin="https://other.example").status == 403
