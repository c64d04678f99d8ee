"""Judged by axe-core in a real browser: pages get better, and both see the same images as problems.

What axe-core means by its rules: https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup
from PIL import Image

import alttext
from alttext.rules import RULES

pytestmark = pytest.mark.slow

SITE = Path(__file__).parents[2] / "examples" / "site"
ABOUT_IMAGES = [
    *("image-alt", "input-image-alt", "area-alt", "role-img-alt", "svg-img-alt", "object-alt"),
    *("image-redundant-alt", "link-name"),
]
SENTENCE = "A thing of beauty."


# A site


class Fixed(NamedTuple):
    """A page of the site before and after, according to axe-core and to alttext."""

    before: list
    result: alttext.FileResult
    after: list


@pytest.fixture(name="fixed", scope="module", params=["index.html", "about.html"])
def fixture_fixed(request, audit, tmp_path_factory):
    site = tmp_path_factory.mktemp("oracle") / "site"
    shutil.copytree(SITE, site)
    page = site / request.param
    before = audit(page, rules=ABOUT_IMAGES).violations
    (result,) = alttext.Pipeline().fix_paths([page])
    return Fixed(before, result, audit(page, rules=ABOUT_IMAGES).violations)


def addresses(seen):
    """The addresses of the pictures in an element that axe-core names."""
    images = BeautifulSoup(seen.html, "lxml").find_all("img")
    return {image[name] for image in images for name in ("src", "data-src") if image.get(name)}


def is_about(finding, seen):
    return not addresses(seen).isdisjoint(finding.image.sources)


def known_to_axe(findings):
    return [finding for finding in findings if RULES[finding.rule].axe]


def test_both_see_the_same_problems_of_a_site(fixed):
    for seen in fixed.before:
        assert any(is_about(finding, seen) for finding in fixed.result.findings), seen
    for finding in known_to_axe(fixed.result.findings):
        rules = {seen.rule for seen in fixed.before if is_about(finding, seen)}
        assert rules.intersection(RULES[finding.rule].axe), finding


def test_a_page_gets_nowhere_worse_and_better_where_something_was_written(fixed):
    before, after = ({(seen.rule, seen.place) for seen in each} for each in (fixed.before, fixed.after))
    assert after <= before
    written = [each for each in fixed.result.findings if each.decision.action is alttext.Action.WRITE]
    assert (after < before) is any(True for _ in known_to_axe(written))


def test_what_a_site_has_left_is_what_was_left_for_a_person(fixed):
    left = [each for each in fixed.result.findings if each.decision.action is alttext.Action.REVIEW]
    for seen in fixed.after:
        assert any(is_about(finding, seen) for finding in left), seen
    for finding in known_to_axe(left):
        assert any(is_about(finding, seen) for seen in fixed.after), finding


# Single elements. "@" becomes the number of the case.

# Nobody has said anything about them.
UNSAID = {
    "an image": '<img src="dot.png">',
    "an image in capitals": '<IMG SRC="dot.png">',
    "an image by its old name": '<image src="dot.png">',
    "an image without a source": "<img>",
    "an empty title": '<img src="dot.png" title="">',
    "an empty label": '<img src="dot.png" aria-label="">',
    "a label that is not there": '<img src="dot.png" aria-labelledby="nowhere">',
    "a label that is empty": '<img src="dot.png" aria-labelledby="L@"><b id="L@"></b>',
    "a description, which is no name": '<img src="dot.png" aria-describedby="D@"><b id="D@">A dog.</b>',
    "a decorative image with focus": '<img src="dot.png" role="presentation" tabindex="0">',
    "a decorative image with an ARIA state": '<img src="dot.png" role="none" aria-live="polite">',
    "a role after the role of an image": '<img src="dot.png" role="img none">',
    "an image as a button": '<img src="dot.png" role="button">',
    "transparency": '<img src="dot.png" style="opacity:0">',
    "an image off screen": '<img src="dot.png" style="position:absolute;left:-999px">',
    "a visible image within something invisible": (
        '<p style="visibility:hidden"><img src="dot.png" style="visibility:visible"></p>'
    ),
    "a decorative container": '<p role="presentation"><img src="dot.png"></p>',
    "a picture": '<picture><source srcset="dot.png"><img src="dot.png"></picture>',
    "a figure with a caption": '<figure><img src="dot.png"><figcaption>A dog.</figcaption></figure>',
    "a single pixel": '<img src="dot.png" width="1" height="1">',
    "all of a link": '<a href="/@"><img src="dot.png"></a>',
    "a drawing as all of a link": '<a href="/@"><svg role="img"></svg></a>',
    "beside the words of a link": '<a href="/@"><img src="dot.png"> Dogs</a>',
    "a named link": '<a href="/@" aria-label="Dogs"><img src="dot.png"></a>',
    "an image button": '<input type="image" src="dot.png">',
    "an image button with a value": '<input type="image" src="dot.png" value="Go">',
    "an area": '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@"></map>',
    "a drawing": '<svg role="img"><rect width="9" height="9"/></svg>',
    "a drawing by another name": '<svg role="image"></svg>',
    "a document of graphics": '<svg role="graphics-document"></svg>',
    "a symbol": '<svg role="graphics-symbol"></svg>',
    "a drawing with an empty title": '<svg role="img"><title> </title></svg>',
    "a drawing with the title of a part": '<svg role="img"><g><title>A leg.</title></g></svg>',
    "a drawing with words": '<svg role="img"><text>A dog.</text></svg>',
    "a part of a drawing": '<svg><g role="img"><rect width="9" height="9"/></g></svg>',
    "a picture in a drawing": '<svg><image role="img" href="dot.png"/></svg>',
    "a role": '<div role="img"></div>',
    "a role by another name": '<div role="image"></div>',
    "a role with words": '<div role="img">A dog.</div>',
    "a role with an empty label": '<div role="img" aria-label=" "></div>',
    "a role with an image that is described": '<div role="img"><img src="dot.png" alt="A dog."></div>',
    "a canvas": '<canvas role="img"></canvas>',
    "a page in the role of an image": '<iframe role="img" src="about:blank"></iframe>',
    "an object": '<object data="dot.png"></object>',
    "an object of a stated type": '<object data="dot.png" type="image/png"></object>',
    "an object with an image in it": '<object data="dot.png"><img src="dot.png" alt="A dog."></object>',
}
# What a person has said, or a mark of decoration, is not enough; it is not replaced unasked.
POOR = {
    "white space": '<img src="dot.png" alt=" ">',
    "white space that does not break": '<img src="dot.png" alt="&nbsp;">',
    "white space and a title": '<img src="dot.png" alt=" " title="A dog.">',
    "an empty alternative as all of a link": '<a href="/@"><img src="dot.png" alt=""></a>',
    "white space as all of a link": '<a href="/@"><img src="dot.png" alt=" "></a>',
    "a title that is not read as all of a link": '<a href="/@"><img src="dot.png" alt="" title="Dogs"></a>',
    "two empty alternatives as all of a link": (
        '<a href="/@"><img src="dot.png" alt=""><img src="dot.png" alt=""></a>'
    ),
    "hidden words beside an empty alternative": (
        '<a href="/@"><img src="dot.png" alt=""><span hidden>Dogs</span></a>'
    ),
    "words hidden from some": '<a href="/@"><img src="dot.png" alt=""><i aria-hidden="true">Dogs</i></a>',
    "a decorative role as all of a link": '<a href="/@"><img src="dot.png" role="presentation"></a>',
    "all of a link to nowhere": '<a href=""><img src="dot.png" alt=""></a>',
    "the words of its link": '<a href="/@"><img src="dot.png" alt="Dogs"> Dogs</a>',
    "the words of its button": '<button><img src="dot.png" alt="Dogs"> dogs</button>',
    "an image button with an empty alternative": '<input type="image" src="dot.png" alt="">',
    "an image button with white space": '<input type="image" src="dot.png" alt=" ">',
    "an image button with a decorative role": '<input type="image" src="dot.png" role="presentation">',
    "an area with an empty alternative": (
        '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@" alt=""></map>'
    ),
}
SOUND = {
    "an alternative": '<img src="dot.png" alt="A dog.">',
    "an empty alternative": '<img src="dot.png" alt="">',
    "no value": '<img src="dot.png" alt>',
    "a title": '<img src="dot.png" title="A dog.">',
    "a label": '<img src="dot.png" aria-label="A dog.">',
    "a label elsewhere": '<img src="dot.png" aria-labelledby="L@"><b id="L@">A dog.</b>',
    "a hidden label elsewhere": '<img src="dot.png" aria-labelledby="L@"><b id="L@" hidden>A dog.</b>',
    "a decorative role": '<img src="dot.png" role="presentation">',
    "a decorative role by its short name": '<img src="dot.png" role="none">',
    "a decorative role and a title": '<img src="dot.png" role="none" title="A dog.">',
    "hidden from assistive technology": '<img src="dot.png" aria-hidden="true">',
    "hidden": '<img src="dot.png" hidden>',
    "not displayed": '<img src="dot.png" style="display:none">',
    "invisible": '<img src="dot.png" style="visibility:hidden">',
    "within something hidden": '<p hidden><img src="dot.png"></p>',
    "within something not displayed": (
        '<p style="display:none"><img src="dot.png" style="visibility:visible"></p>'
    ),
    "a picture": '<picture><source srcset="dot.png"><img src="dot.png" alt="A dog."></picture>',
    "all of a link": '<a href="/@"><img src="dot.png" alt="Dogs"></a>',
    "a title as all of a link": '<a href="/@"><img src="dot.png" title="Dogs"></a>',
    "an empty alternative beside the words of a link": '<a href="/@"><img src="dot.png" alt=""> Dogs</a>',
    "an empty alternative in a named link": '<a href="/@" aria-label="Dogs"><img src="dot.png" alt=""></a>',
    "an empty alternative in a link with a title": '<a href="/@" title="Dogs"><img src="dot.png" alt=""></a>',
    "an empty alternative beside words off screen": (
        '<a href="/@"><img src="dot.png" alt=""><i style="position:absolute;left:-999px">Dogs</i></a>'
    ),
    "an empty alternative beside an alternative": (
        '<a href="/@"><img src="dot.png" alt="Dogs"><img src="dot.png" alt=""></a>'
    ),
    "an empty alternative beside a drawing with a title": (
        '<a href="/@"><svg><title>Dogs</title></svg><img src="dot.png" alt=""></a>'
    ),
    "an empty alternative in a link that leads nowhere": '<a><img src="dot.png" alt=""></a>',
    "an image button": '<input type="image" src="dot.png" alt="Go">',
    "an image button with a title": '<input type="image" src="dot.png" title="Go">',
    "an image button with an empty alternative and a title": (
        '<input type="image" src="dot.png" alt="" title="Go">'
    ),
    "an area": (
        '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area href="/@" alt="There"></map>'
    ),
    "an area that leads nowhere": '<img src="dot.png" alt="A map." usemap="#M@"><map name="M@"><area></map>',
    "a drawing without a role": "<svg></svg>",
    "a drawing with a title": '<svg role="img"><title>A dog.</title></svg>',
    "a drawing with a label": '<svg role="img" aria-label="A dog."></svg>',
    "a hidden drawing": '<svg role="img" aria-hidden="true"></svg>',
    "a role with a label": '<div role="img" aria-label="A dog."></div>',
    "a role with a title": '<div role="img" title="A dog."></div>',
    "an object with a label": '<object data="dot.png" aria-label="A dog."></object>',
    "an object with a title": '<object data="dot.png" title="A dog."></object>',
    "a decorative object": '<object data="dot.png" role="presentation"></object>',
}
ONLY_AXE = {
    # ACT 23a2a8 asks for a name, from wherever; axe-core minds the white space all the same.
    "white space and a label": '<img src="dot.png" alt=" " aria-label="A dog.">',
    # The first role that exists counts: https://www.w3.org/TR/wai-aria-1.2/#introroles
    "an unknown role before a decorative one": '<img src="dot.png" role="unknown none">',
    # The children of an image are presentational: https://www.w3.org/TR/wai-aria-1.2/#img
    "an image within an image": '<div role="img" aria-label="Dogs."><img src="dot.png"></div>',
    # Technique H53, https://www.w3.org/WAI/WCAG22/Techniques/html/H53 : a person has said what it is.
    "an object with words in it": '<object data="dot.png">A dog.</object>',
    # The link lacks a name, and the image that is hidden in it lacks nothing.
    "a hidden image as all of a link": '<a href="/@"><img src="dot.png" aria-hidden="true" alt="Dogs"></a>',
}
ONLY_ALTTEXT = {
    # Not shown until somebody asks for it.
    "what opens on demand": "<details><summary>More</summary><img src='dot.png'></details>",
    # The alternative is required there: https://html.spec.whatwg.org/multipage/input.html#attr-input-alt
    "an image button in a label": '<label>Go <input type="image" src="dot.png"></label>',
    # Values of this attribute are compared without regard to case: https://html.spec.whatwg.org/#attr-input-type
    "an image button in capitals": '<input type="IMAGE" src="dot.png">',
    # Names are required: https://www.w3.org/TR/graphics-aria-1.0/#graphics-document
    "a document of graphics": '<div role="graphics-document"></div>',
    "a symbol": '<div role="graphics-symbol"></div>',
    # Non-text content like any other; axe-core has no rule for it.
    "an embedded image": '<embed type="image/png" src="dot.png">',
    # A link by its role, which the rule of axe-core leaves out.
    "all of a link by its role": '<b role="link" tabindex="0"><img src="dot.png" alt=""></b>',
}
GROUPS = {
    "unsaid": UNSAID,
    "poor": POOR,
    "sound": SOUND,
    "only axe-core": ONLY_AXE,
    "only alttext": ONLY_ALTTEXT,
}
CASES = {
    f"{group}: {name}": (group, markup) for group, cases in GROUPS.items() for name, markup in cases.items()
}
NAMES = list(CASES)
# Described all the same: an alternative within an image does no harm.
WITHIN = "only axe-core: an image within an image"
PAGE = '<!DOCTYPE html><html lang="en"><title>Cases</title><body>\n' + "\n".join(
    f'<div id="{at}">{markup.replace("@", str(at))}</div>' for at, (_, markup) in enumerate(CASES.values())
)


@pytest.fixture(name="by_axe", scope="module")
def fixture_by_axe(audit, tmp_path_factory):
    """The names of the cases of a page in which axe-core sees a problem."""
    folder = tmp_path_factory.mktemp("cases")
    Image.new("RGB", (40, 40), "red").save(folder / "dot.png")

    def run(text):
        (folder / "page.html").write_text(text, encoding="utf-8")
        found = audit(folder / "page.html", rules=ABOUT_IMAGES).violations
        return {NAMES[int(seen.id)] for seen in found if seen.id.isdigit()}

    return run


@pytest.fixture(name="broken_for_axe", scope="module")
def fixture_broken_for_axe(by_axe):
    return by_axe(PAGE)


@pytest.fixture(name="left_for_axe", scope="module")
def fixture_left_for_axe(by_axe):
    return by_axe(alttext.rewrite(PAGE, "html", lambda _: SENTENCE))


@pytest.fixture(name="broken_for_alttext", scope="module")
def fixture_broken_for_alttext():
    about_images = [rule.id for rule in RULES.values() if set(rule.axe) & set(ABOUT_IMAGES)]
    pipeline = alttext.Pipeline(alttext.Settings(select=tuple(about_images)))
    return {NAMES[finding.line - 2] for finding in pipeline.check_text(PAGE).findings}


@pytest.mark.parametrize("name", CASES)
def test_axe_and_alttext_agree_or_differ_for_a_reason(broken_for_axe, broken_for_alttext, name):
    group, _ = CASES[name]
    assert (name in broken_for_axe) is (group in ("unsaid", "poor", "only axe-core"))
    assert (name in broken_for_alttext) is (group in ("unsaid", "poor", "only alttext"))


def test_describing_clears_what_nobody_has_said_anything_about_and_nothing_else(broken_for_axe, left_for_axe):
    assert left_for_axe == broken_for_axe - {f"unsaid: {name}" for name in UNSAID} - {WITHIN}
