"""Which images are decorative by proof, which by evidence, and which only look as if."""

import pytest

import alttext
from alttext import purpose
from alttext.types import Purpose

BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def verdict(markup):
    return purpose.classify(alttext.find_images(markup)[0])


PROVEN = {
    "an empty alternative": ('<img src="lake.jpg" alt="">', "marked-decorative"),
    "a valueless alternative": ("<img src=lake.jpg alt>", "marked-decorative"),
    "a presentational role": ('<img src="lake.jpg" role="presentation">', "presentational-role"),
    "the role none": ('<img src="lake.jpg" role="none">', "presentational-role"),
    "hidden from assistive technology": ('<img src="lake.jpg" aria-hidden="true">', "hidden-from-everyone"),
    "a pixel": ('<img src="a.gif" width="1" height="1">', "spacer"),
    "a pixel with units": ('<img src="a.gif" width="1px" height="1px">', "spacer"),
    "a pixel by style": ('<img src="a.png" style="width:1px;height:1px">', "spacer"),
    "no size at all": ('<img src="a.png" width="0" height="0">', "spacer"),
    "a pixel from elsewhere": ('<img src="https://a.example/c.gif" width=1 height=1>', "tracking-pixel"),
    "a visitor counter": (
        '<img src="https://www.facebook.com/tr?id=1&ev=PageView&noscript=1">',
        "tracking-pixel",
    ),
    "a counter without scheme": ('<img src="//mc.yandex.ru/watch/12345">', "tracking-pixel"),
    "a counter of one's own": (
        '<img src="https://stats.example.org/matomo.php?idsite=1&rec=1">',
        "tracking-pixel",
    ),
    "the text of the link": ('<a href="/t"><img src="tent.jpg"> Tents</a>', "beside-link-text"),
    "the heading and text of a card": (
        '<a href="/a"><img src="lake.jpg"><h3>Three days at the lake</h3><p>We packed the tents on Friday, '
        "drove up the valley and found the shore covered with snow, and nobody there but us.</p></a>",
        "beside-link-text",
    ),
    "the text of the link before": (
        '<a href="/tents">Our tents <img src="tents.png"></a>',
        "beside-link-text",
    ),
}


@pytest.mark.parametrize(("markup", "reason"), PROVEN.values(), ids=PROVEN)
def test_proof_makes_an_image_decorative(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.DECORATIVE, reason)


@pytest.mark.parametrize(("markup", "reason"), PROVEN.values(), ids=PROVEN)
def test_proof_is_enough_to_write_unattended(markup, reason):
    found = verdict(markup)
    assert (found.alternative, found.certain) == ("", True)


LIKELY = {
    "a spacer by its name": ('<img src="/img/spacer.gif">', "spacer"),
    "a blank gif": ('<img src="blank.gif" class="sprite sprite-user">', "spacer"),
    "a transparent pixel by its name": ('<img src="transparent-1x1.png">', "spacer"),
    "the stand-in of lazy loading": (f'<img src="{BLANK}">', "spacer"),
    "a divider": ('<img src="divider.png">', "divider"),
    "a numbered divider": ('<img src="blue-divider-2.svg">', "divider"),
    "a section separator": ('<img src="assets/section-separator.png">', "divider"),
    "a flourish": ('<img src="flourish.svg">', "divider"),
    "a divider by its class": ('<img src="line3.svg" class="divider">', "divider"),
    "an icon before its text": ('<p><img src="icons/phone.svg"> 555 0100</p>', "icon-beside-text"),
    "an icon by its class": (
        '<li><img src="a.svg" class="icon icon-check"> Free of charge</li>',
        "icon-beside-text",
    ),
    "an icon by its name": ("<p><img src=clock-icon.png> Open until six</p>", "icon-beside-text"),
    "a file name that the text repeats": ('<p><img src="red-fox.jpg"> The red fox</p>', "text-says-it"),
    "an avatar beside its name": ('<div><img class="avatar" src="u/17.png"> Kim Doe</div>', "text-says-it"),
}


@pytest.mark.parametrize(("markup", "reason"), LIKELY.values(), ids=LIKELY)
def test_evidence_suggests_an_empty_alternative_to_a_person(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.DECORATIVE, reason)
    assert (found.alternative, found.certain) == ("", False)


NOT_DECORATIVE = {
    "a photograph": '<img src="lake.jpg">',
    "a small photograph": '<img src="lake.jpg" width="120" height="80">',
    "the proportions of a responsive photograph": '<img src="lake.jpg" width="3" height="2">',
    "a lazy photograph with a pixel for a stand-in": f'<img src="{BLANK}" data-src="lake.jpg">',
    "one short side": '<img src="panorama.jpg" width="1">',
    "a percentage": '<img src="lake.jpg" width="1%" height="1%">',
    "a big picture from elsewhere": '<img src="https://cdn.example/lake.jpg" width="640" height="480">',
    "a page about counters": '<img src="/facebook.com/tracks.jpg">',
    "a dog with a border in its name": '<img src="border-collie.jpg">',
    "a train with a bullet in its name": '<img src="bullet-train.jpg">',
    "a road corner": '<img src="street-corner-cafe.jpg">',
    "a clear lake": '<img src="clear-lake.jpg">',
    "a blank wall": '<img src="blank-wall.jpg">',
    "a pixel phone": '<img src="pixel-8-phone.jpg">',
    "a shadow theatre": '<img src="shadow-theatre.jpg">',
    "a table of leather texture": '<img src="leather-texture-sofa.jpg">',
    "the frame that a CSS framework draws": '<img src="lake.jpg" class="border shadow rounded">',
    "rounded corners": '<img src="lake.jpg" class="rounded-corner bg-white">',
    "somebody who spins wool": '<img src="spinner-in-the-workshop.jpg">',
    "a lorry that is being loaded": '<img src="loading.jpg">',
    "an iconic building": '<p><img src="iconic-tower.jpg"> The old town</p>',
    "a photograph in a paragraph": '<p><img src="lake.jpg"> We went there in June and stayed for a week.</p>',
    "a caption that says more": (
        '<figure><img src="red-fox.jpg"><figcaption>At dawn, a red fox waits beside the frozen '
        "brook behind our house for the mice to come out</figcaption></figure>"
    ),
    "a caption that says something else": (
        '<figure><img src="red-fox.jpg"><figcaption>Photo: Kim Doe</figcaption></figure>'
    ),
    "a file named by a number": "<p><img src=1234.jpg> 1234</p>",
    "a hero image": '<img class="hero" src="harbour-at-dusk.jpg">',
    "a product": '<img class="product-image" src="walking-boots.jpg">',
    "a picture in a repository": '<img src="https://github.com/kim/lakes/raw/main/lake.png">',
    "a picture in a comment": '<img src="https://user-images.githubusercontent.com/1/2-3.png">',
    "a photograph of its author alone": '<div class="bio"><img src="kim-doe.jpg"></div>',
}


@pytest.mark.parametrize("markup", NOT_DECORATIVE.values(), ids=NOT_DECORATIVE)
def test_what_only_looks_decorative_is_not(markup):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.INFORMATIVE, "no-other-purpose")
    assert (found.alternative, found.certain) == (None, False)


UNDECIDED_BESIDE_TEXT = {
    "in a link that counts": '<a href="/a"><img src="lake.jpg"> 12</a>',
    "in a link that a template fills in": '<a href="/a"><img src="lake.jpg"> {{ title }}</a>',
    "in a link that spells an address": '<a href="/a"><img src="lake.jpg"> https://a.example/a</a>',
    "in a link that says read more": '<a href="/a"><img src="lake.jpg"> Read more</a>',
    "of a chart beside a text": '<a href="/report"><img src="sales-chart.png"> Annual report</a>',
}


@pytest.mark.parametrize("markup", UNDECIDED_BESIDE_TEXT.values(), ids=UNDECIDED_BESIDE_TEXT)
def test_an_image_beside_link_text_that_may_say_more_is_left_for_a_person(markup):
    assert not verdict(markup).certain


UNCLEAR = {
    "an emoji alone": ('<p><img class="emoji" src="1f642.svg"></p>', "icon"),
    "a smiley of a blog": ('<p><img class="wp-smiley" src="simple-smile.png"></p>', "icon"),
    "a spinner": ('<img src="ajax-loader.gif">', "icon"),
    "a flag without its language": ('<img src="flags/de.png" width="16" height="11">', "icon"),
    "a file name that the caption repeats": (
        '<figure><img src="ada-lovelace.jpg"><figcaption>Ada Lovelace</figcaption></figure>',
        "caption-says-it",
    ),
    "an icon whose word is far away in its sentence": (
        "<p>Open the trash if you need to: use <img src='trash-icon.png'> in the tool bar or the menu.</p>",
        "icon",
    ),
    "an avatar by its class": ('<div><img class="avatar" src="/u/17.jpg"></div>', "avatar"),
    "an avatar by its address": (
        '<img src="https://avatars1.githubusercontent.com/u/17?s=256&v=4">',
        "avatar",
    ),
    "an avatar by the name of its account": ('<img src="https://github.com/pomber.png?size=200">', "avatar"),
    "an avatar by its service": ('<img src="https://secure.gravatar.com/avatar/0bc83cb?s=96">', "avatar"),
}


@pytest.mark.parametrize(("markup", "reason"), UNCLEAR.values(), ids=UNCLEAR)
def test_what_a_picture_stands_for_is_asked_of_a_person(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason, found.certain) == (Purpose.UNCLEAR, reason, False)


TELLING = {
    "a file type": '<a href="a.pdf">Annual report <img src="pdf.png"></a>',
    "a link that leaves the site": '<a href="https://a.example">Our partner <img src="external.svg"></a>',
}


@pytest.mark.parametrize("markup", TELLING.values(), ids=TELLING)
def test_an_icon_that_adds_to_the_words_of_a_link_is_not_decorative(markup):
    found = verdict(markup)
    assert found.purpose is Purpose.FUNCTIONAL
    assert found.alternative != ""
    assert not found.certain


def test_an_icon_that_repeats_the_words_of_a_link_is_decorative():
    assert verdict('<a href="a.pdf"><img src="pdf.png"> Report (PDF)</a>').purpose is Purpose.DECORATIVE


@pytest.mark.parametrize(
    "markup", ["<input type=image alt='' src=go.png>", "<map><area href=a alt=''></map>"]
)
def test_what_does_something_cannot_be_decorative(markup):
    assert verdict(markup).purpose is Purpose.FUNCTIONAL


def test_a_tiny_image_that_is_all_of_a_link_is_not_decorative():
    assert verdict('<a href="/"><img src="a.gif" width=1 height=1></a>').purpose is Purpose.FUNCTIONAL


WORDS = {
    "a button in an instruction": "<p>Press the <img src='render.png'> button to see it.</p>",
    "a button named in brackets": "<p>Click <img src='a17.png'> (Configuration), then wait.</p>",
    "a toolbar icon": "<li>Use <img src='images/icon-17.png' width=20> or the keyboard</li>",
    "a sign before a comma": "<p>Look for <img src='arrow-12.png'>, then turn.</p>",
}


@pytest.mark.parametrize("markup", WORDS.values(), ids=WORDS)
def test_an_image_that_stands_for_a_word_of_a_sentence_is_left_for_a_person(markup):
    found = verdict(markup)
    assert found.reason in {"within-sentence", "icon"}
    assert (found.purpose, found.certain) == (Purpose.UNCLEAR, False)


NO_WORDS = {
    "a picture between two sentences": "<p>We went to the lake. <img src='lake.jpg'> It was cold.</p>",
    "a picture after a colon": "<p>This is the lake: <img src='lake.jpg'> it was cold.</p>",
    "a picture at the beginning": "<p><img src='lake.jpg'> we went there in June, all of us.</p>",
    "a picture at the end": "<p>We went to the lake <img src='lake.jpg'></p>",
    "a wide picture": "<p>We went <img src='lake.jpg' width='480'> to the lake.</p>",
    "a picture in a block of its own": "<p>We went to</p><div><img src='lake.jpg'></div><p>the lake.</p>",
    "a picture between names": "<p>Lake <img src='lake.jpg'> River</p>",
}


@pytest.mark.parametrize("markup", NO_WORDS.values(), ids=NO_WORDS)
def test_a_picture_near_sentences_is_no_word_of_them(markup):
    assert verdict(markup).reason == "no-other-purpose"


@pytest.mark.parametrize(
    ("markup", "suggestion"),
    [
        ('<p>Empty the <img src="icons/trash.png"> trash.</p>', ""),
        ('<p>Empty it with <img src="icons/trash.png"> at the top.</p>', "Trash"),
        ('<p>Show the trash bin and use <img src="icons/trash.png"> at its top.</p>', "Trash"),
        ('<p>Use <img src="menu-icon.png"> at the top.</p>', "Menu"),
        ('<p>Use <img src="icon-menu.png"> at the top.</p>', "Menu"),
        ('<p>See <img src="demo-icon-flipped.png"> at the top.</p>', None),
    ],
)
def test_an_icon_in_a_sentence_is_decorative_only_if_its_word_is_there(markup, suggestion):
    found = verdict(markup)
    assert (found.alternative, found.certain) == (suggestion, False)


def test_directives_beside_an_image_are_no_text():
    found = purpose.classify(alttext.find_images("![](img/net.svg)\n:label:`fig_net`", "markdown")[0])
    assert found.reason == "no-other-purpose"
