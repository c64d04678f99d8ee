import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alttext.documents.markdown_lines import OFFSETS, SPAN
from alttext.documents.markdown_tokens import IMAGE, Dialect, tokenize

PARTS = st.sampled_from(
    [
        "> ",
        "- ",
        "1. ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "# ",
        " #",
        "---\n",
        "===\n",
        "| a | b |\n|---|---|\n",
        "|",
        "\\|",
        "words",
        "x",
        "<b>",
        "<div>",
        "<img src=a>",
        "</div>",
        "![](a)",
        "*",
        "[x](y)",
        "\x0c",
        "\xa0",
        "é",
        "[^1]: ",
    ]
)
TEXT = st.lists(PARTS, max_size=25).map("".join)


def tokens_of(text, dialect=None):
    return tokenize(text, dialect or Dialect())[0]


@settings(deadline=None)
@given(TEXT)
def test_every_character_of_every_block_is_found_in_the_text(text):
    for token in tokens_of(text):
        for index, character in enumerate(token.content if OFFSETS in token.meta else ""):
            at = token.meta[OFFSETS].at(index)
            assert character in " \t\n" or text[at] == character or text[at : at + 2] == "\\|"


@settings(deadline=None)
@given(TEXT)
def test_inline_images_and_raw_html_know_their_place_in_the_content(text):
    for block in tokens_of(text):
        for token in block.children or ():
            if token.type == "image":
                content = block.content[slice(*token.meta[SPAN])]
                assert content.startswith("![")
                assert block.content[slice(*token.meta[IMAGE].brackets)] == token.content
            elif token.type == "html_inline":
                assert block.content[slice(*token.meta[SPAN])] == token.content


@settings(deadline=None)
@given(TEXT.filter(lambda text: "[^" not in text))
def test_tokens_are_those_of_plain_markdown_it(text):
    plain = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert [(token.type, token.content) for token in tokens_of(text)] == [(t.type, t.content) for t in plain]


def image_of(text, dialect=None):
    blocks = tokens_of(text, dialect)
    (token,) = [token for block in blocks for token in block.children or () if token.type == "image"]
    return token


@pytest.mark.parametrize(
    ("text", "end"), [("![](a){.x}", 10), ("![](a){x}", 6), ("![](a) {.x}", 6), ("![](a)", 6)]
)
def test_attribute_blocks_are_a_part_of_the_image(text, end):
    assert image_of(text).meta[SPAN].end == end
    assert image_of(text).meta[IMAGE].end == 6


def test_braces_are_expressions_in_mdx():
    assert image_of("![](a){.x}", Dialect(mdx=True)).meta[SPAN].end == 6


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("{{ a }}/b.png", "{{ a }}/b.png"),
        ("/x/{% link a b.png %}?y", "/x/{% link a b.png %}?y"),
        ("data:image/avif;base64,AAAA", "data:image/avif;base64,AAAA"),
        ("ä.png", "%C3%A4.png"),
    ],
)
def test_addresses_that_others_take_are_taken(address, source):
    assert image_of(f"![]({address})").attrs["src"] == source


@pytest.mark.parametrize("address", ["a b.png", "javascript:x", "data:text/html,x", "{{ a }} b.png"])
def test_addresses_that_nobody_takes_are_not(address):
    (block,) = [token for token in tokens_of(f"![]({address})") if token.type == "inline"]
    assert all(token.type != "image" for token in block.children)
