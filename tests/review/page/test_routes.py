"""What each address answers, to friends and to everybody else."""

import json
from http import HTTPStatus

import pytest
from bs4 import BeautifulSoup

from alttext.review.page.desk import State
from alttext.review.page.exchange import Refusal


def soup(reply):
    return BeautifulSoup(reply.body, "lxml")


def location(reply):
    assert reply.status is HTTPStatus.SEE_OTHER
    return dict(reply.headers)["Location"]


class TestTheLoop:
    def test_it_begins_with_the_first_image(self, trips, review):
        opened = review(".")
        first, *_ = opened.items
        assert location(opened.get("/")) == f"/task/{first.task.id}#task"
        assert "Image 1 of 3" in soup(opened.get(f"/task/{first.task.id}")).h1.text

    def test_an_answer_is_written_and_the_next_image_comes(self, trips, review):
        opened = review(".")
        dog, home, _ = opened.items
        before = (trips / "a.html").read_bytes()
        reply = opened.post(f"/task/{dog.task.id}", text=' Rex,\r\n  our "dog" ', do="write")
        assert location(reply) == f"/task/{home.task.id}?done={dog.task.id}#task"
        after = before.replace(b'"dog.png"', b'"dog.png" alt="Rex, our &quot;dog&quot;"')
        assert (trips / "a.html").read_bytes() == after
        said = soup(opened.get(f"/task/{home.task.id}", f"done={dog.task.id}")).find(id="said").text
        assert said.startswith('Written: Rex, our "dog"')

    def test_decorative_is_written_whatever_was_typed(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        opened.post(f"/task/{dog.task.id}", text="A dog", do="decorative")
        assert b'<img src="dog.png" alt="">' in (trips / "a.html").read_bytes()
        assert dog.state is State.DECORATIVE

    def test_skipping_changes_nothing_and_keeps_what_was_typed(self, trips, review):
        opened = review(".")
        dog, home, _ = opened.items
        before = (trips / "a.html").read_bytes()
        assert location(opened.post(f"/task/{dog.task.id}", text="A d", do="skip")).startswith(
            f"/task/{home.task.id}"
        )
        assert (trips / "a.html").read_bytes() == before
        assert soup(opened.get(f"/task/{dog.task.id}")).textarea.text.strip() == "A d"

    def test_undo_goes_back_to_the_image_with_what_was_typed(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        before = (trips / "a.html").read_bytes()
        opened.post(f"/task/{dog.task.id}", text="A dog.", do="write")
        reply = opened.post(f"/undo/{dog.task.id}")
        assert location(reply) == f"/task/{dog.task.id}?done={dog.task.id}#task"
        assert (trips / "a.html").read_bytes() == before
        page = soup(opened.get(f"/task/{dog.task.id}", f"done={dog.task.id}"))
        assert page.textarea.text.strip() == "A dog."
        assert page.find(id="said").text.startswith("Taken back")

    def test_after_the_last_image_comes_the_queue(self, trips, review):
        opened = review(".")
        for item in opened.items:
            reply = opened.post(f"/task/{item.task.id}", text="", do="decorative")
        assert location(reply) == "/queue#task"
        assert location(opened.get("/")) == "/queue#task"
        assert soup(opened.get("/queue")).h1.text == "All images are answered"


class TestWithoutScripts:
    def test_a_choice_goes_after_what_was_typed(self, trips, review):
        opened = review(".")
        *_, cat = opened.items
        page = soup(opened.post(f"/task/{cat.task.id}", text="Noon", insert="beach"))
        assert page.textarea.text.strip() == "Noon, a beach"
        assert page.find(id="then").text.endswith("graphic, Noon, a beach")

    def test_a_choice_that_was_not_offered_adds_nothing(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        assert (
            soup(opened.post(f"/task/{dog.task.id}", text="Noon", insert="x")).textarea.text.strip() == "Noon"
        )

    def test_a_text_can_be_looked_at_before_it_is_written(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        before = (trips / "a.html").read_bytes()
        page = soup(opened.post(f"/task/{dog.task.id}", text="Photo of a dog", do="look"))
        assert page.select(".remarks li")
        assert page.find(id="count").text == "14 characters"
        assert (trips / "a.html").read_bytes() == before


class TestWhatGoesWrong:
    def test_an_empty_answer_is_asked_for_again(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        reply = opened.post(f"/task/{dog.task.id}", text=" \n ", do="write")
        assert reply.status is HTTPStatus.UNPROCESSABLE_ENTITY
        assert soup(reply).find(id="error").text.startswith("Write what the image tells")
        assert dog.state is State.OPEN

    def test_what_cannot_be_written_stays_in_the_box(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        (trips / "a.html").write_text("<p>All new</p>")
        reply = opened.post(f"/task/{dog.task.id}", text="A dog.", do="write")
        assert reply.status is HTTPStatus.UNPROCESSABLE_ENTITY
        assert soup(reply).textarea.text.strip() == "A dog."
        assert "ask again" in soup(reply).find(id="error").text
        assert (trips / "a.html").read_text() == "<p>All new</p>"

    def test_what_cannot_be_taken_back_is_explained(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        opened.post(f"/task/{dog.task.id}", text="A dog.", do="write")
        (trips / "a.html").write_text("<p>All new</p>")
        reply = opened.post(f"/undo/{dog.task.id}")
        assert reply.status is HTTPStatus.UNPROCESSABLE_ENTITY
        assert "has changed since" in soup(reply).find(id="error").text


class TestForScripts:
    def test_a_text_is_looked_at(self, trips, review):
        opened = review(".")
        dog, *_ = opened.items
        seen = json.loads(opened.post(f"/look/{dog.task.id}", text="Photo of a dog").body)
        assert seen["heard"] == "graphic, Photo of a dog"
        assert seen["length"] == "14 characters"
        assert len(seen["remarks"]) == 1

    def test_the_state_is_told(self, trips, review):
        opened = review(".")
        opened.post(f"/task/{opened.items[0].task.id}", do="decorative")
        state = json.loads(opened.get("/state").body)
        assert (state["total"], state["answered"], state["is_looking"]) == (3, 1, False)
        assert state["said"] == "1 of 3 answered"


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [("/page.css", "text/css"), ("/page.js", "text/javascript"), ("/icon.svg", "image/svg+xml")],
    )
    def test_what_pages_refer_to_is_there(self, trips, review, path, kind):
        reply = review(".").get(path)
        assert reply.kind.startswith(kind)
        assert reply.body

    def test_pictures_have_the_names_of_tasks(self, trips, review):
        opened = review(".")
        for item in opened.items:
            assert opened.get(f"/picture/{item.task.id}", "size=small").kind == "image/jpeg"


UNKNOWN = (
    "/favicon.ico",
    "/a.html",
    "/dog.png",
    "/picture/dog.png",
    "/picture/..%2fa.html",
    "/picture/../a.html",
    "/picture/",
    "/picture/unknown",
    "/task/",
    "/task/unknown",
    "/task/{id}/more",
    "/task/{id}/",
    "//task/{id}",
    "/Task/{id}",
    "/other/{id}",
    "/undo",
    "/page.css/",
    "/static/page.js",
    "*",
)


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_else_is_there(trips, review, path, method):
    opened = review(".")
    with pytest.raises(Refusal) as refused:
        opened.ask(method, path.format(id=opened.items[0].task.id))
    assert refused.value.status is HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/", "GET"),
        ("POST", "/queue", "GET"),
        ("POST", "/state", "GET"),
        ("POST", "/picture/{id}", "GET"),
        ("GET", "/look/{id}", "POST"),
        ("GET", "/undo/{id}", "POST"),
    ],
)
def test_nothing_is_changed_by_a_get_nor_read_by_a_post(trips, review, method, path, allowed):
    opened = review(".")
    with pytest.raises(Refusal) as refused:
        opened.ask(method, path.format(id=opened.items[0].task.id))
    assert refused.value.status is HTTPStatus.METHOD_NOT_ALLOWED
    assert dict(refused.value.headers) == {"Allow": allowed}


@pytest.mark.parametrize("query", ["size=huge", "size=../../a", "size="])
def test_a_picture_of_no_known_size_is_not_there(trips, review, query):
    opened = review(".")
    with pytest.raises(Refusal) as refused:
        opened.get(f"/picture/{opened.items[0].task.id}", query)
    assert refused.value.status is HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999", "²", ""])
def test_a_page_of_the_queue_that_is_none_is_one_that_is(trips, review, page):
    assert soup(review(".").get("/queue", f"page={page}")).h1.text == "Queue"


EVIL = "http://evil.example"
ATTACKS = {
    "a page of another site": {"Origin": EVIL},
    "a page of another port": {"Origin": "http://127.0.0.1:1"},
    "a page of a file": {"Origin": "null"},
    "a form without an origin": {"Origin": ""},
    "a name that was made to point here": {"Host": "evil.example", "Origin": EVIL},
    "the same with our port": {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
    "another user of the machine": {"Cookie": ""},
    "a guess": {"Cookie": "alttext-review-{port}=guess"},
}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("do", ["write", "undo"])
def test_an_attack_changes_nothing_and_learns_nothing(trips, served, name, do):
    started = served(".")
    (item,) = started.desk.slice(1, 2)
    path = f"/task/{item.task.id}" if do == "write" else f"/undo/{item.task.id}"
    if do == "undo":
        assert (
            started.ask("POST", f"/task/{item.task.id}", {"text": "A dog.", "do": "write"}).status
            == HTTPStatus.SEE_OTHER
        )
    before = (trips / "a.html").read_bytes()
    headers = {key: value.format(port=started.server.port) for key, value in ATTACKS[name].items()}
    response = started.ask("POST", path, {"text": "Evil", "do": "write"}, **headers)
    assert 400 <= response.status < 500
    assert response.headers["Set-Cookie"] is None
    assert not any(
        word in response.content.lower() for word in (b"dog", b"a.html", b"evil", b"traceback", b"<")
    )
    assert (trips / "a.html").read_bytes() == before


READING = {
    "a name that was made to point here": {"Host": "evil.example:{port}"},
    "another user of the machine": {"Cookie": ""},
    "a picture on a page of another site": {"Sec_Fetch_Site": "cross-site"},
    "a picture on a page of another port": {"Sec_Fetch_Site": "same-site"},
}


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize(
    "path", ["/", "/queue", "/state", "/page.js", "/task/{id}", "/picture/{id}", "/unknown"]
)
def test_an_attack_reads_nothing(trips, served, name, path):
    started = served(".")
    (item,) = started.desk.slice(1, 2)
    headers = {key: value.format(port=started.server.port) for key, value in READING[name].items()}
    response = started.ask("GET", path.format(id=item.task.id), **headers)
    assert response.status in {HTTPStatus.FORBIDDEN, HTTPStatus.MISDIRECTED_REQUEST}
    assert len(response.content) < 100


def test_the_browser_that_has_the_key_may_do_it_all(trips, served):
    started = served(".")
    (item,) = started.desk.slice(1, 2)
    assert started.ask("GET", f"/task/{item.task.id}").status == HTTPStatus.OK
    assert (
        started.ask("GET", f"/picture/{item.task.id}", Sec_Fetch_Site="same-origin").status == HTTPStatus.OK
    )
    assert started.ask("POST", f"/task/{item.task.id}", {"do": "decorative"}).status == HTTPStatus.SEE_OTHER
