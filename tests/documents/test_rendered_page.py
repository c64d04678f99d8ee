from alttext.documents import html
from alttext.documents.offsets import OffsetMap
from alttext.documents.rendered_page import Origin, Page
from alttext.types import ImageKind, Slot, Span


def offsets_of(target, length):
    offsets = OffsetMap()
    offsets.add(0, length, target)
    return offsets


def test_copied_html_leads_back_to_its_source():
    page = Page()
    page.write("<p>words ")
    page.copy("x <img src=a> y", Span(2, 13), offsets_of(100, 15))
    (ref,) = html.parse(page.text())
    assert page.offsets.span(ref.span) == Span(102, 113)


def test_replaced_html_leads_back_to_what_it_stands_for():
    page = Page()
    page.replace("<img", Span(0, 6), offsets_of(100, 20))
    page.copy("<Image src='a'>", Span(6, 15), offsets_of(100, 20))
    (ref,) = html.parse(page.text())
    assert page.offsets.span(ref.span) == Span(100, 115)
    assert page.offsets.span(ref.slot.at) == Span(114, 114)


def test_an_origin_takes_the_place_of_its_rendering():
    page = Page()
    origin = Origin(Span(5, 9), ImageKind.SHORTCODE, Slot(Span(7, 7), "alt"), name="Words", decorative=True)
    page.write_image(origin, {"src": 'a"b.png', "alt": "x & y"})
    (rendered,) = html.parse(page.text())
    ref = page.origins[rendered.span.start].of(rendered)
    assert (ref.span, ref.kind, ref.slot) == (origin.span, origin.kind, origin.slot)
    assert (ref.src, ref.alt, ref.name, ref.name_from) == ('a"b.png', "x & y", "Words", "content")
    assert ref.decorative


def test_a_tag_that_runs_on_has_no_origin():
    page = Page()
    page.copy("<img\nsrc=a", Span(0, 10), offsets_of(0, 10))
    page.write("<p>words</p>")
    page.copy("<img src=b>", Span(0, 11), offsets_of(50, 11))
    text = page.text()
    runs_on, closed = html.parse(text)
    assert not page.has_origin(runs_on.span, text)
    assert page.has_origin(closed.span, text)


def test_a_name_of_the_rendering_is_kept():
    page = Page()
    page.write_image(
        Origin(Span(0, 1), ImageKind.SHORTCODE, None, name="Caption"), {"src": "a", "title": "Title"}
    )
    ref = page.origins[0].of(html.parse(page.text())[0])
    assert (ref.name, ref.name_from) == ("Title", "title")


def test_only_start_tags_that_swallow_the_rest_are_taken_out():
    page = Page()
    page.write('<title>x</title> <textarea a="b"><Script><img src=a> <plaintext> <titles> <title')
    text = page.text()
    assert len(text) == page.length
    assert text.split() == ["<title>x</title>", "<img", "src=a>", "<titles>", "<title"]
    assert len(html.parse(text)) == 1
