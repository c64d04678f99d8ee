"""What a person says of pictures, true and false: a file of JSON Lines, see `docs/calibration.md`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from alttext.errors import ParseError
from alttext.nearest import nearest
from alttext.ranking.vocabulary import Vocabulary

TRUE, FALSE, UNKNOWN = 1, 0, -1
_EXCLUSIVE = "medium"  # a picture has one, so that naming it says that it has no other
_PHOTOGRAPH = "photograph"


@dataclass(frozen=True, slots=True)
class LabelledPicture:
    """One picture with the ids of all terms that are known to be true or false of it."""

    path: Path
    true: frozenset[str]
    false: frozenset[str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The pictures of a file, and one message for each line that is wrong."""

    pictures: tuple[LabelledPicture, ...]
    problems: tuple[str, ...]


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file, as written."""

    image: str
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()


def read(path: Path, vocabulary: Vocabulary) -> Labels:
    """Labels in terms of a vocabulary; paths in the file are relative to its folder. Raises ParseError."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(f"{path}: cannot be read as UTF-8 text ({error}); give a JSON Lines file") from error
    reader = _Reader(vocabulary)
    pictures: dict[Path, LabelledPicture] = {}
    problems: list[str] = []
    for number, text in enumerate(lines, start=1):
        try:
            for picture in reader.pictures(text, path.parent, pictures):
                pictures[picture.path] = picture
        except ValueError as error:  # msgspec's are of this kind, too
            problems += [f"{path}:{number}: {message}" for message in str(error).split("\n")]
    return Labels(tuple(pictures.values()), tuple(problems))


def truth(pictures: Sequence[LabelledPicture], vocabulary: Vocabulary) -> NDArray[np.int8]:
    """`(pictures, terms)` of TRUE, FALSE and UNKNOWN."""
    rows = np.full((len(pictures), len(vocabulary.terms)), UNKNOWN, np.int8)
    for row, picture in zip(rows, pictures, strict=True):
        for ids, value in ((picture.true, TRUE), (picture.false, FALSE)):
            row[[vocabulary.row[name] for name in ids]] = value
    return rows


def photographs(pictures: Sequence[LabelledPicture], vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Which pictures are photographs: those of which no other medium is known."""
    others = {term.id for term in vocabulary.of_facet(_EXCLUSIVE)} - {_PHOTOGRAPH}
    return np.array([not picture.true & others for picture in pictures], np.bool_)


@dataclass(frozen=True)
class _Reader:
    """Reads lines against a vocabulary; what is wrong with one raises ValueError with a message a line."""

    vocabulary: Vocabulary

    def pictures(self, text: str, folder: Path, known: Iterable[Path]) -> Iterator[LabelledPicture]:
        """The picture of a line; none of an empty one."""
        if not text.strip():
            return
        line = msgspec.json.decode(text, type=_Line)
        path = folder / line.image
        if path in known:
            raise ValueError(f"{line.image} again; put all that is known of a picture into one line")
        self._check_names(line)
        true = frozenset(above for name in line.true for above in self._line(name))
        false = frozenset(below for name in line.false for below in self._tree(name))
        self._check_sense(line, true, false)
        yield LabelledPicture(path, true, false | self._left_out(line, true))

    def _check_names(self, line: _Line) -> None:
        terms, facets = self.vocabulary.by_id, self.vocabulary.facets
        unknown = [f"unknown term {name}; {_hint(name, terms)}" for name in (*line.true, *line.false)
                   if name not in terms]  # fmt: skip
        unknown += [f"complete: unknown facet {name}; {_hint(name, facets)}" for name in line.complete
                    if name not in facets]  # fmt: skip
        if unknown:
            raise ValueError("\n".join(unknown))

    def _check_sense(self, line: _Line, true: frozenset[str], false: frozenset[str]) -> None:
        clash = [name for name in line.true if name in false]
        if clash:
            above = next(name for name in line.false if name in self._line(clash[0]))
            raise ValueError(f"{clash[0]} is true, so {above} cannot be false; correct one of them")
        if not (true or false or line.complete):
            raise ValueError(f"nothing is said of {line.image}; give it true, false or complete")

    def _left_out(self, line: _Line, true: frozenset[str]) -> frozenset[str]:
        """What is false because its facet is complete without it.

        Where a term is true and none of its kinds is, nobody said which kind it is, so these stay unknown.
        """
        is_medium_known = any(self.vocabulary.by_id[name].facet == _EXCLUSIVE for name in true)
        facets = {*line.complete, *([_EXCLUSIVE] if is_medium_known else [])}
        unsaid = {
            below for name in true if not true & {*self._kinds.get(name, ())} for below in self._tree(name)
        }
        left = {term.id for facet in facets for term in self.vocabulary.of_facet(facet)}
        return frozenset(left - true - unsaid)

    def _line(self, name: str) -> list[str]:
        """The term and all above it."""
        return [name, *(term.id for term in self.vocabulary.ancestors(self.vocabulary.by_id[name]))]

    def _tree(self, name: str) -> list[str]:
        """The term and all below it."""
        return [name, *(below for kind in self._kinds.get(name, ()) for below in self._tree(kind))]

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        kinds: dict[str, list[str]] = {}
        for term in self.vocabulary.terms:
            kinds.setdefault(term.parent, []).append(term.id)
        return kinds


def _hint(name: str, known: Iterable[str]) -> str:
    return nearest(name.lower().replace(" ", "-"), known, "`alttext vocab show` lists them")
