from http import HTTPStatus

import pytest

from alttext.review.page.exchange import Refusal, Request
from alttext.review.page.guard import Guard

TOKEN = "correct-horse"
OURS = {"host": "127.0.0.1:8123", "cookie": f"alttext-review-8123={TOKEN}"}
POSTED = OURS | {"origin": "http://127.0.0.1:8123"}


@pytest.fixture(name="guard")
def fixture_guard():
    return Guard(8123, TOKEN)


def request(method="GET", path="/", query=(), **headers):
    return Request(
        method, path, dict(query), {name.replace("_", "-"): (value,) for name, value in headers.items()}
    )


def status_of(guard, asked):
    with pytest.raises(Refusal) as refused:
        guard.admit(asked)
    return refused.value.status


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8123"])
def test_the_browser_that_has_the_cookie_is_let_in(guard, host):
    assert guard.admit(request(**OURS | {"host": host})) is None
    assert guard.admit(request("POST", **OURS | {"host": host, "origin": f"http://{host}"})) is None


def test_a_program_may_show_the_token_in_a_header(guard):
    assert guard.admit(request(host="localhost:8123", x_alttext_token=TOKEN)) is None


@pytest.mark.parametrize(
    "cookies",
    [
        f"a=b; alttext-review-8123={TOKEN}; c=d",
        f"not/a[cookie]; {{; alttext-review-8123={TOKEN}",
        f"alttext-review-9000=other;alttext-review-8123={TOKEN}",
    ],
)
def test_cookies_of_other_programs_do_no_harm(guard, cookies):
    assert guard.admit(request(**OURS | {"cookie": cookies})) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8123",
        "127.0.0.1",
        "127.0.0.1:8124",
        "127.0.0.1:8123.evil.example",
        "localhost.evil.example:8123",
        "evil.example@127.0.0.1:8123",
        "0.0.0.0:8123",
        "[::1]:8123",
    ],
)
def test_a_name_that_an_attacker_makes_point_here_is_refused_even_with_the_key(guard, host):
    assert status_of(guard, request(**OURS | {"host": host})) is HTTPStatus.MISDIRECTED_REQUEST


def test_more_than_one_host_is_none(guard):
    asked = Request(
        "GET", "/", {}, {"host": ("127.0.0.1:8123", "127.0.0.1:8123"), "cookie": (OURS["cookie"],)}
    )
    assert status_of(guard, asked) is HTTPStatus.MISDIRECTED_REQUEST


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:9000",
        "https://127.0.0.1:8123",
        "http://localhost:8123",  # ours, but not where this page is
        "http://127.0.0.1:8123.evil.example",
    ],
)
def test_what_another_page_sends_is_refused_even_with_the_cookie(guard, origin):
    assert status_of(guard, request("POST", **POSTED | {"origin": origin})) is HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_asks_for_another_page_is_refused(guard, site):
    assert status_of(guard, request(**OURS | {"sec_fetch_site": site})) is HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_a_browser_asks_for_our_page_or_for_a_person_is_answered(guard, site):
    assert guard.admit(request(**OURS | {"sec_fetch_site": site})) is None


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "alttext-review-8123=",
        "alttext-review-8123=correct-hors",
        f"alttext-review-9000={TOKEN}",
        "=",
        "ü\udcff",
    ],
)
def test_without_the_key_nothing_is_told(guard, cookie):
    assert status_of(guard, request(**OURS | {"cookie": cookie})) is HTTPStatus.FORBIDDEN


class TestAtTheEntrance:
    @pytest.mark.parametrize("site", ["none", "cross-site"])  # a click in a terminal, and in one in a browser
    def test_the_token_becomes_a_cookie_and_leaves_the_address(self, guard, site):
        headers = {"host": "127.0.0.1:8123", "sec_fetch_site": site}
        reply = guard.admit(request(query={"token": TOKEN}, **headers))
        headers = dict(reply.headers)
        assert b'<meta http-equiv="refresh" content="0; url=/">' in reply.body
        assert TOKEN.encode() not in reply.body
        cookie, *attributes = headers["Set-Cookie"].split("; ")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)
        assert guard.admit(request(host="127.0.0.1:8123", cookie=cookie)) is None

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ü", "\udcff"])
    def test_a_wrong_token_gets_no_cookie(self, guard, token):
        assert (
            status_of(guard, request(query={"token": token}, host="127.0.0.1:8123")) is HTTPStatus.FORBIDDEN
        )

    def test_a_ticket_lets_in_once(self, guard):
        address, ticket = guard.ticket().split("?ticket=")
        assert address == "http://127.0.0.1:8123/"
        asked = request(query={"ticket": ticket}, host="127.0.0.1:8123")
        assert dict(guard.admit(asked).headers)["Set-Cookie"]
        assert status_of(guard, asked) is HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize("ticket", ["", "wrong", TOKEN])
    def test_a_wrong_ticket_lets_nobody_in_whether_there_is_one_or_not(self, guard, ticket):
        asked = request(query={"ticket": ticket}, host="127.0.0.1:8123")
        assert status_of(guard, asked) is HTTPStatus.FORBIDDEN
        guard.ticket()
        assert status_of(guard, asked) is HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize("asked", [("POST", "/"), ("GET", "/task/1")])
    def test_the_token_opens_nothing_else(self, guard, asked):
        headers = {"host": "127.0.0.1:8123", "origin": "http://127.0.0.1:8123"}
        assert status_of(guard, request(*asked, query={"token": TOKEN}, **headers)) is HTTPStatus.FORBIDDEN


def test_each_review_has_a_token_of_its_own_that_cannot_be_guessed():
    first, second = Guard(8123), Guard(8123)
    assert first.token != second.token
    assert len(first.token) >= 43  # 256 bits
    assert first.address == f"http://127.0.0.1:8123/?token={first.token}"
