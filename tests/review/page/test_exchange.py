from http import HTTPStatus

import pytest

from alttext.review.page.exchange import PICTURE_POLICY, POLICY, Refusal, Request, redirect


@pytest.mark.parametrize(
    ("values", "expected"), [((), ""), (("one",), "one"), (("one", "one"), ""), (("one", "two"), "")]
)
def test_a_header_counts_if_there_is_exactly_one(values, expected):
    assert Request("GET", "/", headers={"host": values}).header("host") == expected


def test_a_refusal_tells_its_status_and_what_it_was_given():
    reply = Refusal(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET").reply
    assert reply.status is HTTPStatus.METHOD_NOT_ALLOWED
    assert reply.body == b"Method Not Allowed.\n"
    assert ("Allow", "GET") in reply.headers


def test_a_redirect_asks_for_a_get():
    reply = redirect("/there", ("X-More", "yes"))
    assert reply.status is HTTPStatus.SEE_OTHER
    assert reply.headers == (("Location", "/there"), ("X-More", "yes"))


@pytest.mark.parametrize("policy", [POLICY, PICTURE_POLICY])
def test_pages_load_nothing_unless_it_is_named(policy):
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"
    assert "script-src" not in rules or rules["script-src"] == "'self'"
    assert "http" not in policy


def test_drawings_are_shut_in():
    assert "sandbox" in PICTURE_POLICY.split("; ")
