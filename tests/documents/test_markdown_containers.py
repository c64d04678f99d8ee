import pytest

from alttext.documents import parse


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n\n    ![](a.png)",
        '!!! note "Title"\n    words\n    ![](a.png)',
        '!!! note inline end "1 < 2"\n    ![](a.png)',
        '!!! "Title" \n    ![](a.png)',
        "??? tip\n\n    - x\n\n        ![](a.png)",
        "???+ tip\n    ![](a.png)",
        '=== "Tab"\n\n    ![](a.png)',
        "- x\n\n    !!! note\n\n        ![](a.png)",
        "words\n!!! note\n\n    ![](a.png)",
        "<div markdown>\n![](a.png)\n</div>",
        '<figure markdown="span" class="x">\n![](a.png)\n</figure>',
        "<details open markdown='1'>\n![](a.png)\n</details>",
    ],
)
def test_images_in_containers_are_found_where_they_stand(text):
    (ref,) = parse(text, "markdown")
    assert text[ref.span.start : ref.span.end] == "![](a.png)"


@pytest.mark.parametrize(
    "text",
    [
        "!!!\n\n    ![](a.png)",
        "!!! note\n\nwords\n\n    ![](a.png)",
        "!!! note <!--\n![](a.png)\n-->",
        '=== "Tab" <!--\n![](a.png)\n-->',
        "!!! note\n\n        ![](a.png)",
        "=== heading\n\n    ![](a.png)",
        "    !!! note\n\n        ![](a.png)",
        "<div>\n![](a.png)\n</div>",
        '<div markdown="0">\n![](a.png)\n</div>',
        "<div data-markdown>\n![](a.png)\n</div>",
        "<div markdown>![](a.png)\n</div>",
    ],
)
def test_what_is_no_container_stays_code_or_raw_html(text):
    assert parse(text, "markdown") == []


def test_fences_of_divs_stand_outside_of_paragraphs_in_quarto_only():
    text = "::: note\n![](a.png)\n:::"
    assert parse(text, "quarto")[0].slot.attribute == "fig-alt"
    assert parse(text, "markdown")[0].context.before == "::: note"


def test_a_line_of_colons_with_a_tag_is_no_fence():
    assert parse("::: <!--\n![](a.png)\n-->", "quarto") == []
