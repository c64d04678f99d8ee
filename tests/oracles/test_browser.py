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
from tests.oracles import kinds

pytestmark = pytest.mark.slow

SITE = Path(__file__).parents[2] / "examples" / "site"
ABOUT_IMAGES = [
    *("image-alt", "input-image-alt", "area-alt", "role-img-alt", "svg-img-alt", "object-alt"),
    *("image-redundant-alt", "link-name", "button-name"),
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


# Single elements

KNOWN = kinds.HTML.group("unsaid", "poor", "kept")
ONLY_AXE = {
    # ACT 23a2a8 asks for a name, from wherever; axe-core minds the white space all the same.
    "sound: white space and a label",
    # The first role that exists counts: https://www.w3.org/TR/wai-aria-1.2/#introroles
    "sound: an unknown role before a decorative one",
    # The children of an image are presentational: https://www.w3.org/TR/wai-aria-1.2/#img
    "sound: an image within an image",
    # The link lacks a name, and the image that is hidden in it lacks nothing.
    "sound: a hidden image as all of a link",
}
ONLY_ALTTEXT = {
    # Not shown until somebody asks for it.
    "unsaid: what opens on demand",
    # Values of this attribute are compared without regard to case: https://html.spec.whatwg.org/#attr-input-type
    "unsaid: an image button in capitals",
    # Names are required: https://www.w3.org/TR/graphics-aria-1.0/#graphics-document
    "unsaid: a document of graphics by its role",
    "unsaid: a symbol by its role",
    # Non-text content like any other; axe-core has no rule for it.
    "unsaid: an embedded image",
    # A link by its role, which the rule of axe-core leaves out.
    "poor: all of a link by its role",
    # Not shown as long as scripts run.
    "kept: a template",
    "kept: again without scripts",
}
# Described all the same: an alternative within an image does no harm.
WITHIN = "sound: an image within an image"


@pytest.fixture(name="by_axe", scope="module")
def fixture_by_axe(audit, tmp_path_factory):
    """The kinds of images of a page in which axe-core sees a problem, each with the rule."""
    folder = tmp_path_factory.mktemp("cases")
    Image.new("RGB", (40, 40), "red").save(folder / "dot.png")

    def run(text):
        (folder / "page.html").write_text(text, encoding="utf-8")
        found = audit(folder / "page.html", rules=ABOUT_IMAGES).violations
        return {(kinds.HTML.names[int(seen.id)], seen.rule) for seen in found if seen.id.isdigit()}

    return run


@pytest.fixture(name="seen_by_axe", scope="module")
def fixture_seen_by_axe(by_axe):
    return by_axe(kinds.HTML.text)


@pytest.fixture(name="broken_for_axe", scope="module")
def fixture_broken_for_axe(seen_by_axe):
    return {name for name, _ in seen_by_axe}


@pytest.fixture(name="left_for_axe", scope="module")
def fixture_left_for_axe(by_axe):
    return {name for name, _ in by_axe(alttext.rewrite(kinds.HTML.text, "html", lambda _: SENTENCE))}


@pytest.fixture(name="broken_for_alttext", scope="module")
def fixture_broken_for_alttext():
    about_images = [rule.id for rule in RULES.values() if set(rule.axe) & set(ABOUT_IMAGES)]
    pipeline = alttext.Pipeline(alttext.Settings(select=tuple(about_images)))
    findings = pipeline.check_text(kinds.HTML.text).findings
    return {kinds.HTML.name_at(finding.image.span.start) for finding in findings}


@pytest.mark.parametrize("name", kinds.HTML.names)
def test_axe_and_alttext_agree_or_differ_for_a_reason(broken_for_axe, broken_for_alttext, name):
    assert (name in broken_for_axe) is (name in (KNOWN - ONLY_ALTTEXT) | ONLY_AXE)
    assert (name in broken_for_alttext) is (name in KNOWN)


def test_every_rule_of_axe_about_images_has_a_case(seen_by_axe):
    assert {rule for _, rule in seen_by_axe} == set(ABOUT_IMAGES)


def test_describing_clears_what_nobody_has_said_anything_about_and_nothing_else(broken_for_axe, left_for_axe):
    assert left_for_axe == broken_for_axe - kinds.HTML.group("unsaid") - {WITHIN}
