"""What an SVG picture says of itself, and that it cannot make us do anything."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.errors import ImageError
from alttext.ranking import svg

NS = 'xmlns="http://www.w3.org/2000/svg"'


def drawing(content: str = "", attributes: str = "", before: str = "") -> bytes:
    return f"{before}<svg {NS} {attributes}>{content}</svg>".encode()


def text_of(data: bytes, lang: str = "") -> tuple[str, str, str, bool] | None:
    text = svg.read(data, "x.svg", lang).author_text
    return text and (text.text, text.source, text.lang, text.certain)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (drawing("<title>A windmill</title>"), ("A windmill", "svg-title", "", True)),
        (drawing("<title> A\n  windmill </title>"), ("A windmill", "svg-title", "", True)),
        (drawing("<title>A windmill</title>", 'xml:lang="en"'), ("A windmill", "svg-title", "en", True)),
        (drawing("<g/><title>A windmill</title>"), ("A windmill", "svg-title", "", True)),
        (drawing("<title><![CDATA[A windmill]]></title>"), ("A windmill", "svg-title", "", True)),
        (drawing("<title>Search</title>"), ("Search", "svg-title", "", True)),
        (drawing("<title>Wi-Fi</title>"), ("Wi-Fi", "svg-title", "", True)),
        (drawing("<title>\u98a8\u8eca</title>"), ("\u98a8\u8eca", "svg-title", "", True)),
        (drawing("", 'aria-label="A windmill"'), ("A windmill", "svg-aria-label", "", False)),
        (drawing("<desc>A windmill by a canal</desc>"), ("A windmill by a canal", "svg-desc", "", False)),
        (
            drawing("<title>Layer 1</title><desc>A windmill by a canal</desc>"),
            ("A windmill by a canal", "svg-desc", "", False),
        ),
        (
            drawing("<title>A windmill</title><desc>More</desc>", 'aria-label="mill"'),
            ("A windmill", "svg-title", "", True),
        ),
        (b"<svg><title>A windmill</title></svg>", ("A windmill", "svg-title", "", True)),
        (
            drawing("<title>A windmill</title>").decode().encode("utf-16"),
            ("A windmill", "svg-title", "", True),
        ),
        (
            drawing("<title>Caf\u00e9</title>", before='<?xml version="1.0" encoding="iso-8859-1"?>')
            .decode()
            .encode("latin-1"),
            ("Caf\u00e9", "svg-title", "", True),
        ),
    ],
)
def test_an_author_s_name_for_the_picture_is_read(data, expected):
    assert svg.is_svg(data)
    assert text_of(data) == expected


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<title></title>",
        "<title>  </title>",
        "<g><title>A part of it</title></g>",
        "<title>Layer 1</title>",
        "<title>Artboard</title>",
        "<title>Group 12</title>",
        "<title>Untitled</title>",
        "<title>logo</title>",
        "<title>icon-arrow-left</title>",
        "<title>ic_search_24px</title>",
        "<title>icons / search</title>",
        "<title>search.svg</title>",
        "<title>%3</title>",
        "<title>24</title>",
        "<title>Untitled</title><desc>Created with Sketch.</desc>",
        "<text>A windmill</text>",
        "<metadata><title>A windmill</title></metadata>",
    ],
)
def test_what_programs_call_their_layers_is_no_name(content):
    assert text_of(drawing(content)) is None


@pytest.mark.parametrize(
    ("lang", "expected"), [("de", "Eine M\u00fchle"), ("en", "A mill"), ("fr", "A mill"), ("", "A mill")]
)
def test_the_language_of_the_page_decides(lang, expected):
    content = '<title lang="en">A mill</title><title xml:lang="de">Eine M\u00fchle</title>'
    text, _, _, certain = text_of(drawing(content), lang)
    assert text == expected
    assert certain == (lang != "fr")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="80"', (120, 80)),
        ('width="120.4px" height=" 80 "', (120, 80)),
        ('width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="0,0,24,24"', (24, 24)),
        ('viewBox="0 0 . ."', (0, 0)),
        ('viewBox="0 0 10"', (0, 0)),
        ('width="3cm" height="2cm"', (0, 0)),
        (f'width="{"9" * 400}" height="1"', (0, 0)),
        (f'viewBox="0 0 1 {"9" * 400}"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_size_is_read_where_it_is_in_pixels(attributes, size):
    read = svg.read(drawing(attributes=attributes), "x.svg")
    assert (read.width, read.height) == size


LONG = f"<!--{'x' * 5_000_000}-->"


def test_of_a_large_drawing_the_beginning_is_read():
    assert text_of(drawing(f"<title>A mill</title><g/>{LONG}<desc>More</desc>"))[0] == "A mill"
    assert text_of(drawing(f"{LONG}<title>A mill</title>")) is None
    assert text_of(drawing(f"{LONG}<title>A mill</title>", 'aria-label="A windmill"'))[0] == "A windmill"


def test_a_name_that_the_end_of_the_beginning_may_cut_off_is_none():
    spaces = " " * 5_000_000
    assert text_of(drawing(f"<title>A mill{spaces}in Holland</title>")) is None


def test_what_becomes_an_svg_late_is_none():
    with pytest.raises(ImageError, match="no <svg> in its beginning"):
        svg.read(f"<x>{LONG}<svg/></x>".encode(), "x.svg")


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    doctype = f'<!DOCTYPE svg [<!ENTITY inside "within"><!ENTITY outside SYSTEM "{secret.as_uri()}">]>'
    for entity in ("&inside;", "&outside;"):
        text = text_of(drawing(f"<title>A mill {entity} here</title>", before=doctype))
        assert text[0] == "A mill here"


def test_a_name_that_is_only_an_entity_is_none(tmp_path):
    (tmp_path / "secret.txt").write_text("the secret")
    doctype = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert text_of(drawing("<title>&e;</title>", before=doctype)) is None


@pytest.mark.parametrize(("content", "attributes"), [("&e11;", ""), ("", 'id="&e11;"')])
def test_an_entity_bomb_is_refused(content, attributes):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE svg [<!ENTITY e0 "boom">{levels}]>'
    with pytest.raises(ImageError) as caught:
        svg.read(drawing(f"<title>A mill{content}</title>", attributes, doctype), "x.svg")
    assert caught.value.reason == "image-unreadable"


def test_namespaces_declared_by_entities_as_illustrator_writes_them_are_understood():
    data = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" '
        b'[<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'
        b'<svg xmlns="&ns_svg;"><title>A windmill</title></svg>'
    )
    assert text_of(data)[0] == "A windmill"


def test_scripts_and_links_are_just_content():
    content = (
        '<script>alert(1)</script><title>A mill</title><image href="http://a.example/x.png"/>'
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Hi</p></foreignObject>'
    )
    assert text_of(drawing(content, 'onload="alert(1)"'))[0] == "A mill"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"<svg><g></svg>",
        b"<svg>&nbsp;</svg>",
        b"<html><svg/></html>",
        b"<svg>" + b"<g>" * 5000,
        b"",
        b"\x00",
    ],
)
def test_what_browsers_would_not_draw_is_unreadable(data):
    with pytest.raises(ImageError) as caught:
        svg.read(data, "x.svg")
    assert caught.value.reason == "image-unreadable"
    assert "x.svg" in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        b"<html><body>Not found</body></html>",
        b"plain <svg> talk",
        b"<!DOCTYPE html><html><body><svg></svg></body></html>",
        b"<!-- <svg> --><p>Logo: <svg></svg></p>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><svg/></body></html>",
        b"<svgs></svgs>",
        b"<symbol><svg/></symbol>",
        b"<?xml version='1.0'?><rss/>",
    ],
)
def test_other_content_is_not_taken_for_svg(data):
    assert not svg.is_svg(data)


@pytest.mark.parametrize(
    "before",
    [
        "",
        " \n",
        "<?xml version='1.0'?><?xml-stylesheet href='a.css'?>\n<!-- made by <hand> -->\n",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://a.example/svg11.dtd">',
        "<!DOCTYPE svg [\n<!ENTITY a '<g>'>\n]>\n",
    ],
)
@pytest.mark.parametrize(
    "start", ["<svg>", "<svg/>", "<svg\nid='a'>", "<s:svg xmlns:s='x'>", "<SVG>", "<svg"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_drawing_may_have_a_prologue(before, start, encoding):
    assert svg.is_svg(f"{before}{start}".encode(encoding))


@pytest.mark.parametrize("prologue", ["<!--" * 1000, "<!doctype a [" * 300, "<?" * 2000, " " * 9999])
def test_a_prologue_without_end_is_none(prologue):
    assert not svg.is_svg(prologue.encode())


def test_packed_drawings_are_unpacked_within_the_limit():
    data = drawing("<title>A mill</title>")
    packed = gzip.compress(data)
    assert svg.unpack(packed, "x.svgz", len(data)) == data
    with pytest.raises(ImageError) as caught:
        svg.unpack(packed, "x.svgz", len(data) - 1)
    assert caught.value.reason == "image-too-large"


def test_a_gzip_bomb_is_not_unpacked():
    with pytest.raises(ImageError) as caught:
        svg.unpack(gzip.compress(bytes(10_000_000)), "x.svgz", 1000)
    assert caught.value.reason == "image-too-large"


@pytest.mark.parametrize("damage", [slice(0, 20), slice(0, -4)])
def test_damaged_packing_is_unreadable(damage):
    with pytest.raises(ImageError) as caught:
        svg.unpack(gzip.compress(drawing())[damage], "x.svgz", 10_000)
    assert caught.value.reason == "image-unreadable"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_reading(data):
    with pytest.raises(ImageError) as caught:
        svg.read(b"<svg>" + data, "x.svg")  # the element never ends, whatever the data
    assert caught.value.reason == "image-unreadable"
