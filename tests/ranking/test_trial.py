"""Pictures and texts that two ways of computing are compared on."""

import numpy as np
import pytest

from alttext.ranking import trial
from alttext.ranking.pixels import opaque


def test_the_pictures_are_the_same_each_time_and_all_different():
    first, again = trial.pictures(), trial.pictures()
    assert [each.tobytes() for each in first] == [each.tobytes() for each in again]
    small = [np.asarray(opaque(each).resize((8, 8))).tobytes() for each in first]
    assert len(set(small)) == len(first) == 12


def test_the_pictures_are_of_several_shapes_and_modes():
    pictures = trial.pictures()
    assert {each.mode for each in pictures} == {"RGB", "L", "P", "RGBA"}
    assert min(each.width / each.height for each in pictures) < 0.5
    assert max(each.width / each.height for each in pictures) > 2
    assert any(each.has_transparency_data for each in pictures)


@pytest.mark.parametrize(("count", "taken"), [(0, 0), (3, 3), (64, 64), (100, 64), (1000, 64)])
def test_texts_are_taken_from_all_of_the_vocabulary(count, taken):
    vocabulary = [f"text {number}" for number in range(count)]
    texts = trial.texts(vocabulary)
    ours = [text for text in texts if text in vocabulary]
    assert len(ours) == taken
    assert not count or vocabulary.index(ours[-1]) >= (count - 1) * 0.9
    assert len(texts) > taken
