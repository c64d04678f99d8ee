"""What all languages share whose terms were translated: where the forms are, and what would be repetition."""

import re
from collections.abc import Callable

from alttext.remediation.languages.plan import Naming, form
from alttext.types import Term

_FORMS = ("many", "m", "f", "mp", "fp", "setting")
_WORD_RE = re.compile(r"[\w-]{4,}")  # shorter ones tell of nothing ("de", "der")


def setting(term: Term) -> str:
    """A place with its preposition; weather and light bring theirs."""
    return form(term, "setting") or term.phrase


def alone(term: Term) -> str:
    """A place without its preposition; weather and light are not said alone."""
    return term.phrase if term.facet == "scene" else ""


def naming(heads: Callable[[str], list[str]]) -> Naming:
    """What tells that something was said: a name, what it is a kind of, or the head of a name (`heads`)."""

    def names(term: Term) -> list[str]:
        return [*term.prompts, *form(term, "kind").split(" / "), *heads(term.prompts[0])]

    def echo(term: Term) -> list[str]:
        """The names of a place; of weather and light each word: "dans le ciel, sous un ciel bleu"."""
        if term.facet == "scene":
            return list(term.prompts)
        words = (word for name in term.prompts for word in _WORD_RE.findall(name))
        return [name for word in words for name in (word, *heads(word))]

    return Naming(names, echo, said)


def said(term: Term) -> str:
    """All forms of it, as any of them may come."""
    return " ".join([term.phrase, *(form(term, name) for name in _FORMS)])
