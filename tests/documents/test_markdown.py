import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alttext.documents import alt_edit, html, markdown, parse
from alttext.errors import ParseError
from alttext.types import ImageKind, Span

DATA = Path(__file__).parents[1] / "data"
ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def cases(dialect):
    text = (DATA / f"{dialect}_alternatives.txt").read_text(encoding="utf-8")
    for case in re.split(r"^====\n", text, flags=re.MULTILINE)[1:]:
        title, before, *after = re.split(r"^----\n", case, flags=re.MULTILINE)
        yield pytest.param(dialect, before, (after or [before])[0], id=f"{dialect}: {title.strip()}")


CASES = [case for dialect in ("markdown", "quarto", "mdx") for case in cases(dialect)]


def edited(text, dialect, ref, alt):
    edit = alt_edit(text, dialect, ref, alt)
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


def rewritten(text, dialect, alt="A dog"):
    """The text with every alternative that may be written, put in from the back."""
    for ref in reversed(parse(text, dialect)):
        if ref.missing and ref.slot and not ref.suppressed:
            text = edited(text, dialect, ref, alt)
    return text


def images_by_oracle(text):
    """Source and alternative of each Markdown image that plain markdown-it renders."""

    def walk(tokens):
        for token in tokens:
            if token.type == "image":
                alt = ORACLE.renderer.renderInlineAsText(token.children or [], ORACLE.options, {})
                yield token.attrs["src"], alt
            else:
                yield from walk(token.children or [])

    return list(walk(ORACLE.parse(text)))


def markdown_images(text):
    return [ref for ref in markdown.parse(text) if ref.kind is ImageKind.MARKDOWN]


def only(text, dialect="markdown"):
    (ref,) = parse(text, dialect)
    return ref


# What is written


@pytest.mark.parametrize(("dialect", "before", "after"), CASES)
def test_alternatives_are_written_where_they_are_missing_and_nowhere_else(dialect, before, after):
    assert rewritten(before, dialect) == after


@pytest.mark.parametrize(("dialect", "before", "after"), CASES)
def test_a_second_run_finds_nothing_left_to_write(dialect, before, after):
    assert rewritten(after, dialect, "Another dog") == after


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize(("dialect", "before", "after"), CASES)
def test_other_line_endings_change_nothing_but_themselves(dialect, before, after, newline):
    assert rewritten(before.replace("\n", newline), dialect) == after.replace("\n", newline)


def test_at_least_two_in_five_cases_change_nothing():
    unchanged = [case for case in CASES if case.values[1] == case.values[2]]
    assert len(unchanged) >= 0.4 * len(CASES)


# The oracle


IMAGES = [
    "![](b.png)",
    '![](c.png "T")',
    "![][r]",
    "![r]",
    "![r][]",
    "[![](x)](u)",
    "![](<a b>)",
    "![w](d.png)",
]
MARKS = [
    *IMAGES,
    *(
        "![",
        "](a.png)",
        "[",
        "]",
        "(",
        ")",
        "\\",
        "!",
        "`",
        "``",
        "*",
        "**",
        "_",
        "^",
        "words",
        "two words",
        "é😀",
    ),
    *("\n\n[r]: z.png\n", "|", "\\|", "| a | b |\n|---|---|\n", "&amp;", "<b>", "<img src=q>", "<u@v.w>"),
    *("\n", "\n\n", "> ", "- ", "1. ", "# ", "    ", "\t", "===\n", "---\n", "\n```\n", "~~~\n", "  \n"),
    *("\r\n", "\r", "\0", "\f", "\u2028", "\u00a0"),
]
SOUP = st.lists(st.sampled_from(MARKS), max_size=25).map("".join)
SOUP_WITH_IMAGE = st.tuples(SOUP, st.sampled_from(IMAGES), SOUP).map("".join)


@given(SOUP)
def test_the_same_images_are_found_as_by_plain_markdown_it(text):
    refs = markdown_images(text)
    assert [(ref.src, ref.alt or "") for ref in refs] == images_by_oracle(text)


@given(SOUP)
def test_images_stand_where_they_are_said_to_stand(text):
    for ref in markdown.parse(text):
        opening = "<img" if ref.kind is ImageKind.IMG else "!["
        assert text.startswith(opening, ref.span.start)
        assert text[ref.span.end - 1] in ">)]"


@given(
    SOUP_WITH_IMAGE,
    st.integers(0, 5),
    st.sampled_from(["A dog", "[x](y) `z` | $w$ \\", "*a* _b_ <c> &amp; {{d}}"]),
)
def test_an_edit_changes_exactly_one_alternative(text, number, alt):
    refs = markdown_images(text)
    assume(refs)
    number %= len(refs)
    expected = images_by_oracle(text)
    expected[number] = (expected[number][0], alt)
    assert images_by_oracle(edited(text, "markdown", refs[number], alt)) == expected


@given(SOUP)
def test_documents_without_marks_for_images_are_told_apart_before_they_are_parsed(text):
    assert markdown.may_contain_images(text) or not images_by_oracle(text)


# How words are spelled in their place


PLACES = {
    "paragraph": "Words ![](a.png) words",
    "start of a paragraph": "![](a.png)",
    "heading": "# Words ![](a.png) #\n",
    "underlined heading": "![](a.png)\n---",
    "list": "- one\n  - ![](a.png)\n",
    "block quote": "> > words\n> > ![](a.png)",
    "table cell": "| a | b |\n|---|---|\n| x \\| ![](a.png) | y |",
    "table heading": "| a | ![](a.png) |\n|---|---|",
    "link": "[![](a.png)](/x)",
    "reference": "![][r]\n\n[r]: a.png",
    "beside a lone backtick": "a ` b ![](a.png) * _ c",
    "between backticks of other length": "`` a ![](a.png) ` b",
}
NASTY = [
    'A dog, on a beach: "really" - it\'s (almost) #1!',
    "a [link](x) here",
    "] [ ]( ![ [^1]",
    "from $5 to $6",
    "back\\slash and \\",
    "press <Save> now, a < b > c",
    "AT&T &amp; &copy; &#65; & so; on",
    "`code` and ``",
    "*star* **bold** 5 * 3 *",
    "_emph_ __init__ snake_case _",
    "a | b \\| c",
    "{{ x }} {% y %} {z}",
    "~~gone~~ H~2~O ~50 x^2^",
    "^note",
    "<!-- comment --> <img src=x> </p>",
    "&lbrace;",
    "# - 1. > |---|",
    "http://example.org www.example.org a@example.org",
]


def read_back(text):
    return [alt for _, alt in images_by_oracle(text)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_are_read_back_as_they_are(place, words):
    text = PLACES[place]
    assert read_back(edited(text, "markdown", only(text), words)) == [words]


@given(st.sampled_from(sorted(PLACES)), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_are_read_back_as_they_are(place, words):
    text = PLACES[place]
    assert read_back(edited(text, "markdown", only(text), words)) == [html.plain(words)]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_are_read_back_from_an_attribute_block(words):
    assume(html.plain(words))
    for text in ("![Caption](a.png)", "[![](a.png){.x}](u)", "![Caption](a.png){fig-alt='Old' width=3}"):
        assert only(edited(text, "quarto", only(text, "quarto"), words), "quarto").alt == html.plain(words)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_words_are_read_back_from_elements(words):
    assume(html.plain(words))
    for text in ("<img src='a.png' />", '<Image src="a.png" width={3} />'):
        assert only(edited(text, "mdx", only(text, "mdx"), words), "mdx").alt == html.plain(words)


HTML_PLACES = {
    "block": '<p>\n<img src="a.png">\n</p>',
    "paragraph": "Words <img src='a.png'> words",
    "table cell": "| a | b |\n|---|---|\n| <img src=a.png> | y |",
    "beside a lone backtick": "a ` b <img src='a.png'>",
    "link": '[<img src="a.png">](/x)',
}


@pytest.mark.parametrize("place", HTML_PLACES)
@pytest.mark.parametrize("words", NASTY)
def test_nasty_words_are_read_back_from_raw_html(place, words):
    text = HTML_PLACES[place]
    rendered = ORACLE.render(edited(text, "markdown", only(text), words))
    assert [ref.alt for ref in html.parse(rendered)] == [words]


def test_line_breaks_become_spaces():
    text = "![](a.png)"
    assert (
        edited(text, "markdown", only(text), " A dog\n\nbarks\u2028loudly ") == "![A dog barks loudly](a.png)"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("![image1][]\n\n[image1]: a.png", "![A dog][image1]\n\n[image1]: a.png"),
        ("![image1]\n\n[image1]: a.png", "![A dog][image1]\n\n[image1]: a.png"),
        ("![image1]{.x}\n\n[image1]: a.png", "![A dog][image1]{.x}\n\n[image1]: a.png"),
        ("![image1][r]\n\n[r]: a.png", "![A dog][r]\n\n[r]: a.png"),
        ("![image1](a.png)", "![A dog](a.png)"),
        ("> ![image\n> one](a.png)", "> ![A dog](a.png)"),
        ("![](a.png){alt=image1 .x}", '![](a.png){alt="A dog" .x}'),
        ('<img alt=image1 src="a.png">', '<img alt="A dog" src="a.png">'),
        ('{{< figure src="a.png" alt="image1" >}}', '{{< figure src="a.png" alt="A dog" >}}'),
    ],
)
def test_words_can_be_replaced_where_somebody_asks_for_it(before, after):
    assert edited(before, "markdown", only(before), "A dog") == after


# What is known of an image


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("\r\n\r\n> x\r\n> ![](a.png)", Span(11, 21)),
        ("\ufeff![](a.png)", Span(1, 11)),
        ("\ufeff1.  ```\n    ![](a.png)\n    ```", None),
        ("\ufeff-   x\r\n\r\n    ![](a.png)", Span(14, 24)),
        ("\0 x\0![](a.png)", Span(4, 14)),
        ("> " * 40 + "![](a.png)", Span(80, 90)),
        ("- " * 40 + "![](a.png)", Span(80, 90)),
        ("a\fb\u2028c\x85![](a.png)\n", Span(6, 16)),
        ("-\t\t![](a.png)", None),
        ("-\t![](a.png)", Span(2, 12)),
        ("\rx\r\n![](a.png){.x}\r\ny", Span(4, 18)),
        ("---\r\nlang: de\r\n---\r\n![](a.png)", Span(20, 30)),
    ],
)
def test_spans_count_code_points_of_the_unchanged_text(text, span):
    assert [ref.span for ref in markdown.parse(text)] == ([] if span is None else [span])


def test_the_rendering_gives_the_context():
    text = """---
title: 'Our "dogs"'
lang: en_GB
---
# Kennel

Before *it* [![](a.png)](/dogs "All dogs") after `it`

<figure>

![](b.png)

<figcaption>The **kennel**</figcaption>
</figure>

See [all dogs](/dogs) and [![](c.png)](/dogs).
"""
    first, second, third = markdown.parse(text)
    assert first.context.link.target == "/dogs"
    assert first.context.link.name == "All dogs"
    assert first.context.link.destination == "all dogs"
    assert (first.context.before, first.context.after) == ("Before it", "after it")
    assert (first.context.heading, first.context.title, first.context.lang) == (
        "Kennel",
        'Our "dogs"',
        "en-GB",
    )
    assert second.context.caption == "The **kennel**"
    assert third.context.link.sole


def test_a_link_with_words_is_not_only_the_image():
    assert not only("[![](a.png) words](/x)").context.link.sole


def test_raw_html_and_markdown_share_links():
    html_in_markdown, markdown_in_html = markdown.parse(
        '[<img src="a.png">](/x)\n\n<a href="/y">![](b.png)</a>'
    )
    assert html_in_markdown.context.link.target == "/x"
    assert markdown_in_html.context.link.target == "/y"


def test_attributes_of_a_block_are_attributes_of_the_image():
    ref = only("![](a.png 'T'){.wide .tall #dog width=50% aria-hidden=true}")
    expected = {"class": "wide tall", "id": "dog", "width": "50%", "title": "T"}
    assert expected.items() <= dict(ref.attributes).items()
    assert ref.decorative


def test_a_caption_in_brackets_is_a_caption_in_quarto_only():
    text = "![The *kennel*](a.png)"
    assert only(text, "quarto").alt is None
    assert only(text, "quarto").context.caption == "The kennel"
    assert only(text).alt == "The kennel"
    assert only(text).context.caption == ""


TITLED = '![](a.png "A dog")'


@pytest.mark.parametrize("text", [TITLED, "![][r]\n\n[r]: a.png 'A dog'", f"- {TITLED}{{.wide}}"])
def test_a_title_names_no_image_whose_empty_brackets_become_an_empty_alternative(text):
    ref = only(text)
    assert (ref.name, ref.name_from, ref.missing) == ("", "", True)
    assert ("title", "A dog") in ref.attributes


@pytest.mark.parametrize("text", [f"words {TITLED}", '<img src="a.png" title="A dog">'])
def test_a_title_names_an_image_that_is_rendered_without_an_alternative(text):
    ref = only(text, "quarto")
    assert (ref.name, ref.name_from, ref.missing) == ("A dog", "title", False)


def test_the_caption_of_a_hugo_figure_names_the_image():
    ref = only('{{< figure src="a.png" caption="A dog" link="/x" >}}')
    assert (ref.name, ref.missing, ref.context.link.target) == ("A dog", False, "/x")


@pytest.mark.parametrize(
    ("text", "dialect", "reason"),
    [
        ('{% include image.html src="a.png" %}', "markdown", "shortcode-without-alt"),
        ('{{< img src="a.png" >}}', "quarto", "shortcode-without-alt"),
        ("<Image src={dog} />", "mdx", "jsx-expression"),
        ('{dogs && <img src="a.png" />}', "mdx", "jsx-expression"),
        ("---\nvfm:\n  math: true\n---\n![](a.png)", "markdown", "alt-becomes-caption"),
    ],
)
def test_where_nothing_may_be_written_the_reason_is_told(text, dialect, reason):
    ref = only(text, dialect)
    assert (ref.missing, ref.slot, ref.blocked) == (True, None, reason)
    with pytest.raises(ParseError, match=reason):
        alt_edit(text, dialect, ref, "A dog")


def test_implicit_figures_can_be_announced():
    text = "![](a.png)\n\nwords ![](b.png)"
    lone, inline = markdown.parse(text, implicit_figures=True)
    assert lone.blocked == "alt-becomes-caption"
    assert inline.slot is not None


def test_sources_come_best_first():
    assert only('<img src="data:image/gif;base64,R0" data-src="a.png">').sources[0] == "a.png"


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("a%20b.png", "a%20b.png"),
        ("<a b.png>", "a%20b.png"),
        ("a\\_b.png?x=1&amp;y=2#z", "a_b.png?x=1&y=2#z"),
        ("{{ site.baseurl }}/a.png", "/a.png"),
        ("data:image/svg+xml;base64,PHN2Zy8+", "data:image/svg+xml;base64,PHN2Zy8+"),
        ("attachment:a.png", "attachment:a.png"),
    ],
)
def test_addresses_are_decoded(address, source):
    assert only(f"![]({address})").src == source
