import pytest

from alttext.documents import parse, shortcodes


def matched(text):
    return shortcodes.match(text, 0)


@pytest.mark.parametrize(
    ("text", "source", "alt"),
    [
        ('{{< figure src="a.png" >}}', "a.png", None),
        ('{{% figure src="a.png" alt="" %}}', "a.png", ""),
        ("{{<figure src=`a\"b.png` alt='x >}} y'>}}", 'a"b.png', "x >}} y"),
        ('{{< img "a.png" >}}', "a.png", None),
        ('{{< img "a.png" "words" >}}', "a.png", "words"),
        ('{{< picture src=a.png alt="say \\"hi\\"" / >}}', "a.png", 'say "hi"'),
        ('{% include image.html url="a.png" alt="words" %}', "a.png", "words"),
        ("{%- include figure image_path='a.png' -%}", "a.png", None),
        ("{% include_cached components/img.html src=page.image %}", "page.image", None),
        ('{% image "a.png", "words", "100vw" %}', "a.png", "words"),
        ("{% img a.png %}", "a.png", None),
        ("{% picture a.png b.png %}", "a.png", None),
    ],
)
def test_shortcodes_of_images_are_read(text, source, alt):
    end, shortcode = matched(text)
    assert end == len(text)
    assert shortcode.source.value == source
    assert (shortcode.alt and shortcode.alt.value) == alt


@pytest.mark.parametrize(
    "text",
    [
        '{{< youtube src="a.png" >}}',
        "{{< figure >}}",
        "{{< /figure >}}",
        '{{</* figure src="a" */>}}',
        '{{< image-gallery src="a.png" >}}',
        '{% include head.html src="a.png" %}',
        "{% image page %}",
        "{% endimage %}",
        "{% include image.html %}",
    ],
)
def test_other_shortcodes_are_stepped_over(text):
    assert matched(text)[1] is None


@pytest.mark.parametrize("text", ["{{ x }}", "{{< figure", '{{< figure src="a.png" {{<', "{", ""])
def test_what_is_no_shortcode_is_left_to_markdown(text):
    assert matched(text) == (0, None)


@pytest.mark.parametrize(
    "text",
    [
        "{% highlight html %}x{% endhighlight %}",
        "{% comment %}\n\n{% image 'a.png' %}{% endcomment %}",
        "{{< highlight go >}} x {{< /highlight >}}",
        "{::comment}\n\n![](a.png)\n{:/comment}",
        '{::comment class="x"} ![](a.png) {:/}',
    ],
)
def test_code_and_comments_are_stepped_over_as_a_whole(text):
    assert matched(f"{text} words") == (len(text), None)


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        ("a dog", '"a dog"'),
        ('a "dog"', '"a \\"dog\\""'),
        ("a\\b", "`a\\b`"),
        ("it's `a`", '"it\'s `a`"'),
        ('"`', '"\\"`"'),
    ],
)
def test_arguments_are_quoted_as_hugo_reads_them(words, spelled):
    assert shortcodes.spell(words, is_hugo=True) == spelled
    assert matched(f"{{{{< figure src='a' alt={spelled} >}}}}")[1].alt.value == words


def test_jekyll_has_no_raw_strings():
    assert shortcodes.spell('a\\b "c"', is_hugo=False) == '"a\\b \\"c\\""'


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ('{{< figure src="a.png" >}}', True),
        ('{{< figure "a.png" >}}', False),
        ('{{< figure src="a.png" "b" >}}', False),
        ('{{< img src="a.png" >}}', False),
        ('{{< img src="a.png" alt="" >}}', True),
        ('{{< img "a.png" "b" >}}', False),
        ('{% include figure.html src="a.png" %}', False),
    ],
)
def test_an_alternative_has_a_place_where_the_builder_documents_one(text, is_open):
    assert (matched(text)[1].place() is not None) is is_open


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a `b` c", "a `b` c"),
        ("{ `b` }", "{ `b` }"),
        ("`{{< figure src=`a` >}}`", "`{{< figure src=?a? >}}`"),
        ("{% image `a` %} `b` {{% x `c` %}}", "{% image ?a? %} `b` {{% x ?c? %}}"),
        ("{{< x\n`a` >}}", "{{< x\n`a` >}}"),
        ("{{< x `a`", "{{< x `a`"),
    ],
)
def test_backticks_of_shortcodes_are_kept_from_markdown(text, masked):
    assert shortcodes.masked(text) == masked.replace("?", shortcodes.BACKTICK)


def test_masked_backticks_are_read_as_what_they_are():
    _, shortcode = matched(shortcodes.masked('{{< figure src=`a.png` alt="the `b`" >}}'))
    assert (shortcode.source.value, shortcode.alt.value) == ("a.png", "the `b`")


def test_shortcodes_stand_in_links():
    (ref,) = parse('[{{< figure src="a.png" >}}](/x)', "markdown")
    assert ref.context.link.target == "/x"


def test_shortcodes_over_several_lines_are_no_block_quote():
    text = 'words\n{{< figure\n  src="a.png"\n>}}\n> ![](b.png)\n'
    first, second = parse(text, "markdown")
    assert text[first.span.start : first.span.end] == '{{< figure\n  src="a.png"\n>}}'
    assert second.src == "b.png"
