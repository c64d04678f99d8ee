"""One sentence in plain words out of terms that carry their own articles, prepositions and plurals.

Nothing is derived from strings: each entry of the vocabulary, and of its translations, brings the forms that
its language needs.
"""

from collections.abc import Callable, Mapping, Sequence

from alttext.remediation.languages import english, french, german, spanish
from alttext.remediation.languages.plan import form, is_worn
from alttext.types import ENGLISH, Term

__all__ = ["LONGEST", "WRITERS", "form", "is_worn", "write"]

LONGEST = 250  # characters
WRITERS: Mapping[str, Callable[[Sequence[Term], Term | None], str | None]] = {
    ENGLISH: english.write,
    "de": german.write,
    "es": spanish.write,
    "fr": french.write,
}


def write(terms: Sequence[Term], medium: Term | None = None, lang: str = ENGLISH) -> str | None:
    """The sentence that says the terms, surest first: who and what, then the setting, then the light.

    What another term says already is left out, and the least sure terms where the sentence gets too long.
    None if the terms make no sentence in the language.
    """
    text = WRITERS[lang](terms, medium) if lang in WRITERS else None
    if text is None or len(text) <= LONGEST or len(terms) == 1:
        return text
    return write(terms[:-1], medium, lang)
