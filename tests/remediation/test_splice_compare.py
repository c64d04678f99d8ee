import pytest

from alttext.errors import VerificationError
from alttext.remediation.splice_compare import Comparison, html_intents, markdown_intents

DOG = ' alt="A dog"'


def html(before, after, *texts, replaced=()):
    Comparison(html_intents(texts, replaced or [""] * len(texts))).html(before, after)


def markdown(before, after, *texts, dialect="markdown", replaced=()):
    Comparison(markdown_intents(texts, replaced or [""] * len(texts))).markdown(before, after, dialect)


# What edits mean


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        (' alt="A dog"', "alt", "A dog"),
        ("alt='A dog'", "alt", "A dog"),
        (' ALT="A dog" ', "alt", "A dog"),
        (' aria-label="A &quot;dog&quot; &amp; &lt;cat&gt;"', "aria-label", 'A "dog" & <cat>'),
        (" alt='Tom&#39;s dog'", "alt", "Tom's dog"),
        (' alt=""', "alt", ""),
    ],
)
def test_an_edit_of_html_is_one_attribute(text, attribute, value):
    (intent,) = html_intents([text], [""])
    assert intent.attribute == attribute
    assert intent.alternatives == {value}


@pytest.mark.parametrize(
    "text",
    ["", "A dog", " alt=dog", ' alt="dog', ' alt="a" alt="b"', ' title="dog"', ' alt="a<b"', " alt='a'b'"],
)
def test_an_edit_of_html_that_is_anything_else_is_refused(text):
    with pytest.raises(VerificationError, match="not a single alternative"):
        html_intents([text], [""])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A dog", "A dog"),
        (r"A \[dog\]", "A [dog]"),
        ("A &lt;dog> &#124; cat", "A <dog> | cat"),
        ("A dog][rex]", "A dog"),
        ('{fig-alt="A dog"}', "A dog"),
        (' fig-alt="A &quot;dog&quot;"', 'A "dog"'),
        ('alt="A \\"dog\\""', 'A "dog"'),
        ("alt=`A dog`", "A dog"),
    ],
)
def test_what_an_edit_of_markdown_may_mean(text, value):
    (intent,) = markdown_intents([text], [""])
    assert intent.spells(value) or intent.renders(value)


# Comparing HTML


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a", "<p>a"),
        ("<img src=a>", f"<img src=a{DOG}>"),
        ("<!-- <img src=a> -->", f"<!-- <img src=a{DOG}> -->"),
        ("<textarea><img src=a></textarea>", f"<textarea><img src=a{DOG}></textarea>"),
        ("<script>'<img src=a title=b>'</script>", f"<script>'<img src=a{DOG} title=b>'</script>"),
        ("<p title='<img src=a>'>", f"<p title='<img src=a{DOG}>'>"),
        ("<p>" + "x" * 5000 + "&lt;img>", "<p>" + "x" * 5000 + f"&lt;img{DOG}>"),
    ],
)
def test_the_reader_may_take_the_place_for_anything(before, after):
    html(before, after, DOG)


def test_several_insertions_into_what_the_reader_takes_for_one_text():
    before = "<script>" + "<img src=a>" * 50 + "</script>"
    texts = [f' alt="A dog {number}"' for number in range(50)]
    after = "<script>" + "".join(f"<img src=a{text}>" for text in texts) + "</script>"
    html(before, after, *texts)


def test_a_replacement_in_what_the_reader_takes_for_text():
    html(
        "<script><img alt=photo></script>",
        '<script><img alt="A dog"></script>',
        'alt="A dog"',
        replaced=["alt=photo"],
    )


def test_no_more_differences_than_edits():
    with pytest.raises(VerificationError, match="more places"):
        html("<img src=a><img src=b>", f"<img src=a{DOG}><img src=b{DOG}>", DOG)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<img src=a>", '<img src=a alt="A cat">'),
        ("<img src=a>", '<img src=a title="A dog">'),
        ("<img src=a>", f"<img src=b{DOG}>"),
        ("<img src=a id=b>", f"<img src=a{DOG}>"),
        ("<img src=a>", f"<image2 src=a{DOG}>"),
        ("<img src=a>", f"<img src=a{DOG}><br>"),
        ("<p>a<img src=a>", f"<p>b<img src=a{DOG}>"),
        ("<p>a", "<p>a alt='A dog'"),
        ("<!-- a -->", "<!-- b -->"),
        ("<?a b?>", "<?a c?>"),
        ("<!DOCTYPE html><p>", "<!DOCTYPE html SYSTEM 'a'><p>"),
    ],
)
def test_everything_else_is_refused(before, after):
    with pytest.raises(VerificationError):
        html(before, after, DOG)


# Comparing Markdown


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("![](a)", "![A dog](a)", "A dog"),
        ("![][r]\n\n[r]: a", "![A dog][r]\n\n[r]: a", "A dog"),
        ("<img src=a>", '<img src=a alt="A dog">', ' alt="A dog"'),
        ("<p>\n<img src=a>\n</p>", '<p>\n<img src=a alt="A dog">\n</p>', ' alt="A dog"'),
        ("![](a)", '![](a){fig-alt="A dog"}', '{fig-alt="A dog"}'),
        ("![](a){.b}", '![](a){.b fig-alt="A dog"}', ' fig-alt="A dog"'),
        ('{{< figure src="a" >}}', '{{< figure src="a" alt="A dog" >}}', ' alt="A dog"'),
        ('{{< figure src="a" >}}', '{{< figure src="a" alt=`A "dog"` >}}', ' alt=`A "dog"`'),
    ],
)
def test_alternatives_of_markdown(before, after, text):
    markdown(before, after, text)


def test_a_placeholder_that_is_the_reference_as_well():
    markdown("![r]\n\n[r]: a", "![A dog][r]\n\n[r]: a", "A dog][r]", replaced=["r]"])


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("`![](a)`", "`![A dog](a)`", "A dog"),
        ("`{{< figure >}}`", '`{{< figure alt="A dog" >}}`', ' alt="A dog"'),
        ("    <img>", '    <img alt="A dog">', ' alt="A dog"'),
        ("```\n<img>\n```", '```\n<img alt="A dog">\n```', ' alt="A dog"'),
        ("<!-- ![](a) -->", "<!-- ![A dog](a) -->", "A dog"),
        ("text", "A dogtext", "A dog"),
        ("[](a)", "[A dog](a)", "A dog"),
        ("![](a)", "![A dog](a) {{< x >}}", "A dog"),
        ("![](a)", "![A dog](b)", "A dog"),
    ],
)
def test_edits_of_code_comments_and_ordinary_text_are_refused(before, after, text):
    with pytest.raises(VerificationError):
        markdown(before, after, text)


def test_indented_content_is_no_code_in_mdx():
    markdown("    <Image />", '    <Image alt="A dog" />', ' alt="A dog"', dialect="mdx")
