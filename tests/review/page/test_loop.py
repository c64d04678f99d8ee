"""The page in a real browser: the whole loop, by mouse and by keys alone, with and without scripts.

Judged by axe-core as well, https://github.com/dequelabs/axe-core .
"""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from alttext.review.page.desk import Desk
from alttext.review.page.exchange import Reply
from alttext.review.page.server import Server
from alttext.types import FileResult
from tests import browser

pytestmark = pytest.mark.slow

PAGE = """<!DOCTYPE html>
<html lang="en"><title>Trips</title>
<h1>Trips</h1>
<img src="dog.png">
<a href="/about"><img src="home.png"></a>
<img src="cat.png" {{ more }}>
<img src="bird.png">
</html>
"""
WRITTEN = b'<img src="dog.png" alt="Rex, a dog">'


@pytest.fixture(name="axe", scope="module")
def fixture_axe():
    """The script of axe-core."""
    script = browser.axe_core(Path(__file__).parents[3])
    return script.read_text(encoding="utf-8") if script else pytest.skip("axe-core is not installed")


@pytest.fixture(name="page")
def fixture_page(window):
    """A window with nothing in it and without preferences."""
    window.allow_scripts(True)
    window.prefer()
    window.resize(1280, 900)
    window.open("about:blank")
    window.call("Network.clearBrowserCookies")
    return window


@pytest.fixture(name="document")
def fixture_document(site):
    """A document with four images, at one of which nothing can be written."""
    root = site("dog.png", "home.png", "cat.png", "bird.png", files={"a.html": PAGE})
    return root / "a.html"


@pytest.fixture(name="started")
def fixture_started(document, served, page):
    """The review of the document, open at its first image."""
    review = served(".")
    page.open(review.guard.address)
    page.wait_for("document.activeElement?.id === 'task' && document.readyState === 'complete'")
    return review


def heading(page):
    return page.text("h1")


def press_until(page, expression, key="Tab", most=120):
    """Press a key until something is true; fail if it never is."""
    for _ in range(most):
        if page.evaluate(expression):
            return
        page.press(key)
    pytest.fail(f"not reached by {key}: {expression}")


def follow(page, act):
    """Do what leads to another page, and wait for that to have the focus on its heading."""
    page.evaluate("window.before = true")
    act()
    page.wait_for("!window.before && document.readyState === 'complete'")
    page.wait_for("['task', 'box'].includes(document.activeElement?.id)")


class TestByMouse:
    def test_choose_edit_accept_undo(self, document, started, page):
        before = document.read_bytes()
        assert heading(page) == "Image 1 of 4: dog.png"
        page.click("#box")
        page.type("Rex")
        page.click('button[value="dog"]')
        assert page.evaluate("box.value") == "Rex, a dog"
        page.wait_for("document.querySelector('#then').textContent === 'graphic, Rex, a dog'")
        assert page.text("#count") == "10 characters"
        assert document.read_bytes() == before
        follow(page, lambda: page.click("#write"))
        assert document.read_bytes() == before.replace(b'<img src="dog.png">', WRITTEN)
        assert heading(page) == "Image 2 of 4: home.png"
        assert page.text("#said").startswith("Written: Rex, a dog")
        follow(page, lambda: page.click("#undo"))
        assert document.read_bytes() == before
        assert heading(page) == "Image 1 of 4: dog.png"
        assert page.evaluate("box.value") == "Rex, a dog"
        assert page.problems() == []

    def test_decorative_skip_and_the_end(self, document, started, page):
        before = document.read_bytes()
        follow(page, lambda: page.click("#decorative"))
        follow(page, lambda: page.click("#skip"))
        follow(page, lambda: page.click("#skip"))
        page.click("#box")
        page.type("A bird")
        follow(page, lambda: page.click("#write"))
        assert page.evaluate("location.pathname") == "/queue"
        assert "2 skipped" in page.text(".lead")
        after = before.replace(b'"dog.png"', b'"dog.png" alt=""')
        assert document.read_bytes() == after.replace(b'"bird.png"', b'"bird.png" alt="A bird"')

    def test_remarks_come_while_typing_and_are_told_to_screen_readers(self, started, page):
        page.click("#box")
        page.type("Picture of a dog")
        remark = page.wait_for("document.querySelector('#remarks li')?.textContent")
        assert page.wait_for("live.textContent") == remark

    def test_a_choice_goes_to_the_cursor_and_can_be_taken_back(self, started, page):
        page.click("#box")
        page.type("Rex at noon")
        page.evaluate("box.setSelectionRange(0, 3)")
        page.click('button[value="dog"]')
        assert page.evaluate("box.value") == "Rex, a dog at noon"
        page.click("#box")
        page.press("Control+z")
        assert page.evaluate("box.value") == "Rex at noon"

    def test_what_was_typed_is_there_again_after_a_look_elsewhere(self, started, page):
        page.click("#box")
        page.type("Rex")
        follow(page, lambda: page.click('a[rel="next"]'))
        assert page.evaluate("box.value") == ""
        follow(page, lambda: page.click('a[rel="prev"]'))
        assert page.evaluate("box.value") == "Rex"


class TestByKeys:
    def test_the_loop_without_shortcuts(self, document, started, page):
        before = document.read_bytes()
        press_until(page, "document.activeElement.id === 'box'")
        page.type("Rex")
        press_until(page, "document.activeElement.value === 'dog'")
        page.press(" ")
        assert page.evaluate("document.activeElement.value") == "dog"  # the focus stays for the next choice
        assert page.evaluate("box.value") == "Rex, a dog"
        assert page.wait_for("live.textContent") == "Added: a dog. The text is now: Rex, a dog"
        press_until(page, "document.activeElement.id === 'write'", "Shift+Tab")
        follow(page, lambda: page.press("Enter"))
        assert document.read_bytes() == before.replace(b'<img src="dog.png">', WRITTEN)
        press_until(page, "document.activeElement.id === 'undo'", "Shift+Tab")
        follow(page, lambda: page.press("Enter"))
        assert document.read_bytes() == before

    def test_the_loop_with_shortcuts(self, document, started, page):
        before = document.read_bytes()
        page.press("e")
        page.type("Rex, a dog")
        follow(page, lambda: page.press("Control+Enter"))
        assert document.read_bytes() == before.replace(b'<img src="dog.png">', WRITTEN)
        follow(page, lambda: page.press("u"))
        assert document.read_bytes() == before
        follow(page, lambda: page.press("d"))
        assert document.read_bytes() == before.replace(b'"dog.png"', b'"dog.png" alt=""')
        follow(page, lambda: page.press("s"))
        assert heading(page) == "Image 3 of 4: cat.png"
        follow(page, lambda: page.press("k"))
        follow(page, lambda: page.press("j"))
        assert heading(page) == "Image 3 of 4: cat.png"

    def test_letters_in_the_box_are_letters(self, document, started, page):
        before = document.read_bytes()
        page.click("#box")
        for letter in "sdujke":
            page.press(letter)
        assert page.evaluate("box.value") == "sdujke"
        page.press("Escape")
        assert page.evaluate("document.activeElement.id") == "task"
        assert document.read_bytes() == before

    def test_shortcuts_can_be_turned_off_for_good(self, document, started, page):
        before = document.read_bytes()
        page.click(".keys summary")
        page.click("#keys-on")
        follow(page, lambda: page.click('a[rel="next"]'))
        page.press("d")
        page.press("j")
        assert heading(page) == "Image 2 of 4: home.png"
        assert page.evaluate("document.querySelector('#keys-on').checked") is False
        assert document.read_bytes() == before

    def test_whatever_has_the_focus_shows_it_and_can_be_left(self, started, page):
        page.open(f"http://{started.host}{path_of(started.desk)}")  # where the focus is at the beginning
        seen = []
        for _ in range(80):
            page.press("Tab")
            name, is_shown = page.evaluate(
                "(() => { const at = document.activeElement;"
                "const is_shown = getComputedStyle(at).outlineStyle !== 'none';"
                "return [at === document.body ? '' : at.outerHTML.slice(0, 80), is_shown]; })()"
            )
            if not name:
                break
            assert is_shown, name
            seen.append(name)
        interactive = "document.querySelectorAll('a[href], button, textarea, summary').length"
        assert len(seen) >= page.evaluate(interactive) - 1  # "Check the text" is for browsers without scripts
        assert "skip" in seen[0]


class TestWithoutScripts:
    @pytest.fixture(autouse=True)
    def no_scripts(self, page):
        page.allow_scripts(False)

    def test_choose_look_accept_undo(self, document, served, page):
        before = document.read_bytes()
        review = served(".")
        page.open(review.guard.address)
        page.wait_until_loaded()  # of the page that the first one leads to
        page.click("#box")
        page.type("Rex")
        page.click('button[value="dog"]')
        page.wait_until_loaded()
        assert page.evaluate("document.querySelector('#box').value") == "Rex, a dog"
        assert page.text("#then") == "graphic, Rex, a dog"
        page.click("#look")
        page.wait_until_loaded()
        assert document.read_bytes() == before
        page.click("#write")
        page.wait_until_loaded()
        assert document.read_bytes() == before.replace(b'<img src="dog.png">', WRITTEN)
        assert page.evaluate("document.activeElement.id") == "task"
        page.click("#undo")
        page.wait_until_loaded()
        assert document.read_bytes() == before


# What screen readers are given


def nodes(page):
    return page.call("Accessibility.getFullAXTree")["nodes"]


def value(node, name):
    return node.get(name, {}).get("value", "")


def test_a_screen_reader_is_told_what_was_done_and_what_comes_next(started, page):
    page.click("#box")
    page.type("Rex")
    follow(page, lambda: page.click("#write"))
    (focused,) = [
        node
        for node in nodes(page)
        if value(node, "role") == "heading"
        and any(each["name"] == "focused" and each["value"]["value"] for each in node.get("properties", ()))
    ]
    assert value(focused, "name") == "Image 2 of 4: home.png"
    assert value(focused, "description").startswith("Written: “Rex”")


def test_everything_has_a_name_and_a_role(started, page):
    named = {(value(node, "role"), value(node, "name")) for node in nodes(page)}
    assert {
        ("textbox", "Alternative"),
        ("button", "Write it"),
        ("button", "a dog 70 %"),
        ("group", "Things"),
        ("navigation", "Queue"),
        ("navigation", "Images"),
        ("main", ""),
        ("banner", ""),
        ("contentinfo", ""),
        ("progressbar", "0 of 4 answered"),
        ("image", "The picture to describe, dog.png"),
    } <= named


# What axe-core finds: nothing


def sensitive(task):
    decision = replace(task.finding.decision, reason="sensitive-image")
    return replace(task, finding=replace(task.finding, decision=decision))


def path_of(desk, number=1):
    return f"/task/{desk.slice(number, number + 1)[0].task.id}"


def with_remarks(desk):
    desk.slice(1, 2)[0].draft = "Photo of a dog"
    return path_of(desk)


def answered(desk):
    desk.answer(desk.slice(1, 2)[0], "A dog.")
    return path_of(desk)


def after_an_answer(desk):
    done = answered(desk).rpartition("/")[2]
    return f"{path_of(desk, 2)}?done={done}"


def queue(desk):
    desk.answer(desk.slice(1, 2)[0], "")
    desk.skip(desk.slice(2, 3)[0])
    return "/queue"


def queue_with_troubles(desk):
    desk.unreadable.append(FileResult("b.html", error="broken"))
    desk.failure = "no model"
    return "/queue"


VIEWS = {
    "a task": path_of,
    "a task with remarks": with_remarks,
    "a task after an answer": after_an_answer,
    "a task that is answered": answered,
    "a task that takes no answer": lambda desk: path_of(desk, 3),
    "the queue": queue,
    "the queue with troubles": queue_with_troubles,
}
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"width": 320},
    "without scripts": {"scripts": False},
}


def audited(page, axe):
    page.evaluate(f"{axe};0")
    options = json.dumps({"rules": {"target-size": {"enabled": True}}})
    return page.evaluate(
        f"axe.run({options}).then(({{violations}}) => violations.map(({{id, nodes}}) => [id, nodes[0].html]))"
    )


def show(page, review, path, width=1280, color_scheme="light", scripts=True):
    page.prefer(color_scheme=color_scheme)
    page.resize(width)
    page.open(review.guard.address)
    page.wait_until_loaded()
    page.allow_scripts(scripts)
    page.open(f"http://{review.host}{path}")
    page.allow_scripts(True)  # axe-core is one


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_in(document, served, page, axe, view, look):
    review = served(".")
    show(page, review, VIEWS[view](review.desk), **LOOKS[look])
    assert audited(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_an_error(document, served, page, axe, look):
    review = served(".")
    show(page, review, path_of(review.desk), **LOOKS[look])
    page.click("#write")
    page.wait_until_loaded()
    assert page.evaluate("document.activeElement.id") == "box"
    assert page.text("#error").startswith("Write what the image tells")
    assert audited(page, axe) == []


@pytest.mark.parametrize("is_open", [False, True])
def test_axe_finds_nothing_where_a_picture_is_veiled(document, served, page, axe, is_open):
    review = served(".")
    item = review.desk.slice(1, 2)[0]
    item.task = sensitive(item.task)
    show(page, review, path_of(review.desk))
    assert page.evaluate("document.querySelector('#picture').checkVisibility()") is False
    if is_open:
        page.click(".veil summary")
        assert page.evaluate("document.querySelector('#picture').checkVisibility()") is True
    assert audited(page, axe) == []


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_while_nothing_is_found_yet(served, page, axe, look, monkeypatch):
    monkeypatch.setattr(Desk, "collect", lambda desk, found: None)
    review = served()
    show(page, review, "/queue", **LOOKS[look])
    assert heading(page) == "Looking at pictures …"
    assert audited(page, axe) == []


def test_the_first_image_is_shown_as_soon_as_it_is_found(document, asked, served, page, monkeypatch):
    found = asked(".")
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "collect", lambda desk, found: None)
        review = served()
    page.open(review.guard.address)
    page.wait_for("document.querySelector('#waiting') !== null")
    review.desk.collect(found)
    page.wait_for("document.querySelector('h1')?.textContent.includes('Image 1 of 4')")


# Attacks by pages in the same browser


@pytest.fixture(name="evil")
def fixture_evil():
    """Serves one page from another port, which counts as the same site."""
    with Server() as server:

        def serve(html):
            server.answer = lambda _: Reply(html.encode(), policy="default-src * 'unsafe-inline'")
            return f"http://127.0.0.1:{server.port}/"

        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serve
        server.shutdown()
        thread.join()


ATTACKS = {
    "a form": (
        '<form method="post" action="TARGET"><input name="do" value="decorative"></form>'
        "<script>document.forms[0].submit()</script>"
    ),
    "a script": (
        '<script>fetch("TARGET", {method: "POST", mode: "no-cors", credentials: "include",'
        ' body: new URLSearchParams({do: "decorative"})}).finally(() => { document.title = "done" })</script>'
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_another_page_cannot_answer(document, started, page, evil, name):
    before = document.read_bytes()
    page.open(evil(ATTACKS[name].replace("TARGET", f"http://{started.host}{path_of(started.desk)}")))
    page.wait_for("document.title === 'done' || document.body?.textContent === 'Forbidden.\\n'")
    assert document.read_bytes() == before


def test_another_page_can_neither_frame_nor_show_what_is_reviewed(document, started, page, evil):
    url = f"http://{started.host}{path_of(started.desk)}"
    page.open(evil(f'<iframe src="{url}"></iframe><img src="{url.replace("task", "picture")}">'))
    page.wait_for("document.images[0].complete")
    assert page.evaluate("document.images[0].naturalWidth") == 0
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert any("Failed to load" in problem for problem in page.problems())


def test_a_drawing_that_is_opened_by_itself_does_not_run(site, served, page):
    script = "<script>document.documentElement.setAttribute('ran', 1); fetch('/state')</script>"
    site(
        files={
            "a.html": '<img src="a.svg">',
            "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{script}</svg>',
        }
    )
    review = served(".")
    show(page, review, path_of(review.desk))
    assert page.wait_for("document.querySelector('#picture').naturalWidth") == 9
    page.open(f"http://{review.host}{path_of(review.desk).replace('task', 'picture')}")
    assert page.evaluate("document.documentElement.hasAttribute('ran')") is False
