"""Answers change one alternative and no other byte, never end up at another image, and can be taken back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alttext.errors import StaleError, WriteError
from alttext.review.answers import Answer, undo, write
from alttext.review.tasks import tasks

PAGE = '<h1>Dogs</h1>\r\n<p>One <img src="a.png"> two</p>\r\n<p><img src=b.png\t/></p>\n'
WRITTEN = {
    "html": ("a.html", PAGE, PAGE.replace('"a.png"', '"a.png" alt="My &quot;dog&quot; &amp; I"')),
    "single quotes": ("a.html", "<img src='a.png'>", "<img src='a.png' alt='My \"dog\" &amp; I'>"),
    "markdown": ("a.md", "x\n\n![](a.png)\n", 'x\n\n![My "dog" & I](a.png)\n'),
    "a placeholder": (
        "a.html",
        '<img src="a.png" alt="image">',
        '<img src="a.png" alt="My &quot;dog&quot; &amp; I">',
    ),
    "an inline drawing": (
        "a.html",
        '<svg role="img"><path d="M0 0"/></svg>',
        '<svg role="img" aria-label="My &quot;dog&quot; &amp; I"><path d="M0 0"/></svg>',
    ),
}
# What happens between the question and the answer that makes the answer not fit any more.
STALE = {
    "the image has got an alternative": lambda page: page.replace('"a.png"', '"a.png" alt="Rex"'),
    "the image has got a class": lambda page: page.replace('"a.png"', '"a.png" class="x"'),
    "the image is marked as decorative": lambda page: page.replace('"a.png"', '"a.png" alt=""'),
    "the image is gone": lambda page: page.replace('<img src="a.png">', ""),
    "the image is another": lambda page: page.replace("a.png", "c.png"),
    "a link has come around it": lambda page: page.replace(
        '<img src="a.png">', '<a href="/x"><img src="a.png"></a>'
    ),
    "a comment asks to leave it alone": lambda page: f"<!-- alttext: ignore-file -->{page}",
    "the document is empty": lambda page: "",
}
MOVED = {
    "text before it": lambda page: f"<p>New</p>{page}",
    "text beside it": lambda page: page.replace("One", "First"),
    "another image": lambda page: f'<img src="c.png">{page}',
    "an answer to another image": lambda page: page.replace("src=b.png", 'src=b.png alt="B"'),
}


@pytest.mark.parametrize(("name", "before", "after"), WRITTEN.values(), ids=WRITTEN)
def test_an_answer_is_all_that_changes(site, asked, name, before, after):
    root = site("a.png", "b.png", files={name: before})
    first = asked(name)[0]
    written = write(first, Answer(first.id, 'My "dog"\n & I'))
    assert (root / name).read_bytes() == after.encode()
    assert written.changed
    undo(written)
    assert (root / name).read_bytes() == before.encode()


def test_answers_to_all_images_of_a_document_can_come_in_any_order(site, asked):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    for task in reversed(asked("a.html")):
        write(task, Answer(task.id, task.ref.src))
    assert (root / "a.html").read_bytes().decode() == PAGE.replace('"a.png"', '"a.png" alt="a.png"').replace(
        "src=b.png", 'src=b.png alt="b.png"'
    )


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_an_answer_to_an_image_that_has_changed_is_refused(site, asked, change):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    first = asked("a.html")[0]
    changed = change(PAGE).encode()
    (root / "a.html").write_bytes(changed)
    with pytest.raises(WriteError, match=r"^a\.html: "):
        write(first, Answer(first.id, "A dog"))
    assert (root / "a.html").read_bytes() == changed


@pytest.mark.parametrize("change", MOVED.values(), ids=MOVED)
def test_an_answer_finds_an_image_that_has_only_moved(site, asked, change):
    root = site("a.png", "b.png", "c.png", files={"a.html": PAGE})
    first = asked("a.html")[0]
    (root / "a.html").write_bytes(change(PAGE).encode())
    write(first, Answer(first.id, "A dog"))
    expected = change(PAGE).replace('src="a.png"', 'src="a.png" alt="A dog"')
    assert (root / "a.html").read_bytes() == expected.encode()


def test_an_answer_is_refused_once_the_picture_is_another_one(site, asked):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    first = asked("a.html")[0]
    (root / "a.png").write_bytes((root / "b.png").read_bytes())
    with pytest.raises(StaleError, match="picture"):
        write(first, Answer(first.id, "A dog"))
    assert (root / "a.html").read_bytes() == PAGE.encode()


def test_the_second_of_two_equal_images_gets_its_own_answer(site, asked):
    page = '<p>One <img src="a.png"></p><p>Two <img src="a.png"></p>'
    root = site("a.png", files={"a.html": page})
    first, second = asked("a.html")
    write(second, Answer(second.id, "Two"))
    write(first, Answer(first.id, "One"))
    assert (root / "a.html").read_text() == (
        '<p>One <img src="a.png" alt="One"></p><p>Two <img src="a.png" alt="Two"></p>'
    )
    with pytest.raises(StaleError):
        write(second, Answer(second.id, "Three"))


def test_an_answer_given_twice_does_not_end_up_at_the_twin_of_its_image(site, asked):
    page = '<img src="a.png"><img src="a.png">'
    root = site("a.png", files={"a.html": page})
    first, _ = asked("a.html")
    write(first, Answer(first.id, "One"))
    with pytest.raises(StaleError):
        write(first, Answer(first.id, "One more"))
    assert (root / "a.html").read_text() == '<img src="a.png" alt="One"><img src="a.png">'


def test_one_of_two_equal_images_is_not_guessed_once_a_third_has_come(site, asked):
    page = '<p>One <img src="a.png"></p><p>Two <img src="a.png"></p>'
    root = site("a.png", files={"a.html": page})
    first = asked("a.html")[0]
    changed = f'<p>Nil <img src="a.png"></p>{page}'
    (root / "a.html").write_text(changed)
    with pytest.raises(StaleError, match="cannot be told from others"):
        write(first, Answer(first.id, "One"))
    assert (root / "a.html").read_text() == changed


REFUSED = {
    "white space": ("a.html", '<img src="a.png">', " \n"),
    "control characters": ("a.html", '<img src="a.png">', "\x00\x1b"),
    "an empty name of a drawing": ("a.html", '<svg role="img"><path d="M0 0"/></svg>', ""),
    "an empty name of a button": ("a.html", '<input type="image" src="a.png">', ""),
    "a place that templates fill": ("a.html", '<img src="a.png" {{ attributes }}>', "A dog"),
    "a cell of a drawn table": ("a.md", "+---+\n| ![](a.png) |\n+---+\n", "A dog"),
}


@pytest.mark.parametrize(("name", "text", "alt"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_written_is_refused(site, asked, name, text, alt):
    root = site("a.png", files={name: text})
    for task in asked(name):
        with pytest.raises(WriteError, match=f"^{name}: "):
            write(task, Answer(task.id, alt))
    assert (root / name).read_bytes() == text.encode()


def test_a_character_that_the_encoding_lacks_becomes_a_reference_in_html(site, asked):
    page = '<meta charset="iso-8859-1"><p>Bär <img src="a.png"></p>'.encode("latin-1")
    root = site("a.png", files={"a.html": page})
    (task,) = asked("a.html")
    write(task, Answer(task.id, "Медведь"))
    data = (root / "a.html").read_bytes()
    assert b"B\xe4r" in data
    assert b'alt="&#1052;' in data


def test_broken_bytes_of_a_document_survive(site, asked):
    page = "Bär ![](a.png)\n".encode("cp1252")
    root = site("a.png", files={"a.md": page})
    (task,) = asked("a.md")
    write(task, Answer(task.id, "A dog"))
    assert (root / "a.md").read_bytes() == page.replace(b"![]", b"![A dog]")


def test_decorative_changes_nothing_where_empty_brackets_say_it_already(site, asked):
    root = site("a.png", files={"a.md": "![](a.png)\n"})
    (task,) = asked("a.md")
    assert not write(task, Answer(task.id, "")).changed
    assert (root / "a.md").read_text() == "![](a.png)\n"


def test_skipping_writes_nothing_even_if_the_document_is_gone(site, asked):
    root = site("a.png", files={"a.html": PAGE})
    first = asked("a.html")[0]
    (root / "a.html").unlink()
    skipped = write(first, Answer(first.id, None))
    undo(skipped)
    assert not skipped.changed
    assert not (root / "a.html").exists()


def test_the_answer_to_one_image_is_not_taken_for_another(site, asked):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    first, second = asked("a.html")
    with pytest.raises(ValueError, match=second.id):
        write(first, Answer(second.id, "A dog"))
    assert (root / "a.html").read_bytes() == PAGE.encode()


def test_words_of_an_author_are_kept_even_if_somebody_asks_to_replace_them(site, asked):
    page = '<img src="a.png" alt="Rex at the sea">'
    root = site("a.png", files={"a.html": '<img src="a.png" alt="image">'})
    (task,) = asked("a.html")
    forged = replace(task, whereabouts=replace(task.whereabouts, markup=page))
    (root / "a.html").write_text(page)
    with pytest.raises(WriteError, match="author"):
        write(forged, Answer(task.id, "A dog"))
    assert (root / "a.html").read_text() == page


def test_undo_leaves_a_document_alone_that_somebody_has_changed(site, asked):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    first = asked("a.html")[0]
    written = write(first, Answer(first.id, "A dog"))
    (root / "a.html").write_bytes(written.after + b"<p>More</p>")
    with pytest.raises(StaleError):
        undo(written)
    assert (root / "a.html").read_bytes() == written.after + b"<p>More</p>"


def test_undo_of_several_answers_goes_backwards(site, asked):
    root = site("a.png", "b.png", files={"a.html": PAGE})
    done = [write(task, Answer(task.id, "A dog")) for task in asked("a.html")]
    with pytest.raises(StaleError):
        undo(done[0])
    for written in reversed(done):
        undo(written)
    assert (root / "a.html").read_bytes() == PAGE.encode()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IMAGES = {
    "html": ['<img src="{}">', "<IMG SRC={} >", "<p>\n<img\tsrc='{}'/>x", '<img src="{}" alt="image">'],
    "md": ["![]({})", "- ![]({} 'x')", '> <img src="{}">', "![image][r]\n\n[r]: {}"],
}


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_answered_undo_brings_back_every_byte(tmp_path, pipeline, data):
    suffix = data.draw(st.sampled_from(sorted(IMAGES)))
    parts = data.draw(st.lists(st.sampled_from(IMAGES[suffix]), min_size=1, max_size=4))
    newline = data.draw(st.sampled_from(["\n\n", "\r\n\r\n"]))
    page = newline.join(part.format(f"{at}.png") for at, part in enumerate(parts)).encode()
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(page)
    done = []
    for task in data.draw(st.permutations(list(tasks(pipeline, [path])))):
        try:
            done.append(write(task, Answer(task.id, data.draw(TEXT))))
        except WriteError:
            continue
    for written in reversed(done):
        undo(written)
    assert path.read_bytes() == page
