"""Sentences as a person would write them: by hand-made terms first, then over all that can ever be said."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.ranking import vocabulary
from alttext.remediation import sentence
from alttext.types import Term


def term(facet: str, phrase: str, *prompts: str, parent: str = "", **forms: str) -> Term:
    noun = re.sub(r"^(an?|the) ", "", phrase)
    return Term(noun, facet, phrase, prompts or (noun,), parent, grammar=tuple(forms.items()))


PERSON = term("people", "a person")
PEOPLE = term("people", "people", number="plural")
WALKING_A_DOG = term("activity", "walking a dog")
READING = term("activity", "reading")
CYCLING = term("activity", "riding a bicycle")
PLAYING_IN_SNOW = term("activity", "playing in the snow")
ON_A_COUCH = term("activity", "sitting on a couch")
FEEDING = term("activity", "feeding an animal")

DOG = term("object", "a dog", "dog", "puppy", plural="dogs")
POODLE = term("object", "a poodle", parent="dog")
GOAT = term("object", "a goat", parent="farm-animal")
BALL = term("object", "a ball")
APPLE = term("object", "an apple")
MILK = term("object", "milk")
SCISSORS = term("object", "scissors", number="plural")
CAKE = term("object", "a cake")
BICYCLE = term("object", "a bicycle", "bicycle", "bike")
MOUNTAIN_BIKE = term("object", "a racing bicycle")
WATER_BIRD = term("object", "a water bird")
FLOWER = term("object", "a flower", "flower", plural="flowers")
PIZZA = term("object", "a pizza", parent="food")
HAT = term("object", "a hat", role="worn")
GLASSES = term("object", "glasses", role="worn", number="plural")
GLOVES = term("object", "gloves", role="worn", number="plural")
TREE = term("object", "a tree", role="background")
HOUSE = term("object", "a house", role="background")
TABLE = term("object", "a table", role="background")
SOFA = term("object", "a sofa", "sofa", "couch", role="background")
LIGHTHOUSE = term("object", "a lighthouse", role="background")

BEACH = term("scene", "a beach", preposition="on")
PARK = term("scene", "a park", preposition="in")
KITCHEN = term("scene", "a kitchen", preposition="in")
MOUNTAINS = term("scene", "the mountains", preposition="in", alone="mountains")
UNDER_WATER = term("scene", "under water", alone="an underwater scene")
SEA = term("scene", "the sea", preposition="by")
WATER = term("scene", "the water", preposition="by", alone="a body of water")
SNOW = term("scene", "the snow", preposition="in", alone="a snowy landscape")
SKY = term("scene", "the sky", preposition="in")
FLOWER_FIELD = term("scene", "a field of flowers", preposition="in")
FOOD_COURT = term("scene", "a food court", preposition="in")
RAIN = term("weather", "the rain", preposition="in")
BLUE_SKY = term("weather", "a blue sky", preposition="under")
SNOWFALL = term("weather", "falling snow", preposition="in")
NIGHT = term("light", "night", preposition="at")
SUNSET = term("light", "sunset", preposition="at")
LOW_SUN = term("light", "the sun low in the sky", preposition="with")
STARS = term("light", "a starry sky", preposition="under")

SENTENCES = [
    # Things
    ([DOG], "A dog."),
    ([APPLE], "An apple."),
    ([MILK], "Milk."),
    ([SCISSORS], "Scissors."),
    ([DOG, BALL], "A dog and a ball."),
    ([DOG, BALL, APPLE], "A dog, a ball and an apple."),
    ([DOG, BEACH], "A dog on a beach."),
    ([BEACH, DOG], "A dog on a beach."),
    ([DOG, BEACH, RAIN, NIGHT], "A dog on a beach in the rain at night."),
    ([NIGHT, RAIN, BEACH, DOG], "A dog on a beach in the rain at night."),
    ([DOG, SUNSET], "A dog at sunset."),
    ([DOG, UNDER_WATER], "A dog under water."),
    ([HAT], "A hat."),
    ([DOG, HAT], "A dog and a hat."),
    # Settings alone
    ([BEACH], "A beach."),
    ([MOUNTAINS], "Mountains."),
    ([UNDER_WATER], "An underwater scene."),
    ([SEA], "The sea."),
    ([SEA, SUNSET], "The sea at sunset."),
    ([MOUNTAINS, RAIN, NIGHT], "Mountains in the rain at night."),
    ([MOUNTAINS, LOW_SUN], "Mountains with the sun low in the sky."),
    ([BLUE_SKY], "A blue sky."),
    # What stands in the background follows the setting, unless it is surer than the setting
    ([KITCHEN, TABLE], "A kitchen with a table."),
    ([SEA, LIGHTHOUSE, SUNSET], "The sea with a lighthouse at sunset."),
    ([LIGHTHOUSE, SEA, SUNSET], "A lighthouse by the sea at sunset."),
    ([TREE, DOG], "A dog and a tree."),
    ([HOUSE, TREE], "A house and a tree."),
    ([HOUSE, TREE, RAIN], "A house and a tree in the rain."),
    ([TREE, DOG, PARK], "A dog in a park with a tree."),
    ([DOG, TREE, PARK, RAIN], "A dog in a park with a tree in the rain."),
    # Somebody
    ([PERSON], "A person."),
    ([PERSON, BEACH], "A person on a beach."),
    ([DOG, PERSON], "A person with a dog."),
    ([DOG, PERSON, BEACH, SUNSET], "A person with a dog on a beach at sunset."),
    ([PERSON, DOG, BALL, BEACH], "A person with a dog and a ball on a beach."),
    ([PERSON, TREE], "A person and a tree."),
    ([PERSON, TREE, HOUSE, RAIN], "A person, a tree and a house in the rain."),
    ([PERSON, TREE, DOG], "A person with a dog and a tree."),
    ([PERSON, TREE, PARK], "A person in a park with a tree."),
    ([PERSON, TREE, DOG, PARK, NIGHT], "A person in a park with a dog and a tree at night."),
    ([PEOPLE, CAKE], "People with a cake."),
    # Somebody who does or wears something
    ([READING, PERSON], "A person reading."),
    ([PERSON, READING, PARK, RAIN], "A person reading in a park in the rain."),
    ([PERSON, READING, DOG], "A person reading, with a dog."),
    ([PERSON, READING, DOG, NIGHT], "A person reading at night, with a dog."),
    ([PERSON, READING, DOG, PARK], "A person reading in a park with a dog."),
    ([PERSON, READING, TREE, DOG, PARK], "A person reading in a park with a dog and a tree."),
    ([PERSON, READING, DOG, PARK, RAIN], "A person reading in a park with a dog in the rain."),
    ([PERSON, HAT], "A person wearing a hat."),
    ([PERSON, HAT, GLASSES], "A person wearing a hat and glasses."),
    ([PERSON, HAT, GLASSES, GLOVES, BEACH], "A person wearing a hat, glasses and gloves on a beach."),
    ([PERSON, HAT, READING], "A person wearing a hat and reading."),
    ([PERSON, HAT, DOG], "A person wearing a hat, with a dog."),
    ([PERSON, HAT, DOG, BEACH], "A person wearing a hat on a beach with a dog."),
    ([PERSON, DOG, MOUNTAINS, LOW_SUN], "A person with a dog in the mountains, with the sun low in the sky."),
    # Animals that do something
    ([DOG, READING], "A dog reading."),
    ([DOG, BALL, READING, PARK], "A dog reading in a park with a ball."),
    # Nothing is said twice
    ([PERSON, CYCLING, BICYCLE], "A person riding a bicycle."),
    ([PERSON, CYCLING, MOUNTAIN_BIKE], "A person riding a bicycle."),
    ([PERSON, ON_A_COUCH, SOFA], "A person sitting on a couch."),
    ([PERSON, WALKING_A_DOG, POODLE], "A person walking a dog."),
    ([PERSON, PLAYING_IN_SNOW, SNOW, SNOWFALL], "A person playing in the snow."),
    ([FLOWER, FLOWER_FIELD], "A field of flowers."),
    ([DOG, FLOWER, FLOWER_FIELD], "A dog in a field of flowers."),
    ([DOG, SNOW, SNOWFALL], "A dog in the snow."),
    ([DOG, SKY, BLUE_SKY, STARS], "A dog in the sky."),
    # What only sounds alike is said
    ([WATER_BIRD, WATER], "A water bird by the water."),
    ([PIZZA, FOOD_COURT], "A pizza in a food court."),
    ([PERSON, FEEDING, GOAT], "A person feeding an animal, with a goat."),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "expected"), SENTENCES, ids=[expected for _, expected in SENTENCES])
def test_terms_become_a_sentence(terms, expected):
    assert sentence.write(terms) == expected


@pytest.mark.parametrize(
    ("terms", "medium", "expected"),
    [
        ([DOG, BEACH], "a painting", "A painting of a dog on a beach."),
        ([SEA], "a painting", "A painting of the sea."),
        ([MOUNTAINS], "an illustration", "An illustration of mountains."),
        ([PEOPLE], "a 3D rendering", "A 3D rendering of people."),
    ],
)
def test_a_medium_comes_first(terms, medium, expected):
    assert sentence.write(terms, term("medium", medium)) == expected


def test_names_keep_their_capitals():
    assert sentence.write([term("object", "a German shepherd")]) == "A German shepherd."
    assert sentence.write([term("object", "French fries")]) == "French fries."


def test_a_form_that_a_term_lacks_is_empty():
    assert sentence.form(MOUNTAINS, "alone") == "mountains"
    assert sentence.form(BEACH, "alone") == ""


def test_a_sentence_that_would_be_too_long_leaves_out_the_least_sure_terms():
    names = [letter * (sentence.LONGEST // 3) for letter in "abcd"]
    text = sentence.write([term("object", name) for name in names])
    assert len(text) <= sentence.LONGEST
    assert [name in text.lower() for name in names] == [True, True, False, False]


# Over the whole vocabulary

NEVER_SAID = re.compile(
    r"""\b(
        one|two|three|four|five|six|seven|eight|nine|ten|dozen|several|many|pair|both  # counts
        |left|right|above|below|behind|beside|foreground|background                    # places in the picture
        |m[ae]n|wom[ae]n|boys?|girls?|(fe)?males?|lad(y|ies)|he|she|him|her|his|hers   # gender
        |bab(y|ies)|child(ren)?|kids?|old|young|elderly                                # age
        |happy|sad|angry|afraid|scared|lonely|bored|surprised|tired|smiling|laughing|crying|excited|proud
        |beautiful|ugly|pretty|handsome|attractive|fat|thin|cute                       # looks
        |images?|pictures?|photos?|photographs?|possibly|maybe|probably|appears|seems  # lead-ins and hedges
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# In these such a word means something that can be seen
COMPOUNDS = re.compile(r"painting a picture|a framed picture|posing for a photo", re.IGNORECASE)
NO_VOWEL_SOUND = re.compile(r"uni(?!n|m)|use|ute|eu|one\b|uku|ufo", re.IGNORECASE)
VOWEL_SOUND = re.compile(r"[aeiou]|hour|honest|x-ray", re.IGNORECASE)
ARTICLE = re.compile(r"\b(an?) (\S+)", re.IGNORECASE)


@cache
def said_of(facet: str) -> list[Term]:
    return [each for each in vocabulary.load().of_facet(facet) if each.emit]


@cache
def media() -> list[Term]:
    return [each for each in said_of("medium") if each.parent == "artwork"]


@st.composite
def plausible_terms(draw: st.DrawFn) -> list[Term]:
    """What a ranking could choose together, in any order of confidence."""
    people = draw(st.lists(st.sampled_from(said_of("people")), max_size=1))
    acts = [each for each in said_of("activity") if sentence.form(each, "subject") != "animal"]
    activity = draw(st.lists(st.sampled_from(acts), max_size=len(people)))
    is_one = bool(people) and sentence.form(people[0], "number") != "plural"
    things = [each for each in said_of("object") if is_one or not sentence.is_worn(each)]
    objects = draw(st.lists(st.sampled_from(things), max_size=3, unique=True))
    scene = draw(st.lists(st.sampled_from(said_of("scene")), max_size=1))
    weather = draw(st.lists(st.sampled_from(said_of("weather")), max_size=1))
    light = draw(st.lists(st.sampled_from(said_of("light")), max_size=1))
    if not (activity or objects or scene):
        objects = [draw(st.sampled_from(things))]
    return draw(st.permutations([*people, *activity, *objects, *scene, *weather, *light]))


def has_right_articles(text: str) -> bool:
    return all(
        (article.lower() == "an") == bool(VOWEL_SOUND.match(word) and not NO_VOWEL_SOUND.match(word))
        for article, word in ARTICLE.findall(text)
    )


def is_well_formed(text: str) -> None:
    assert text[0].isupper()
    assert text.endswith(".")
    assert text.count(".") == 1
    assert text == " ".join(text.split())
    assert not re.search(r"\b(an?|the) (an?|the)\b", text, re.IGNORECASE)
    assert not re.search(r" [,.]|,,|\b(and|with|wearing)[,.]|\b(and|with) (and|with)\b", text)
    assert has_right_articles(text)
    assert len(text) <= sentence.LONGEST
    assert not NEVER_SAID.search(COMPOUNDS.sub("", text))
    assert not re.search(r"[^A-Za-z0-9 ,.'é-]|(?<!\w)'|'(?!\w)", text)


@given(plausible_terms(), st.none() | st.deferred(lambda: st.sampled_from(media())))
def test_whatever_is_said_is_one_well_formed_sentence(terms, medium):
    is_well_formed(sentence.write(terms, medium))


@given(plausible_terms())
def test_whoever_is_there_comes_first(terms):
    people = [each for each in terms if each.facet == "people"]
    if people:
        assert sentence.write(terms).lower().startswith(people[0].phrase)


@given(plausible_terms())
def test_every_term_is_said_or_was_said_by_another_name(terms):
    text = sentence.write(terms).lower()
    for each in terms:
        forms = (each.phrase, each.phrase.split()[-1], sentence.form(each, "alone"), each.parent)
        names = {*forms, sentence.form(each, "plural"), *each.prompts} - {""}
        assert any(re.search(rf"\b{re.escape(name.lower())}\b", text) for name in names)


@given(plausible_terms())
def test_the_order_of_confidence_moves_words_and_changes_none(terms):
    """What stands in the background is excepted: there the surer one of thing and scene leads."""
    terms = [each for each in terms if sentence.form(each, "role") != "background"]
    if terms:
        assert sorted(words_of(terms)) == sorted(words_of(terms[::-1]))


def words_of(terms: list[Term]) -> list[str]:
    return re.findall(r"[\w'-]+", sentence.write(terms).lower())


@pytest.mark.parametrize("facet", ["people", "activity", "object", "scene", "weather", "light"])
def test_every_term_of_the_vocabulary_can_be_said(facet):
    beside = [] if facet in ("people", "object", "scene") else [PERSON]
    for each in said_of(facet):
        is_well_formed(sentence.write([*beside, each]))


def test_the_check_for_articles_can_fail():
    assert has_right_articles("An apple, a uniform, an hourglass and a union.")
    assert not has_right_articles("A apple.")
    assert not has_right_articles("An uniform.")
