import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents import html, xhtml
from alttext.types import Edit, Span

PROLOG = '<?xml version="1.0"?>'
ROOT = '<html xmlns="http://www.w3.org/1999/xhtml">'
DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'


def tags(text):
    return [text[slice(*ref.span)] for ref in html.parse(text)]


@pytest.mark.parametrize("head", [PROLOG + "<html>", ROOT, f"\ufeff{DOCTYPE}\n{ROOT}", f"<!-- a -->{ROOT}"])
def test_xhtml_is_known_by_its_declaration_or_by_its_namespace(head):
    page = f'{head}<head><title/><script src="a.js"/></head><body><img src="a.png"/></body></html>'
    assert tags(page) == ['<img src="a.png"/>']


@pytest.mark.parametrize(
    "page",
    [
        '<html><script src="a.js"/><img src="a.png"/></html>',
        f'{ROOT}<p><script src="a.js"/><img src="a.png"/></html>',
        '<p>http://www.w3.org/1999/xhtml</p><script src="a.js"/><img src="a.png"/>',
    ],
)
def test_other_pages_are_read_as_browsers_read_them(page):
    assert xhtml.as_html(page) == page
    assert tags(page) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<p><![CDATA[<img src="no"/>]]></p>', []),
        ('<script>//<![CDATA[\nif (a<b) "<img src=no>"\n//]]></script><img src="a"/>', ['<img src="a"/>']),
        ('<textarea/><noscript/><template/><img src="a"/>', ['<img src="a"/>']),
        ('<svg role="img"/><b role="img"/>', ['<svg role="img"/>', '<b role="img"/>']),
        ('<p>&nbsp;<img src="a"/></p>', ['<img src="a"/>']),
        ('<object data="a.png"></object>', ['<object data="a.png">']),
    ],
)
def test_what_xml_spells_in_its_own_way_hides_no_image_and_makes_none(body, found):
    assert tags(f"{PROLOG}<html><body>{body}</body></html>") == found


def test_an_empty_element_does_not_hold_what_follows():
    page = f'{PROLOG}<html><body><a href="/dogs"/><h2/><img src="a.png"/> words</body></html>'
    (ref,) = html.parse(page)
    assert ref.context.link is None
    assert ref.context.after == "words"


@given(st.text(st.sampled_from("<>/![]CDATA &;=\"'ab \n")))
def test_nothing_moves(soup):
    assert len(xhtml.as_html(PROLOG + soup)) == len(PROLOG + soup)


def test_a_tag_of_broken_xml_is_edited_where_it_was_read():
    """Where an empty element is blanked out, the tag around it ends later than its text would tell."""
    tag = "<img src=<IMG SRC='b.png' />\"a.png\">"
    page = f"{PROLOG}<p>{tag}</p>"
    (ref,) = html.parse(page)
    assert (ref.src, tags(page)) == ("a.png", [tag])
    edit = html.alt_edit(page, ref, "A dog")
    assert edit == Edit(Span(*[page.index('">') + 1] * 2), ' alt="A dog"')
