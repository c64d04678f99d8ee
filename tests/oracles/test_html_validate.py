"""Judged by html-validate, which parses pages strictly: both miss the same alternatives.

Its rules: https://html-validate.org/rules/ , here as they are by default: an empty alternative marks an image
as decorative (`allowEmpty` of wcag/h37), and each area needs words of its own (`accessible` of area-alt).
"""

import json

import pytest

from tests.oracles import judging, kinds

RULES = ("wcag/h30", "wcag/h36", "wcag/h37", "area-alt", "text-content")
ONLY_HTML_VALIDATE = {
    # wcag/h37 and wcag/h36 ask for alt itself; its option `alias` could name other attributes, though not
    # for links. They are names to browsers, too: https://www.w3.org/TR/html-aam-1.0/
    "sound: a title",
    "sound: a title as all of a link",
    "sound: a label",
    "sound: a label elsewhere",
    "sound: a hidden label elsewhere",
    "sound: an image button with a title",
    "sound: an image button with an empty alternative and a title",
    "sound: an image button with a label",
    "sound: an image button in a label",
    # The same of wcag/h30 and links.
    "sound: an empty alternative in a link with a title",
    # The first role that exists counts: https://www.w3.org/TR/wai-aria-1.2/#introroles
    "sound: an unknown role before a decorative one",
    # The children of an image are presentational: https://www.w3.org/TR/wai-aria-1.2/#img
    "sound: an image within an image",
}
LEFT_ALONE = {
    # Not shown as long as scripts run; `include` asks for them.
    "kept: a template",
    "kept: again without scripts",
    # The author has asked for it, in words that html-validate does not know.
    "kept: a request to ignore it",
}
ONLY_ALTTEXT = {
    # No rule speaks of these elements.
    "unsaid: an image by its old name",
    "unsaid: a drawing",
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
    "poor: all of a link by its role",
    # Values of this attribute are compared without regard to case: https://html.spec.whatwg.org/#attr-input-type
    "unsaid: an image button in capitals",
    # The mark of decoration does not count with such a state: https://www.w3.org/TR/wai-aria-1.2/#conflict_resolution_presentation_none
    "unsaid: a decorative image with an ARIA state",
    # Descendants can be made visible again: https://www.w3.org/TR/CSS22/visufx.html#visibility
    "unsaid: a visible image within something invisible",
    # White space passes for words.
    "poor: white space",
    "poor: white space that does not break",
    "poor: white space and a title",
    "poor: white space as all of a link",
    "poor: an image button with white space",
    # Words that not everybody is told pass, too.
    "poor: words hidden from some",
    # Words are not compared with others.
    "poor: the words of its link",
    "poor: the words of its button",
}
NEW = {
    # The only place for a name that an object has; axe-core is content with it.
    "aria-label-misuse",
    # Where a page has single quotes, alternatives get them as well.
    "attr-quotes",
}
NAMES = kinds.HTML.names + kinds.TEMPLATES.names
KNOWN = kinds.HTML.group("unsaid", "poor", "kept") | kinds.TEMPLATES.group("template, unsaid")


def judge(folder):
    report = folder.with_suffix(".json")  # what it writes to a pipe ends after 64 kB
    judging.run("html-validate", "bin/html-validate.mjs", "--formatter", f"json={report}", ".", cwd=folder)
    for page in json.loads(report.read_text(encoding="utf-8")):
        path = page["filePath"].removeprefix(f"{folder.resolve()}/")
        for found in page["messages"]:
            yield judging.Seen(path, found["ruleId"], found["line"], found["column"])


@pytest.fixture(name="judged", scope="module")
def fixture_judged(fixed_site):
    return judging.judged(fixed_site, judge, *RULES)


@pytest.mark.parametrize("name", NAMES)
def test_html_validate_and_alttext_agree_or_differ_for_a_reason(judged, name):
    assert (name in judged.missed()) is (name in (KNOWN - ONLY_ALTTEXT) | ONLY_HTML_VALIDATE)


def test_every_alternative_that_html_validate_misses_was_found_to_be_missing(judged):
    assert judged.overlooked() == ONLY_HTML_VALIDATE


def test_what_html_validate_still_misses_was_left_for_a_person(judged):
    assert judged.unexplained() == ONLY_HTML_VALIDATE | LEFT_ALONE


def test_descriptions_satisfy_html_validate(judged):
    assert judged.satisfied() >= {"unsaid: an image", "unsaid: a tag over several lines", "index.html:38"}


def test_html_validate_complains_of_nothing_new_but_of_what_has_a_reason(judged):
    assert judged.new_rules() == NEW
