"""What the captions of a picture say of terms, by the words of `caption_words.toml`.

Captions are taken conservatively: what five people did not mention counts as false, unless their words leave
it open.
"""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from alttext.types import Term
from training.verdicts import FALSE, OPEN, TRUE, Tree, Verdicts

FACETS = ("people", "activity", "object", "scene", "weather", "light", "composition")
MOST = 3  # of five captions
_SOMEBODY = r"(?:man|woman|boy|girl|person|child|kid|guy|lady|player|toddler|baby)"
_SEVERAL_RE = re.compile(
    rf"\b{_SOMEBODY} (?:and|with) (?:a |an |the |another |his |her )?(?:\w+ ){{0,2}}{_SOMEBODY}\b"
)


class CaptionWords:
    """Reads captions for the terms of one vocabulary."""

    def __init__(self, tree: Tree) -> None:
        self._patterns = _patterns(tree)

    def judge(self, verdicts: Verdicts, captions: Sequence[str]) -> None:
        """Settle the terms of all facets that captions speak of."""
        texts = [" ".join(re.findall(r"[a-z0-9'-]+", caption.lower())) for caption in captions]
        for name in self._patterns:
            verdicts[name] = self._said(name, "\n".join(texts))
        for name in self._patterns:
            if verdicts[name] == TRUE:
                verdicts.set_true(name)
        verdicts.open_above(FACETS)
        for facet in FACETS:
            if facet != "people":
                verdicts.open_below(facet)
        self._judge_people(verdicts, texts)

    def _said(self, name: str, captions: str) -> int:
        """What the captions, one on each line, say of a term."""
        said, maybe = self._patterns[name]
        if said.search(captions):
            return TRUE
        return OPEN if maybe and maybe.search(captions) else FALSE

    def _judge_people(self, verdicts: Verdicts, texts: Sequence[str]) -> None:
        """One person or several: by most captions; where they disagree it is left open."""
        several = sum(bool(self._says("people", text) or _SEVERAL_RE.search(text)) for text in texts)
        anybody = several or any(self._says("person", text) for text in texts)
        verdicts["people"] = TRUE if several >= MOST else OPEN if several else FALSE
        verdicts["person"] = (OPEN if several else TRUE) if anybody else FALSE
        if several < MOST:
            for name in ("group-of-people", "crowd"):
                verdicts[name] = OPEN if several or verdicts[name] == OPEN else FALSE

    def _says(self, name: str, text: str) -> bool:
        return bool(self._patterns[name][0].search(text))


def _patterns(tree: Tree) -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    """For each term that captions speak of, what says it, and what leaves it open."""
    path = Path(__file__).with_suffix(".toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {name: pattern for table in tables.values() for name, pattern in table.items()}
    if unknown := set(words) - set(tree.vocabulary.by_id):
        raise ValueError(f"training/{path.name}: no such terms: {', '.join(sorted(unknown))}")
    terms = [term for term in tree.vocabulary.terms if term.facet in FACETS]
    return {term.id: _compiled(words.get(term.id) or _default_pattern(term)) for term in terms}


def _default_pattern(term: Term) -> str:
    names = [term.phrase, dict(term.grammar).get("plural", ""), *term.prompts]
    plain = [re.sub(r"^(?:an?|the) |\s*\(.*?\)", "", name).lower() for name in names if name]
    return "|".join(re.escape(name) + "s?" for name in dict.fromkeys(plain))


def _compiled(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    said, _, maybe = pattern.partition(" ~ ")
    return re.compile(rf"\b(?:{said})\b"), re.compile(rf"\b(?:{maybe})\b") if maybe else None
