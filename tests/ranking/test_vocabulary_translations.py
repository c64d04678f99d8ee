"""What is wrong with translations, told with file and term."""

import pytest

from alttext.ranking import vocabulary, vocabulary_translations

TERMS = """
facet = "object"
[roots]
dog = "a dog / dogs"
cat = "a cat / cats"
milk = "milk"
eagle = "an eagle / eagles"
hat = { phrase = "a hat / hats", role = "worn" }
scissors = { phrase = "scissors", number = "plural" }
"""
SCENES = 'facet = "scene"\n[roots]\nbeach = "on a beach"\nlake = "by a lake"\n'
ACTIVITIES = 'facet = "activity"\n[roots]\nreading = "reading"\n'
MEDIA = 'facet = "medium"\n[roots]\nrendering = "a 3D rendering / 3D renderings"\n'


@pytest.fixture
def folder(tmp_path):
    for name, content in {"object": TERMS, "scene": SCENES, "activity": ACTIVITIES, "medium": MEDIA}.items():
        (tmp_path / f"{name}.toml").write_text(content)
    (tmp_path / "translations").mkdir()
    return tmp_path


def problems(folder, lang, content, extend=()):
    (folder / "translations" / f"{lang}.toml").write_text(content, encoding="utf-8")
    return vocabulary_translations.problems(vocabulary.load(folder, extend), folder, extend)


GOOD = {
    "de": """
        [object]
        dog = { m = "ein Hund / einem Hund / Hunde", names = ["Welpe"] }
        cat = { f = "eine Katze / einer Katze / Katzen" }
        milk = { f = "Milch / Milch" }
        eagle = { m = "der Adler / dem Adler" }
        hat = { m = "ein Hut / einem Hut / Hüte", worn = "mit Hut" }
        scissors = { pl = "die Scheren / den Scheren" }
        [scene]
        beach = "an einem Strand / ein Strand"
        [activity]
        reading = "liest ... etwas / lesen ... etwas"
        [medium]
        rendering = "3D-Grafik:"
        """,
    "fr": """
        [object]
        dog = { m = "un chien / chiens" }
        cat = { f = "une chatte / chattes" }
        milk = { m = "du lait" }
        eagle = { f = "de l'eau" }
        hat = { m = "le chapeau" }
        scissors = { mp = "des ciseaux" }
        [scene]
        beach = "sur une plage / une plage"
        lake = "au bord d'un lac / un lac"
        [activity]
        reading = "assis / assise / assis / assises"
        """,
    "es": """
        [object]
        dog = { m = "un perro / perros" }
        cat = { f = "la gata" }
        milk = { f = "leche" }
        eagle = { f = "un águila / águilas" }
        hat = { m = "un sombrero / sombreros" }
        scissors = { fp = "unas tijeras" }
        [scene]
        lake = "junto a un lago / un lago"
        [activity]
        reading = "leyendo"
        """,
}


@pytest.mark.parametrize("lang", GOOD)
def test_good_translations_have_no_problems(folder, lang):
    assert problems(folder, lang, GOOD[lang]) == []


BAD = [
    # The tree
    (
        "de",
        "object",
        'dgo = { m = "ein Hund / einem Hund" }',
        "dgo: there is no such term; did you mean dog?",
    ),
    ("de", "object", 'beach = { m = "ein Strand / einem Strand" }', "beach: it is of the facet scene"),
    # Forms
    (
        "de",
        "object",
        'dog = "ein Hund / einem Hund"',
        'dog: tell its gender: { m = "ein Hund / einem Hund" }',
    ),
    ("de", "object", 'dog = { m = "ein Hund" }', "dog: write its forms as phrase / dative / plural"),
    ("fr", "activity", 'reading = "assis / assise"', "reading: write its forms as m / f / mp / fp"),
    ("de", "mood", 'calm = "ruhig"', "calm: nothing of the facet mood is ever said"),
    (
        "de",
        "object",
        'hat = { m = "ein Hut / einem Hut" }',
        'hat: tell how somebody wears it: worn = "mit Hut"',
    ),
    (
        "de",
        "object",
        'milk = { f = "Milch / Milch", worn = "mit Milch" }',
        "milk: worn is for German clothes only",
    ),
    (
        "fr",
        "object",
        'hat = { m = "un chapeau", worn = "à chapeau" }',
        "hat: worn is for German clothes only",
    ),
    ("de", "scene", 'beach = "Strand / ein Strand"', 'beach: "Strand" does not begin with a preposition'),
    (
        "de",
        "activity",
        'reading = "liest ... im ... Buch / lesen"',
        "reading: ... stands at most once, in German activities",
    ),
    (
        "de",
        "scene",
        'beach = "an ... Strand / ein Strand"',
        "beach: ... stands at most once, in German activities",
    ),
    (
        "fr",
        "activity",
        'reading = "lisant ... un livre"',
        "reading: ... stands at most once, in German activities",
    ),
    # Articles
    (
        "de",
        "object",
        'dog = { f = "ein Hund / einem Hund" }',
        'dog: "ein Hund" has not the article of its gender (f)',
    ),
    (
        "de",
        "object",
        'scissors = { pl = "eine Schere / einer Schere" }',
        'scissors: "eine Schere" has not the article of its gender (pl)',
    ),
    (
        "de",
        "object",
        'dog = { m = "ein Hund / ein Hund" }',
        'dog: "ein Hund" is not the dative of "ein Hund"',
    ),
    (
        "de",
        "object",
        'dog = { m = "ein Hund / dem Hund" }',
        'dog: "dem Hund" is not the dative of "ein Hund"',
    ),
    ("fr", "object", 'dog = { f = "un chien" }', 'dog: "un chien" has not the article of its gender (f)'),
    ("fr", "object", 'milk = { m = "lait" }', 'milk: "lait" has not the article of its gender (m)'),
    ("es", "object", 'dog = { f = "un perro" }', 'dog: "un perro" has not the article of its gender (f)'),
    (
        "es",
        "object",
        'eagle = { m = "una águila" }',
        'eagle: "una águila" has not the article of its gender (m)',
    ),
    ("es", "object", 'dog = { m = "el perro" }', 'dog: "el perro" has not the article of its gender (m)'),
    ("fr", "object", 'dog = { m = "Un chien" }', 'dog: "Un chien" begins with a capital'),
    (
        "es",
        "scene",
        'lake = "junto a un lago / el lago"',
        'lake: "el lago": "el" would have to be contracted after "de"',
    ),
    # Spelling
    (
        "fr",
        "scene",
        'lake = "au bord de eau / une eau"',
        'lake: "au bord de eau": "de e" has to be contracted',
    ),
    ("fr", "scene", 'lake = "à le lac / un lac"', 'lake: "à le lac": "à le" has to be contracted'),
    (
        "es",
        "scene",
        'lake = "junto a el lago / un lago"',
        'lake: "junto a el lago": "a el" has to be contracted',
    ),
    (
        "de",
        "object",
        'milk = { f = "Milch. / Milch" }',
        'milk: "Milch." would not be safe inside a sentence and an attribute',
    ),
    (
        "de",
        "object",
        'milk = { f = "Milch  kalt / Milch" }',
        'milk: "Milch  kalt" would not be safe inside a sentence and an attribute',
    ),
    (
        "de",
        "object",
        'milk = { f = "<b> / Milch" }',
        'milk: "<b>" would not be safe inside a sentence and an attribute',
    ),
    # Words
    (
        "de",
        "object",
        'dog = { f = "eine Frau / einer Frau" }',
        'dog: "frau" is excluded: no picture shows that',
    ),
    ("fr", "object", 'dog = { m = "un homme" }', 'dog: "homme" is excluded: no picture shows that'),
    (
        "es",
        "object",
        'dog = { m = "un perro", names = ["hombre"] }',
        'dog: "hombre" is excluded: no picture shows that',
    ),
]


@pytest.mark.parametrize(("lang", "facet", "line", "problem"), BAD, ids=[case[3] for case in BAD])
def test_what_is_wrong_is_told(folder, lang, facet, line, problem):
    assert f"{lang}.toml: {problem}" in problems(folder, lang, f"[{facet}]\n{line}\n")


def test_no_two_terms_are_said_alike(folder):
    content = '[object]\ndog = { m = "un chien" }\ncat = { m = "un chien" }\n'
    assert problems(folder, "fr", content) == ['fr.toml: "un chien" is said by dog and cat']


def test_a_language_without_a_grammar_is_told(folder):
    found = problems(folder, "it", '[object]\ndog = { m = "un cane" }\n')
    assert found == ["it.toml: nobody taught alttext the grammar of it; it knows de, fr, es"]


def test_the_translations_beside_a_file_are_checked_and_other_files_are_not(folder, tmp_path):
    more = tmp_path / "more" / "more.toml"
    more.parent.mkdir()
    more.write_text('facet = "object"\n[dog]\nhusky = "a husky / huskies"\n')
    more.with_name("more.de.toml").write_text('[object]\nhusky = { f = "ein Husky / einem Husky" }\n')
    more.with_name("more.notes.toml").write_text("nothing of ours")
    found = problems(folder, "de", GOOD["de"], [more])
    assert found == ['more.de.toml: husky: "ein Husky" has not the article of its gender (f)']


def test_the_shipped_translations_are_good():
    assert vocabulary_translations.problems(vocabulary.load()) == []
