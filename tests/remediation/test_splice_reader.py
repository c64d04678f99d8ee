import pytest

from alttext.remediation import splice_reader
from alttext.remediation.splice_reader import Event


def started(events, name):
    return sum(event.kind == "start" and event.name == name for event in events)


def test_html_is_a_sequence_of_steps_with_the_text_before_each():
    assert splice_reader.events("<!DOCTYPE html><p class=a>One <b>two</b><!-- x -->three") == [
        Event("doctype", "html  ", (), ""),
        Event("start", "html", (), ""),
        Event("start", "body", (), ""),
        Event("start", "p", (("class", "a"),), ""),
        Event("start", "b", (), "One "),
        Event("end", "b", (), "two"),
        Event("text", "#text", (), ""),
        Event("comment", "", (), " x "),
        Event("end", "p", (), "three"),
        Event("end", "body", (), ""),
        Event("end", "html", (), ""),
        Event("end", "#document", (), ""),
    ]


@pytest.mark.parametrize("text", ["", " ", "\ufeff", "\0", "\udce9", "<", "<p>\0</p>", "<?", "</", "<!-- "])
def test_anything_can_be_read(text):
    assert splice_reader.events(text)[-1].kind == "end"


def test_xml_is_read_as_such_when_it_says_so():
    text = '<?xml version="1.0"?><html><script src="a"/><p>&amp;<![CDATA[<b>]]></p></html>'
    found = splice_reader.xml_events(text)
    assert [event.name for event in found if event.kind == "start"] == ["html", "script", "p"]
    assert [event.text for event in found if event.name == "p" and event.kind == "end"] == ["&<b>"]


def test_xml_is_known_by_its_namespace_too():
    text = '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><script src="a"/><p/></html>'
    assert next(event for event in splice_reader.xml_events(text) if event.kind == "end").name.endswith(
        "script"
    )


@pytest.mark.parametrize("text", ["", "<p>", '<?xml version="1.0"?><p><b></p>', '<?xml version="1.0"?>'])
def test_other_documents_are_no_xml(text):
    assert splice_reader.xml_events(text) is None


def test_entities_of_xml_read_no_files(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    doctype = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = splice_reader.xml_events(f'<?xml version="1.0"?>{doctype}<p>&x;</p>') or []
    assert not any("secret" in event.text for event in found if event.kind != "doctype")


def test_a_shortcode_has_a_name():
    assert splice_reader.rendered("{{<\n>}}", "markdown")[1] == []


def test_shortcodes_are_put_aside():
    events, shortcodes = splice_reader.rendered('{{< figure src="a" >}} and {% include b.html %}', "markdown")
    assert shortcodes == ['{{< figure src="a" >}}', "{% include b.html %}"]
    assert f"{splice_reader.aside(0)} and {splice_reader.aside(1)}" in [event.text for event in events]


@pytest.mark.parametrize(
    ("markdown", "element"),
    [
        ("| a |\n|---|\n| b |", "td"),
        ("~~a~~", "s"),
        ("a[^1]\n\n[^1]: b", "sup"),
        ("<b>a</b>", "b"),
        ("    a", "pre"),
    ],
)
def test_what_markdown_means(markdown, element):
    events, _ = splice_reader.rendered(markdown, "markdown")
    assert element in [event.name for event in events]


def test_templates_are_put_aside():
    events, shortcodes = splice_reader.rendered('![a]({{ "/b.png" | relative_url }})', "markdown")
    assert shortcodes == ['{{ "/b.png" | relative_url }}']
    assert started(events, "img") == 1


def test_braces_of_longer_stretches_are_text():
    assert splice_reader.rendered("{{ a\n![b](c) }} {{ { }}", "markdown")[1] == []


@pytest.mark.parametrize("name", ["title", "TEXTAREA", "script", "style", "plaintext"])
def test_an_element_that_is_only_mentioned_does_not_hide_the_rest(name):
    events, _ = splice_reader.rendered(f"The <{name}> element, and ![a](b).", "markdown")
    assert started(events, "img") == 1


def test_an_element_that_is_closed_hides_its_content():
    events, _ = splice_reader.rendered("<title> <b> </TITLE> <title>", "markdown")
    assert (started(events, "title"), started(events, "b")) == (1, 0)


@pytest.mark.parametrize(("dialect", "images"), [("mdx", 1), ("markdown", 0)])
def test_markdown_between_tags_is_markdown_in_mdx_only(dialect, images):
    events, _ = splice_reader.rendered("<div>\n![a](b)\n</div>", dialect)
    assert started(events, "img") == images


@pytest.mark.parametrize(
    "markdown",
    [
        "!!! note\n\n    ![a](b)",
        '??? note "c"\n    d\n\n    - e\n\n      ![a](b)',
        '=== "c"\n\n    ![a](b)',
        "> !!! note\n>\n>     ![a](b)",
        "<figure markdown>\n  ![a](b)\n</figure>",
        '<figure class="c" markdown="span">\n![a](b)\n</figure>',
    ],
)
def test_containers_of_markdown_are_looked_into(markdown):
    events, _ = splice_reader.rendered(markdown, "markdown")
    assert started(events, "img") == 1


@pytest.mark.parametrize("markdown", ["c\n===\n\n    ![a](b)", "<figure class=markdown>\n![a](b)\n</figure>"])
def test_other_blocks_are_what_they_are(markdown):
    events, _ = splice_reader.rendered(markdown, "markdown")
    assert started(events, "img") == 0


def test_front_matter_is_not_rendered():
    events, _ = splice_reader.rendered("---\ntitle: a\n---\n\nb", "markdown")
    assert "".join(event.text for event in events).strip() == "b"


def test_code_has_an_inside():
    events, _ = splice_reader.rendered("`a`", "markdown")
    assert [splice_reader.code_depth(event) for event in events if event.name == "code"] == [1, -1]
    assert sum(map(splice_reader.code_depth, events)) == 0
