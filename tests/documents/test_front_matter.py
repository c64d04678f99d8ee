import pytest

from alttext.documents import front_matter
from alttext.documents.front_matter import FrontMatter


@pytest.mark.parametrize(
    ("text", "title", "lang"),
    [
        ("---\ntitle: Dogs\nlang: de\n---\nwords", "Dogs", "de"),
        ("---\ntitle: 'Dogs: a \"story\"' # really\nlanguage: en_US\n---\n", 'Dogs: a "story"', "en-US"),
        ("---\n# a comment\ntitle: Dogs # and cats\nlocale: pt-BR\n...\n", "Dogs", "pt-BR"),
        ('---\n"title": >-\n  Dogs\n---', "Dogs", ""),
        ("---\nlang: English please\n---\n", "", ""),
        ('+++\ntitle = "Dogs"\nlanguage = "fr"\n[params]\nlang = "de"\n+++\n', "Dogs", "fr"),
        ('{\n "title": "Dogs",\n "lang": "nl"\n}\nwords', "Dogs", "nl"),
        ("---\ncover:\n  title: no\n  lang: de\n---\n", "", ""),
    ],
)
def test_language_and_title_are_read(text, title, lang):
    front = front_matter.read(text)
    assert (front.title, front.lang) == (title, lang)
    assert front.end > 0


@pytest.mark.parametrize(
    "text",
    [
        "words",
        "---\nwords and more\n---\n",
        "---\n\nwords\n\n---\nkey: value\n",
        "\n---\ntitle: late\n---\n",
        " ---\ntitle: indented\n---\n",
        "---\ntitle: open",
        "----\ntitle: four\n----\n",
        "{ not json }\n",
        "{\nnot json\n}\n",
        "+++ x\n+++\n",
    ],
)
def test_what_is_no_front_matter_is_left_to_markdown(text):
    assert front_matter.read(text) == FrontMatter()


def test_empty_and_damaged_front_matter_ends_where_it_ends():
    assert front_matter.read("---\n---\nwords").end == 7
    assert front_matter.read("+++\nnot toml\n+++\nwords").end == 16


@pytest.mark.parametrize(
    ("lines", "attribute"),
    [
        ("title: x", ""),
        ("format: html", "fig-alt"),
        ("format:\n  html:\n    toc: true", "fig-alt"),
        ("format: hugo-md", "fig-alt"),
        ("execute:\n  echo: false", "fig-alt"),
        ("output: html_document", "alt"),
        ("output:\n  bookdown::gitbook: default", "alt"),
        ("documentclass: article", "alt"),
        ("header-includes: x", "alt"),
        ("vfm:\n  math: true", "?"),
        ("format: jpeg", ""),
        ("output: true", ""),
        ("layout: post\ntags: [pdf, html]", ""),
    ],
)
def test_what_only_pandoc_and_its_kin_read_makes_figures_of_lone_images(lines, attribute):
    assert front_matter.read(f"---\n{lines}\n---\n").figure_attribute == attribute


HOSTILE = {
    "deep TOML": "+++\na = " + "[" * 20_000 + "\n+++\n",
    "many dots": "+++\n" + ".".join("a" * 100_000) + " = 1\n+++\n",
    "a long number in TOML": "+++\na = " + "9" * 5000 + "\n+++\n",
    "deep YAML": "---\na: " + "[" * 100_000 + "\n---\n",
    "deep JSON": '{\n"a": ' + "[" * 100_000 + "\n}\n",
    "a long number in JSON": '{\n"a": ' + "9" * 5000 + "\n}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_front_matter_that_was_made_to_be_costly_says_nothing(text):
    read = front_matter.read(f"{text}words")
    assert (read.title, read.lang) == ("", "")
