import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alttext.documents import parse
from alttext.documents.front_matter import FrontMatter
from alttext.documents.markdown_html import render
from alttext.documents.markdown_tokens import Dialect, tokenize

PARTS = st.sampled_from(
    [
        "> ",
        "- ",
        "1. ",
        "    ",
        "\n",
        "\n\n",
        "# ",
        "---\n",
        "| a | b |\n|---|---|\n",
        "|",
        "`",
        "```\n",
        "**",
        "*",
        "words",
        "x",
        "<b>",
        "</b>",
        "<div>",
        "<!-- c -->",
        "&amp;",
        "&",
        "[x](y)",
        "<u@v.w>",
        "\\",
        "é",
        "  \n",
    ]
)


def rendered(text, dialect=None, front=None):
    tokens, parser = tokenize(text, dialect or Dialect())
    return render(tokens, parser, dialect or Dialect(), front or FrontMatter()).text()


def body(text, dialect=None):
    return rendered(text, dialect).partition("<body>\n")[2]


@settings(deadline=None)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_what_has_no_images_is_rendered_as_plain_markdown_it_does(text):
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    plain.options["xhtmlOut"] = True
    assert body(text) == plain.render(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![a *b* `c`](d 'e')", '<p><img src="d" alt="a b c" title="e"></p>\n'),
        ("![](d)", '<p><img src="d"></p>\n'),
        ('![x](d){alt="" .y}', '<p><img class="y" src="d" alt=""></p>\n'),
        ("![x](d){src=z}", '<p><img src="d" alt="x"></p>\n'),
        (
            '{{< figure src="a" link="b" caption="c & d" >}}',
            '<p><figure><a href="b"><img src="a"></a><figcaption>c &amp; d</figcaption></figure></p>\n',
        ),
        ('[a {{< figure src="b" >}}](c)', '<p><a href="c">a <img src="b"></a></p>\n'),
        ('{{< figure src="a" link="b" >}}', '<p><a href="b"><img src="a"></a></p>\n'),
        ('{% include x.html src="a" %}', "<p></p>\n"),
        ("a $b$ c", '<p>a <span class="math inline">b</span> c</p>\n'),
    ],
)
def test_images_are_rendered_for_the_reader_of_html(text, html):
    assert body(text) == html


def test_words_beside_a_shortcode_in_a_link_belong_to_the_link():
    (ref,) = parse('**[Tables{% include image.html src="a.png" %}](/tables/)**', "markdown")
    assert (ref.context.link.text, ref.context.link.sole) == ("Tables", False)


def test_brackets_of_figures_are_captions():
    dialect = Dialect(figure_attribute="fig-alt")
    assert body("![a *b*](c)", dialect) == (
        '<p><figure><img src="c"><figcaption>a <em>b</em></figcaption></figure></p>\n'
    )


def test_front_matter_goes_into_the_head():
    text = rendered("", front=FrontMatter(lang="de", title="A < B"))
    assert '<html lang="de">' in text
    assert "<title>A &lt; B</title>" in text
