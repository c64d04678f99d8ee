import pytest

from alttext.documents import attribute_blocks


def matched(text):
    return attribute_blocks.match(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("{}", {}),
        ("{.wide}", {"class": "wide"}),
        ("{: .wide #dog .tall}", {"class": "wide tall", "id": "dog"}),
        ("{ width=50% height=3 }", {"width": "50%", "height": "3"}),
        ('{alt="a \\"b\\" &amp; c"}', {"alt": 'a "b" & c'}),
        ("{alt='a } b'}", {"alt": "a } b"}),
        ("{ALT=x alt=y}", {"alt": "x"}),
        ("{fig-alt=''\n.wide}", {"fig-alt": "", "class": "wide"}),
        ("{:target='_blank'}", {"target": "_blank"}),
    ],
)
def test_items_become_attributes(text, attributes):
    block = matched(text)
    assert block.span == (0, len(text))
    assert block.attributes() == attributes


@pytest.mark.parametrize(
    "text",
    [
        "{words}",
        "{{ x }}",
        "{% x %}",
        "{.wide",
        "{alt=}",
        '{alt="x}',
        "{a = b}",
        "{#}",
        "x{.y}",
        "",
        "{/* x */}",
    ],
)
def test_other_braces_are_no_attribute_block(text):
    assert matched(text) is None


def test_a_block_may_not_go_beyond_the_limit():
    assert attribute_blocks.match("{.wide}", 0, 5) is None


def test_items_know_where_they_stand():
    text = "![](a.png){.x fig-alt='Old' }"
    block = attribute_blocks.match(text, 10, len(text))
    item = block.first("alt", "fig-alt")
    assert text[item.span.start : item.span.end] == "fig-alt='Old'"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{.wide .decorative}", True),
        ("{.Decorative}", True),
        ("{.undecorative}", False),
        ("{#decorative}", False),
    ],
)
def test_a_class_says_that_an_image_is_decorative(text, expected):
    assert matched(text).decorative is expected


@pytest.mark.parametrize(
    "paragraph",
    ["![](x)\n{: .decorative}", "words\n  {.wide .decorative} ", "![](x)\nwords\n{: #a .decorative}"],
)
def test_a_paragraph_may_have_a_block_in_its_last_line(paragraph):
    assert attribute_blocks.of_paragraph(paragraph).decorative


@pytest.mark.parametrize(
    "paragraph",
    [
        "{: .decorative}",
        "![](x){: .decorative}",
        "words {: .decorative}",
        "words\n{: .decorative} words",
        "words\n{: .decorative}\nwords",
        "words\n\\{: .decorative}",
        "words\n",
        "",
    ],
)
def test_other_lines_are_not_about_a_paragraph(paragraph):
    assert attribute_blocks.of_paragraph(paragraph) is None
