"""What is left when nothing speaks for another purpose, and what cannot be looked at."""

import pytest

import alttext
from alttext import purpose
from alttext.types import Purpose


def verdict(markup, format="html"):
    return purpose.classify(alttext.find_images(markup, format)[0])


INFORMATIVE = {
    "a photograph": '<img src="lake.jpg">',
    "a photograph of a camera's naming": '<img src="IMG_1234.JPG">',
    "a drawing": '<img src="mascot.svg">',
    "a picture inside of an address": '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "a picture on another server": '<img src="https://cdn.example/photos/81723?w=800">',
    "a picture with a srcset only": '<img srcset="lake-1x.jpg 1x, lake-2x.jpg 2x">',
    "a picture that loads later": '<img data-src="lake.jpg" class="lazyload">',
    "a picture in a figure": '<figure><img src="7.jpg"><figcaption>Photo: Kim Doe</figcaption></figure>',
    "an object of an image type": '<object data="lake.png" type="image/png"></object>',
    "a picture as a background": '<div role="img" style="background-image: url(lake.jpg)"></div>',
    "a picture with an alternative": '<img src="lake.jpg" alt="A lake">',
}


@pytest.mark.parametrize("markup", INFORMATIVE.values(), ids=INFORMATIVE)
def test_a_picture_with_no_other_purpose_is_informative(markup):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.INFORMATIVE, "no-other-purpose")
    assert (found.alternative, found.certain) == (None, False)


@pytest.mark.parametrize("markup", ["![](lake.jpg)", "![A lake](lake.jpg)", "![][l]\n\n[l]: lake.jpg"])
def test_a_picture_in_markdown_is_informative(markup):
    assert verdict(markup, "markdown").purpose is Purpose.INFORMATIVE


AUTHORED = {
    "a picture": '<img src="lake.jpg" fig-alt="A &quot;lake&quot;">',
    "a chart": '<img src="sales-chart.png" fig-alt="A &quot;lake&quot;">',
    "a link": '<a href="/l"><img src="lake.jpg" fig-alt="A &quot;lake&quot;"></a>',
}


@pytest.mark.parametrize("markup", AUTHORED.values(), ids=AUTHORED)
def test_words_for_an_image_where_no_browser_reads_them_are_its_alternative(markup):
    found = verdict(markup, "quarto")
    assert (found.alternative, found.certain, found.reason) == ('A "lake"', True, "author-text")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="lake.jpg" fig-alt="">',
        '<img src="lake.jpg" fig-alt="image">',
        '<img src="lake.jpg" fig-alt="{{ alt }}">',
        '<img src="lake.jpg" fig-alt="A lake" alt="A pond">',
        '<img src="lake.jpg" fig-alt="A lake" title="A pond">',
    ],
)
def test_there_is_nothing_to_take_over_where_nothing_is_said_or_a_name_is_there(markup):
    assert verdict(markup, "quarto").reason == "no-other-purpose"


IN_OBJECTS = {
    "words": '<object data="lake.svg">A lake</object>',
    "an alternative": '<object data="lake.svg"><img src="lake.png" alt="A lake"></object>',
    "words of a chart": '<object data="sales-chart.svg">A lake</object>',
    "words in a link": '<a href="/l"><object data="lake.svg">A lake</object></a>',
}


@pytest.mark.parametrize("markup", IN_OBJECTS.values(), ids=IN_OBJECTS)
def test_what_an_object_contains_is_only_suggested(markup):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.UNCLEAR, "author-text")
    assert (found.alternative, found.certain) == ("A lake", False)


@pytest.mark.parametrize(
    "markup",
    [
        '<object data="lake.svg"><p>Your browser does not support SVG.</p></object>',
        '<object data="lake.svg">image</object>',
        '<object data="lake.svg">{{ alt }}</object>',
        '<object data="lake.svg"><img src="lake.png" alt=""></object>',
        '<object data="lake.svg" title="A pond">A lake</object>',
    ],
)
def test_nothing_is_suggested_where_an_object_contains_no_words_for_it(markup):
    assert verdict(markup).reason == "no-other-purpose"


@pytest.mark.parametrize("markup", ['![](lake.jpg "A lake")', "![][l]\n\n[l]: lake.jpg 'A lake'"])
def test_a_title_in_markdown_is_only_suggested(markup):
    found = verdict(markup, "markdown")
    assert (found.purpose, found.reason) == (Purpose.UNCLEAR, "author-text")
    assert (found.alternative, found.certain) == ("A lake", False)


@pytest.mark.parametrize(
    ("markup", "format"),
    [
        ('![](lake.jpg "lake.jpg")', "markdown"),
        ('![](lake.jpg "image")', "markdown"),
        ('![](lake.jpg "{{ title }}")', "markdown"),
        ('![A pond](lake.jpg "A lake")', "markdown"),
        ('words ![](lake.jpg "A lake")', "quarto"),
        ('<img src="lake.jpg" title="A lake">', "markdown"),
    ],
)
def test_a_title_that_says_nothing_or_names_the_image_is_not_suggested(markup, format):
    assert verdict(markup, format).reason == "no-other-purpose"


@pytest.mark.parametrize("data", ["rex.mp3", "world-map.mp4", "data:audio/ogg;base64,AA"])
def test_sound_and_video_are_no_images_and_only_reported(data):
    found = verdict(f'<a href="/l"><object data="{data}">Rex</object></a>')
    assert (found.purpose, found.reason, found.alternative) == (Purpose.UNCLEAR, "sound-or-video", None)


UNCLEAR = {
    "no source": ("<img>", "no-source"),
    "an empty source": ('<img src="">', "no-source"),
    "a drawing in the document": ('<svg role="img"><path d="M0 0"/></svg>', "drawn-inline"),
    "a canvas": ('<canvas role="img"></canvas>', "drawn-inline"),
    "a source that Jinja fills in": ('<img src="{{ photo.url }}">', "template-expression"),
    "a source that Liquid fills in": ("<img src=\"{% asset 'lake' %}\">", "template-expression"),
    "a source that PHP fills in": ('<img src="<?php echo $photo ?>">', "template-expression"),
    "a source that ERB fills in": ('<img src="<%= photo %>">', "template-expression"),
    "a source that a script fills in": ('<img src="${photo}">', "template-expression"),
}


@pytest.mark.parametrize(("markup", "reason"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_cannot_be_looked_at_is_unclear(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.UNCLEAR, reason)
    assert (found.alternative, found.certain) == (None, False)


@pytest.mark.parametrize("src", ["100%25.jpg", "a{1}.jpg", "price-$5.jpg", "50%-off.jpg"])
def test_a_name_with_braces_or_signs_is_no_template(src):
    assert verdict(f'<img src="{src}">').purpose is Purpose.INFORMATIVE
