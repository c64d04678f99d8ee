"""Images of text, badges and logos by their markup, and photographs of other things."""

import pytest

import alttext
from alttext import purpose
from alttext.types import Purpose


def verdict(markup):
    return purpose.classify(alttext.find_images(markup)[0])


TEXT = {
    "a logo": ('<img src="logo.svg">', "logo"),
    "a logo with its owner": ('<img src="/img/acme-logo-white.png">', "logo"),
    "a logo by its class": ('<img src="a.png" class="site-logo">', "logo"),
    "a logo in a brand block": ('<div class="navbar-brand"><img src="a.png"></div>', "logo"),
    "a logo in a folder of logos": ('<img src="/logos/acme.svg">', "logo"),
    "a sponsor in a list of logos": (
        '<ul class="logos"><li><img src="sponsors/acme.png"></li></ul>',
        "logo",
    ),
    "a wordmark": ('<img src="wordmark.svg">', "logo"),
    "a badge": ('<img src="https://img.shields.io/badge/build-passing-green">', "image-of-text"),
    "a banner": ('<img src="summer-sale-banner.png">', "image-of-text"),
    "a certificate": ('<img src="certificate.jpg">', "image-of-text"),
    "a quote": ('<img src="quote.png">', "image-of-text"),
    "a stop sign": ('<img src="stop-sign.jpg">', "image-of-text"),
    "a letter": ('<img src="scanned-letter.jpg">', "image-of-text"),
    "a slide": ('<img src="keynote-slide.png">', "image-of-text"),
    "a snippet of code": ('<img src="python-code.png">', "image-of-text"),
    "a code to scan": ('<img src="qr-code.png">', "qr-code"),
    "a code to scan from a service": (
        '<img src="https://api.qrserver.com/v1/create-qr-code/?data=x">',
        "qr-code",
    ),
}


@pytest.mark.parametrize(("markup", "reason"), TEXT.values(), ids=TEXT)
def test_an_image_of_text_is_left_for_a_person(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.TEXT, reason)
    assert not found.certain


PHOTOGRAPHS = {
    "a banner in the wind as a photograph": '<img src="banner.jpg">',
    "a menu": '<img src="menu-tasting-evening.jpg">',
    "the collar of a branded animal": '<img src="branding-cattle.jpg">',
    "a logotherapist": '<img src="logotherapist.jpg">',
    "a logger": '<img src="logging-camp.jpg">',
    "a letterbox": '<img src="letterbox.jpg">',
    "letters that somebody writes": '<img src="letter-writing-desk.jpg">',
    "a codebreaker": '<img src="codebreaker-at-work.jpg">',
    "people in a dress code": '<img src="dress-code.jpg">',
    "a scanner": '<img src="scanner.jpg">',
    "a scan that is no page": '<img src="brain-scan.jpg">',
    "people who speak with their hands": '<img src="sign-language.jpg">',
    "a signal": '<img src="signal-box.jpg">',
    "a bird": '<img src="secretary-bird.jpg">',
    "a poster of a video": '<img src="video-poster.jpg">',
    "a man who quotes": '<img src="unquoted.jpg">',
    "a badger": '<img src="badger.jpg">',
    "a header": '<img src="header.jpg">',
    "a photograph about text": '<img src="texting-while-walking.jpg">',
    "a title fight": '<img src="title-fight.jpg">',
    "a memorial": '<img src="memorial.jpg">',
    "a product in a shop": '<div class="product"><img src="boots.jpg"></div>',
}


@pytest.mark.parametrize("markup", PHOTOGRAPHS.values(), ids=PHOTOGRAPHS)
def test_a_photograph_of_something_with_such_a_word_in_it_is_informative(markup):
    assert verdict(markup).purpose is Purpose.INFORMATIVE


@pytest.mark.parametrize("size", ["width=25 height=20", "width=21"])
def test_a_button_as_small_as_an_icon_holds_no_words(size):
    assert verdict(f"<p>Press <img src='render-button.png' {size}> now.</p>").reason == "icon"


SUGGESTED = {
    "from its file name": ('<img src="acme-logo.png">', "Acme logo"),
    "from its file name, spelled as in the title of the page": (
        "<title>About ACME</title><img src='acme-logo.png'>",
        "ACME logo",
    ),
    "without what only tells about the file": ('<img src="acme-logo-white-2x.png">', "Acme logo"),
    "of a static badge": ('<img src="https://img.shields.io/badge/build-passing-green">', "build: passing"),
    "of a badge of known words": (
        '<img src="https://github.com/o/r/actions/workflows/ci.yml/badge.svg">',
        "build status",
    ),
    "with an acronym in capital letters": ("<img src='cncf-logo.png'>", "CNCF logo"),
    "but not where nothing says whose logo it is": ('<img src="logo.png">', None),
    "but not for pictures of text": ('<img src="certificate.jpg">', None),
    "without an English word in another language": ('<html lang="de"><img src="acme-logo.png">', "Acme"),
}


@pytest.mark.parametrize(("markup", "suggestion"), SUGGESTED.values(), ids=SUGGESTED)
def test_the_words_of_a_logo_or_badge_are_suggested(markup, suggestion):
    assert verdict(markup).alternative == suggestion


def test_the_logo_of_a_site_is_named_by_the_title_of_the_page():
    markup = "<title>Tents | Acme Camping</title><header><img src='logo.png'></header>"
    assert verdict(markup).alternative == "Acme Camping logo"


def test_a_logo_beside_the_name_of_its_owner_in_a_link_is_decorative():
    found = verdict('<a href="/"><img src="acme-logo.png"> Acme</a>')
    assert (found.purpose, found.alternative, found.certain) == (Purpose.DECORATIVE, "", True)


def test_a_logo_beside_other_words_in_a_link_is_left_for_a_person():
    assert not verdict('<a href="/press"><img src="acme-logo.png"> Press releases</a>').certain
