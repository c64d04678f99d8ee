"""What makes a vocabulary unfit to be spoken: grammar, its tree, clashing names, words never to be said."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alttext.ranking import vocabulary_words
from alttext.ranking.english import has_right_article, is_plural_of
from alttext.ranking.vocabulary_file import FORMS, SETTINGS, SILENT, without_article
from alttext.types import Term

DEEPEST = 3  # levels below a root
NEAR_SYNONYM = 0.95  # cosine of two terms that no picture will ever tell apart

_THINGS = frozenset({"people", "object", "material"})  # facets whose phrases may stand side by side
_NO_CONTENT = frozenset({"composition", "mood", *SILENT})  # facets that a distractor may be a kind of
_INDEFINITE = ("a ", "an ")
_ARTICLES = (*_INDEFINITE, "the ")
_GROUPS = ("a group of ", "a crowd of ")  # plurals all the same: "a group of people are"
_UNSAFE_RE = re.compile(r"[^\w ,.'-]|_|\.$")
_ID_RE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_AFTER_HEAD_RE = re.compile(r" (?:for|from|in|of|on|under|with) ")
_VALUES = {
    "number": {"plural"},
    "subject": {"people", "animal", "any"},
    "role": {"main", "background", "worn"},
    "risk": {"people", "sensitive"},
}


def problems(terms: Sequence[Term], vectors: Any = None) -> list[str]:
    """One message for each thing that is wrong. `vectors`: unit rows, to find near-synonyms too."""
    by_id = {term.id: term for term in terms}
    found = [f"{term.facet}: {term.id}: {problem}" for term in terms for problem in _of_term(term, by_id)]
    found += _duplicates(terms)
    found += _related_distractors(terms)
    if vectors is not None:
        found += _near_synonyms(terms, vectors)
    return found


def _of_term(term: Term, by_id: Mapping[str, Term]) -> Iterator[str]:
    if not _ID_RE.fullmatch(term.id):
        yield "ids are lower-case words joined by hyphens"
    if term.emit and term.facet in SILENT:
        yield f"terms of the facet {term.facet} are never said"
    yield from _of_words(term)
    yield from _of_prompts(term)
    for text in _said(term):
        yield from _of_phrase(text)
    yield from _of_forms(term)
    yield from _of_place(term, by_id)


def _of_words(term: Term) -> Iterator[str]:
    """Excluded words, wherever they stand. What is sensitive has to be named to be noticed."""
    if term.facet != "sensitive":
        texts = dict.fromkeys((*_said(term), *term.prompts))
        found = dict.fromkeys(each for text in texts for each in vocabulary_words.excluded(text))
        yield from (f'"{word}" is excluded: {reason}' for word, reason in found)


def _of_prompts(term: Term) -> Iterator[str]:
    if not term.prompts or not all(prompt.strip() for prompt in term.prompts):
        yield "a term needs at least one prompt"
    for prompt in term.prompts:
        if prompt != " ".join(prompt.split()):
            yield f'the prompt "{prompt}" has needless spaces'
        if prompt.startswith(_ARTICLES):
            yield f'the prompt "{prompt}" needs no article; prompts are put into sentences that bring it'


def _of_phrase(text: str) -> Iterator[str]:
    if text != " ".join(text.split()) or _UNSAFE_RE.search(text):
        yield f'"{text}" would not be safe inside a sentence and an attribute'
    if not has_right_article(text):
        yield f'"{text}" has the wrong article'


def _of_forms(term: Term) -> Iterator[str]:
    forms = dict(term.grammar)
    is_one = term.phrase.startswith(_INDEFINITE)
    for key, form in forms.items():
        if key not in FORMS | {"preposition"} or form not in _VALUES.get(key, {form}):
            yield f"{key} cannot be {form}"
    if is_one and forms.get("number") == "plural" and not term.phrase.startswith(_GROUPS):
        yield "a plural has no indefinite article"
    plural = forms.get("plural")
    if plural and not is_plural_of(plural, without_article(term.phrase)):
        yield f'"{plural}" is no plural of "{term.phrase}"'
    if term.facet == "object" and term.emit and is_one and not plural:
        yield f'write the plural after the phrase: "{term.phrase} / ..."'
    if term.emit:
        yield from _of_facet(term, forms)


def _of_facet(term: Term, forms: Mapping[str, str]) -> Iterator[str]:
    """What a sentence needs of the phrases of some facets."""
    if term.facet in SETTINGS and "preposition" not in forms and " " in term.phrase:
        yield "the phrase of a setting begins with its preposition"
    if term.facet == "scene" and not (forms.get("alone") or term.phrase.startswith(_ARTICLES)):
        yield "a scene without an article needs the form `alone`"
    if term.facet == "activity" and not re.search(r"ing\b", term.phrase):
        yield 'an activity is said in its -ing form: "riding a horse"'


def _of_place(term: Term, by_id: Mapping[str, Term]) -> Iterator[str]:
    """The term's place in the tree."""
    parent = by_id.get(term.parent)
    if not term.parent:
        return
    if parent is None:
        yield f"there is no term {term.parent}"
        return
    if parent.facet != term.facet:
        yield f"its parent {term.parent} is of the facet {parent.facet}"
    line = _line_above(term, by_id)
    top = by_id[line[-1]]
    if top.parent == term.id:
        yield "it is its own ancestor"
    elif len(line) > DEEPEST and top.parent not in line:
        yield f"it is {len(line)} levels below {top.id}; {DEEPEST} are enough"


def _line_above(term: Term, by_id: Mapping[str, Term]) -> list[str]:
    """Ids from the parent up to the root, or to the last before the line comes back to where it was."""
    line = [term.parent]
    while (above := by_id[line[-1]].parent) in by_id and above not in (term.id, *line):
        line.append(above)
    return line


def _said(term: Term) -> list[str]:
    forms = dict(term.grammar)
    return [text for text in (term.phrase, forms.get("plural"), forms.get("alone")) if text]


def _duplicates(terms: Sequence[Term]) -> Iterator[str]:
    for what, count in Counter(term.id for term in terms).items():
        if count > 1:
            yield f"{what}: this id is used {count} times"
    for (facet, phrase, _), count in Counter(_spoken(term) for term in terms if term.emit).items():
        if count > 1:
            yield f'{facet}: "{phrase}" is said by {count} terms'
    prompts = Counter((term.facet, prompt.lower()) for term in terms for prompt in term.prompts)
    for (facet, prompt), count in prompts.items():
        if count > 1:
            yield f'{facet}: the prompt "{prompt}" is used {count} times'


def _spoken(term: Term) -> tuple[str, str, str]:
    """Equal if two terms would say the same in the same place of a sentence."""
    place = "things" if term.facet in _THINGS else term.facet
    return place, term.phrase.lower(), dict(term.grammar).get("preposition", "")


def _related_distractors(terms: Sequence[Term]) -> Iterator[str]:
    """Distractors that are a kind of something that can be said would win against what is true."""
    known = {
        name: term.id
        for term in terms
        if term.emit and term.facet not in _NO_CONTENT
        for name in _names(term)
    }
    for term in terms:
        if term.facet == "distractor":
            kinds = {known[name]: None for prompt in term.prompts for name in _kinds(prompt) if name in known}
            yield from (f"distractor: {term.id}: it is a kind of {kind}, which can be said" for kind in kinds)


def _names(term: Term) -> Iterator[str]:
    for name in (*map(without_article, _said(term)), *term.prompts):
        yield name.lower()


def _kinds(name: str) -> Iterator[str]:
    """What a noun phrase is a kind of by its form: a "haunted house on a hill" is a house."""
    words = _AFTER_HEAD_RE.split(name.lower(), maxsplit=1)[0].split()
    for start in range(len(words)):
        kind = " ".join(words[start:])
        yield from (kind, kind.removesuffix("s"), f"{kind}s")


def _near_synonyms(terms: Sequence[Term], vectors: Any) -> Iterator[str]:
    """Among terms that can be said, and between those and distractors."""
    likeness = vectors @ vectors.T
    for row, other in zip(*(likeness > NEAR_SYNONYM).nonzero(), strict=True):
        one, two = terms[row], terms[other]
        if row < other and _compete(one, two):
            facet = one.facet if one.emit else two.facet
            yield f"{facet}: {one.id} and {two.id} are near-synonyms ({likeness[row, other]:.2f})"


def _compete(one: Term, two: Term) -> bool:
    if one.emit and two.emit:
        return one.facet == two.facet
    return (one.emit or two.emit) and "distractor" in (one.facet, two.facet)
