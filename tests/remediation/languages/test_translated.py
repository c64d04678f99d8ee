"""Every sentence that translated terms can make, in every language that has translations."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.ranking import translation, vocabulary
from alttext.remediation import sentence
from alttext.remediation.languages import translated
from alttext.types import Term

LANGUAGES = sorted(translation.LANGUAGES)
WORD = re.compile(r"[^\W\d_]{3,}")
# Words that stand in a sentence between terms; two in a row, or one before a stop, would be a mistake. Only
# clothes and what else goes with somebody are each said with a "mit" of their own: "im Kleid und mit Hut".
BETWEEN = {"de": "mit|und", "fr": "avec|et|portant|représentant", "es": "con|y|e"}


VOCABULARY = vocabulary.load()
WORDS = {lang: translation.load(lang, VOCABULARY).terms for lang in LANGUAGES}


@cache
def said(lang: str, facet: str, may_wear: bool = True) -> tuple[Term, ...]:
    """Terms that have a translation of their own."""
    own = (term for name, term in WORDS[lang].items() if term.id == name and term.facet == facet)
    return tuple(term for term in own if may_wear or not sentence.is_worn(term))


def is_one(person: Term) -> bool:
    return sentence.form(person, "number") != "plural"


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[Term], Term | None]:
    """A language, terms that a ranking could choose together, and a medium or none."""
    lang = draw(st.sampled_from(LANGUAGES))
    people = draw(st.lists(st.sampled_from(said(lang, "people")), max_size=1))
    activity = draw(st.lists(st.sampled_from(said(lang, "activity")), max_size=len(people)))
    may_wear = bool(people) and is_one(people[0])
    things = st.lists(st.sampled_from(said(lang, "object", may_wear)), max_size=3, unique=True)
    terms = [*people, *activity, *draw(things)]
    for facet in ("scene", "weather", "light"):
        terms += draw(st.lists(st.sampled_from(said(lang, facet)), max_size=1))
    if not {"object", "scene", "people"}.intersection(each.facet for each in terms):
        terms.append(draw(st.sampled_from(said(lang, "scene"))))
    medium = draw(st.none() | st.sampled_from(said(lang, "medium")))
    return lang, draw(st.permutations(terms)), medium


def is_well_formed(text: str | None, lang: str) -> None:
    assert text is not None
    assert text[0].isupper() or text.startswith("3D")
    assert text.endswith(".")
    assert text.count(".") == 1
    assert text == " ".join(text.split())
    assert len(text) <= sentence.LONGEST
    assert "None" not in text
    assert not re.search(r" [,.;:]|,,|[,;:]\.", text)
    assert not re.search(rf"\b(?!und mit )({BETWEEN[lang]})([,.;]| ({BETWEEN[lang]}) )", text)
    assert not re.search(r"[^\w ,.;:'-]|_", text)


def foreign_words(text: str, terms: list[Term]) -> set[str]:
    """Words of the English entries in a text, but those that the translation has, too."""
    own = {word.lower() for each in terms for word in WORD.findall(f"{each.phrase} {each.grammar}")}
    entries = [VOCABULARY.by_id[each.id] for each in terms]
    theirs = {word.lower() for each in entries for word in WORD.findall(each.phrase)}
    return theirs.difference(own).intersection(word.lower() for word in WORD.findall(text))


@given(cases())
def test_whatever_is_said_is_one_well_formed_sentence(case):
    lang, terms, medium = case
    is_well_formed(sentence.write(terms, medium, lang), lang)


@given(cases())
def test_no_english_word_gets_into_it(case):
    lang, terms, medium = case
    text = sentence.write(terms, medium, lang) or ""
    assert not foreign_words(text, [*terms, medium] if medium else terms)


@given(cases())
def test_whoever_is_there_comes_first(case):
    lang, terms, _ = case
    people = [each for each in terms if each.facet == "people"]
    if people:
        assert sentence.write(terms, None, lang).lower().startswith(people[0].phrase.lower())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("facet", ["people", "object", "scene", "activity", "weather", "light"])
def test_every_translated_term_can_be_said(lang, facet):
    for each in said(lang, facet):
        beside = [] if facet in ("people", "object", "scene") else list(said(lang, "people")[:1])
        text = sentence.write([*beside, each], None, lang)
        is_well_formed(text, lang)
        assert not foreign_words(text, [*beside, each])
        for person in said(lang, "people") if facet == "activity" else ():
            is_well_formed(sentence.write([person, each], None, lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_a_writer_and_each_writer_but_english_a_grammar(lang):
    assert set(sentence.WRITERS) == {"en", *LANGUAGES}
    assert said(lang, "people")


def test_the_check_for_foreign_words_can_fail():
    dog = next(each for each in said("de", "object") if each.id == "dog")
    assert foreign_words("Ein Dog auf einer Wiese.", [dog]) == {"dog"}
    assert foreign_words("Ein Hund auf einer Wiese.", [dog]) == set()


# Where the forms are


BEACH = Term("beach", "scene", "eine Küste", ("Küste",), grammar=(("setting", "an einer Küste"),))
RAIN = Term("rain", "weather", "im Regen", ("Regen",))
BALL = Term("ball", "object", "ein Tennisball", ("Tennisball",), grammar=(("kind", "Ding / Sache"),))


def test_a_place_has_its_preposition_or_none_and_weather_always_has_it():
    assert (translated.setting(BEACH), translated.alone(BEACH)) == ("an einer Küste", "eine Küste")
    assert (translated.setting(RAIN), translated.alone(RAIN)) == ("im Regen", "")


def test_a_thing_was_said_by_its_name_its_kind_or_the_head_of_its_name():
    naming = translated.naming(lambda name: [name[-4:].capitalize()])
    assert naming.names(BALL) == ["Tennisball", "Ding", "Sache", "Ball"]


def test_a_place_is_repeated_by_its_names_and_weather_by_each_longer_word():
    naming = translated.naming(lambda word: [word.upper()])
    clouds = Term("clouds", "weather", "unter dem Himmel am See", ("Himmel am See",))
    assert naming.echo(BEACH) == ["Küste"]
    assert naming.echo(clouds) == ["Himmel", "HIMMEL"]
    assert naming.said(BEACH).split() == ["eine", "Küste", "an", "einer", "Küste"]
