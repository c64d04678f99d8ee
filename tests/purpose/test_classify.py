"""The order of the questions, the ids of what is missing, and the caution that pixels add."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alttext
from alttext import purpose
from alttext.rules import RULES
from alttext.types import Classification, Context, ImageKind, ImageRef, Link, Purpose, Span

MEDIA = tomllib.loads((Path(__file__).parents[2] / "vocab" / "medium.toml").read_text(encoding="utf-8"))
PARENT = {name: root for root, below in MEDIA.items() for name in below}
INFORMATIVE = Classification(Purpose.INFORMATIVE, "no-other-purpose")


def verdict(markup):
    return purpose.classify(alttext.find_images(markup)[0])


def root(medium):
    above = PARENT[medium]
    return medium if above == "roots" else root(above)


ORDER = {
    "an author's mark before a link": ('<a href="/l"><img src="l.jpg" alt=""></a>', "marked-decorative"),
    "an author's mark before a chart": ('<img src="chart.png" alt="">', "marked-decorative"),
    "an author's mark before a logo": ('<img src="logo.png" role="none">', "presentational-role"),
    "a link before a chart": ('<a href="/r"><img src="chart.png"></a>', "sole-content-of-link"),
    "a link before a logo": ('<a href="/"><img src="logo.png"></a>', "sole-content-of-link"),
    "a link before a spacer": ('<a href="/l"><img src="spacer.gif"></a>', "sole-content-of-link"),
    "a link before a pixel": ('<a href="/l"><img src="a.gif" width=1 height=1></a>', "sole-content-of-link"),
    "a button before an icon": ('<button><img src="icon.svg"></button>', "sole-content-of-button"),
    "a pixel before a chart": ('<img src="chart.gif" width=1 height=1>', "spacer"),
    "a visitor counter before a template": ('<img src="//mc.yandex.ru/watch/{{ id }}">', "tracking-pixel"),
    "a chart before link text": ('<a href="/r"><img src="chart.png"> Report</a>', "chart"),
    "a chart before an icon": ('<p><img src="chart.png" width="16" height="16"> Report</p>', "chart"),
    "a chart before the caption that says it": (
        '<figure><img src="sales-chart.png"><figcaption>Sales chart</figcaption></figure>',
        "chart",
    ),
    "link text before a photograph": ('<a href="/l"><img src="l.jpg"> Lakes</a>', "beside-link-text"),
    "a logo before an icon": ('<img src="logo.svg" width="16" height="16">', "logo"),
    "a template after all": ('<img src="{{ lake }}">', "template-expression"),
    "nothing but a picture": ('<img src="l.jpg">', "no-other-purpose"),
}


@pytest.mark.parametrize(("markup", "reason"), ORDER.values(), ids=ORDER)
def test_the_questions_have_an_order(markup, reason):
    assert verdict(markup).reason == reason


def test_the_verdict_does_not_depend_on_an_author_having_written_words():
    for markup, reason in ORDER.values():
        if "alt=" not in markup:
            assert verdict(markup.replace("<img ", '<img alt="Words" ')).reason == reason


def test_find_images_tells_the_verdict():
    ref = alttext.find_images('<a href="/"><img src="logo.png"></a>')[0]
    assert (ref.purpose, ref.reason) == (Purpose.FUNCTIONAL, "sole-content-of-link")


NAMES = ["lake", "sales-chart", "acme-logo", "spacer", "menu", "icons/x", "IMG_1", "{{ x }}"]
SUFFIXES = [".jpg", ".png", ".svg", ".gif", ""]
ATTRIBUTES = ["", "class=icon", "width=1 height=1", "alt=''", "role=none", "aria-label=x", "usemap=#m"]
PLACES = [
    "{}",
    "<a href=/l>{}</a>",
    "<a href=/l>{} Lakes</a>",
    "<button>{}</button>",
    "<figure>{}<figcaption>Lake</figcaption></figure>",
    "<p hidden>{}</p>",
    "<p>{} Lake</p>",
]


@given(*map(st.sampled_from, (NAMES, SUFFIXES, ATTRIBUTES, PLACES)))
def test_every_verdict_keeps_the_promises_of_its_purpose(stem, suffix, attributes, place):
    found = verdict(place.format(f'<img src="{stem}{suffix}" {attributes}>'))
    assert found.reason in RULES
    assert found.alternative is not None or not found.certain
    if found.purpose is Purpose.DECORATIVE:
        assert not found.alternative
    if found.purpose in {Purpose.INFORMATIVE, Purpose.COMPLEX, Purpose.TEXT, Purpose.UNCLEAR}:
        assert not found.certain


MISSING = {
    "an image": ('<img src="a.jpg">', "missing-alt"),
    "an image in a link": ('<a href="/l"><img src="a.jpg"></a>', "missing-alt"),
    "an image with an empty title": ('<img src="a.jpg" title="">', "missing-alt"),
    "an image labelled by nothing": ('<img src="a.jpg" aria-labelledby="none">', "missing-alt"),
    "an image button": ('<form><input type="image" src="a.png"></form>', "missing-input-alt"),
    "an area": ('<map><area href="/l"></map>', "missing-area-alt"),
    "a drawing": ('<svg role="img"></svg>', "missing-svg-name"),
    "an element with an image role": ('<div role="img"></div>', "missing-role-img-name"),
    "an object": ('<object data="a.png"></object>', "missing-object-name"),
    "an object with content, which names nothing": (
        '<object data="a.png">A lake</object>',
        "missing-object-name",
    ),
    "an object of sound": ('<object data="a.mp3"></object>', "missing-object-name"),
    "an embedded image": ('<embed src="a.png">', "missing-object-name"),
}


@pytest.mark.parametrize(("markup", "rule"), MISSING.values(), ids=MISSING)
def test_each_kind_of_image_has_its_own_problem(markup, rule):
    assert purpose.problem(alttext.find_images(markup)[0]) == rule


NOTHING_MISSING = {
    "a hidden image": '<img src="a.jpg" hidden>',
    "an image that is not displayed": '<div style="display: none"><img src="a.jpg"></div>',
    "an image hidden from assistive technology": '<div aria-hidden="true"><img src="a.jpg"></div>',
    "a hidden button": '<form><input type="image" src="a.png" style="display:none"></form>',
    "a drawing with a title": '<svg role="img"><title>A lake</title></svg>',
    "a drawing without a role": "<svg><path/></svg><img src=a.jpg alt='A lake'>",
    "an object with a title": '<object data="a.png" title="A lake"></object>',
    "an object of sound with a label": '<object data="a.mp3" aria-label="The surf"></object>',
    "an image button with a label": '<label for="go">Go</label><input id="go" type="image" src="a.png">',
    "an image button in a label": '<label>Go <input type="image" src="a.png"></label>',
    "an area with an alternative": '<map><area href="/l" alt="Lakes"></map>',
    "a decorative image": '<img src="a.jpg" alt="">',
    "an image that a comment marks": '<!-- alttext: decorative --><img src="a.jpg">',
}


@pytest.mark.parametrize("markup", NOTHING_MISSING.values(), ids=NOTHING_MISSING)
def test_what_is_named_marked_or_hidden_misses_nothing(markup):
    assert purpose.problem(alttext.find_images(markup)[0]) is None


@pytest.mark.parametrize("medium", PARENT)
def test_only_photographs_and_artworks_stay_informative(medium):
    found = purpose.refine(INFORMATIVE, medium)
    assert (found.purpose is Purpose.INFORMATIVE) is (root(medium) in {"photograph", "artwork"})
    assert found.reason in RULES
    assert (found.alternative, found.certain) == (None, False)


SPECIAL = {
    "bar-chart": "chart",
    "treemap": "chart",
    "flow-chart": "diagram",
    "map": "map",
    "screenshot": "screenshot",
    "equation": "equation",
    "logo": "logo",
    "icon": "icon",
    "text": "image-of-text",
    "barcode": "qr-code",
    "x-ray": "not-a-photograph",
    "micrograph": "not-a-photograph",
    "something-new": "not-a-photograph",
}


@pytest.mark.parametrize(("medium", "reason"), SPECIAL.items())
def test_the_medium_tells_the_reason(medium, reason):
    assert purpose.refine(INFORMATIVE, medium).reason == reason


def test_pixels_do_not_overrule_what_the_author_has_said():
    found = verdict('<img src="lake.jpg" fig-alt="A chart of the lake">')
    assert purpose.refine(found, "photograph") is purpose.refine(found, "chart") is found


def test_pixels_that_nobody_looked_at_change_nothing():
    assert purpose.refine(INFORMATIVE, "") is INFORMATIVE


@pytest.mark.parametrize(
    "markup", [markup for markup, reason in ORDER.values() if reason != "no-other-purpose"]
)
@pytest.mark.parametrize("medium", ["photograph", "chart", "logo"])
def test_pixels_never_make_a_verdict_bolder(markup, medium):
    found = verdict(markup)
    assert purpose.refine(found, medium) is found


CERTAIN = {
    "a link beside another link to the same place": (
        '<p><a href="/l"><img src="a.jpg"></a> <a href="/l">All lakes</a></p>'
    ),
    "a link under a heading": '<a href="/l"><img src="a.jpg"></a><h2><a href="/l">Lakes</a></h2>',
    "an area": '<map><area href="/north"></map><p><a href="/north">The north</a></p>',
    "a link with text": '<a href="/l"><img src="a.jpg"> All lakes</a>',
    "a named link": '<a href="/l" aria-label="Lakes"><img src="a.jpg"></a>',
    "a named button": '<button aria-label="Close"><img src="x.svg"></button>',
    "a pixel": '<img src="a.gif" width="1" height="1">',
    "a counter": '<img src="https://www.facebook.com/tr?id=1">',
}


@pytest.mark.parametrize("markup", CERTAIN.values(), ids=CERTAIN)
def test_what_is_written_unattended_is_no_problem_afterwards(markup):
    assert verdict(markup).certain
    after = alttext.rewrite(markup, "html", lambda ref: purpose.classify(ref).alternative)
    assert after != markup
    assert {purpose.problem(ref) for ref in alttext.find_images(after)} == {None}


ODD = st.text(max_size=60) | st.sampled_from(
    ["//[", "http://[::1", "//a\\b", "?cht=tx", "/_next/image?url=%5B", "data:image/gif;base64,=", "#", "{{"]
)  # fmt: skip


@given(src=ODD, target=ODD, text=ODD, alt=st.none() | ODD, value=ODD)
def test_nothing_in_a_document_is_too_odd_for_a_verdict(src, target, text, alt, value):
    link = Link(target, text=text, name=value, sole=not (text or value), destination=text)
    context = Context(link=link, caption=text, heading=value, before=value, after=text, title=value)
    attributes = (("class", value), ("style", value), ("width", value), ("height", text))
    for kind in ImageKind:
        ref = ImageRef(Span(0, 1), kind, src, alt, None, (src,), attributes=attributes, context=context)
        found = purpose.classify(ref)
        assert found.reason in RULES
        assert found.alternative is not None or not found.certain
        assert purpose.problem(ref) in {None, *RULES}
