import pytest

from alttext.documents import html
from alttext.types import Link


def contexts(text):
    return [ref.context for ref in html.parse(text)]


def context(text):
    """What surrounds the image with the source x."""
    (found,) = [ref.context for ref in html.parse(text) if ref.src == "x"]
    return found


# Links and buttons


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("<img src=x>", None),
        ("<a name=top><img src=x></a>", None),
        ('<a href=" /home "><img src=x></a>', Link("/home", sole=True)),
        ("<a href=''><img src=x></a>", Link("", sole=True)),
        ("<a href=u>Our <b>new</b>\n shop <img src=x></a>", Link("u", text="Our new shop")),
        ("<a href=u><img src=x><p>One</p><p>Two</p></a>", Link("u", text="One Two")),
        ("<a href=u aria-label='Our shop'><img src=x></a>", Link("u", name="Our shop")),
        ("<a href=u title='Our shop'><img src=x></a>", Link("u", name="Our shop")),
        ("<a href=u aria-labelledby=s><img src=x></a><i id=s>Shop</i>", Link("u", name="Shop")),
        ("<a href=u><div><span><img src=x></span></div></a>", Link("u", sole=True)),
        ("<a href=u><!-- text --> \n <img src=x></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><img src=y alt=''></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><img src=y alt='Shop'></a>", Link("u")),
        ("<a href=u><img src=x alt='Shop'></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><svg><title>Shop</title></svg></a>", Link("u")),
        ("<a href=u><img src=x><i aria-label='Shop'></i></a>", Link("u")),
        ("<a href=u><img src=x><span hidden>Shop</span></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><i aria-hidden=true>→</i></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><svg><style>.a {}</style></svg></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><b role=img aria-label=Shop>S</b></a>", Link("u")),
        ("<a href=u><img src=x><b style='display: none'>Shop</b></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><script>go()</script><style>a{}</style></a>", Link("u", sole=True)),
        ("<a href=u><img src=x><noscript>Shop</noscript></a>", Link("u", sole=True)),
        ("<a href=u><object data=x type=image/png>Shop</object></a>", Link("u", sole=True)),
        ("<a href=u><object data=y.png><img src=x alt=Shop></object></a>", Link("u", sole=True)),
        ("<a href=u><object data=x type=image/png>Shop</object> Open</a>", Link("u", text="Open")),
        ("<a href=u><noscript><img src=x></noscript></a>", Link("u", sole=True)),
        ("<a href=u>One</a><img src=x><a href=v>Two</a>", None),
        ("<a href=u role=button><img src=x></a>", Link("u", is_button=True, sole=True)),
        ("<button><img src=x></button>", Link("", is_button=True, sole=True)),
        ("<button><img src=x> Search</button>", Link("", is_button=True, text="Search")),
        ("<form action=/find><button><img src=x></button></form>", Link("/find", is_button=True, sole=True)),
        ("<form action=f><button formaction=g><img src=x></button>", Link("g", is_button=True, sole=True)),
        ("<div role=button><img src=x></div>", Link("", is_button=True, sole=True)),
        ("<span role=link><img src=x></span>", Link("", sole=True)),
        ("<svg><a xlink:href=u><g role=img><image/></g></a></svg><img src=x>", None),
        ("<form action=/find><input type=image src=x></form>", Link("/find", is_button=True, sole=True)),
    ],
)  # fmt: skip
def test_link_around_an_image(text, link):
    assert context(text).link == link


def test_an_area_is_its_own_link():
    (ref,) = html.parse("<map><area href=/north></map><a href=/north>To the north</a>")
    assert ref.context.link == Link("/north", sole=True, destination="To the north")


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("<a href=u><img src=x></a> <a href=u>Our shop</a>", "Our shop"),
        ("<a href=u>Our shop</a> <a href=u><img src=x></a>", "Our shop"),
        ("<a href=u>Shop</a> <a href=u>The shop</a> <a href=u><img src=x></a>", "Shop"),
        ("<a href=u>Look <img src=x></a> <a href=u>Shop</a>", "Shop"),
        ("<a href=u>Look <img src=x></a>", ""),
        ("<a href=u><img src=x></a> <a href=v>Elsewhere</a>", ""),
        ("<a href=u><img src=x></a> <a href=u><img src=y></a>", ""),
        ("<a href='#'><img src=x></a> <a href='#'>Top</a>", ""),
        ("<a href=u role=button><img src=x></a> <a href=u>Shop</a>", ""),
    ],
)
def test_destination_is_what_another_link_to_the_same_place_says(text, destination):
    assert context(text).link.destination == destination


# What is near


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("<p>One <img src=x> two</p>", "One", "two"),
        ("<p>One <b>and</b>a half<img src=x>\n two", "One anda half", "two"),
        ("<p>One</p><img src=x><p>Two</p>", "", ""),
        ("<div>One<p>Two</p><img src=x> three</div>", "", "three"),
        ("<p>One<br>two <a href=u><img src=x></a> three", "One two", "three"),
        ("<p>One <img src=y alt=Y> two <img src=x> three", "One two", "three"),
        ("<li>One<li><img src=x> two<li>Three", "", "two"),
        ("<table><td>One<td><img src=x> two<td>Three</table>", "", "two"),
        ("<p>One <i hidden>two</i> <img src=x> three", "One", "three"),
        ("<p>One <svg><style>.a {}</style><title>b</title></svg> <img src=x> two", "One", "two"),
        ("<p>One <i hidden>two <img src=x> three</i> four", "two", "three"),
        ("<p>One <object data=y.png>two <p>three</p></object> <img src=x> four", "One", "four"),
        ("<p>One <object data=y.html>two</object> <img src=x> three", "One two", "three"),
        ("<p>One <script>two</script><textarea>three</textarea><img src=x>", "One", ""),
        ("<p>a<img src=x>b&amp;c", "a", "b&c"),
    ],
)
def test_text_before_and_after_is_that_of_the_same_block(text, before, after):
    found = context(text)
    assert (found.before, found.after) == (before, after)


def test_text_before_and_after_is_at_most_200_characters():
    found = context("<p>" + "abcd " * 999 + "<img src=x>" + " efgh" * 999)
    assert found.before == ("abcd " * 40).strip()
    assert found.after == ("efgh " * 40).strip()


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("<h1>Dogs</h1><h2>Small  <i>dogs</i></h2><p><img src=x>", "Small dogs"),
        ("<h1>Dogs</h1><section><h2>Small</h2></section><img src=x>", "Small"),
        ("<img src=x><h1>Dogs</h1>", ""),
        ("<h1>Dogs</h1><h2><img src=x></h2>", "Dogs"),
        ("<h1>Dogs</h1><h2><img src=y></h2><img src=x>", "Dogs"),
        ("<div role=heading aria-level=2>Dogs</div><img src=x>", "Dogs"),
    ],
)
def test_heading_is_the_nearest_one_above(text, heading):
    assert context(text).heading == heading


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("<figure><img src=x><figcaption>A <b>dog</b></figcaption></figure>", "A dog"),
        ("<figure><figcaption>A dog</figcaption><img src=x></figure>", "A dog"),
        ("<figure><a href=u><img src=x></a><figcaption>A dog</figcaption></figure>", "A dog"),
        ("<figure>Text<img src=x></figure>", ""),
        ("<figure><figcaption>A dog</figcaption></figure><img src=x>", ""),
        ("<figure><figcaption>A dog <img src=x></figcaption></figure>", ""),
        ("<figure><figure><img src=x></figure><figcaption>Dogs</figcaption></figure>", ""),
        ("<figcaption>A dog</figcaption><img src=x>", ""),
    ],
)
def test_caption_is_that_of_the_nearest_figure(text, caption):
    assert context(text).caption == caption


# The page


def test_title_base_and_language_of_the_page():
    found = context(
        "<html lang=en-GB>"
        "<title>Dogs &amp; cats</title><base href=/pets/><svg><title>-</title></svg><img src=x>"
    )
    assert (found.title, found.base, found.lang) == ("Dogs & cats", "/pets/", "en-GB")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("<img src=x>", ""),
        ("<html lang=de><p lang=en><img src=x>", "en"),
        ("<html lang=de><p lang=en>Text</p><img src=x>", "de"),
        ("<html lang=de><p lang=''><img src=x>", "und"),
        ("<html xml:lang=fr><img src=x>", "fr"),
        ("<html lang=de><img src=x lang=en>", "en"),
        ("<meta http-equiv=Content-Language content=nl><img src=x>", "nl"),
    ],
)
def test_language_is_the_nearest_declared_one(text, lang):
    assert context(text).lang == lang


def test_ancestors_go_outwards_with_their_classes_and_ids():
    found = context('<main id=top><p class="lead  wide"><span><img src=x></span></p></main>')
    assert found.ancestors == ("span", "p.lead.wide", "main#top", "body", "html")


def test_ancestors_end_somewhere():
    assert len(context("<b>" * 99 + "<img src=x>").ancestors) == 32


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("<p><img src=x>", False),
        ("<p hidden><b><img src=x>", True),
        ("<p aria-hidden=true><img src=x>", True),
        ("<p aria-hidden=false><img src=x>", False),
        ("<p style='color: red; DISPLAY:none'><img src=x>", True),
        ("<p style='visibility: hidden'><img src=x>", True),
        ("<p style='visibility: hidden'><img src=x style='visibility: visible'>", False),
        ("<p style='visibility: hidden' hidden><img src=x style='visibility: visible'>", True),
        ("<p style='visibility: hidden'><b hidden><img src=x style='visibility: visible'>", True),
        ("<p style='display: none'><img src=x style='visibility: visible'>", True),
        ("<p style='display: block'><img src=x>", False),
        ("<img src=x style='display:none'>", True),
        ("<p hidden>Text</p><img src=x>", False),
        ("<b role=img aria-label='4 of 5 stars'><i><img src=x></i></b>", True),
        ("<figure role=img aria-labelledby=c><img src=x><figcaption id=c>Rex</figcaption></figure>", True),
        ("<b role=img><img src=x></b>", False),
        ("<b role=graphics-document aria-label=Rex><img src=x></b>", False),
        ("<img src=x role=img aria-label=Rex>", False),
        ("<svg><title>Rex <img src=x></title></svg>", True),
        ("<svg><style><desc><img src=x></desc></style></svg>", True),
    ],
)
def test_hidden_content(text, hidden):
    assert context(text).hidden is hidden


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("<img src=x>", ""),
        ("<template><p><img src=x></template>", "template"),
        ("<template></template><img src=x>", ""),
        ("<noscript><img src=x></noscript>", "noscript"),
        ("<noscript></noscript><img src=x>", ""),
        ("<head><noscript><img src=x></noscript><title>T</title></head>", "noscript"),
        ("<head><noscript><style></style></noscript></head><img src=x>", ""),
        ("\ufeff<head><noscript><p><img src=x></noscript>", "noscript"),
        ("<template><noscript><img src=x></noscript></template>", "template"),
    ],
)
def test_inert_content(text, inert):
    assert context(text).inert == inert


def test_text_in_templates_is_nobody_elses_surroundings():
    outer, inner = contexts(
        "<figure><img><template><figcaption>No</figcaption><p>In <img></template></figure>"
    )
    assert (outer.caption, outer.after, inner.before) == ("", "", "In")


def test_a_comment_between_two_images_only_speaks_to_the_second():
    first, second = html.parse("<table><img><!-- alttext: ignore --><tr><td><img></table>")
    assert (first.suppressed, second.suppressed) == (False, True)


def test_an_ignored_region_is_an_attribute_too():
    first, second = html.parse("<div data-alttext=ignore><p><img></div><img>")
    assert (first.suppressed, second.suppressed) == (True, False)


def test_the_twin_of_a_lazily_loaded_image_lends_it_its_source():
    lazy, twin = html.parse(
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='><noscript><img src=real.jpg></noscript>"
    )
    assert lazy.src == "real.jpg"
    assert twin.src == "real.jpg"


def test_the_noscript_of_another_place_lends_nothing():
    lazy, _ = html.parse("<p><img class=lazy></p><p><noscript><img src=pixel.gif></noscript></p>")
    assert lazy.src == ""
