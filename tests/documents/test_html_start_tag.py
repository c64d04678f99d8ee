import pytest
from hypothesis import given
from hypothesis import strategies as st
from justhtml import JustHTML

from alttext.documents import html_start_tag
from alttext.types import Span


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("<img>", []),
        ("<img/>", []),
        ("<img / / >", []),
        ("<img a>", [("a", None)]),
        ("<img a=b c = 'd' e=\"f\">", [("a", "b"), ("c", "'d'"), ("e", '"f"')]),
        ("<img a=b/>", [("a", "b/")]),
        ("<img a/b>", [("a", None), ("b", None)]),
        ("<img/a='1'b='2'/c>", [("a", "'1'"), ("b", "'2'"), ("c", None)]),
        ("<img a=>", [("a", "")]),
        ("<img a= >", [("a", "")]),
        ("<img =a=b>", [("=a", "b")]),
        ("<img ==>", [("=", "")]),
        ("<img a==b>", [("a", "=b")]),
        ("<img a='>' b>", [("a", "'>'"), ("b", None)]),
        ("<img a=b\"c'd>", [("a", "b\"c'd")]),
        ("<img a'b\">", [("a'b\"", None)]),
        ("<img\r\na\f=\t'b'\r>", [("a", "'b'")]),
        ("<img <b>", [("<b", None)]),
    ],
)
def test_attributes_as_they_are_spelled(tag, attributes):
    found = html_start_tag.scan(tag + "><img z>", 0)
    assert found.span == Span(0, len(tag))
    assert [(each.name, each.value) for each in found.attributes] == attributes


def test_spans_cover_name_and_value():
    text = "x <img  a = 'b' c>"
    found = html_start_tag.scan(text, 2)
    assert [text[slice(*each.span)] for each in found.attributes] == ["a = 'b'", "c"]
    assert text[2 : found.name_end] == "<img"


@pytest.mark.parametrize("text", ["", "img>", "< img>", "</img>", "<img", "<img a='b>", "<img a=b"])
def test_what_is_no_complete_start_tag_is_refused(text):
    with pytest.raises(ValueError, match="start tag"):
        html_start_tag.scan(text, 0)


def test_of_duplicates_the_first_counts():
    found = html_start_tag.scan("<img ALT=one alt=two>", 0)
    assert found.first("alt") == found.attributes[0]
    assert found.value("alt") == "one"
    assert found.first("src") is None
    assert found.value("src") == ""


TEMPLATES = """{{ a }}|{% if a %}b{% endif %}|<?php a ?|<%= a %|{...props}|:alt=a|v-bind:alt.sync=a|v-bind=a
|[alt]=a|[attr.aria-label]=a|th:alt=a|alt.bind=a|x-bind:alt=a|ng-attr-alt=a"""
KNOWN = "|src={{a}}|alt='{% a %}'|data-alt=a|:src=a|@click=a|x-on:load=a|$a|alt-text=a"


@pytest.mark.parametrize("attribute", TEMPLATES.split("|"))
def test_attributes_of_templates(attribute):
    assert html_start_tag.scan(f"<img {attribute}>", 0).is_template()


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="<?php echo "a" ?>">',
        "<img src=<?php echo $a ?>>",
        "<img src=<?=$a?>>",
        "<img src=<%= a %> >",
        '<img src="<%= f("a") %>">',
        '<img src="{{ f("a") }}">',
        '<img src="{% f "a" %}">',
        "<img src=a [% b %]>",
        '<img src="@Url.Content("~/a.png")">',
        '<img src="<c:url value="/a.png"/>">',
        '<img src=a <c:if test="${b}">',
        '<img src=a th:attr="alt=#{a}">',
        '<img data-bind="attr: {src: a, alt: b}">',
        '<img x-bind="a" src=a>',
    ],
)
def test_code_of_templates_that_html_cuts_in_two(tag):
    assert html_start_tag.scan(tag, 0).is_template()


@pytest.mark.parametrize(
    "tag",
    [
        "<img src='<?php echo $a[\"b\"] ?>'>",
        '<img src="<?php echo $a->b ?>">',
        "<img src={{a}}>",
        '<img src="[% a %]">',
        "<img src=\"<c:url value='/a.png'/>\">",
        '<img src="mailto:a@example.org(b)">',
        '<img src=a data-bind="click: b">',
    ],
)
def test_code_of_templates_that_is_one_value(tag):
    assert not html_start_tag.scan(tag, 0).is_template()


@pytest.mark.parametrize("attribute", KNOWN.split("|"))
def test_attributes_that_a_document_knows(attribute):
    assert not html_start_tag.scan(f"<img {attribute}>", 0).is_template()


@given(st.text(st.sampled_from("ab='\"/ \n\t\f\r<&;\0É{-"), max_size=30))
def test_attributes_are_those_that_a_conforming_parser_reads(soup):
    text = f"<img {soup}>"
    tree = JustHTML(text, sanitize=False)
    elements = [node for node in tree.query("img") if node.origin_offset == 0]
    if elements:
        expected = {name: value or "" for name, value in elements[0].attrs.items()}
        found = html_start_tag.scan(text, 0)
        names = [_ascii_lower(each.name.replace("\0", "\ufffd")) for each in found.attributes]
        assert list(dict.fromkeys(names)) == list(expected)


def _ascii_lower(name):
    return "".join(character.lower() if character.isascii() else character for character in name)
