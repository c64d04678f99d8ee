"""What only English does; its sentences are in `test_sentence.py`."""

from alttext.remediation.languages import english
from alttext.types import Term

DOG = Term("dog", "object", "a dog", ("dog",))
RAIN = Term("rain", "weather", "the rain", ("rain",), grammar=(("preposition", "in"), ("alone", "rain")))


def test_weather_can_be_said_alone():
    assert english.write([RAIN]) == "Rain."
    assert english.write([DOG, RAIN]) == "A dog in the rain."


def test_nothing_makes_no_sentence():
    assert english.write([]) is None
    assert english.write([], Term("painting", "medium", "a painting", ("painting",))) is None
