"""French: articles, agreement, and what is never said twice."""

import pytest

from alttext.ranking import translation, vocabulary
from alttext.remediation.languages import french


@pytest.fixture(scope="module")
def words():
    return translation.load("fr", vocabulary.load()).terms


SENTENCES = {
    # Things and places
    "dog": "Un chien.",
    "milk": "Du lait.",
    "meat": "De la viande.",
    "money": "De l'argent.",
    "scissors": "Des ciseaux.",
    "moon night": "La lune, la nuit.",
    "dog cat banana": "Un chien, un chat et une banane.",
    "dog beach": "Un chien sur une plage.",
    "night rain meadow dog": "Un chien dans un pré sous la pluie, la nuit.",
    "dog tree park rain": "Un chien dans un parc avec un arbre sous la pluie.",
    "kitchen table": "Une cuisine avec une table.",
    "table kitchen": "Une table dans une cuisine.",
    "mountains": "Des montagnes.",
    "dog mountains": "Un chien à la montagne.",
    "sea low-sun": "La mer au lever ou au coucher du soleil.",
    "church-interior": "L'intérieur d'une église.",
    "eating-place": "Un restaurant, un café ou un bar.",
    # Somebody
    "person dog beach": "Une personne avec un chien sur une plage.",
    "person tree house rain": "Une personne, un arbre et une maison sous la pluie.",
    "people cake": "Des personnes avec un gâteau.",
    "person meat": "Une personne avec de la viande.",
    # Participles agree with whoever it is
    "person sitting": "Une personne assise.",
    "people sitting": "Des personnes assises.",
    "group-of-people sitting": "Un groupe de personnes assis.",
    "dog sitting": "Un chien assis.",
    "cow lying-down": "Une vache allongée.",
    "person sitting-on-a-bench park": "Une personne assise sur un banc dans un parc.",
    "person shaking-hands": "Une personne serrant la main à quelqu'un.",
    "people shaking-hands": "Des personnes se serrant la main.",
    # What somebody does, and where
    "person riding-a-bicycle street night": "Une personne à vélo dans une rue, la nuit.",
    "person reading dog": "Une personne lisant, avec un chien.",
    "person reading dog park": "Une personne lisant dans un parc avec un chien.",
    "people playing-soccer soccer-field": "Des personnes jouant au football sur un terrain de football.",
    # Clothes
    "person hat": "Une personne portant un chapeau.",
    "person suit hat glasses": "Une personne portant un costume, un chapeau et des lunettes.",
    "person hat riding-a-bicycle": "Une personne portant un chapeau, à vélo.",
    "person hat dog": "Une personne portant un chapeau, avec un chien.",
    "dog hat": "Un chien et un chapeau.",
    # Nothing is said twice
    "person riding-a-bicycle bicycle": "Une personne à vélo.",
    "person driving-a-car sports-car": "Une personne conduisant une voiture.",
    "person playing-with-a-ball tennis-ball": "Une personne jouant avec un ballon ou une balle.",
    "person doing-an-experiment laboratory": "Une personne travaillant dans un laboratoire.",
    "person playing-in-water waterside": "Une personne jouant dans l'eau.",
    "bird sky-scene blue-sky": "Un oiseau dans le ciel.",
    "dog snowfield snowfall": "Un chien dans la neige.",
}


@pytest.mark.parametrize(("ids", "expected"), SENTENCES.items(), ids=SENTENCES.values())
def test_terms_become_a_sentence(words, ids, expected):
    assert french.write([words[each] for each in ids.split()]) == expected


@pytest.mark.parametrize(
    ("medium", "ids", "expected"),
    [
        ("painting", "dog beach", "Peinture représentant un chien sur une plage."),
        ("artwork", "sea", "Œuvre d'art représentant la mer."),
        ("drawing", "people playing-soccer", "Dessin représentant des personnes jouant au football."),
    ],
)
def test_a_medium_comes_first(words, medium, ids, expected):
    assert french.write([words[each] for each in ids.split()], words[medium]) == expected


def test_weather_alone_makes_no_sentence(words):
    assert french.write([words["rain"], words["night"]]) is None
    assert french.write([words["rain"]], words["painting"]) is None
