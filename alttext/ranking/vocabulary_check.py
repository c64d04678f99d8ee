"""What makes a vocabulary unfit to be spoken: grammar, its tree, and words that must never be said."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from alttext.ranking.vocabulary_file import FORMS, SETTINGS, SILENT
from alttext.types import Term

NEAR_SYNONYM = 0.96  # cosine of two terms that no picture will ever tell apart

# Nobody can see these in a picture, and guesses hurt: gender and family, age, origin and belief, looks and
# health, sexuality, crime and poverty, occupation, feelings. `child` and `baby` are ranked, not said.
EXCLUDED = frozenset(
    """
    man men woman women boy boys girl girls male female lady ladies gentleman guy guys mother father mom
    dad
    daughter son sister brother husband wife bride groom wedding family couple grandmother grandfather
    teenager teenage toddler elderly senior adult adults kids youth
    african american-african asian european caucasian hispanic latino arab jewish muslim christian hindu
    buddhist
    immigrant refugee foreigner native tribal ethnic
    beautiful ugly pretty handsome attractive fat thin obese slim pregnant disabled blind deaf sick
    blonde brunette
    gay lesbian transgender sexy lingerie nude naked porn
    criminal thief terrorist prison prisoner arrest gang slum beggar homeless poor poverty drugs
    soldier police officer doctor nurse teacher businessman businesswoman politician president priest
    monk nun king
    queen maid prostitute worker
    happy sad angry afraid scared lonely bored disgusted surprised tired
    gorilla chimpanzee orangutan ape baboon
    disneyland eiffel manhattan paris london coca-cola iphone lego nintendo garfield snoopy
    """.split()  # noqa: SIM905 - words read better than a list of strings
)
# Compounds in which a word above means no person.
ALLOWED = ("police car", "great ape", "lady's slipper")

_WORD_RE = re.compile(r"[a-z][a-z'-]*")
_UNSAFE_RE = re.compile(r"[^A-Za-z0-9 ,.'é-]")
_ID_RE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VOWEL_RE = re.compile(r"[aeiouAEIOU]|hour|honest|X-ray|[MSFL][A-Z]")
_CONSONANT_RE = re.compile(
    r"(?:uni[^mn]|use|utensil|euphon|eucal|europe|one|once|ukulele|UFO)", re.IGNORECASE
)
_VALUES = {
    "number": {"plural"},
    "subject": {"people", "animal", "any"},
    "role": {"main", "background", "worn"},
    "risk": {"people", "sensitive"},
}


def problems(terms: Sequence[Term], vectors: Any = None) -> list[str]:
    """One message for each thing that is wrong. `vectors`: unit rows, to find near-synonyms too."""
    found = [f"{term.facet}: {term.id}: {problem}" for term in terms for problem in _of_term(term)]
    found += _tree_problems(terms)
    found += _duplicates(terms)
    if vectors is not None:
        found += _near_synonyms(terms, vectors)
    return found


def has_right_article(phrase: str) -> bool:
    """Whether a phrase with an indefinite article has the one that its next word needs."""
    article, _, rest = phrase.partition(" ")
    if article not in ("a", "an"):
        return True
    is_vowel = bool(_VOWEL_RE.match(rest)) and not _CONSONANT_RE.match(rest)
    return (article == "an") == is_vowel


def with_article(noun: str) -> str:
    """The noun with its indefinite article. For prompts only: what is said comes from the entries."""
    return f"a {noun}" if has_right_article(f"a {noun}") else f"an {noun}"


def excluded_words(text: str) -> list[str]:
    """Words of the text that must never be said of a picture."""
    lowered = text.lower()
    for compound in ALLOWED:
        lowered = lowered.replace(compound, "")
    return [word for word in _WORD_RE.findall(lowered) if word in EXCLUDED]


def _of_term(term: Term) -> Iterator[str]:
    if not _ID_RE.fullmatch(term.id):
        yield "ids are lower-case words joined by hyphens"
    if term.facet not in SILENT:
        for text in (term.phrase, *term.prompts):
            yield from (f'"{word}" is excluded' for word in excluded_words(text))
    if not term.prompts or not all(prompt.strip() for prompt in term.prompts):
        yield "a term needs at least one prompt"
    yield from _of_forms(term)


def _of_forms(term: Term) -> Iterator[str]:
    forms = dict(term.grammar)
    for text in filter(None, (term.phrase, forms.get("plural"), forms.get("alone"))):
        if text != " ".join(text.split()) or _UNSAFE_RE.search(text) or text.endswith("."):
            yield f'"{text}" would not be safe inside a sentence and an attribute'
        if not has_right_article(text):
            yield f'"{text}" has the wrong article'
    is_one_group = "group of" in term.phrase
    if forms.get("number") == "plural" and term.phrase.startswith(("a ", "an ")) and not is_one_group:
        yield "a plural has no indefinite article"
    for key, form in forms.items():
        if key not in FORMS | {"preposition"} or form not in _VALUES.get(key, {form}):
            yield f"{key} cannot be {form}"
    if term.facet in SETTINGS and term.emit and "preposition" not in forms and " " in term.phrase:
        yield "the phrase of a setting begins with its preposition"
    if (
        term.facet == "scene"
        and term.emit
        and not (forms.get("alone") or term.phrase.startswith(("a ", "an ", "the ")))
    ):
        yield "a scene without an article needs the form `alone`"


def _tree_problems(terms: Sequence[Term]) -> Iterator[str]:
    by_id = {term.id: term for term in terms}
    for term in terms:
        parent = by_id.get(term.parent)
        if term.parent and parent is None:
            yield f"{term.facet}: {term.id}: there is no term {term.parent}"
        elif parent and parent.facet != term.facet:
            yield f"{term.facet}: {term.id}: its parent {term.parent} is of the facet {parent.facet}"
        elif _is_in_cycle(term, by_id):
            yield f"{term.facet}: {term.id}: it is its own ancestor"


def _is_in_cycle(term: Term, by_id: dict[str, Term]) -> bool:
    seen = set()
    at: Term | None = term
    while at and at.parent and at.id not in seen:
        seen.add(at.id)
        at = by_id.get(at.parent)
    return bool(at and at.parent and at.id in seen)


def _duplicates(terms: Sequence[Term]) -> Iterator[str]:
    for what, count in Counter(term.id for term in terms).items():
        if count > 1:
            yield f"{what}: this id is used {count} times"
    said = Counter(
        (term.facet, term.phrase, dict(term.grammar).get("preposition")) for term in terms if term.emit
    )
    for (facet, phrase, _), count in said.items():
        if count > 1:
            yield f'{facet}: "{phrase}" is said by {count} terms'
    for (facet, prompt), count in Counter((t.facet, prompt) for t in terms for prompt in t.prompts).items():
        if count > 1:
            yield f'{facet}: the prompt "{prompt}" belongs to {count} terms'


def _near_synonyms(terms: Sequence[Term], vectors: Any) -> Iterator[str]:
    likeness = vectors @ vectors.T
    for row, term in enumerate(terms):
        for other in range(row + 1, len(terms)):
            if likeness[row, other] > NEAR_SYNONYM and terms[other].facet == term.facet:
                alike = f"{term.id} and {terms[other].id}"
                yield f"{term.facet}: {alike} are near-synonyms ({likeness[row, other]:.2f})"
