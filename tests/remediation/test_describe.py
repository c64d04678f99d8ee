"""What is said of a ranked picture, and when nothing is said."""

from dataclasses import replace
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.ranking import vocabulary
from alttext.remediation import describe
from alttext.remediation.describe import LEAST, MOOD, Bounds
from alttext.types import Candidate, Context, Ranking, Term, Wording

SURE = 1 - (1 - LEAST) / 20  # so that even a whole sentence of such terms is sure enough
WEAK = 0.9 * LEAST
NOWHERE = Context()


def term(facet: str, phrase: str, *prompts: str, parent: str = "kind", **forms: str) -> Term:
    noun = phrase.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    return Term(noun, facet, phrase, prompts or (noun,), parent, grammar=tuple(forms.items()))


PERSON = term("people", "a person", "person", "someone", parent="")
PEOPLE = term("people", "people", parent="", number="plural")
DOG = term("object", "a dog", "dog", "puppy", "hound", plural="dogs")
CAT = term("object", "a cat")
BALL = term("object", "a ball")
CUP = term("object", "a cup")
HAT = term("object", "a hat", role="worn")
ANIMAL = Term("animal", "object", "an animal", ("animal",))
BEACH = term("scene", "a beach", preposition="on")
PARK = term("scene", "a park", preposition="in")
OUTDOORS = term("scene", "outdoors", parent="")
OUTSIDE = term("scene", "outside", parent="", vague="alone")
TREES = term("object", "trees", number="plural", role="background")
BUILDING = term("object", "a building", parent="", vague="no", role="background")
RUNNING = term("activity", "running", subject="any")
READING = term("activity", "reading")
GRAZING = term("activity", "grazing", subject="animal")
SPORT = term("activity", "doing sports", parent="")
RAIN = term("weather", "the rain", preposition="in")
SUN = term("weather", "a sunny day", preposition="on")
NIGHT = term("light", "night", preposition="at")
DUSK = term("light", "dusk", preposition="at")
CALM = Term("calm", "mood", "a calm", ("calm",))
WINTER = term("season", "winter", preposition="in")


def ranking(*chosen: Term | tuple[Term, float], medium: str = "photograph", **more) -> Ranking:
    pairs = [each if isinstance(each[-1], float) else (each, SURE) for each in chosen]
    candidates = tuple(Candidate(each, 1.0, confidence) for each, confidence in pairs)
    return Ranking(medium, candidates, candidates, **more)


def said(*chosen: Term | tuple[Term, float], context: Context = NOWHERE) -> str | None:
    return describe.compose(ranking(*chosen), context).text


# Media


@pytest.mark.parametrize(
    "medium",
    ["graphic", "chart", "diagram", "map", "screenshot", "logo", "icon", "text", "x-ray", "something-new"],
)
def test_no_objects_are_named_in_what_is_no_photograph(medium):
    ranked = ranking(DOG, medium=medium)
    description = describe.compose(ranked, NOWHERE)
    assert description.text is None
    assert description.review
    assert description.reasons == ("not-a-photograph",)
    assert (description.medium, description.candidates) == (medium, ranked.candidates)


@pytest.mark.parametrize("medium", ["photograph", ""])
def test_a_photograph_needs_no_mention(medium):
    description = describe.compose(ranking(DOG, medium=medium), NOWHERE)
    assert description.text == "A dog."
    assert description.medium == medium


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        ("painting", "A painting of a dog."),
        ("drawing", "A drawing of a dog."),
        ("sketch", "A sketch of a dog."),
        ("cartoon", "A cartoon of a dog."),
        ("illustration", "An illustration of a dog."),
        ("print", "A print of a dog."),
        ("rendering", "A 3D rendering of a dog."),
        ("artwork", "An artwork of a dog."),
    ],
)
def test_a_work_of_art_is_named(medium, text):
    assert describe.compose(ranking(DOG, medium=medium), NOWHERE).text == text


PAINTING = Term("painting", "medium", "a painting", ("painting",), "artwork")


@pytest.mark.parametrize(("sure", "review"), [(1.0, False), (LEAST - 0.1, True)])
def test_a_work_of_art_is_only_written_if_it_surely_is_one(sure, review):
    ranked = ranking(DOG, medium="painting")
    media = (Candidate(PAINTING, 1.0, sure), *ranked.candidates)
    description = describe.compose(replace(ranked, candidates=media), NOWHERE)
    assert description.text == "A painting of a dog."
    assert description.review is review


def test_no_other_medium_of_the_vocabulary_is_described():
    media = vocabulary.load().of_facet("medium")
    described = {
        each.id for each in media if describe.compose(ranking(DOG, medium=each.id), NOWHERE).text is not None
    }
    works_of_art = {each.id for each in media if each.parent == "artwork"}
    assert described == {"photograph", "artwork", *works_of_art}


# When nothing is said


@pytest.mark.parametrize("held", [("sensitive-image",), ("sensitive-image", "low-confidence")])
def test_that_a_picture_may_be_sensitive_is_told_before_what_kind_of_picture_it_is(held):
    assert describe.compose(ranking(DOG, medium="chart", held=held), NOWHERE).reasons == held


@pytest.mark.parametrize("held", [("sensitive-image",), ("sensitive-image", "low-confidence")])
def test_a_picture_that_is_held_is_left_for_a_person(held):
    ranked = ranking(DOG, held=held)
    description = describe.compose(ranked, NOWHERE)
    assert description.text is None
    assert description.review
    assert description.reasons == held
    assert description.candidates == ranked.candidates


@pytest.mark.parametrize(
    "chosen",
    [
        [],
        [PERSON],
        [PEOPLE, RAIN, NIGHT],
        [RAIN],
        [NIGHT],
        [CALM],
        [WINTER],
        [ANIMAL],
        [OUTDOORS],
        [ANIMAL, OUTDOORS, PERSON],
        [PERSON, SPORT],
        [READING],
        [RUNNING, RAIN],
        [HAT],
        [PEOPLE, HAT],
        [PERSON, GRAZING],
    ],
    ids=lambda chosen: " ".join(each.id for each in chosen) or "nothing",
)
def test_without_anything_telling_nothing_is_said(chosen):
    ranked = ranking(*chosen)
    description = describe.compose(ranked, NOWHERE)
    assert (description.text, description.confidence) == (None, 0.0)
    assert description.review
    assert description.reasons == ("low-confidence",)
    assert description.candidates == ranked.candidates
    assert describe.choose(ranked, NOWHERE) == ([], 0.0)


# What is said


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([DOG], "A dog."),
        ([BEACH], "A beach."),
        ([DOG, BEACH, RAIN, NIGHT], "A dog on a beach in the rain at night."),
        ([ANIMAL, DOG], "A dog."),
        ([OUTDOORS, DOG], "A dog."),
        ([DOG, CALM, WINTER], "A dog."),
        ([DOG, PERSON], "A person with a dog."),
        ([PERSON, RUNNING], "A person running."),
        ([RUNNING, PERSON], "A person running."),
        ([PEOPLE, READING, PARK], "People reading in a park."),
        ([PERSON, RUNNING, READING], "A person running."),
        ([DOG, RUNNING], "A dog."),
        ([DOG, GRAZING], "A dog."),
        ([DOG, GRAZING, PERSON], "A person with a dog."),
        ([PERSON, HAT], "A person wearing a hat."),
        ([HAT, PERSON], "A person wearing a hat."),
        ([BEACH, HAT], "A beach."),
        ([BEACH, HAT, PEOPLE], "People on a beach."),
        ([DOG, CAT, BALL, CUP], "A dog, a cat and a ball."),
        ([DOG, BEACH, PARK], "A dog on a beach."),
        ([DOG, RAIN, SUN, NIGHT, DUSK], "A dog in the rain at night."),
        ([DOG, PERSON, PEOPLE], "A person with a dog."),
    ],
    ids=lambda value: None if isinstance(value, str) else " ".join(each.id for each in value),
)
def test_what_is_telling_is_said_with_what_belongs_to_it(chosen, text):
    """Of terms that are as sure as each other, the first come first."""
    description = describe.compose(ranking(*chosen), NOWHERE)
    assert description.text == text
    assert not description.review
    assert description.reasons == ("described",)


def test_the_surest_terms_come_first_whatever_the_ranking_prefers():
    assert said((CAT, SURE - 2e-6), (DOG, SURE), (BALL, SURE - 1e-6)) == "A dog, a ball and a cat."


def test_whoever_is_less_sure_than_what_they_do_is_waited_for():
    assert said(BEACH, (READING, SURE - 1e-6), (PERSON, SURE - 2e-6)) == "A person reading on a beach."


# Confidence


def test_terms_are_added_while_the_whole_is_sure_enough():
    """The confidence of the sentence is that all of its terms are true."""
    almost_all = LEAST**0.45
    ranked = ranking((DOG, almost_all), (BALL, almost_all), (BEACH, LEAST**0.2))
    description = describe.compose(ranked, NOWHERE)
    assert description.text == "A dog on a beach."
    assert description.confidence == pytest.approx(LEAST**0.65)
    ranked = ranking((DOG, almost_all), (BEACH, almost_all), (BALL, almost_all))
    description = describe.compose(ranked, NOWHERE)
    assert description.text == "A dog on a beach."
    assert description.confidence == pytest.approx(LEAST**0.9)
    assert not description.review


@pytest.mark.parametrize("around", [RAIN, TREES, OUTSIDE])
def test_the_subject_and_its_place_come_before_what_is_around_them(around):
    almost_all = LEAST**0.45
    assert said((DOG, almost_all), (BEACH, almost_all), (around, LEAST**0.2)) == "A dog on a beach."


def test_in_or_out_of_doors_is_said_where_no_place_is():
    assert said(DOG, OUTSIDE) == "A dog outside."
    assert said(DOG, BEACH, OUTSIDE) == "A dog on a beach."
    assert said(OUTSIDE) is None


def test_a_root_is_said_where_its_entry_says_so():
    assert said(BUILDING, SUN) == "A building on a sunny day."


@pytest.mark.parametrize("subject", [PERSON, PEOPLE, ANIMAL])
def test_surroundings_alone_are_written_only_where_nobody_is_in_them(subject):
    """Trees are true of a picture of a dog between trees, but beside the point."""
    nobody = replace(ranking(TREES), candidates=ranking((subject, 0.01)).candidates)
    assert not describe.compose(nobody, NOWHERE).review
    somebody = replace(ranking(TREES), candidates=ranking((subject, 0.5)).candidates)
    assert describe.compose(somebody, NOWHERE).review
    place = replace(ranking(BEACH), candidates=ranking((subject, 0.5)).candidates)
    assert not describe.compose(place, NOWHERE).review


def test_a_term_that_is_weak_by_itself_is_only_a_suggestion():
    description = describe.compose(ranking((DOG, WEAK), (BEACH, WEAK / 2)), NOWHERE)
    assert description.text == "A dog."
    assert description.confidence == WEAK
    assert description.review
    assert description.reasons == ("low-confidence",)


def test_whoever_does_something_has_to_be_sure_too():
    description = describe.compose(ranking(READING, (PERSON, WEAK)), NOWHERE)
    assert description.text == "A person reading."
    assert description.confidence == pytest.approx(SURE * WEAK)
    assert description.review


def test_the_terms_come_with_the_confidence_of_the_sentence():
    ranked = ranking(DOG, (BEACH, SURE - 1e-6), (CAT, WEAK))
    chosen, confidence = describe.choose(ranked, NOWHERE)
    assert [each.term for each in chosen] == [DOG, BEACH]
    assert confidence == describe.compose(ranked, NOWHERE).confidence


# What the words around it say already


@pytest.mark.parametrize(
    "words",
    [
        "my dog",
        "Our Dog, last summer",
        "The dog.",
        "(dog)",
        "A puppy",
        "Two dogs at play",
        "A hot-dog-eating dog!",
    ],
)
@pytest.mark.parametrize("place", ["caption", "before", "after"])
def test_what_stands_beside_the_picture_is_not_repeated(place, words):
    context = Context(**{place: words})
    assert said(DOG, BEACH, context=context) == "A beach."
    assert said(DOG, context=context) is None


@pytest.mark.parametrize(
    "context",
    [
        Context(caption="Hotdog, dogma and underdogs"),
        Context(heading="My dog", title="Dogs"),
        Context(before="Dog. " + "Then we went on. " * 9),
        Context(after="Then we went on. " * 9 + "Dog."),
    ],
    ids=["other words", "words of the page", "words long before", "words long after"],
)
def test_what_stands_elsewhere_is_said(context):
    assert said(DOG, BEACH, context=context) == "A dog on a beach."


def test_names_are_compared_literally():
    kite = term("object", "a bird of prey", "kite (bird of prey)")
    assert said(kite, BEACH, context=Context(caption="Kite (bird of prey) in May")) == "A beach."
    assert said(kite, context=Context(caption="A kite")) == "A bird of prey."


def test_an_activity_is_not_said_of_somebody_whom_the_caption_names_already():
    assert said(PERSON, READING, PARK, context=Context(caption="A person I know")) == "A park."


# Words of an author


@pytest.mark.parametrize(("certain", "confidence"), [(True, 1.0), (False, 0.0)])
def test_words_of_an_author_need_a_person_unless_they_are_meant_as_an_alternative(certain, confidence):
    description = describe.from_author("Anna's dog", certain)
    assert (description.text, description.confidence) == ("Anna's dog", confidence)
    assert description.review is not certain
    assert description.reasons == ("author-text",)


def test_words_of_an_author_in_another_language_need_a_person_and_say_why():
    description = describe.from_author("Annas Hund", certain=False, foreign=True)
    assert description.review
    assert description.reasons == ("author-text-in-other-language", "author-text")


# Captions that have the best of it


@pytest.mark.parametrize(
    ("chosen", "text", "reason"),
    [
        ([DOG, (BALL, WEAK)], None, "caption-says-it"),
        ([DOG, BALL], "A ball.", "described"),
        ([DOG], None, "caption-says-it"),
        ([(DOG, WEAK)], None, "low-confidence"),
    ],
)
def test_what_a_caption_leaves_is_said_only_if_it_is_sure(chosen, text, reason):
    description = describe.compose(ranking(*chosen), Context(caption="My dog"))
    assert (description.text, description.reasons) == (text, (reason,))


# What goes without saying


WOOD = term("scene", "a forest", preposition="in", implies="tree, leaf")
TREE = term("object", "a tree")


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([WOOD, TREE], "A forest."),
        ([TREE, WOOD], "A forest."),
        ([(TREE, SURE), (WOOD, WEAK)], "A tree."),
        ([PARK, TREE], "A tree in a park."),
    ],
)
def test_what_a_place_implies_is_not_said_with_it(chosen, text):
    assert said(*chosen) == text


# Moods


SUREST = 1 - (1 - MOOD) / 20


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([(BEACH, SUREST), (CALM, SUREST)], "A calm beach."),
        ([(DOG, SUREST), (BEACH, SUREST), (CALM, SUREST)], "A dog on a calm beach."),
        ([(DOG, SUREST), (CALM, SUREST)], "A dog."),
        ([(BEACH, SUREST), (CALM, MOOD - 0.01)], "A beach."),
        ([(BEACH, LEAST), (CALM, SUREST)], "A beach."),
    ],
)
def test_a_mood_is_said_of_a_place_alone_and_only_if_it_is_very_sure(chosen, text):
    assert said(*chosen) == text


def test_how_sure_a_mood_must_be_is_for_the_settings_to_say():
    ranked = ranking((BEACH, SUREST), (CALM, MOOD - 0.01))
    assert describe.compose(ranked, NOWHERE, bounds=Bounds(mood=MOOD - 0.01)).text == "A calm beach."
    assert describe.compose(ranked, NOWHERE, bounds=Bounds(mood=1.0)).text == "A beach."


# What the page is about


ABOUT = [
    (Context(heading="Our cat"), "A cat."),
    (Context(title="All about cats"), "A cat."),
    (Context(heading="A horse"), "A dog."),
]


@pytest.mark.parametrize(("context", "text"), ABOUT)
def test_of_what_is_sure_enough_comes_first_what_the_page_is_about(context, text):
    one_of_them = LEAST**0.5 - 0.02  # together they would be too doubtful
    ranked = ranking((DOG, one_of_them + 0.01), (term("object", "a cat", plural="cats"), one_of_them))
    assert describe.compose(ranked, context).text == text


def test_what_the_page_is_about_is_not_true_for_that():
    ranked = ranking((DOG, LEAST + 0.01), (CAT, LEAST - 0.01))
    assert describe.compose(ranked, Context(heading="Our cat")).text == "A dog."


# Whatever is ranked

ALL = [
    PERSON, PEOPLE, DOG, CAT, BALL, CUP, HAT, ANIMAL, BEACH, PARK, OUTDOORS, RUNNING, READING, GRAZING, SPORT,
    RAIN, SUN, NIGHT, DUSK, CALM, WINTER,
]  # fmt: skip
pairs = st.tuples(st.sampled_from(ALL), st.floats(0.5, 1) | st.floats(LEAST, 1))
rankings = st.lists(pairs, max_size=8, unique_by=lambda pair: pair[0]).map(lambda chosen: ranking(*chosen))


@given(rankings)
def test_nothing_doubtful_is_said_without_review(ranked):
    description = describe.compose(ranked, NOWHERE)
    chosen, confidence = describe.choose(ranked, NOWHERE)
    assert set(chosen) <= set(ranked.chosen)
    assert description.confidence == confidence
    assert (description.text is None) == (not chosen)
    if description.review:
        assert len(chosen) <= 2  # the telling term and its actor; nothing was added to what is doubtful
    else:
        assert confidence >= LEAST
        assert confidence == pytest.approx(prod(each.confidence for each in chosen))


@given(rankings)
def test_what_is_chosen_makes_sense_together(ranked):
    chosen, _ = describe.choose(ranked, NOWHERE)
    terms = [each.term for each in chosen]
    facets = [each.facet for each in terms]
    assert set(facets) <= {"people", "activity", "object", "scene", "weather", "light", "mood"}
    assert "mood" not in facets or "scene" in facets
    assert facets.count("object") <= 3
    assert all(facets.count(facet) <= 1 for facet in set(facets) - {"object"})
    assert "activity" not in facets or "people" in facets
    assert HAT not in terms or PERSON in terms
    assert not set(terms) & {ANIMAL, OUTDOORS, SPORT, GRAZING}


# Other languages

HUND = Term("dog", "object", "ein Hund", ("Hund", "Hunde"), "animal",
    grammar=(("dative", "einem Hund"), ("gender", "m")))  # fmt: skip
TIER = Term(
    "animal", "object", "ein Tier", ("Tier",), "", grammar=(("dative", "einem Tier"), ("gender", "n"))
)
STRAND = Term("beach", "scene", "ein Strand", ("Strand",), "sea", grammar=(("setting", "an einem Strand"),))
PERSON_DE = Term("person", "people", "eine Person", ("Person",), "", grammar=(("gender", "f"),))
LIEST = Term("reading", "activity", "liest", ("liest",), "kind", grammar=(("many", "lesen"),))
GEMAELDE = Term("painting", "medium", "Gemälde:", ("Gemälde",), "artwork")
DACHSHUND = term("object", "a dachshund", parent="dog")
POODLE = term("object", "a poodle", parent="dog")
GERMAN = Wording(
    "de",
    {
        "dog": HUND, "dachshund": HUND, "poodle": HUND, "animal": TIER, "insect": TIER, "beach": STRAND,
        "person": PERSON_DE, "reading": LIEST, "painting": GEMAELDE,
    },
)  # fmt: skip
ITALIAN = Wording("it", {})


def in_german(*chosen, context=NOWHERE, medium="photograph"):
    return describe.compose(ranking(*chosen, medium=medium), context, GERMAN)


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ([DOG, BEACH], "Ein Hund an einem Strand."),
        ([PERSON, READING, BEACH], "Eine Person liest an einem Strand."),
        ([DACHSHUND, BEACH], "Ein Hund an einem Strand."),
        ([DACHSHUND, POODLE], "Ein Hund."),
        ([DACHSHUND, CUP, RAIN, BEACH], "Ein Hund an einem Strand."),
        ([DACHSHUND, term("object", "an insect", parent="animal")], "Ein Hund."),
    ],
    ids=["its own words", "somebody", "a general word", "once", "what has words", "the more special"],
)
def test_what_has_words_in_the_language_is_said_in_them(chosen, text):
    description = in_german(*chosen)
    assert (description.text, description.lang, description.reasons) == (text, "de", ("described",))
    assert not description.review


def test_the_candidates_stay_those_of_the_ranking():
    assert in_german(DACHSHUND).candidates == ranking(DACHSHUND).candidates


def test_a_more_general_word_is_no_surer_than_what_it_stands_for():
    description = describe.compose(ranking((DACHSHUND, WEAK)), NOWHERE, GERMAN)
    assert (description.text, description.confidence) == ("Ein Hund.", WEAK)
    assert description.review


@pytest.mark.parametrize("chosen", [[CAT], [CUP, PARK, RAIN], [term("object", "an insect", parent="animal")]])
def test_what_cannot_be_said_in_the_language_is_left_for_a_person(chosen):
    """Too general a word would say nothing, and another language would be worse."""
    description = in_german(*chosen)
    assert description.text is None
    assert description.review
    assert description.reasons == ("language-without-vocabulary",)


def test_a_language_without_words_says_nothing():
    description = describe.compose(ranking(DOG, BEACH), NOWHERE, ITALIAN)
    assert (description.text, description.reasons) == (None, ("language-without-vocabulary",))


@pytest.mark.parametrize("wording", [GERMAN, ITALIAN])
@pytest.mark.parametrize("chosen", [[], [PERSON], [ANIMAL], [RAIN]])
def test_where_nothing_is_telling_the_language_is_not_to_blame(wording, chosen):
    assert describe.compose(ranking(*chosen), NOWHERE, wording).reasons == ("low-confidence",)


@pytest.mark.parametrize("caption", ["Unser Hund", "Hunde am Meer", "hund"])
def test_captions_are_read_in_the_language(caption):
    assert in_german(DOG, BEACH, context=Context(caption=caption)).text == "Ein Strand."
    assert in_german(DOG, BEACH, context=Context(caption="Dog")).text == "Ein Hund an einem Strand."


def test_a_caption_that_says_it_all_is_not_the_fault_of_the_language():
    assert in_german(DOG, context=Context(caption="Unser Hund")).reasons == ("caption-says-it",)


def test_a_work_of_art_is_named_in_the_language_or_left():
    assert in_german(DOG, medium="painting").text == "Gemälde: ein Hund."
    description = in_german(DOG, medium="sketch")
    assert (description.text, description.reasons) == (None, ("language-without-vocabulary",))


@pytest.mark.parametrize("wording", [None, GERMAN, ITALIAN])
def test_what_is_never_described_is_described_in_no_language(wording):
    assert describe.compose(ranking(DOG, medium="chart"), NOWHERE, wording).reasons == ("not-a-photograph",)
    held = describe.compose(ranking(DOG, held=("sensitive-image",)), NOWHERE, wording)
    assert held.reasons == ("sensitive-image",)
