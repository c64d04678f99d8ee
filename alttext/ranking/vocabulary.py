"""The curated vocabulary: everything that can ever be said, as data that people can read and change.

The format of its files is described in `vocab/README.md`. Nothing here needs numbers or a model.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from alttext.errors import ModelError
from alttext.nearest import nearest
from alttext.ranking import vocabulary_check, vocabulary_file
from alttext.types import Term

INHERITED = ("role", "implies")  # forms that pass from a term to its kinds
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Vocabulary:
    """Terms in the order of their files, and the tree that they form."""

    terms: tuple[Term, ...]

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """Terms by their id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def row(self) -> dict[str, int]:
        """Position of each term, which is its row in arrays."""
        return {term.id: row for row, term in enumerate(self.terms)}

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """Facets that have terms, in order."""
        return tuple(dict.fromkeys(term.facet for term in self.terms))

    def of_facet(self, facet: str) -> tuple[Term, ...]:
        """Terms of one facet."""
        return tuple(term for term in self.terms if term.facet == facet)

    def ancestors(self, term: Term) -> Iterator[Term]:
        """The parent, its parent and so on. It ends where `check` would complain of a gap or a circle."""
        seen = {term.id}
        while term.parent in self.by_id and term.parent not in seen:
            seen.add(term.parent)
            term = self.by_id[term.parent]
            yield term


def default_path() -> Path:
    """Where the curated vocabulary lies: in the installed package, else in the checkout beside it."""
    installed = _PACKAGE / "vocab"
    return installed if installed.is_dir() else _PACKAGE.parent / "vocab"


def load(
    path: str | Path | None = None,
    extend: Iterable[str | Path | dict[str, Any]] = (),
    veto: Iterable[str] = (),
) -> Vocabulary:
    """Read a vocabulary: a folder of files or one file; None is the curated one.

    `extend`: more files, or their content as read; an entry with a known id replaces that entry.
    `veto`: ids of terms that are still ranked but never said. Raises ModelError.
    """
    terms: dict[str, Term] = {}
    for source in _files(Path(path) if path else default_path()):
        terms = _added(terms, vocabulary_file.read(source), str(source))
    if not terms:
        raise ModelError(f"{path}: there are no terms in it; see `alttext vocab show` for what terms are")
    for extension in extend:
        entries, name = _extension(extension)
        terms |= {term.id: term for term in entries}
        _check_parents(terms, entries, name)
    return Vocabulary(tuple(_with_inherited(_without(terms, tuple(veto))).values()))


def check(vocabulary: Vocabulary, vectors: Any = None) -> list[str]:
    """Everything that is wrong with the vocabulary, one message each; an empty list is good.

    `vectors`: unit rows of its terms, to find near-synonyms too.
    """
    return vocabulary_check.problems(vocabulary.terms, vectors)


def _files(path: Path) -> Sequence[Path]:
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not found:
        raise ModelError(
            f"{path}: there is no vocabulary here; give a folder with TOML files, one for each facet"
        )
    return found


def _added(terms: dict[str, Term], entries: Sequence[Term], source: str) -> dict[str, Term]:
    """Both together. Within one vocabulary an id must not come twice."""
    for term in entries:
        if term.id in terms:
            raise ModelError(
                f"{source}: {term.id}: the facet {terms[term.id].facet} has this id already; choose another"
            )
    return terms | {term.id: term for term in entries}


def _extension(extension: str | Path | dict[str, Any]) -> tuple[list[Term], str]:
    if isinstance(extension, dict):
        return vocabulary_file.parse(extension, "vocabulary.extend"), "vocabulary.extend"
    return vocabulary_file.read(Path(extension)), str(extension)


def _check_parents(terms: dict[str, Term], entries: Sequence[Term], source: str) -> None:
    tree = Vocabulary(tuple(terms.values()))
    for term in entries:
        if term.parent and term.parent not in terms:
            raise ModelError(
                f"{source}: {term.id}: there is no term {term.parent}; {_hint(term.parent, terms)}"
            )
        if term.parent and terms[term.parent].facet != term.facet:
            raise ModelError(f"{source}: {term.id}: its parent {term.parent} is of another facet")
        if _is_own_ancestor(term, tree):
            raise ModelError(f"{source}: {term.id}: {term.parent} cannot be above it and below it")


def _is_own_ancestor(term: Term, tree: Vocabulary) -> bool:
    return any(each.parent == term.id for each in (term, *tree.ancestors(term)))


def _without(terms: dict[str, Term], veto: Sequence[str]) -> dict[str, Term]:
    for name in veto:
        if name not in terms:
            raise ModelError(f"vocabulary.veto: there is no term {name}; {_hint(name, terms)}")
    return terms | {name: terms[name]._replace(emit=False) for name in veto}


def _with_inherited(terms: dict[str, Term]) -> dict[str, Term]:
    """Terms with the forms that their parents hand down: a hat is worn because clothing is."""
    tree = Vocabulary(tuple(terms.values()))
    return {name: _inheriting(term, tree) for name, term in terms.items()}


def _inheriting(term: Term, tree: Vocabulary) -> Term:
    own, handed_down = dict(term.grammar), dict[str, str]()
    for above in tree.ancestors(term):
        handed_down = dict(above.grammar) | handed_down  # the nearest has the last word
    forms = [form for form in INHERITED if form in handed_down and form not in own]
    return term._replace(grammar=(*term.grammar, *((form, handed_down[form]) for form in forms)))


def _hint(name: str, known: Iterable[str]) -> str:
    return nearest(name, known, "`alttext vocab show` lists them")
