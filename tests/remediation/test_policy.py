"""The promises in their order: what is kept, what is left for a person, and what may be written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.remediation.describe import LEAST
from alttext.remediation.policy import decide
from alttext.rules import RULES
from alttext.types import (
    Action,
    Classification,
    Context,
    Decision,
    Description,
    ImageKind,
    ImageRef,
    Purpose,
    Slot,
    Span,
)

REF = ImageRef(Span(0, 17), ImageKind.IMG, "a.jpg", alt=None, slot=Slot(Span(4, 4), "alt"))
GERMAN = replace(REF, context=Context(lang="de-AT"))
PLACEHOLDER = replace(REF, alt="IMG_1234.jpg")

INFORMATIVE = Classification(Purpose.INFORMATIVE, "no-other-purpose")
CERTAIN_EMPTY = Classification(Purpose.DECORATIVE, "tracking-pixel", alternative="", certain=True)
LIKELY_EMPTY = Classification(Purpose.DECORATIVE, "divider", alternative="")

SURE = Description(
    "A dog on a beach.", confidence=1.0, medium="photograph", review=False, reasons=("described",)
)
WEAK = replace(SURE, confidence=0.1, review=True, reasons=("low-confidence",))
IN_GERMAN = replace(SURE, text="Ein Hund an einem Strand.", lang="de")
SILENT = Description(None, medium="photograph", reasons=("low-confidence",))
AUTHOR = Description("Anna's dog", confidence=1.0, review=False, reasons=("author-text",))
AUTHOR_MAYBE = Description("Strand, 2019", reasons=("author-text",))


def with_confidence(confidence: float) -> Description:
    return replace(SURE, confidence=confidence)


# What a person said or marked stays, whatever else is known

KEPT = {
    "words": (replace(REF, alt="My dog"), "author-alt"),
    "words that say nothing": (PLACEHOLDER, "author-alt"),
    "white space": (replace(REF, alt=" "), "author-alt"),
    "a name from elsewhere": (replace(REF, name="My dog", name_from="aria-label"), "author-alt"),
    "an empty alternative": (replace(REF, alt=""), "decorative-alt"),
    "a mark for decorative": (replace(REF, decorative=True), "decorative-alt"),
    "a mark for decorative beside words": (replace(REF, decorative=True, alt="My dog"), "decorative-alt"),
    "an empty alternative beside a name": (replace(REF, alt="", name="My dog"), "decorative-alt"),
    "a comment that asks for it": (replace(REF, suppressed=True), "suppressed"),
    "a comment around words": (replace(REF, suppressed=True, alt="My dog"), "suppressed"),
    "a comment around an empty alternative": (replace(REF, suppressed=True, alt=""), "suppressed"),
    "words in a place that must not be edited": (replace(REF, alt="x", slot=None), "author-alt"),
    "a comment in a place that must not be edited": (
        replace(REF, suppressed=True, slot=None, blocked="jsx-expression"),
        "suppressed",
    ),
}


@pytest.mark.parametrize(("ref", "reason"), KEPT.values(), ids=KEPT)
@pytest.mark.parametrize("classification", [INFORMATIVE, CERTAIN_EMPTY, LIKELY_EMPTY])
@pytest.mark.parametrize("description", [SURE, AUTHOR, None])
def test_what_a_person_left_is_kept(ref, reason, classification, description):
    decision = decide(ref, classification, description, min_confidence=0.0)
    assert decision == Decision(Action.KEEP, reason)


@pytest.mark.parametrize(
    "ref",
    [
        replace(PLACEHOLDER, name="My dog"),
        replace(PLACEHOLDER, decorative=True),
        replace(PLACEHOLDER, suppressed=True),
        replace(REF, alt=""),
        replace(REF, name="My dog"),
    ],
)
def test_leave_to_replace_words_is_no_leave_to_replace_anything_else(ref):
    assert decide(ref, CERTAIN_EMPTY, SURE, may_replace=True).action is Action.KEEP


def test_words_that_say_nothing_are_replaced_with_leave():
    assert decide(PLACEHOLDER, INFORMATIVE, SURE, may_replace=True) == Decision(
        Action.WRITE, "described", SURE.text
    )


# Then places, markup, purpose, language and confidence, each before the next


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        pytest.param(replace(REF, slot=None), "no-other-purpose", id="nowhere to write"),
        pytest.param(
            replace(REF, slot=None, blocked="jsx-expression"), "jsx-expression", id="nowhere, for a reason"
        ),
        pytest.param(
            replace(REF, blocked="alt-becomes-caption"), "alt-becomes-caption", id="somewhere wrong"
        ),
    ],
)
@pytest.mark.parametrize("description", [SURE, AUTHOR, None])
def test_a_place_that_must_not_be_edited_is_left_for_a_person(ref, reason, description):
    assert decide(ref, INFORMATIVE, description) == Decision(Action.REVIEW, reason)


def test_what_the_markup_says_is_suggested_where_it_must_not_be_written():
    ref = replace(REF, blocked="inert-content")
    assert decide(ref, CERTAIN_EMPTY, SURE) == Decision(Action.REVIEW, "inert-content", "")


@pytest.mark.parametrize("description", [SURE, WEAK, SILENT, AUTHOR, None])
@pytest.mark.parametrize("ref", [REF, GERMAN])
@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("alternative", ["", "Search"])
def test_what_the_markup_proves_is_written(ref, purpose, alternative, description):
    proven = Classification(purpose, "beside-link-text", alternative, certain=True)
    assert decide(ref, proven, description) == Decision(Action.WRITE, "beside-link-text", alternative)


def test_a_mark_that_an_element_takes_in_another_attribute_is_left_for_a_person():
    drawing = replace(REF, kind=ImageKind.SVG, slot=Slot(Span(4, 4), "aria-label"))
    decision = decide(drawing, CERTAIN_EMPTY, None)
    assert (decision.action, decision.reason, decision.alt) == (Action.REVIEW, "tracking-pixel", "")
    assert 'aria-hidden="true"' in decision.note
    proven = Classification(Purpose.FUNCTIONAL, "sole-content-of-link", "Home", certain=True)
    assert decide(drawing, proven, None) == Decision(Action.WRITE, "sole-content-of-link", "Home")


def test_certainty_without_an_alternative_writes_nothing():
    certain = Classification(Purpose.FUNCTIONAL, "image-button", alternative=None, certain=True)
    assert decide(REF, certain, SURE) == Decision(Action.REVIEW, "image-button")


@pytest.mark.parametrize("description", [SURE, WEAK, SILENT, AUTHOR, None])
@pytest.mark.parametrize("alternative", [None, "", "About us"])
@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.INFORMATIVE])
def test_only_informative_images_are_described(purpose, alternative, description):
    """The suggestion is what the markup says; what is seen would be the wrong words here."""
    classification = Classification(purpose, "chart", alternative)
    assert decide(REF, classification, description) == Decision(Action.REVIEW, "chart", alternative)


DESCRIBED = {
    "nobody looked": (REF, None, Decision(Action.REVIEW, "no-other-purpose")),
    "sure": (REF, SURE, Decision(Action.WRITE, "described", SURE.text)),
    "just sure enough": (
        REF,
        with_confidence(LEAST),
        Decision(Action.WRITE, "described", SURE.text),
    ),
    "not quite sure enough": (
        REF,
        with_confidence(LEAST - 1e-6),
        Decision(Action.REVIEW, "low-confidence", SURE.text),
    ),
    "sure, but to be seen by a person": (
        REF,
        replace(SURE, review=True, reasons=("sensitive-image",)),
        Decision(Action.REVIEW, "sensitive-image", SURE.text),
    ),
    "to be seen by a person, nobody knows why": (
        REF,
        replace(SURE, review=True, reasons=()),
        Decision(Action.REVIEW, "low-confidence", SURE.text),
    ),
    "weak": (REF, WEAK, Decision(Action.REVIEW, "low-confidence", WEAK.text)),
    "abstained": (REF, SILENT, Decision(Action.REVIEW, "low-confidence")),
    "a chart": (
        REF,
        replace(SILENT, medium="chart", reasons=("not-a-photograph",)),
        Decision(Action.REVIEW, "not-a-photograph"),
    ),
    "no picture": (
        REF,
        Description(None, reasons=("image-not-found",)),
        Decision(Action.REVIEW, "image-not-found"),
    ),
    "abstained without a reason": (
        REF,
        Description(None, review=False),
        Decision(Action.REVIEW, "low-confidence"),
    ),
    "words of its author": (REF, AUTHOR, Decision(Action.WRITE, "author-text", AUTHOR.text)),
    "words of its author, perhaps": (
        REF,
        AUTHOR_MAYBE,
        Decision(Action.REVIEW, "author-text", AUTHOR_MAYBE.text),
    ),
    "words of its author in another language": (
        REF,
        replace(AUTHOR_MAYBE, reasons=("author-text-in-other-language", "author-text")),
        Decision(Action.REVIEW, "author-text-in-other-language", AUTHOR_MAYBE.text),
    ),
    "sure, on a German page": (GERMAN, SURE, Decision(Action.REVIEW, "language-without-vocabulary")),
    "weak, on a German page": (GERMAN, WEAK, Decision(Action.REVIEW, "language-without-vocabulary")),
    "sure, in German on a German page": (
        GERMAN,
        IN_GERMAN,
        Decision(Action.WRITE, "described", IN_GERMAN.text),
    ),
    "sure, in German on an English page": (
        REF,
        IN_GERMAN,
        Decision(Action.REVIEW, "language-without-vocabulary"),
    ),
    "weak, in German on a German page": (
        GERMAN,
        replace(IN_GERMAN, confidence=0.1, review=True, reasons=("low-confidence",)),
        Decision(Action.REVIEW, "low-confidence", IN_GERMAN.text),
    ),
    "abstained, on a German page": (GERMAN, SILENT, Decision(Action.REVIEW, "low-confidence")),
    "without words, on a German page": (
        GERMAN,
        replace(SILENT, reasons=("language-without-vocabulary",)),
        Decision(Action.REVIEW, "language-without-vocabulary"),
    ),
    "no picture, on a German page": (
        GERMAN,
        Description(None, reasons=("image-not-found",)),
        Decision(Action.REVIEW, "image-not-found"),
    ),
    "words of its author, on a German page": (
        GERMAN,
        AUTHOR,
        Decision(Action.WRITE, "author-text", AUTHOR.text),
    ),
    "words of its author, perhaps, on a German page": (
        GERMAN,
        AUTHOR_MAYBE,
        Decision(Action.REVIEW, "author-text", AUTHOR_MAYBE.text),
    ),
}


@pytest.mark.parametrize(("ref", "description", "expected"), DESCRIBED.values(), ids=DESCRIBED)
def test_an_informative_image_is_decided_by_its_description(ref, description, expected):
    assert decide(ref, INFORMATIVE, description) == expected


@pytest.mark.parametrize("case", [*DESCRIBED.values()], ids=[*DESCRIBED])
def test_every_reason_is_in_the_catalogue(case):
    ref, description, _ = case
    assert decide(ref, INFORMATIVE, description).reason in RULES


@pytest.mark.parametrize(
    ("confidence", "least", "action"),
    [
        (0.5, 0.5, Action.WRITE),
        (0.5, 0.4, Action.WRITE),
        (0.99, 1.0, Action.REVIEW),
        (1.0, 1.0, Action.WRITE),
        (0.0, 0.0, Action.WRITE),
        (float("nan"), 0.0, Action.REVIEW),
    ],
)
def test_the_user_says_how_much_confidence_is_needed(confidence, least, action):
    decision = decide(REF, INFORMATIVE, with_confidence(confidence), min_confidence=least)
    assert decision.action is action
    assert decision.alt == SURE.text


def test_words_of_an_author_need_no_confidence():
    unsure = replace(AUTHOR, confidence=0.0)
    assert decide(REF, INFORMATIVE, unsure, min_confidence=1.0).action is Action.WRITE


@pytest.mark.parametrize(
    ("lang", "action"),
    [
        *((lang, Action.WRITE) for lang in ("", "en", "EN", "en-US", "en_GB", "en-Latn-x-house")),
        *((lang, Action.REVIEW) for lang in ("de", "de-en", "enm", "fr-CA", "zh_TW", "x-en", "ang")),
    ],
)
def test_english_is_written_on_english_pages_and_where_nothing_is_declared(lang, action):
    assert decide(replace(REF, context=Context(lang=lang)), INFORMATIVE, SURE).action is action


@pytest.mark.parametrize("lang", ["de", "DE", "de-AT", "de_CH", "de-Latn-DE"])
def test_the_region_of_a_page_does_not_matter(lang):
    assert decide(replace(REF, context=Context(lang=lang)), INFORMATIVE, IN_GERMAN).action is Action.WRITE


# Whatever comes together

texts = st.none() | st.sampled_from(["", " ", "words"])
refs = st.builds(
    ImageRef,
    span=st.just(REF.span),
    kind=st.sampled_from(ImageKind),
    src=st.just("a.jpg"),
    alt=texts,
    slot=st.none() | st.just(REF.slot),
    name=st.sampled_from(["", "", "name"]),
    context=st.builds(Context, lang=st.sampled_from(["", "en", "de"])),
    blocked=st.sampled_from(["", "", "jsx-expression"]),
    decorative=st.booleans(),
    suppressed=st.booleans(),
)
untouched_refs = st.builds(
    replace, st.just(REF), alt=st.none() | st.just("words"), context=refs.map(lambda ref: ref.context)
)
classifications = st.builds(
    Classification,
    purpose=st.sampled_from(Purpose) | st.just(Purpose.INFORMATIVE),
    reason=st.sampled_from(["divider", "image-of-text"]),
    alternative=texts,
    certain=st.booleans(),
)
descriptions = st.none() | st.builds(
    Description,
    text=st.none() | st.just("A dog."),
    confidence=st.floats(0, 1) | st.just(float("nan")),
    review=st.booleans(),
    reasons=st.sampled_from(
        [(), ("described",), ("low-confidence",), ("author-text",), ("text-read",), ("title-read",)]
    ),
)


@given(refs | untouched_refs, classifications, descriptions, st.none() | st.floats(0, 1), st.booleans())
def test_nothing_is_ever_written_against_a_promise(ref, classification, description, least, may_replace):
    decision = decide(ref, classification, description, min_confidence=least, may_replace=may_replace)
    if decision.action is not Action.WRITE:
        return
    assert not any((ref.suppressed, ref.decorative, ref.name))
    assert ref.alt is None or (ref.alt and may_replace)
    assert ref.slot is not None
    assert not ref.blocked
    if classification.certain and classification.alternative is not None:
        assert decision.alt == classification.alternative
        return
    if classification.purpose is not Purpose.INFORMATIVE:
        assert classification == Classification(Purpose.TEXT, "image-of-text", None, classification.certain)
        assert description.reasons == ("text-read",)
    assert decision.alt == description.text is not None
    assert not description.review
    if "author-text" not in description.reasons:
        assert description.confidence >= (LEAST if least is None else least)
        assert ref.context.lang != "de" or "text-read" in description.reasons


@given(refs, classifications, descriptions)
def test_what_is_kept_carries_no_text_and_everything_a_reason(ref, classification, description):
    decision = decide(ref, classification, description)
    assert decision.reason
    assert decision.action is not Action.KEEP or decision.alt is None
