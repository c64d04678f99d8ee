from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML
from lxml import etree

from alttext.reports.markup import escaped, in_language


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & \"c\" > 'd'", "a &lt; b &amp; &quot;c&quot; &gt; &#x27;d&#x27;"),
        ("日本 é 👩‍💻\n\t", "日本 é 👩‍💻\n\t"),
        ("\x00\x08\x0b\x1b\x7f\x9f", "\ufffd" * 6),
        ("\ud800\udcff", "\ufffd\ufffd"),
        ("\ufdd0\ufffe\uffff\U0001fffe\U0010ffff", "\ufffd" * 5),
    ],
)
def test_text_is_escaped_without_what_markup_cannot_hold(text, shown):
    assert escaped(text) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_valid_in_html_and_xml(text):
    body = f'<p title="{escaped(text)}">{escaped(text)}</p>'
    html = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{body}</body></html>'
    assert JustHTML(html, collect_errors=True).errors == []
    read = etree.fromstring(body).text or ""
    assert read == unescape(escaped(text)).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("lang", "attribute"),
    [("de", ' lang="de"'), ("zh-Hant-TW", ' lang="zh-Hant-TW"'), ("", ""), ("{{ lang }}", ""), ('x"', "")],
)
def test_a_language_is_told_only_if_it_is_one(lang, attribute):
    assert in_language(lang) == attribute
