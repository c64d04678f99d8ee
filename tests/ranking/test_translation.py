"""Translations from file to terms, and what a term without one is called."""

import pytest

from alttext.errors import ModelError
from alttext.ranking import translation, vocabulary
from alttext.ranking.translation import LANGUAGES, Entry, misshapen

TERMS = """
facet = "object"
[roots]
animal = "an animal / animals"
plant = { phrase = "a plant / plants", role = "background" }
thing = { phrase = "a thing / things", emit = false }
[animal]
dog = "a dog / dogs"
insect = { phrase = "an insect / insects", risk = "people" }
[dog]
poodle = "a poodle / poodles"
[insect]
bee = "a bee / bees"
beetle = { phrase = "a beetle / beetles", risk = "people" }
[thing]
yarn = "yarn"
"""
GERMAN = """
[object]
animal = { n = "ein Tier / einem Tier / Tiere" }
plant = { f = "eine Pflanze / einer Pflanze / Pflanzen" }
thing = { n = "ein Ding / einem Ding / Dinge" }
insect = { n = "ein Insekt / einem Insekt / Insekten" }
dog = { m = "ein Hund / einem Hund / Hunde", names = ["Welpe"] }
"""


@pytest.fixture
def words(tmp_path):
    (tmp_path / "words.toml").write_text(TERMS)
    (tmp_path / "words.de.toml").write_text(GERMAN)
    return tmp_path / "words.toml"


def load(words, lang="de", extend=()):
    return translation.load(lang, vocabulary.load(words, extend), words, extend).terms


def test_a_term_has_its_own_words(words):
    dog = load(words)["dog"]
    assert (dog.id, dog.facet, dog.phrase, dog.parent, dog.emit) == (
        "dog",
        "object",
        "ein Hund",
        "animal",
        True,
    )
    assert dict(dog.grammar) == {"dative": "einem Hund", "gender": "m", "kind": "Tier / Tiere"}
    assert dog.prompts == ("Hund", "Welpe", "Hunde")


def test_what_the_english_entry_says_of_a_term_holds_in_every_language(words):
    assert dict(load(words)["plant"].grammar)["role"] == "background"
    assert dict(load(words)["insect"].grammar)["risk"] == "people"


def test_a_term_without_words_has_those_of_the_next_more_general_one(words):
    terms = load(words)
    assert terms["poodle"] == terms["dog"]
    assert terms["beetle"] == terms["insect"]


def test_words_that_are_held_back_stand_for_nothing_that_is_not(words):
    """An insect is not said where people may be, a bee is: so a bee is an animal there."""
    assert load(words)["bee"].id == "animal"


def test_what_is_never_said_is_not_said_in_other_languages(words):
    assert not {"thing", "yarn"} & set(load(words))
    veto = vocabulary.load(words, veto=["dog"])
    assert translation.load("de", veto, words).terms["poodle"].id == "animal"


@pytest.mark.parametrize("lang", ["it", "fr", "xx"])
def test_a_language_that_nobody_translated_has_no_words(words, lang):
    wording = translation.load(lang, vocabulary.load(words), words)
    assert (wording.lang, wording.terms) == (lang, {})


def test_the_translations_of_a_folder_are_in_a_folder(tmp_path):
    (tmp_path / "object.toml").write_text(TERMS.replace('facet = "object"', ""))
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "de.toml").write_text(GERMAN)
    assert load(tmp_path)["dog"].phrase == "ein Hund"


@pytest.fixture
def more(tmp_path):
    more = tmp_path / "more.toml"
    more.write_text('facet = "object"\n[dog]\nhusky = "a husky / huskies"\n[animal]\ndog = "a watchdog"\n')
    return more


def test_a_file_with_more_terms_brings_its_translations(words, more):
    german = more.with_name("more.de.toml")
    german.write_text('[object]\nhusky = { m = "ein Husky / einem Husky / Huskys" }\n')
    terms = load(words, extend=[more])
    assert terms["husky"].phrase == "ein Husky"
    assert terms["insect"].phrase == "ein Insekt"


def test_a_term_that_is_redefined_loses_the_words_of_what_it_was(words, more):
    assert load(words, extend=[more])["dog"].id == "animal"
    more.with_name("more.de.toml").write_text('[object]\ndog = { m = "ein Wachhund / einem Wachhund" }\n')
    assert load(words, extend=[more])["dog"].phrase == "ein Wachhund"


# Forms


def parsed(tmp_path, lang, facet, line):
    path = tmp_path / f"x.{lang}.toml"
    path.write_text(f"[{facet}]\n{line}\n", encoding="utf-8")
    (entry,) = translation.read(path).values()
    term = vocabulary.vocabulary_file.parse({"facet": facet, "roots": {"x": "in a place"}}, "x")[0]
    return translation.wording(lang, vocabulary.Vocabulary((term,)), {"x": entry}).terms["x"]


@pytest.mark.parametrize(
    ("lang", "facet", "line", "phrase", "grammar", "names"),
    [
        ("de", "object", 'x = { n = "Eis / Eis" }', "Eis", {"dative": "Eis", "gender": "n"}, ["Eis"]),
        (
            "de",
            "object",
            'x = { m = "ein Hut / einem Hut / Hüte", worn = "mit Hut" }',
            "ein Hut",
            {"dative": "einem Hut", "gender": "m", "worn": "mit Hut"},
            ["Hut", "Hüte"],
        ),
        (
            "de",
            "object",
            'x = { n = "ein Lama oder Alpaka / einem Lama oder Alpaka / Lamas oder Alpakas" }',
            "ein Lama oder Alpaka",
            {"dative": "einem Lama oder Alpaka", "gender": "n"},
            ["Lama", "Alpaka", "Lamas", "Alpakas"],
        ),
        ("de", "scene", 'x = "an einem See / ein See"', "ein See", {"setting": "an einem See"}, ["See"]),
        (
            "de",
            "scene",
            'x = "im Schnee / eine verschneite Landschaft"',
            "eine verschneite Landschaft",
            {"setting": "im Schnee"},
            ["Schnee", "verschneite Landschaft"],
        ),
        (
            "de",
            "activity",
            'x = "fährt ... Fahrrad / fahren ... Fahrrad"',
            "fährt ... Fahrrad",
            {"many": "fahren ... Fahrrad"},
            ["fährt Fahrrad", "Fahrrad fährt", "fahren Fahrrad", "Fahrrad fahren"],
        ),
        ("de", "activity", 'x = "liest / lesen"', "liest", {"many": "lesen"}, ["liest", "lesen"]),
        ("de", "weather", 'x = "im Regen"', "im Regen", {}, ["Regen"]),
        ("fr", "object", 'x = { m = "de l\'argent" }', "de l'argent", {"gender": "m"}, ["argent"]),
        (
            "fr",
            "scene",
            'x = "au bord d\'un lac / un lac"',
            "un lac",
            {"setting": "au bord d'un lac"},
            ["lac"],
        ),
        (
            "fr",
            "scene",
            'x = "dans un café ou un bar / un café ou un bar"',
            "un café ou un bar",
            {"setting": "dans un café ou un bar"},
            ["café", "bar"],
        ),
        ("fr", "light", 'x = ", la nuit"', ", la nuit", {}, ["nuit"]),
        (
            "fr",
            "activity",
            'x = "assis / assise / assis / assises"',
            "assis",
            {"m": "assis", "f": "assise", "mp": "assis", "fp": "assises"},
            ["assis", "assise", "assises"],
        ),
        (
            "es",
            "activity",
            'x = "leyendo"',
            "leyendo",
            {"m": "leyendo", "f": "leyendo", "mp": "leyendo", "fp": "leyendo"},
            ["leyendo"],
        ),
        ("es", "object", 'x = { f = "un ave / aves" }', "un ave", {"gender": "f"}, ["ave", "aves"]),
        ("es", "scene", 'x = "junto al mar / un mar"', "un mar", {"setting": "junto al mar"}, ["mar"]),
        ("es", "medium", 'x = "pintura de"', "pintura de", {}, ["pintura de"]),
    ],
)  # fmt: skip
def test_an_entry_gives_the_forms_of_its_language(tmp_path, lang, facet, line, phrase, grammar, names):
    term = parsed(tmp_path, lang, facet, line)
    assert term.phrase == phrase
    assert dict(term.grammar) == grammar
    assert list(term.prompts) == names


@pytest.mark.parametrize(
    ("entry", "lang", "problem"),
    [
        (Entry("x", "object", ("ein Hund", "einem Hund", "Hunde"), "m"), "de", ""),
        (Entry("x", "object", ("Milch", "Milch"), "f"), "de", ""),
        (Entry("x", "object", ("ein Hund",), "m"), "de", "write its forms as phrase / dative / plural"),
        (Entry("x", "object", ("ein Hund", ""), "m"), "de", "write its forms as phrase / dative / plural"),
        (Entry("x", "object", ("un", "deux", "trois"), "m"), "fr", "write its forms as phrase / plural"),
        (Entry("x", "object", ("ein Hund", "einem Hund")), "de", "tell its gender"),
        (Entry("x", "object", ("un chat",), "n"), "fr", "tell its gender"),
        (Entry("x", "scene", ("im Wald",)), "de", "write its forms as setting / phrase"),
        (Entry("x", "activity", ("liest",)), "de", "write its forms as phrase / many"),
        (Entry("x", "activity", ("assis", "assise")), "fr", "write its forms as m / f / mp / fp"),
        (Entry("x", "weather", ("im Regen", "Regen")), "de", "write its forms as phrase"),
        (Entry("x", "mood", ("ruhig",)), "de", "nothing of the facet mood is ever said"),
    ],
)
def test_missing_forms_are_told(entry, lang, problem):
    assert misshapen(entry, lang).startswith(problem)
    assert bool(misshapen(entry, lang)) == bool(problem)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[object\n", "no valid TOML"),
        ('dog = "ein Hund"\n', "dog stands outside of a table"),
        ("[object]\ndog = 3\n", 'write it as dog = "its forms"'),
        ('[object]\ndog = { m = "ein Hund", f = "eine Hündin" }\n', 'write it as dog = "its forms"'),
        ('[object]\ndog = { m = "ein Hund", names = [1] }\n', 'write it as dog = "its forms"'),
        ('[object]\ndog = "ein Hund / einem Hund"\n', "dog: tell its gender"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_its_name(words, content, message):
    words.with_name("words.de.toml").write_text(content)
    with pytest.raises(ModelError) as error:
        load(words)
    assert "words.de.toml" in str(error.value)
    assert message in str(error.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        translation.read(tmp_path)


# The shipped translations


@pytest.fixture(scope="module")
def shipped():
    return {lang: translation.read(translation.beside(None, lang)) for lang in LANGUAGES}


def test_the_same_terms_are_translated_into_every_language(shipped):
    ids = [list(entries) for entries in shipped.values()]
    assert all(each == ids[0] for each in ids)
    assert len(ids[0]) > 800


def test_only_what_can_be_said_is_translated(shipped):
    terms = vocabulary.load().by_id
    assert [name for name in shipped["de"] if not terms[name].emit] == []


@pytest.mark.parametrize("facet", ["people", "weather", "light", "season"])
def test_whole_facets_are_translated(shipped, facet):
    assert {term.id for term in vocabulary.load().of_facet(facet) if term.emit} <= set(shipped["de"])


def test_every_work_of_art_can_be_named(shipped):
    works = {term.id for term in vocabulary.load().of_facet("medium") if "artwork" in (term.id, term.parent)}
    assert works <= set(shipped["de"])


def test_most_of_what_can_be_said_in_english_can_be_said_in_every_language():
    loaded = vocabulary.load()
    said = [term for term in loaded.terms if term.emit and term.facet in ("object", "scene", "activity")]
    for lang in LANGUAGES:
        terms = translation.load(lang, loaded).terms
        telling = [term for term in said if term.id in terms and terms[term.id].parent]
        assert len(telling) > 0.75 * len(said)
