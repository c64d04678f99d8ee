"""Judged by djLint, which looks at the tags of pages and templates: both miss the same alternatives.

Its rule H013 is a pattern for img without alt: https://www.djlint.com/docs/linter/
"""

import pytest

from tests.oracles import judging, kinds

djlint = pytest.importorskip("djlint.api", reason="no djLint: `pip install djlint`")

ONLY_DJLINT = {
    # Named by other attributes, which are names to browsers as well:
    # https://www.w3.org/TR/html-aam-1.0/#img-element-accessible-name-computation
    "sound: a title",
    "sound: a title as all of a link",
    "sound: a label",
    "sound: a label elsewhere",
    "sound: a hidden label elsewhere",
    # Marked as decorative by other attributes.
    "sound: a decorative role",
    "sound: a decorative role by its short name",
    "sound: a decorative role and a title",
    "sound: an unknown role before a decorative one",
    # Not perceived by anybody.
    "sound: hidden from assistive technology",
    "sound: hidden",
    "sound: not displayed",
    "sound: invisible",
    "sound: within something hidden",
    "sound: within something not displayed",
    # A part of an image that has a name.
    "sound: an image within an image",
}
LEFT_ALONE = {
    # Not shown as long as scripts run; `include` asks for them.
    "kept: a template",
    "kept: again without scripts",
    # The author has asked for it, in words that djLint does not know.
    "kept: a request to ignore it",
}
ONLY_ALTTEXT = {
    # Other elements than img, of which the rule does not speak.
    "unsaid: an image by its old name",
    "unsaid: an image button",
    "unsaid: an image button with a value",
    "unsaid: an image button in capitals",
    "unsaid: an area",
    "unsaid: a drawing",
    "unsaid: a drawing as all of a link",
    "unsaid: a drawing by another name",
    "unsaid: a drawing with an empty title",
    "unsaid: a drawing with the title of a part",
    "unsaid: a drawing with words",
    "unsaid: a part of a drawing",
    "unsaid: a picture in a drawing",
    "unsaid: a document of graphics",
    "unsaid: a document of graphics by its role",
    "unsaid: a symbol",
    "unsaid: a symbol by its role",
    "unsaid: a role",
    "unsaid: a role by another name",
    "unsaid: a role with words",
    "unsaid: a role with an empty label",
    "unsaid: a role with an image that is described",
    "unsaid: a canvas",
    "unsaid: a page in the role of an image",
    "unsaid: an object",
    "unsaid: an object of a stated type",
    "unsaid: an object with an image in it",
    "unsaid: an object with words in it",
    "unsaid: an embedded image",
    "kept: an object that plays sound",
    # The alternative is there, and what it says is not looked at.
    *(kinds.HTML.group("poor") - {"poor: a decorative role as all of a link"}),
    # There in some cases, which the rule takes for all.
    "template, unsaid: a condition around an alternative",
    # Comments of templates, which alttext reads as the HTML that they contain.
    "template, unsaid: a comment",
    "template, unsaid: a comment in a block",
}
NAMES = kinds.HTML.names + kinds.TEMPLATES.names
KNOWN = kinds.HTML.group("unsaid", "poor", "kept") | kinds.TEMPLATES.group("template, unsaid")


def judge(folder):
    config = djlint.load_config(folder)
    for path in sorted(folder.rglob("*.html")):
        for found in djlint.lint_text(config, path.read_bytes().decode()):
            yield judging.Seen(path.relative_to(folder).as_posix(), found.code, found.line, found.column + 1)


@pytest.fixture(name="judged", scope="module")
def fixture_judged(fixed_site):
    return judging.judged(fixed_site, judge, "H013")


@pytest.mark.parametrize("name", NAMES)
def test_djlint_and_alttext_agree_or_differ_for_a_reason(judged, name):
    assert (name in judged.missed()) is (name in (KNOWN - ONLY_ALTTEXT) | ONLY_DJLINT)


def test_every_alternative_that_djlint_misses_was_found_to_be_missing(judged):
    assert judged.overlooked() == ONLY_DJLINT


def test_what_djlint_still_misses_was_left_for_a_person(judged):
    assert judged.unexplained() == ONLY_DJLINT | LEFT_ALONE


def test_descriptions_satisfy_djlint(judged):
    assert judged.satisfied() >= {"unsaid: an image", "unsaid: a tag over several lines", "index.html:38"}


def test_djlint_complains_of_nothing_new(judged):
    assert judged.new_rules() == set()
