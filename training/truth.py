"""What is known to be true of an example, in terms of the vocabulary: from its labels and captions.

Truth is taken conservatively: what five people did not mention counts as false, unless their words leave it
open.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Term
from training import surroundings
from training.archive import Example
from training.captions import medium_of
from training.surroundings import NOBODY, ONE, SEVERAL, UNTOLD, Surroundings

TRUE, FALSE, OPEN = 1, 0, -1
_HERE = Path(__file__).parent
_CAPTION_FACETS = frozenset({"people", "activity", "object", "scene", "weather", "light", "composition"})
_LABEL_FACET = {"miniplaces": "scene", "weather4": "weather"}
_SOMEBODY = r"(?:man|woman|boy|girl|person|child|kid|guy|lady|player|toddler|baby)"
_SEVERAL_RE = re.compile(
    rf"\b{_SOMEBODY} (?:and|with) (?:a |an |the |another |his |her )?(?:\w+ ){{0,2}}{_SOMEBODY}\b"
)
_MEDIUM_IDS = {"decorative": "decoration"}


class Truth:
    """Truth of examples as rows over the terms of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._labels = tomllib.loads((_HERE / "labels.toml").read_text(encoding="utf-8"))
        self._together = [frozenset(ids) for ids in self._labels.pop("together").values()]

    def rows(self, examples: Sequence[Example]) -> NDArray[np.int8]:
        """`(n, terms)` of TRUE, FALSE and OPEN."""
        return np.stack([self.row(example) for example in examples])

    def row(self, example: Example) -> NDArray[np.int8]:
        """What is known of one example."""
        row = np.full(len(self.vocabulary.terms), OPEN, np.int8)
        self._set_medium(row, medium_of(example))
        self._set_moods(row, example)
        if example.labels:
            self._set_labels(row, example)
        elif example.set == "flickr8k":
            self._set_captions(row, example.captions)
        looked_at = surroundings.load().get(example.digest[:16])
        self._open_untold(row, example)
        if looked_at:
            self._set_surroundings(row, looked_at)
        return row

    def _open_untold(self, row: NDArray[np.int8], example: Example) -> None:
        """Open what captions tell only when it matters, and what a label of another place leaves out."""
        is_captioned = example.set == "flickr8k"
        is_outdoors = row[self.vocabulary.row["outdoors"]] == TRUE
        for name in UNTOLD:
            at = self.vocabulary.row[name]
            if is_captioned or (row[at] == FALSE and example.set == "miniplaces" and is_outdoors):
                row[at] = OPEN

    def _set_surroundings(self, row: NDArray[np.int8], seen: Surroundings) -> None:
        """What was seen, and what was not; labels and captions are right where they say more."""
        for name in sorted(seen.true - ({"waterside"} if seen.setting != "outdoors" else set())):
            self._set_true(row, self.vocabulary.by_id[name])
        for name in sorted(seen.false):
            self._set_false(row, name)
        if seen.setting in ("indoors", "outdoors"):
            self._set_true(row, self.vocabulary.by_id[seen.setting])
            self._set_false(row, "outdoors" if seen.setting == "indoors" else "indoors")
        self._set_number(row, seen.people)

    def _set_number(self, row: NDArray[np.int8], people: str) -> None:
        """Nobody, one person, or several; several may be a group or a crowd."""
        if people == NOBODY:
            self._set_facet(row, "people", FALSE)
        elif people in (ONE, SEVERAL):
            name, other = ("person", "people") if people == ONE else ("people", "person")
            self._set_facet(row, "people", OPEN)
            self._set_true(row, self.vocabulary.by_id[name])
            self._set_tree(row, other, FALSE if people == ONE else OPEN)

    def _set_medium(self, row: NDArray[np.int8], medium: str) -> None:
        if medium:
            self._set_facet(row, "medium", FALSE)
            self._set_true(row, self.vocabulary.by_id[_MEDIUM_IDS.get(medium, medium)])
            self._open_below(row, "medium")

    def _set_moods(self, row: NDArray[np.int8], example: Example) -> None:
        """A mood is true if both labellings say so, and false if neither finds it even arguable."""
        labelling = self._moods.get(example.digest[:16])
        if labelling is None:
            return
        for term in self.vocabulary.of_facet("mood"):
            said = [term.id in labelling[name] for name in ("first", "second")]
            is_open = any(term.id in labelling[f"{name}_open"] for name in ("first", "second"))
            row[self.vocabulary.row[term.id]] = TRUE if all(said) else OPEN if any(said) or is_open else FALSE

    def _set_labels(self, row: NDArray[np.int8], example: Example) -> None:
        names = self._labels[example.set]
        ids = [
            name for label in example.labels for name in names.get(label, [label.lower().replace(" ", "-")])
        ]
        terms = [self.vocabulary.by_id[name] for name in ids]
        if not terms:
            return
        self._set_facet(row, _LABEL_FACET.get(example.set, "object"), FALSE)
        if example.set == "miniplaces":
            self._set_places(row, set(ids))
        for term in terms:
            self._set_true(row, term)
        self._open_below(row, terms[0].facet)
        is_alone = any(
            parent.id in ("animal", "plant", "vehicle")
            for term in terms
            for parent in self.vocabulary.ancestors(term)
        )
        if is_alone and example.set in ("caltech101", "flowers5"):
            self._set_facet(row, "people", FALSE)

    def _set_places(self, row: NDArray[np.int8], ids: set[str]) -> None:
        """A place says nothing against places that one picture may show with it, and little of buildings."""
        for group in self._together:
            if ids & group:
                for name in group:
                    row[self.vocabulary.row[name]] = OPEN
        is_indoors = any(
            parent.id == "indoors"
            for name in ids
            for parent in self.vocabulary.ancestors(self.vocabulary.by_id[name])
        )
        if is_indoors:
            for root in ("building-object", "structure"):
                self._set_tree(row, root, FALSE)
            self._set_tree(row, "outdoors", FALSE)

    def _set_captions(self, row: NDArray[np.int8], captions: Iterable[str]) -> None:
        texts = [" ".join(re.findall(r"[a-z0-9'-]+", caption.lower())) for caption in captions]
        for number, term in enumerate(self.vocabulary.terms):
            if term.facet in _CAPTION_FACETS:
                row[number] = self._said(term, "\n".join(texts))
        for term in self.vocabulary.terms:
            if row[self.vocabulary.row[term.id]] == TRUE:
                self._set_true(row, term)
        self._open_above(row)
        for facet in _CAPTION_FACETS - {"people"}:
            self._open_below(row, facet)
        self._set_people(row, texts)

    def _set_people(self, row: NDArray[np.int8], texts: Sequence[str]) -> None:
        """One person or several: by most captions; where they disagree it is left open."""
        at = self.vocabulary.row
        plural = sum(
            bool(self._patterns["people"][0].search(text) or _SEVERAL_RE.search(text)) for text in texts
        )
        anybody = plural or any(self._patterns["person"][0].search(text) for text in texts)
        row[at["people"]] = TRUE if plural >= 3 else OPEN if plural else FALSE
        row[at["person"]] = (TRUE if plural == 0 else OPEN) if anybody else FALSE
        if plural < 3:
            row[at["group-of-people"]] = min(row[at["group-of-people"]], FALSE if plural == 0 else OPEN)
            row[at["crowd"]] = min(row[at["crowd"]], FALSE if plural == 0 else OPEN)

    def _said(self, term: Term, captions: str) -> int:
        """What the captions, one on each line, say of a term."""
        said, maybe = self._patterns[term.id]
        if said.search(captions):
            return TRUE
        return OPEN if maybe and maybe.search(captions) else FALSE

    @cached_property
    def _moods(self) -> dict[str, dict[str, list[str]]]:
        lines = (_HERE / "moods.jsonl").read_text(encoding="utf-8").splitlines()
        return {labelling["digest"]: labelling for labelling in map(json.loads, lines)}

    @cached_property
    def _patterns(self) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
        tables = tomllib.loads((_HERE / "caption_words.toml").read_text(encoding="utf-8"))
        words = {name: pattern for table in tables.values() for name, pattern in table.items()}
        if unknown := set(words) - set(self.vocabulary.by_id):
            raise ValueError(f"training/caption_words.toml: no such terms: {', '.join(sorted(unknown))}")
        return {
            term.id: _compiled(words.get(term.id) or _default_pattern(term)) for term in self.vocabulary.terms
        }

    def _set_facet(self, row: NDArray[np.int8], facet: str, value: int) -> None:
        for term in self.vocabulary.of_facet(facet):
            row[self.vocabulary.row[term.id]] = value

    def _set_tree(self, row: NDArray[np.int8], root: str, value: int) -> None:
        for term in self.vocabulary.terms:
            if self._is_below(term, root):
                row[self.vocabulary.row[term.id]] = value

    def _set_false(self, row: NDArray[np.int8], root: str) -> None:
        """Make a term and its kinds false, unless one of them is known to be true."""
        tree = [term.id for term in self.vocabulary.terms if self._is_below(term, root)]
        at = [self.vocabulary.row[name] for name in tree]
        if not (row[at] == TRUE).any():
            row[at] = FALSE

    def _is_below(self, term: Term, root: str) -> bool:
        return term.id == root or any(parent.id == root for parent in self.vocabulary.ancestors(term))

    def _set_true(self, row: NDArray[np.int8], term: Term) -> None:
        for each in (term, *self.vocabulary.ancestors(term)):
            row[self.vocabulary.row[each.id]] = TRUE

    def _open_above(self, row: NDArray[np.int8]) -> None:
        """Where a term is open, its parents cannot be false."""
        for term in self.vocabulary.terms:
            if term.facet in _CAPTION_FACETS and row[self.vocabulary.row[term.id]] == OPEN:
                for parent in self.vocabulary.ancestors(term):
                    at = self.vocabulary.row[parent.id]
                    row[at] = OPEN if row[at] == FALSE else row[at]

    def _open_below(self, row: NDArray[np.int8], facet: str) -> None:
        """Where a term is true and none of its children is, nobody said which child it is."""
        children: dict[str, list[Term]] = {}
        for term in self.vocabulary.of_facet(facet):
            children.setdefault(term.parent, []).append(term)
        for parent, below in children.items():
            at = [self.vocabulary.row[term.id] for term in below]
            if parent and row[self.vocabulary.row[parent]] == TRUE and not (row[at] == TRUE).any():
                for term in below:
                    self._set_tree(row, term.id, OPEN)


def _default_pattern(term: Term) -> str:
    names = [term.phrase, dict(term.grammar).get("plural", ""), *term.prompts]
    plain = [re.sub(r"^(?:an?|the) |\s*\(.*?\)", "", name).lower() for name in names if name]
    return "|".join(re.escape(name) + "s?" for name in dict.fromkeys(plain))


def _compiled(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    said, _, maybe = pattern.partition(" ~ ")
    return re.compile(rf"\b(?:{said})\b"), re.compile(rf"\b(?:{maybe})\b") if maybe else None
