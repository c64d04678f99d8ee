"""Without a model: every image is found, and only what somebody says is written."""

import pytest

import alttext
from alttext import ParseError, VerificationError
from alttext.remediation import splice


def test_rewrite_asks_only_about_images_without_an_alternative():
    asked = []
    page = '<img src=a><img src=b alt=""><img src=c alt="words"><img src=d role=none><img src=e title=t>'
    alttext.rewrite(page, "html", lambda ref: asked.append(ref.src))
    assert asked == ["a"]


def test_rewrite_with_a_describer_that_says_nothing_returns_the_same_text():
    page = "<p>\r\n<img src=a>\0<IMG/src=b>\ufeff"
    assert alttext.rewrite(page, "html", lambda ref: None) == page


def test_rewrite_of_bytes_gives_bytes_in_the_same_encoding():
    page = "<meta charset=shift_jis><p>\u8868\u793a<img src=a>".encode("shift_jis")
    assert alttext.rewrite(page, "html", lambda ref: "x") == page.replace(b"src=a", b'src=a alt="x"')


def test_rewrite_of_bytes_refers_to_characters_that_the_encoding_lacks():
    page = b"<meta charset=iso-8859-1><p>\xe9 <img src=a>"
    expected = page.replace(b"src=a", b'src=a alt="&#23665; \x80"')
    assert alttext.rewrite(page, "html", lambda ref: "\u5c71 \u20ac") == expected


@pytest.mark.parametrize(
    ("answer", "alternative"), [(None, None), (" \n\u00a0", None), ("\0\x7f", None), ("", ""), (" a ", "a")]
)
def test_rewrite_takes_white_space_for_no_answer_and_nothing_for_decorative(answer, alternative):
    page = alttext.rewrite("<img src=a>", "html", lambda ref: answer)
    assert alttext.find_images(page)[0].alt == alternative


@pytest.mark.parametrize("element", ['<svg role="img"></svg>', '<object data="a.png"></object>'])
def test_rewrite_marks_nothing_as_decorative_where_an_empty_attribute_is_no_mark(element):
    assert alttext.rewrite(element, "html", lambda ref: "") == element


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (b"\xff\xfe![](a)", []),
        (b"\xff\xfe![](a) ", ["a"]),  # no whole number of UTF-16 characters, so taken for Latin-1
    ],
)
def test_rewrite_tells_of_words_that_the_encoding_of_markdown_lacks(text, refused):
    told = []
    if not refused:
        text = text[:2] + text[2:].decode().encode("utf-16-le")
    after = alttext.rewrite(text, "markdown", lambda ref: "\u5c71", on_refused=told.append)
    assert [ref.src for ref in told] == refused
    assert (after == text) is bool(refused)


def test_rewrite_leaves_just_the_image_that_cannot_be_verified(monkeypatch):
    def verify(before, after, made, format):
        if any(before.startswith("src=b", edit.span.start - 5) for edit in made):
            raise VerificationError("not to be trusted")

    monkeypatch.setattr(splice, "verify", verify)
    told = []
    page = "<img src=a><img src=b><img src=c>"
    after = alttext.rewrite(page, "html", lambda ref: ref.src.upper(), on_refused=told.append)
    assert after == '<img src=a alt="A"><img src=b><img src=c alt="C">'
    assert [ref.src for ref in told] == ["b"]
    assert alttext.rewrite(page, "html", lambda ref: ref.src.upper()) == after


def test_find_images_tells_missing_from_decorative():
    refs = alttext.find_images('<img src=a><img src=b alt="">![](c)')
    assert [ref.alt for ref in refs] == [None, ""]
    (ref,) = alttext.find_images("![](c)", "markdown")
    assert ref.alt is None
    assert ref.purpose is alttext.Purpose.INFORMATIVE


def test_a_format_that_nobody_knows_is_an_error():
    with pytest.raises(ParseError, match="unknown format 'docx'"):
        alttext.find_images("<img src=a>", "docx")
