"""German: the verb in the second place, cases, clothes, and what is never said twice."""

import pytest

from alttext.ranking import translation, vocabulary
from alttext.remediation.languages import german
from alttext.types import Term


@pytest.fixture(scope="module")
def words():
    return translation.load("de", vocabulary.load()).terms


SENTENCES = {
    # Things and places
    "dog": "Ein Hund.",
    "milk": "Milch.",
    "moon night": "Der Mond bei Nacht.",
    "eagle owl": "Ein Adler und eine Eule.",
    "dog cat banana": "Ein Hund, eine Katze und eine Banane.",
    "dog meadow": "Ein Hund auf einer Wiese.",
    "dog snowfield": "Ein Hund im Schnee.",
    "night rain meadow dog": "Ein Hund auf einer Wiese im Regen bei Nacht.",
    "dog tree": "Ein Hund und ein Baum.",
    "dog elephant zoo": "Ein Hund und ein Elefant in einem Zoo.",
    "mountains": "Berge.",
    "sea low-sun": "Das Meer bei tief stehender Sonne.",
    "church-interior": "Eine Kirche von innen.",
    # The dative after "mit"
    "person elephant": "Eine Person mit einem Elefanten.",
    "person cat": "Eine Person mit einer Katze.",
    "person horse": "Eine Person mit einem Pferd.",
    "person skis": "Eine Person mit Skiern.",
    "kitchen table shelves": "Eine Küche mit einem Tisch und Regalen.",
    "table kitchen": "Ein Tisch in einer Küche.",
    "dog tree park rain": "Ein Hund in einem Park mit einem Baum im Regen.",
    "person tree house rain": "Eine Person, ein Baum und ein Haus im Regen.",
    "person tree park": "Eine Person in einem Park mit einem Baum.",
    "people cake": "Menschen mit einem Kuchen.",
    # Verbs agree, and what belongs to them comes last
    "person reading": "Eine Person liest.",
    "people reading": "Menschen lesen.",
    "group-of-people reading": "Eine Gruppe von Menschen liest.",
    "crowd playing-soccer": "Eine Menschenmenge spielt Fußball.",
    "people playing-soccer": "Menschen spielen Fußball.",
    "person reading park rain": "Eine Person liest im Regen in einem Park.",
    "person riding-a-bicycle road night": "Eine Person fährt bei Nacht auf einer Straße Fahrrad.",
    "people running-a-race sunny road": (
        "Menschen nehmen bei Sonnenschein auf einer Straße an einem Lauf teil."
    ),
    "person flying-a-kite beach": "Eine Person lässt an einem Strand einen Drachen steigen.",
    "person shaking-hands": "Eine Person schüttelt jemandem die Hand.",
    "people shaking-hands office": "Menschen schütteln sich in einem Büro die Hand.",
    "people hugging": "Menschen umarmen sich.",
    "dog sitting": "Ein Hund sitzt.",
    # Other things go with whoever is there, or with the place
    "person reading dog": "Eine Person mit einem Hund liest.",
    "person reading dog tree park": "Eine Person mit einem Hund liest in einem Park mit einem Baum.",
    "person reading tree": "Eine Person liest; zu sehen ist auch ein Baum.",
    "person reading tree house": "Eine Person liest; zu sehen sind auch ein Baum und ein Haus.",
    "person reading leaves": "Eine Person liest; zu sehen sind auch Blätter.",
    # Clothes
    "person hat": "Eine Person mit Hut.",
    "person suit beach": "Eine Person im Anzug an einem Strand.",
    "person dress hat glasses": "Eine Person im Kleid, mit Hut und mit Brille.",
    "person hat dog beach night": "Eine Person mit Hut und mit einem Hund an einem Strand bei Nacht.",
    "person helmet riding-a-bicycle": "Eine Person mit Helm fährt Fahrrad.",
    "person dress dog": "Eine Person im Kleid und mit einem Hund.",
    "person hat tree": "Eine Person mit Hut; zu sehen ist auch ein Baum.",
    "dog hat": "Ein Hund und ein Hut.",
    # Nothing is said twice
    "person riding-a-bicycle bicycle": "Eine Person fährt Fahrrad.",
    "person driving-a-car sports-car": "Eine Person fährt Auto.",
    "person playing-with-a-ball soccer-ball": "Eine Person spielt mit einem Ball.",
    "people riding-a-horse horse": "Menschen reiten auf Pferden.",
    "person doing-an-experiment laboratory": "Eine Person arbeitet in einem Labor.",
    "bird sky-scene blue-sky starry-night": "Ein Vogel am Himmel.",
}


@pytest.mark.parametrize(("ids", "expected"), SENTENCES.items(), ids=SENTENCES.values())
def test_terms_become_a_sentence(words, ids, expected):
    assert german.write([words[each] for each in ids.split()]) == expected


@pytest.mark.parametrize(
    ("medium", "ids", "expected"),
    [
        ("painting", "dog beach", "Gemälde: ein Hund an einem Strand."),
        ("drawing", "person hat", "Zeichnung: eine Person mit Hut."),
        ("artwork", "person reading", "Kunstwerk: Eine Person liest."),
        ("rendering", "mountains", "3D-Grafik: Berge."),
    ],
)
def test_after_a_medium_only_a_whole_sentence_begins_with_a_capital(words, medium, ids, expected):
    assert german.write([words[each] for each in ids.split()], words[medium]) == expected


def test_weather_alone_makes_no_sentence(words):
    assert german.write([words["rain"], words["night"]]) is None
    assert german.write([words["rain"]], words["painting"]) is None


def test_clothes_without_a_form_of_their_own_are_said_with_the_dative(words):
    sash = Term(
        "sash",
        "object",
        "eine Schärpe",
        ("Schärpe",),
        grammar=(("role", "worn"), ("dative", "einer Schärpe")),
    )
    assert german.write([words["person"], sash]) == "Eine Person mit einer Schärpe."
