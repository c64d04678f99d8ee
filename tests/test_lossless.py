"""The central promise, on documents of awkward pieces: nothing but alternatives ever changes."""

import codecs
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alttext
from alttext import documents

# The same examples everywhere, so that a failure is one for everybody.
examples = settings(max_examples=50, derandomize=True)

HTML = [
    '<img src="a.jpg">', "<img src=b.jpg>", "<IMG SRC='c.jpg' />", "<img\r\n\tsrc = d.jpg\r\n>", "<img>",
    "<img/>", '<img src="e.jpg" alt="Rex">', "<img alt src=f.jpg>",
    '<img src="g.jpg"width=1 title="a > b">', "<img src=h.jpg alt='' alt=x>",
    "<img data-src=i.jpg loading=lazy>", "<img src=j.jpg aria-label=Rex>",
    "<picture><source srcset=k.webp><img srcset='l.jpg 2x'></picture>", "<image src=m.jpg>",
    "<input type=image src=n.png>", "<map><area href=/o></map>", "<svg role=img></svg>",
    "<svg role=img><title>Rex</title></svg>", "<i role=img></i>", "<object data=p.png></object>",
    "<embed src=q.gif>", "<img src=r.jpg role=none>", "<img src=s.jpg {{ attributes }}>",
    '<img src="<?php echo "t" ?>">', "<!-- <img src=no> -->", "<!-- alttext: ignore -->", "<!-->",
    "<!-- a --!>", "<script>'<img src=no>'</script>", "<style>/*<img src=no>*/</style>",
    "<textarea><img src=no></textarea>", "<template>", "</template>", "<noscript>", "</noscript>",
    "<a href='/u'>", "</a>", "<p>", "</p>", "<table><tr><td>", "</table>", "<figure>",
    "<figcaption>Rex</figcaption>", "</figure>", "<ul><li>", "</ul>", "<button>", "<div hidden>", "</div>",
    "<![CDATA[<img src=no>]]>", "<svg><image href=no /></svg>", "<select><option>", "</select>", "<pre>\n",
    "</pre>", "<a title='<img src=no>'>", "&amp;&lt;&hellip;&notit;", "\0", "\ufeff", "\r", "\n", "\t",
    "\f", "a < b", "é 山 😀", "{{ x }}", "<?x <img src=no> ?>", "</", "<", ">", '"', "'", "<b title=\"",
    "<h1>", "</h1>", "\u2028",
]  # fmt: skip
INLINE = [
    "![](a.jpg)", '![](<b c.jpg> "T")', "![][r]", "![r]", "![r][]", "[![](d.jpg)](/u)", "![Rex](e.jpg)",
    "![ ](f.jpg)", "![](g.jpg){.wide width=3}", "![](h.jpg){.decorative}", '![](i.jpg){fig-alt="Rex"}',
    '<img src="j.jpg">', "<img src='k.jpg' alt=''>", '{{< figure src="l.jpg" >}}',
    '{{< figure src="m.jpg" alt="Rex" >}}', '{% include image.html src="n.jpg" alt="" %}', "`![](no)`",
    "\\![](no)", "!\\[](no)", "<!-- ![](no) -->", "$n![](no)$", "<!-- alttext: ignore -->", "![](", "![",
    "](o.jpg)", "[", "]", "(", "!", "`", "``", "*", "_", "**", "~~", "|", "\\", "^", "$", "&amp;",
    "&#33;[](no)", "a word", "é 山 😀", "\0", "\ufeff", "\u00a0", "\u2028", "\f", "  \n", "\\\n", "\n",
    "[^1]", "^[", "<b>", "</b>", "<a href=/u>", "</a>", "{x}", "{", "}", "{{ x }}",
    '![]({{ "/p.jpg" | url }})', "![](q%20r.jpg)",
]  # fmt: skip
BLOCKS = [
    "```\n![](no)\n```", "~~~\n<img src=no>", "    ![](no)", "# ![](a.jpg) #", "![](b.jpg)\n---", "***",
    "| a | ![](c.jpg) |\n|---|---|\n| x \\| ![](d.jpg) | ![](e.jpg) |", "[r]: r.jpg", "[^1]: ![](f.jpg)",
    "<div>\n<img src=g.jpg>\n![](no)\n</div>", "<!--\n![](no)\n-->", "<script>\n'<img src=no>'\n</script>",
    "::: {#fig-a}\n![](h.jpg)\n:::", "![The kennel](i.jpg)", "!!! note\n\n    ![](j.jpg)",
    "<details>\n\n![](k.jpg)\n\n</details>", "$$\n![](no)\n$$", '{{< figure\n  src="l.jpg"\n>}}',
    "{% highlight md %}\n![](no)\n{% endhighlight %}", "<pre>\n![](no)\n</pre>", "import a from 'b'",
    '<Image src="m.jpg" width={3} />', "{x && <img src='n.jpg' />}", "- one\n\n  ![](o.jpg)",
    "1. ![](p.jpg)\n   <img src=q.jpg>", "> a\n![](s.jpg)", "-\t![](t.jpg)", ">\t![](u.jpg)", "",
]  # fmt: skip
FRONT = [
    "",
    "---\ntitle: '![](no)'\nlang: en\n---\n",
    "+++\ntitle = '![](no)'\n+++\n",
    "---\n",
    "---\nformat: html\n---\n",
]
WORDS = [
    "A dog",
    'Tom\'s "old" dog, 50 % <b>山</b> & &amp; more',
    "[x](y) *z* _a_ `b` $c$ | \\ ~~d~~ {e} ^f <!-- g",
]


@st.composite
def html_documents(draw):
    return "".join(draw(st.lists(st.sampled_from(HTML), max_size=12)))


@st.composite
def markdown_documents(draw):
    """Paragraphs and blocks, some of them inside of lists and quotes, with one kind of line ends."""
    paragraph = st.lists(st.sampled_from(INLINE), max_size=5).map("".join)
    block = st.one_of(paragraph, st.sampled_from(BLOCKS))
    nested = st.tuples(block, st.lists(st.sampled_from(["> ", "- ", "1.  ", "*\t", "  "]), max_size=2))
    body = [_nest(*each) for each in draw(st.lists(nested, max_size=4))]
    text = draw(st.sampled_from(FRONT)) + draw(st.sampled_from(["\n\n", "\n"])).join(body)
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace(
        "\n", draw(st.sampled_from(["\n", "\r\n", "\r"]))
    )


def _nest(block, prefixes):
    for prefix in prefixes:
        rest = prefix if prefix.strip() in {"", ">"} else " " * len(prefix.expandtabs(4))
        block = prefix + block.replace("\n", "\n" + rest)
    return block


@st.composite
def notebooks(draw):
    sources = draw(st.lists(markdown_documents().map(lambda text: text.removeprefix("\ufeff")), max_size=2))
    cells = [{"cell_type": "code", "source": "![](no)", "outputs": [{"text": "<img src=no>"}]}]
    for source in sources:
        lines = source.splitlines(keepends=True) if draw(st.booleans()) else source
        cells.append({"cell_type": "markdown", "metadata": {"x": 1.50}, "source": lines})
    text = json.dumps(
        {"cells": cells, "nbformat": 4},
        ensure_ascii=draw(st.booleans()),
        indent=draw(st.sampled_from([None, 1])),
    )
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


DOCUMENTS = {
    "html": html_documents(),
    "markdown": markdown_documents(),
    "quarto": markdown_documents(),
    "mdx": markdown_documents(),
    "notebook": notebooks(),
}
formats = pytest.mark.parametrize("format", DOCUMENTS)


def rewritten(text, format, words):
    """The text with these words where an alternative is missing, and the images that lacked it."""
    asked = []
    after = alttext.rewrite(text, format, lambda image: asked.append(image) or words)
    return after, asked


@formats
@examples
@given(st.data())
def test_without_words_nothing_changes(format, data):
    text = data.draw(DOCUMENTS[format])
    assert rewritten(text, format, None)[0] == text


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_taking_out_what_was_put_in_gives_the_document_back(format, data, words):
    text = data.draw(DOCUMENTS[format])
    after, asked = rewritten(text, format, words)
    for edit in sorted(
        (documents.alt_edit(text, format, image, words) for image in asked), key=lambda edit: edit.span
    ):
        start = (
            edit.span.start
        )  # where it is in `text`, and in `after` too, once those before it are taken out
        assert after.startswith(edit.text, start)
        after = after[:start] + text[start : edit.span.end] + after[start + len(edit.text) :]
    assert after == text


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_a_second_run_is_asked_for_nothing(format, data, words):
    once, _ = rewritten(data.draw(DOCUMENTS[format]), format, words)
    assert rewritten(once, format, "Other words") == (once, [])


@formats
@examples
@given(st.data(), st.sampled_from(WORDS))
def test_only_the_intended_alternatives_change(format, data, words):
    text = data.draw(DOCUMENTS[format])
    after, asked = rewritten(text, format, words)
    before = alttext.find_images(text, format)
    said = [words if image in asked else image.alt or image.name for image in before]
    assert [image.alt or image.name for image in alttext.find_images(after, format)] == said
    assert [image.src for image in alttext.find_images(after, format)] == [image.src for image in before]


ENCODINGS = {
    "utf-8": b"",
    "utf-8 with a mark": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "cp1252": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@examples
@given(html_documents())
def test_bytes_of_any_encoding_stay(encoding, text):
    """Where the words are put in, the bytes before and after are those that were there."""
    data = ENCODINGS[encoding] + text.encode(encoding.split()[0], "replace")
    assert alttext.rewrite(data, "html", lambda _: None) == data
    after = alttext.rewrite(data, "html", lambda _: "A dog")
    codec = encoding.split()[0]
    for added in (' alt="A dog"', " alt='A dog'", ' aria-label="A dog"'):
        data, after = data.replace(added.encode(codec), b""), after.replace(added.encode(codec), b"")
    assert after == data
