"""What is known to be true of an example: from its labels, its captions, and a look at the picture."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.vocabulary import Vocabulary
from training import surroundings
from training.archive import Example
from training.caption_words import CaptionWords
from training.captions import medium_of
from training.surroundings import NOBODY, ONE, SEVERAL, UNTOLD, Surroundings
from training.verdicts import FALSE, OPEN, TRUE, Tree, Verdicts

_HERE = Path(__file__).parent
_LABEL_FACET = {"miniplaces": "scene", "weather4": "weather"}
_MEDIUM_IDS = {"decorative": "decoration"}
_SUBJECTS = ("animal", "plant", "vehicle")  # which these sets show without people
_ALONE = ("caltech101", "flowers5")


class Truth:
    """Truth of examples as rows over the terms of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tree = Tree(vocabulary)
        self._captions = CaptionWords(self._tree)
        self._labels = tomllib.loads((_HERE / "labels.toml").read_text(encoding="utf-8"))
        self._together = [frozenset(ids) for ids in self._labels.pop("together").values()]
        self._moods = _moods()

    def rows(self, examples: Sequence[Example]) -> NDArray[np.int8]:
        """`(n, terms)` of TRUE, FALSE and OPEN."""
        return np.stack([self.row(example) for example in examples])

    def row(self, example: Example) -> NDArray[np.int8]:
        """What is known of one example: `(terms,)`."""
        verdicts = Verdicts(self._tree)
        _judge_medium(verdicts, medium_of(example))
        self._judge_moods(verdicts, example)
        if example.labels:
            self._judge_labels(verdicts, example)
        elif example.set == "flickr8k":
            self._captions.judge(verdicts, example.captions)
        _open_untold(verdicts, example)
        if looked_at := surroundings.load().get(example.digest[:16]):
            _judge_surroundings(verdicts, looked_at)
        return verdicts.values

    def _judge_moods(self, verdicts: Verdicts, example: Example) -> None:
        """A mood is true if both labellings say so, and false if neither finds it even arguable."""
        labelling = self._moods.get(example.digest[:16])
        if labelling is None:
            return
        for name in self._tree.facets["mood"]:
            said = [name in labelling[each] for each in ("first", "second")]
            is_open = any(name in labelling[f"{each}_open"] for each in ("first", "second"))
            verdicts[name] = TRUE if all(said) else OPEN if any(said) or is_open else FALSE

    def _judge_labels(self, verdicts: Verdicts, example: Example) -> None:
        names = self._named(example)
        if not names:
            return
        facet = self._tree.vocabulary.by_id[names[0]].facet
        verdicts.set_facet(_LABEL_FACET.get(example.set, "object"), FALSE)
        if example.set == "miniplaces":
            self._judge_place(verdicts, names)
        for name in names:
            verdicts.set_true(name)
        verdicts.open_below(facet)
        if example.set in _ALONE and any(self._tree.is_below(name, _SUBJECTS) for name in names):
            verdicts.set_facet("people", FALSE)

    def _named(self, example: Example) -> list[str]:
        """Ids of the terms that the labels of an example are called in the vocabulary."""
        known = self._labels[example.set]
        ways = [known.get(label, [label.lower().replace(" ", "-")]) for label in example.labels]
        return [name for names in ways for name in names]

    def _judge_place(self, verdicts: Verdicts, names: Sequence[str]) -> None:
        """A place says nothing against places that one picture may show with it, and little of buildings."""
        for group in self._together:
            if group.intersection(names):
                for name in group:
                    verdicts[name] = OPEN
        if any(self._tree.is_below(name, ["indoors"]) for name in names):
            for root in ("building-object", "structure", "outdoors"):
                verdicts.set_kinds(root, FALSE)


def _judge_medium(verdicts: Verdicts, medium: str) -> None:
    if medium:
        verdicts.set_facet("medium", FALSE)
        verdicts.set_true(_MEDIUM_IDS.get(medium, medium))
        verdicts.open_below("medium")


def _open_untold(verdicts: Verdicts, example: Example) -> None:
    """Open what captions tell only when it matters, and what a label of another place leaves out."""
    is_captioned = example.set == "flickr8k"
    is_outdoors = example.set == "miniplaces" and verdicts["outdoors"] == TRUE
    for name in UNTOLD:
        if is_captioned or (is_outdoors and verdicts[name] == FALSE):
            verdicts[name] = OPEN


def _judge_surroundings(verdicts: Verdicts, seen: Surroundings) -> None:
    """What was seen, and what was not; labels and captions are right where they say more."""
    for name in sorted(seen.true - ({"waterside"} if seen.setting != "outdoors" else set())):
        verdicts.set_true(name)
    for name in sorted(seen.false):
        verdicts.set_false(name)
    if seen.setting in ("indoors", "outdoors"):
        verdicts.set_true(seen.setting)
        verdicts.set_false("outdoors" if seen.setting == "indoors" else "indoors")
    _judge_number(verdicts, seen.people)


def _judge_number(verdicts: Verdicts, people: str) -> None:
    """Nobody, one person, or several; several may be a group or a crowd."""
    if people == NOBODY:
        verdicts.set_facet("people", FALSE)
    elif people in (ONE, SEVERAL):
        name, other = ("person", "people") if people == ONE else ("people", "person")
        verdicts.set_facet("people", OPEN)
        verdicts.set_true(name)
        verdicts.set_kinds(other, FALSE if people == ONE else OPEN)


def _moods() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Two labellings of the moods of pictures, by the first 16 digits of the hash of the picture."""
    lines = (_HERE / "moods.jsonl").read_text(encoding="utf-8").splitlines()
    return {labelling["digest"]: labelling for labelling in map(json.loads, lines)}
