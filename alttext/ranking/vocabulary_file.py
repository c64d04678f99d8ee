"""One file of the vocabulary, from TOML to terms. The format is described in `vocab/README.md`."""

import re
import tomllib
from pathlib import Path
from typing import Any

from alttext.errors import ModelError
from alttext.types import Term

FACETS = (
    "medium", "people", "activity", "object", "scene", "weather", "light", "season",
    "composition", "material", "mood", "sensitive", "distractor",
)  # fmt: skip
SETTINGS = frozenset({"scene", "weather", "light", "season"})  # their phrases begin with a preposition
SILENT = frozenset({"sensitive", "distractor"})  # ranked, never said
FORMS = frozenset({"plural", "number", "subject", "role", "risk", "alone", "vague", "implies"})
ROOTS = "roots"  # the table of terms without a parent

_PREPOSITION_RE = re.compile(r"(in or by|in front of|inside|among|during|under|with|in|on|at|by) (?=\S)")
_ARTICLE_RE = re.compile(r"(?:an?|the) ")


def read(path: Path) -> list[Term]:
    """Terms of one file, whose name is the facet unless the file says otherwise. Raises ModelError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{path}: the vocabulary cannot be read ({error.strerror}); check the path"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: this is no valid TOML ({error}); mend the file") from error
    content.setdefault("facet", path.stem)
    return parse(content, str(path))


def parse(content: dict[str, Any], source: str) -> list[Term]:
    """Terms of the content of one file; `source` names it in messages. Raises ModelError."""
    facet = content.get("facet")
    if facet not in FACETS:
        raise ModelError(
            f'{source}: "{facet}" is no facet; put `facet = "object"` (or {", ".join(FACETS)}) at the top'
        )
    terms: list[Term] = []
    for table, entries in content.items():
        if table == "facet":
            continue
        if not isinstance(entries, dict):
            raise ModelError(
                f"{source}: {table} stands outside of a table; put [{ROOTS}] or [its-parent] above it"
            )
        parent = "" if table == ROOTS else table
        for name, value in entries.items():
            terms.extend(_terms(name, value, facet, parent, source))
    return terms


def _terms(name: str, value: Any, facet: str, parent: str, source: str) -> list[Term]:
    """A list holds names that are only ranked; everything else is one term."""
    if isinstance(value, list):
        ids = [f"{name}-{slug(each)}" for each in value]
        return [
            Term(key, facet, each, (each,), parent, emit=False) for key, each in zip(ids, value, strict=True)
        ]
    entry = {"phrase": value} if isinstance(value, str) else value
    if not isinstance(entry, dict) or not isinstance(entry.get("phrase"), str):
        raise ModelError(
            f'{source}: {name}: write it as {name} = "a phrase" or {name} = {{ phrase = "a phrase" }}'
        )
    return [_term(name, dict(entry), facet, parent, source)]


def _term(name: str, entry: dict[str, Any], facet: str, parent: str, source: str) -> Term:
    phrase, _, plural = (part.strip() for part in entry.pop("phrase").partition(" / "))
    preposition = ""
    if facet in SETTINGS and (found := _PREPOSITION_RE.match(phrase)):
        preposition, phrase = found[1], phrase[found.end() :]
    prompts = tuple(entry.pop("prompts", ())) or (without_article(phrase),)
    emit = bool(entry.pop("emit", True)) and facet not in SILENT
    if unknown := set(entry) - FORMS:
        raise ModelError(
            f"{source}: {name}: unknown key {min(unknown)}; known are {', '.join(sorted(FORMS))}"
        )
    forms = {"preposition": preposition, "plural": plural, **entry}
    grammar = tuple((key, str(form)) for key, form in forms.items() if form)
    return Term(name, facet, phrase, prompts, parent, emit, grammar)


def without_article(phrase: str) -> str:
    """The phrase from its first word that is no article."""
    return _ARTICLE_RE.sub("", phrase, count=1) if _ARTICLE_RE.match(phrase) else phrase


def slug(name: str) -> str:
    """The name as an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
