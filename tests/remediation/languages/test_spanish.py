"""Spanish: articles, agreement, "e" for "y", and what is never said twice."""

import pytest

from alttext.ranking import translation, vocabulary
from alttext.remediation.languages import spanish
from alttext.types import Term


@pytest.fixture(scope="module")
def words():
    return translation.load("es", vocabulary.load()).terms


SENTENCES = {
    # Things and places
    "dog": "Un perro.",
    "milk": "Leche.",
    "scissors": "Tijeras.",
    "eagle owl": "Un águila y un búho.",
    "dog cat banana": "Un perro, un gato y un plátano.",
    "dog beach": "Un perro en una playa.",
    "night rain meadow dog": "Un perro en un prado bajo la lluvia de noche.",
    "dog tree park rain": "Un perro en un parque con un árbol bajo la lluvia.",
    "kitchen table": "Una cocina con una mesa.",
    "table kitchen": "Una mesa en una cocina.",
    "mountains": "Montañas.",
    "sea low-sun": "Una vista del mar al amanecer o al atardecer.",
    "lighthouse sea": "Un faro junto al mar.",
    "classroom": "Un aula.",
    "church-interior": "Una iglesia por dentro.",
    # Somebody
    "person dog beach": "Una persona con un perro en una playa.",
    "person tree house rain": "Una persona, un árbol y una casa bajo la lluvia.",
    "people cake": "Personas con un pastel.",
    # Participles agree with whoever it is
    "person sitting": "Una persona sentada.",
    "people sitting": "Personas sentadas.",
    "group-of-people sitting": "Un grupo de personas sentado.",
    "dog sitting": "Un perro sentado.",
    "cow lying-down": "Una vaca tumbada.",
    "person shaking-hands": "Una persona dando la mano a alguien.",
    "people holding-hands": "Personas tomadas de la mano.",
    # What somebody does, and where
    "person riding-a-bicycle street night": "Una persona en bicicleta en una calle de noche.",
    "person reading dog": "Una persona leyendo, con un perro.",
    "person reading dog park": "Una persona leyendo en un parque con un perro.",
    "people playing-soccer soccer-field": "Personas jugando al fútbol en un campo de fútbol.",
    # Clothes, and commas where "con" would come twice
    "person hat": "Una persona con un sombrero.",
    "person suit hat glasses": "Una persona con un traje, un sombrero y gafas.",
    "person hat riding-a-bicycle": "Una persona con un sombrero, en bicicleta.",
    "person hat dog beach": "Una persona con un sombrero en una playa, con un perro.",
    "person dog frost": "Una persona con un perro, con escarcha.",
    "dog hat": "Un perro y un sombrero.",
    # Nothing is said twice
    "person riding-a-bicycle bicycle": "Una persona en bicicleta.",
    "person driving-a-car sports-car": "Una persona conduciendo un automóvil.",
    "person playing-with-a-ball soccer-ball": "Una persona jugando con una pelota o un balón.",
    "person doing-an-experiment laboratory": "Una persona trabajando en un laboratorio.",
    "person wading waterside": "Una persona caminando por el agua.",
    "bird sky-scene blue-sky": "Un ave en el cielo.",
    "dog snowfield snowfall": "Un perro en la nieve.",
}


@pytest.mark.parametrize(("ids", "expected"), SENTENCES.items(), ids=SENTENCES.values())
def test_terms_become_a_sentence(words, ids, expected):
    assert spanish.write([words[each] for each in ids.split()]) == expected


@pytest.mark.parametrize(
    ("medium", "ids", "expected"),
    [
        ("painting", "dog beach", "Pintura de un perro en una playa."),
        ("artwork", "sea", "Obra de arte con una vista del mar."),
        ("drawing", "people playing-soccer", "Dibujo de personas jugando al fútbol."),
    ],
)
def test_a_medium_comes_first(words, medium, ids, expected):
    assert spanish.write([words[each] for each in ids.split()], words[medium]) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("iglesias", "Un perro e iglesias."),
        ("hilo", "Un perro e hilo."),
        ("índices", "Un perro e índices."),
        ("hielo", "Un perro y hielo."),
        ("ionizadores", "Un perro y ionizadores."),
        ("yeso", "Un perro y yeso."),
        ("huevos", "Un perro y huevos."),
    ],
)
def test_and_is_spelled_as_it_sounds(words, last, expected):
    assert spanish.write([words["dog"], Term("last", "object", last, (last,))]) == expected


def test_weather_alone_makes_no_sentence(words):
    assert spanish.write([words["rain"], words["night"]]) is None
    assert spanish.write([words["rain"]], words["painting"]) is None
