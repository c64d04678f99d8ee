"""The review at a terminal: what each line does to the documents, and how it can be taken back."""

import pytest

from alttext.review.tasks import tasks
from alttext.review.terminal import Dialogue

PAGE = '<p>One <a href="/"><img src="a.png"></a></p>\n<p>Two words</p><img src="b.png">\n'
FIRST, SECOND = '<img src="a.png"', '<img src="b.png"'


@pytest.fixture
def talk(pipeline):
    """Answers with lines until they are used up; returns what came of it and what was told."""

    def run(*lines, paths=("a.html",)):
        told, left = [], list(lines)

        def ask(prompt, draft=""):
            told.append(f"[{draft}]" if draft else prompt)
            if not left:
                raise EOFError
            return left.pop(0)

        dialogue = Dialogue(
            ask, told.append, lambda text, _: text, lambda task: [f"picture of {task.ref.src}"]
        )
        return dialogue.hold(tasks(pipeline, paths)), "\n".join(told)

    return run


@pytest.fixture
def page(site):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    return root / "a.html"


WRITES = {
    "words": (["Start", "A dog runs"], 'alt="Start"', 'alt="A dog runs"'),
    "suggestions": (["a", "a"], 'alt="Home"', 'alt="A dog on a beach."'),
    "a phrase": (["Start", "1", ""], 'alt="Start"', 'alt="A dog"'),
    "phrases together": (["Start", "1 3", ""], 'alt="Start"', 'alt="A dog, a beach"'),
    "a phrase that is edited": (["Start", "1", "e", "A brown dog"], 'alt="Start"', 'alt="A brown dog"'),
    "an edited suggestion": (["e", "Go home", "a"], 'alt="Go home"', 'alt="A dog on a beach."'),
    "what looks like a key": (["= a", "= 1 3"], 'alt="a"', 'alt="1 3"'),
    "decorative": (["Start", "d"], 'alt="Start"', 'alt=""'),
    "decorative against advice": (["d", "", "d"], 'alt=""', 'alt=""'),
    "words against advice": (["Start", "photo of a dog", ""], 'alt="Start"', 'alt="photo of a dog"'),
    "other words after advice": (["Start", "photo of a dog", "A dog"], 'alt="Start"', 'alt="A dog"'),
    "after help and a look": (["?", "p", "Start", "a"], 'alt="Start"', 'alt="A dog on a beach."'),
    "one answer that was taken back": (["Home", "u", "Start", "a"], 'alt="Start"', 'alt="A dog on a beach."'),
    "the last answer that was taken back": (["Start", "A cat", "u", "A dog"], 'alt="Start"', 'alt="A dog"'),
}  # fmt: skip
LEAVES = {
    "skipping": ["s", "s"],
    "quitting": ["q"],
    "the end of input": [],
    "help and a look": ["?", "p"],
    "Enter alone": ["", ""],
    "a key that is none": ["x", "s", "y", "s"],
    "phrases that are none": ["s", "9", "0", "1 9", "s"],
    "advice that is heeded": ["Start page.jpg", "s", "image of", "q"],
    "an answer that was taken back": ["Start", "u", "s", "s"],
    "all answers that were taken back": ["Start", "A dog", "u", "u", "q"],
    "nothing to take back": ["u", "q"],
    "nothing to edit to": ["e", "", "q"],
    "quitting while editing": ["e", "q"],
    "control characters": ["\x00\x01", "q"],
}


@pytest.mark.parametrize(("lines", "first", "second"), WRITES.values(), ids=WRITES)
def test_written_are(page, talk, lines, first, second):
    tally, _ = talk(*lines)
    expected = PAGE.replace(FIRST, f"{FIRST} {first}").replace(SECOND, f"{SECOND} {second}")
    assert page.read_text() == expected
    assert tally.written + tally.decorative == 2
    assert tally.exit_code == 0


@pytest.mark.parametrize("lines", LEAVES.values(), ids=LEAVES)
def test_nothing_is_written_by(page, talk, lines):
    tally, _ = talk(*lines)
    assert page.read_text() == PAGE
    assert tally.exit_code == 1


def test_quitting_keeps_what_was_answered(page, talk):
    tally, _ = talk("Start", "q")
    assert page.read_text() == PAGE.replace(FIRST, f'{FIRST} alt="Start"')
    assert tally.summary == "1 written, 0 marked as decorative, 0 skipped; not all images were asked about."


def test_an_image_is_shown_with_what_helps(page, talk):
    _, told = talk("s")
    for line in (
        "Image 1: a.png  a.html:1",
        "  Image without a text alternative. It is all that a link contains. Write where",
        "  link:        /",
        '  heard now:   "link, graphic, a.png"',
        "  think of:    Destination: Where does the link lead?",
        '  suggestion:  "Home"',
        "  phrases:     Things: 1 a dog 70%, 2 a cat 20%",
        "               Place: 3 a beach 60%",
    ):
        assert line in told


def test_the_suggestion_stands_in_the_line_only_when_it_is_to_be_edited(page, talk):
    _, told = talk("s", "e", "q")
    assert "[A dog on a beach.]" in told
    assert "[Home]" not in told


def test_words_for_a_picture_are_offered_where_it_comes_again_and_a_takes_them(site, talk):
    root = site("a.png", files={"a.html": '<img src="a.png">', "b.html": '<img src="a.png">'})
    tally, told = talk("Rex at the lake", "a", "", paths=("a.html", "b.html"))
    assert tally.written == 2
    assert 'you wrote:   "Rex at the lake" for this picture; a takes it again' in told
    assert 'alt="Rex at the lake"' in (root / "b.html").read_text()


def test_advice_comes_with_what_would_be_heard(page, talk):
    _, told = talk("s", "photo of a dog")
    assert '  would say:   "graphic, photo of a dog"' in told
    assert "  length:      14 characters" in told
    assert "  remark:      Screen readers say that it is a graphic." in told


def test_an_image_that_has_changed_meanwhile_is_not_written(page, talk, monkeypatch):
    changed = PAGE.replace(FIRST, f'{FIRST} alt="Mine"')

    def change(task):
        page.write_text(changed)
        return ["changed"]

    tally, told = talk_with(talk, change, monkeypatch)("p", "Start", "s", "s")
    assert "not written: a.html: the image a.png has changed; ask again" in told
    assert page.read_text() == changed
    assert tally.skipped == 2


def talk_with(talk, show, monkeypatch):
    """The same, with something else that happens when a picture is looked at."""
    monkeypatch.setattr(Dialogue, "_picture", lambda self, task: bool(self._tell_all(show(task))))
    return talk


def test_an_answer_is_not_taken_back_from_a_document_that_has_changed(page, talk, monkeypatch):
    def change(task):
        page.write_text("mine")
        return ["changed"]

    _, told = talk_with(talk, change, monkeypatch)("Start", "p", "u", "q")
    assert "not undone: a.html: has changed since" in told
    assert page.read_text() == "mine"


def test_empty_brackets_are_decorative_already(site, talk):
    root = site("b.png", files={"a.md": "![](b.png)\n"})
    tally, told = talk("d", "", paths=["a.md"])
    assert "nothing had to be written" in told
    assert 'empty-markdown-alt = "decorative"' in told
    assert (root / "a.md").read_text() == "![](b.png)\n"
    assert tally.decorative == 1


def test_what_cannot_be_asked_about_is_told(site, talk):
    root = site("a.png", files={"a.html": '<img src="a.png" {{ x }}>', "b.ipynb": "{"})
    tally, told = talk(paths=["."])
    assert "a.html:1: edit it there: A template decides about this image." in told
    assert "b.ipynb: error: " in told
    assert (tally.by_hand, tally.unreadable, tally.exit_code) == (1, 1, 2)
    assert (root / "a.html").read_text() == '<img src="a.png" {{ x }}>'


def test_nothing_to_ask_ends_at_once(site, talk):
    site(files={"a.html": '<img src="a.png" alt="Rex">'})
    tally, told = talk()
    assert (tally.exit_code, told) == (0, "")
