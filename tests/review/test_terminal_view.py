"""What the terminal review shows cannot steer a terminal, and says all that is known."""

from alttext.review import terminal_view


def plain(text, _style):
    return text


def test_words_of_a_document_cannot_steer_a_terminal(site, asked):
    site(files={"a.html": '<title>\x1b[31mRed</title><p>\x07 x</p><p>Bell \x07</p><img src="\x1b.png">'})
    (task,) = asked("a.html")
    assert all(line.isprintable() for line in terminal_view.lines(task, 1, plain))


def test_the_page_and_the_text_around_are_shown(site, asked):
    figure = "<figure><img src=a.png><figcaption>Rex</figcaption></figure>"
    site("a.png", files={"a.html": f"<title>Pets</title><h1>Dogs</h1>{figure}"})
    (task,) = asked("a.html")
    shown = list(terminal_view.lines(task, 3, plain))
    assert shown[0] == "Image 3: a.png  a.html:1"
    assert "  page:        Pets > Dogs" in shown
    assert "  caption:     Rex" in shown


def test_an_alternative_that_says_nothing_is_shown(site, asked):
    site("a.png", files={"a.html": '<img src="a.png" alt="image">'})
    (task,) = asked("a.html")
    assert "  now:         image" in list(terminal_view.lines(task, 1, plain))


def test_numbers_stand_for_the_phrases_in_the_order_shown(site, asked):
    site("a.png", files={"a.html": '<img src="a.png">'})
    (task,) = asked("a.html")
    assert terminal_view.phrases(task) == ["a dog", "a cat", "a beach"]


def test_the_help_names_every_key():
    shown = "\n".join(terminal_view.keys(plain))
    assert all(f"  {key}  " in shown for key in "aedsupq")
