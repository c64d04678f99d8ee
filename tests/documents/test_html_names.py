import pytest

from alttext.documents import html
from alttext.documents.html_names import collapse


def first(text):
    return html.parse(text)[0]


@pytest.mark.parametrize(
    ("text", "name", "origin"),
    [
        ("<img>", "", ""),
        ("<img alt=Rex>", "", ""),
        ("<img aria-label=' Rex \n the dog '>", "Rex the dog", "aria-label"),
        ("<img aria-label=' ' title=Rex>", "Rex", "title"),
        ("<img title=' '>", "", ""),
        ("<img aria-label=Rex title=Dog>", "Rex", "aria-label"),
        ("<img alt='' title=Rex>", "", ""),
        ("<img alt=' ' title=Rex>", "", ""),
        ("<img alt='' aria-label=Rex>", "Rex", "aria-label"),
        ("<input type=image alt='' title=Rex>", "Rex", "title"),
        (
            "<img aria-labelledby='b a' aria-label=No><i id=a>dog</i><i id=b>Good</i>",
            "Good dog",
            "aria-labelledby",
        ),
        ("<img aria-labelledby=gone aria-label=Rex>", "Rex", "aria-label"),
        ("<img aria-labelledby=gone>", "", ""),
        ("<img aria-labelledby=a><i id=a></i>", "", ""),
        ("<img aria-labelledby=a><i id=a hidden>Rex</i>", "Rex", "aria-labelledby"),
        ("<img aria-labelledby=a><i id=a>The <img alt=dog> Rex</i>", "The dog Rex", "aria-labelledby"),
        ("<img aria-labelledby=a><i id=a aria-label=Rex>No</i>", "Rex", "aria-labelledby"),
        ("<img aria-labelledby=a><i id=a title=Rex></i>", "Rex", "aria-labelledby"),
        ("<img id=a aria-labelledby=a aria-label=Rex>", "Rex", "aria-labelledby"),
        ("<img aria-labelledby=a><i id=a>Rex<script>1</script></i><i id=a>No</i>", "Rex", "aria-labelledby"),
        (
            "<img aria-labelledby=a><i id=a><b aria-label=Rex>No</b> the dog</i>",
            "Rex the dog",
            "aria-labelledby",
        ),
        ("<img aria-labelledby=a><i id=a>Rex<b hidden>No</b></i>", "Rex", "aria-labelledby"),
        ("<img aria-labelledby=a><i id=a><b style='display: none'>No</b></i>", "", ""),
        ("<img aria-labelledby=a><p hidden><i id=a>Rex <b hidden>too</b></i>", "Rex too", "aria-labelledby"),
        ("<img aria-labelledby=a><img id=a alt=Rex>", "Rex", "aria-labelledby"),
        ("<area href=u aria-labelledby='gone a'><i id=a>Rex</i>", "Rex", "aria-labelledby"),
        ("<object data=a.png aria-labelledby=gone title=Rex></object>", "Rex", "title"),
        ("<svg role=img aria-labelledby=gone><title>Rex</title></svg>", "Rex", "svg-title"),
        ("<svg role=img title=Rex></svg>", "Rex", "title"),
        ("<svg role=img><title>A <b>dog</title></svg>", "A dog", "svg-title"),
        ("<svg role=img><title> </title></svg>", "", ""),
        ("<svg role=img><g><title>Leg</title></g></svg>", "", ""),
        ("<svg role=img><text>Rex</text></svg>", "", ""),
        ("<svg><g role=img><title>Rex</title></g></svg>", "Rex", "svg-title"),
        ("<div role=img>Rex</div>", "", ""),
        ("<object data=a.png>Rex <b>the</b> dog</object>", "", ""),
        ("<object data=a.png title=Rex>Dog</object>", "Rex", "title"),
        ("<object data=a.png><img src=a.png alt=Rex></object>", "", ""),
        ("<embed src=a.png title=Rex>", "Rex", "title"),
    ],
)
def test_accessible_names_from_elsewhere_than_the_alternative(text, name, origin):
    found = first(text)
    assert (found.name, found.name_from) == (name, origin)


def test_images_may_share_what_names_them():
    refs = html.parse("<i id=a>Rex</i><img aria-labelledby=a><img aria-labelledby='a a'>")
    assert [ref.name for ref in refs] == ["Rex", "Rex Rex"]


@pytest.mark.parametrize("label", ["<b></b>" * 9000 + "Rex", "<b>" * 9000 + "Rex", "word " * 9000])
def test_a_label_that_is_a_whole_page_is_not_read_to_its_end(label):
    ref = html.parse(f"<img aria-labelledby=a><div id=a>{label}</div>")[0]
    assert len(ref.name) <= 500
    assert "Rex" not in ref.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<label for=a>Go</label><input id=a type=image>", "Go"),
        ("<input id=a type=image><label for=a>Go</label>", "Go"),
        ("<label><input type=image> Go</label>", "Go"),
        ("<label><b>Go <input type=image alt='No'></b></label>", "Go"),
        ("<label><input type=hidden>Go <input type=image></label>", "Go"),
        ("<label for=a>Go</label><label for=a>there</label><input id=a type=image>", "Go there"),
        ("<label for=a aria-label=Go>No</label><input id=a type=image>", "Go"),
        ("<label for=a title=Go></label><input id=a type=image>", "Go"),
        ("<label for=a><img alt=Go></label><input id=a type=image>", "Go"),
        ("<label for=a>Go <i hidden>No</i></label><input id=a type=image>", "Go"),
        ("<label for=a>Go</label><input id=a type=image alt=No title=No>", "Go"),
    ],
)
def test_labels_name_image_buttons(text, name):
    ref = html.parse(text)[-1]
    assert (ref.name, ref.name_from) == (name, "label")


@pytest.mark.parametrize(
    "text",
    [
        "<label>Go</label><input type=image>",
        "<label for=b>Go</label><input id=a type=image>",
        "<label for=''>Go</label><input id='' type=image>",
        "<label for=a></label><input id=a type=image>",
        "<label for=a>Go</label><b id=a></b><input id=a type=image>",
        "<label for=b>Go <input type=image></label>",
        "<label>Go <input><input type=image></label>",
        "<label><select></select>Go <input type=image></label>",
        "<label for=a>Go</label><img id=a>",
        "<label>Go <img></label>",
        "<label for=a>Go</label><svg id=a role=img></svg>",
    ],
)
def test_labels_of_something_else_name_nothing(text):
    (ref,) = html.parse(text)
    assert (ref.name, ref.name_from) == ("", "")


def test_a_label_comes_after_aria_and_before_a_title():
    text = "<label for=a>Go</label><input id=a type=image {}>"
    origins = [html.parse(text.format(other))[0].name_from for other in ("title=T", "aria-label=A", "")]
    assert origins == ["label", "aria-label", "label"]


@pytest.mark.parametrize("label", ["<b></b>" * 9000, "<b>" * 9000, "<select></select>" * 9000])
def test_a_label_around_a_whole_page_names_no_image_at_its_end(label):
    assert html.parse(f"<label>{label}<input type=image></label>")[0].name == ""


@pytest.mark.parametrize(
    ("text", "fallback"),
    [
        ("<object data=a.png>Rex <b>the</b> dog</object>", "Rex the dog"),
        ("<object data=a.png><img src=a.png alt=Rex></object>", "Rex"),
        ("<object data=a.png><object data=b.png aria-label=Rex>No</object></object>", "Rex"),
        ("<object data=a.svg>My <object data=b.png>dog <b>Rex</b></object>.</object>", "My dog Rex."),
        ("<object data=a.svg><object data=b.png hidden>No</object></object>", ""),
        ("<object data=a.mp3>Rex barks</object>", "Rex barks"),
        ("<object data=a.png><param name=a value=b></object>", ""),
        ("<object data=a.png><b hidden>No</b></object>", ""),
        ("<object data=a.png></object>Rex", ""),
        ("<p>Rex <img src=a.png></p>", ""),
    ],
)
def test_what_an_object_contains_is_known_and_is_no_name(text, fallback):
    ref = html.parse(text)[0]
    assert (ref.context.fallback, ref.name) == (fallback, "")


def test_text_is_collapsed_and_capped():
    assert collapse(" a \n\t b\u00a0c ") == "a b c"
    assert len(collapse("x" * 9999)) == 500
