"""The rules of `vocab/README.md`, kept by the vocabulary that ships."""

import re
import tomllib
from pathlib import Path

import pytest

from alttext.ranking import vocabulary
from alttext.ranking.english import has_right_article
from alttext.ranking.vocabulary_file import FACETS
from alttext.ranking.vocabulary_words import excluded
from alttext.remediation import sentence

ROOT = Path(__file__).parents[2]
CURATED = vocabulary.load(ROOT / "vocab")
SAID = [term for term in CURATED.terms if term.emit]
PERSON, DOG = CURATED.by_id["person"], CURATED.by_id["dog"]
# What people have been called, or have been taken for by image-text models.
INSULTS = (
    "monkey", "great-ape", "elephant", "rhinoceros", "hippopotamus", "whale", "cow", "bull", "pig", "donkey",
    "goat", "rat", "weasel", "skunk", "raccoon", "sloth", "snake", "crocodile", "frog", "spider", "scorpion",
    "fly", "beetle", "cockroach", "snail", "hyena", "vulture", "crow", "black-bear", "dinosaur", "wheelchair",
    "knife", "scarecrow",
)  # fmt: skip
# First words that have a capital wherever they stand in a sentence; the letters of acronyms count too.
CAPITALS = ("French fries",)


SPOKEN = ("people", "activity", "object", "scene", "weather", "light")  # what sentences are made of


def of_facets(*facets):
    return [term for term in SAID if term.facet in facets]


def form(term, name):
    return dict(term.grammar).get(name, "")


def sentences(term):
    """What is written of the term, by itself where it can be and with somebody."""
    actors = {"animal": [DOG], "any": [DOG, PERSON]}.get(form(term, "subject"), [PERSON])
    if term.facet == "activity":
        return [sentence.write([actor, term]) for actor in actors]
    if term.facet == "people":
        return [sentence.write([term]), sentence.write([term, DOG])]
    return [sentence.write(terms) for terms in ([term], [DOG, term], [PERSON, term], [term, PERSON])]


def test_there_is_one_file_for_each_facet():
    assert {path.stem for path in (ROOT / "vocab").glob("*.toml")} == set(FACETS)


def test_the_lint_finds_nothing():
    assert vocabulary.check(CURATED) == []


def test_the_size_is_that_of_a_list_that_people_can_read():
    assert 1200 <= len(SAID) <= 2000
    assert 300 <= len(CURATED.of_facet("distractor")) <= 500


def is_well_written(text):
    return bool(
        re.fullmatch(r"[A-Z0-9][\w ,'-]*\w\.", text)
        and "  " not in text
        and not excluded(text)
        and all(has_right_article(text[at.start() :]) for at in re.finditer(r"\ban? ", text))
    )


@pytest.mark.parametrize("facet", SPOKEN)
def test_every_term_composes_into_sentences(facet):
    written = [text for term in of_facets(facet) for text in sentences(term)]
    assert written
    assert [text for text in written if not is_well_written(text)] == []


@pytest.mark.parametrize("facet", SPOKEN)
def test_every_term_is_in_its_sentence(facet):
    said = [(form(term, "alone") or term.phrase, sentences(term)[0]) for term in of_facets(facet)]
    assert [text for phrase, text in said if phrase.lower() not in text.lower()] == []


def test_every_medium_stands_before_what_it_shows():
    written = {medium.phrase: sentence.write([DOG], medium) for medium in of_facets("medium")}
    assert written == {phrase: f"{phrase[0].upper()}{phrase[1:]} of a dog." for phrase in written}
    assert all(map(is_well_written, written.values()))


def test_phrases_begin_in_lower_case_and_have_single_spaces():
    texts = [text for term in SAID for text in (term.phrase, form(term, "alone")) if text]
    assert [text for text in texts if not (text[0].islower() or text.startswith(CAPITALS))] == []
    assert [text for text in texts if not re.fullmatch(r"[\w,'-]+(?: [\w,'-]+)*", text)] == []


def test_every_setting_has_a_preposition_or_is_an_adverb():
    settings = of_facets("scene", "weather", "light", "season")
    assert {term.phrase for term in settings if not form(term, "preposition")} == {"indoors", "outdoors"}


def test_no_phrase_in_a_list_begins_with_what_joins_it_to_a_sentence():
    joins = {"or", "and", "in", "on", "at", "by", "of", "with", "under", "among"}
    assert [term.shown for term in SAID if term.shown.split()[0] in joins] == []


def test_people_are_named_without_gender_age_and_role():
    assert [term.phrase for term in SAID if term.facet == "people"] == [
        "a person",
        "people",
        "a group of people",
        "a crowd of people",
    ]


def test_no_term_is_ranked_by_an_excluded_word():
    ranked = [prompt for term in CURATED.terms if term.facet != "sensitive" for prompt in term.prompts]
    assert [prompt for prompt in ranked if excluded(prompt)] == []


@pytest.mark.parametrize("word", ["child", "children", "kid", "kids", "baby", "babies", "infant"])
def test_nobody_is_called_a_child(word):
    assert [
        term.id for term in SAID if re.search(rf"\b{word}\b", f"{term.phrase} {form(term, 'plural')}")
    ] == []


@pytest.mark.parametrize(
    "number", ["one", "two", "three", "four", "five", "several", "many", "dozen", "pair"]
)
def test_nothing_is_counted(number):
    assert [term.id for term in SAID if re.search(rf"\b{number}\b", term.phrase)] == []


@pytest.mark.parametrize("name", INSULTS)
def test_words_that_have_insulted_people_are_held_back_near_people(name):
    term = CURATED.by_id[name]
    assert form(term, "risk") == "people" or not term.emit


@pytest.mark.parametrize("name", ["fighter-jet", "warship", "hospital-room", "dental-office"])
def test_sensitive_places_and_things_leave_the_picture_to_a_person(name):
    assert form(CURATED.by_id[name], "risk") == "sensitive"


@pytest.mark.parametrize(
    "name", ["sunset", "sunrise", "hotel", "waiting", "studying", "school-campus", "wind"]
)
def test_what_one_picture_cannot_tell_is_not_said(name):
    assert not CURATED.by_id[name].emit


@pytest.mark.parametrize(
    ("name", "not_below"),
    [
        ("platypus", "marsupial"),
        ("snail", "insect"),
        ("spider-web", "arachnid"),
        ("fossil", "animal"),
        ("hyena", "wild-canine"),
        ("mushroom", "vegetables"),
        ("parachute", "aircraft"),
        ("country-road", "town"),
        ("swimming-pool", "nature"),
        ("standing", "sitting"),
        ("rainbow", "bad-weather"),
        ("dusk", "low-sun"),
        ("silhouette", "darkness"),
    ],
)
def test_a_parent_is_true_whenever_its_child_is(name, not_below):
    assert not_below not in [parent.id for parent in CURATED.ancestors(CURATED.by_id[name])]


@pytest.mark.parametrize("file", ["labels.toml", "caption_words.toml"])
def test_every_id_that_training_names_is_in_the_vocabulary(file):
    tables = tomllib.loads((ROOT / "training" / file).read_text(encoding="utf-8"))
    names = [table if file == "caption_words.toml" else table.values() for table in tables.values()]
    ids = {
        name for group in names for entry in group for name in ([entry] if isinstance(entry, str) else entry)
    }
    assert ids
    assert ids <= set(CURATED.by_id)
