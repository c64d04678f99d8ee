"""Tell which alternatives a picture can confirm or refute: English ones that name things to be seen.

Names cannot be compared, since the model knows nobody, and neither can what is only meant ("our values").
"""

import re
from collections.abc import Iterable, Sequence

from alttext.types import Term

# Facets whose terms are seen, rather than felt or meant.
_SEEN = frozenset(
    {"people", "activity", "object", "scene", "weather", "light", "season", "material", "distractor"}
)
# People, whom the vocabulary only calls so.
_PEOPLE = "adult boy boys children daughter father girl girls guy lady man men mother son toddler woman women"
_ENGLISH = "a an and are at by for from her his in is its of on or over the their to under with"
_COUNTING = frozenset("a an one two three several".split())  # noqa: SIM905
_FILLING = frozenset(f"{_ENGLISH} that this these those into near up photo photograph picture image".split())
# Words that many sentences have, of languages in which people write alternatives; none of them is English.
_FOREIGN = """
    am auf dem der ein eine einem einer im mit und vom zum zur aux avec dans des du est et les sur une con del
    el los las una unos y il gli della di nel nella alla com da na nas uma het een van met aan bij och en av
"""
_OF_ENGLISH, _OF_OTHERS = frozenset(_ENGLISH.split()), frozenset(_FOREIGN.split())
_WORD_RE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ARTICLE_RE = re.compile(r"^(?:an?|the) ")


def visible_words(terms: Iterable[Term]) -> frozenset[str]:
    """Words by which a vocabulary names what can be seen, in lower case.

    Of names of several words only those of activities: "playing ball" shows in each of its words, but
    "mountain pass" does not make "pass" something to be seen.
    """
    seen = [term for term in terms if term.facet in _SEEN]
    names = [(term.facet, _ARTICLE_RE.sub("", name)) for term in seen for name in _names(term)]
    words = [name.split() for facet, name in names if facet == "activity" or " " not in name]
    return frozenset({word.lower() for some in words for word in some} | set(_PEOPLE.split())) - _FILLING


def can_be_judged(text: str, visible: frozenset[str]) -> bool:
    """Whether a text names two things to be seen, or just one, and more of these than of names."""
    words = _WORD_RE.findall(text)
    lower = [word.lower() for word in words]
    seen = {word for word in lower if _is_visible(word, visible)}
    names = sum(_is_name(word, visible) for word in words[1:])  # any word may open a sentence
    return _is_telling(lower, seen) and len(seen) >= names and not _is_foreign(set(lower))


def _is_telling(words: Sequence[str], seen: set[str]) -> bool:
    is_label = len(words) <= 3 and set(words) <= seen | _COUNTING
    return len(seen) >= 2 or (len(seen) == 1 and is_label)


def _names(term: Term) -> Iterable[str]:
    return filter(None, (term.phrase, *term.prompts, dict(term.grammar).get("plural", "")))


def _is_visible(word: str, visible: frozenset[str]) -> bool:
    return word in visible or word.removesuffix("s") in visible or word.removesuffix("es") in visible


def _is_name(word: str, visible: frozenset[str]) -> bool:
    return word[0].isupper() and word.lower() not in _FILLING and not _is_visible(word.lower(), visible)


def _is_foreign(words: set[str]) -> bool:
    return len(words & _OF_OTHERS) > len(words & _OF_ENGLISH)
