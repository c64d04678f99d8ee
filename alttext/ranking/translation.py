"""Terms in other languages than English, in the forms that their grammar needs.

Every form was written by a person; nothing is inflected here. The format of the files is described in
`vocab/README.md`. A term without a translation is said by the next more general one that has any.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from alttext.errors import ModelError
from alttext.ranking import vocabulary_file
from alttext.ranking.vocabulary import Vocabulary, default_path
from alttext.types import GAP, Term, Wording

NOUNS = frozenset({"people", "object"})  # facets whose entries tell their gender
_KEPT = (
    "number",
    "subject",
    "role",
    "risk",
    "vague",
    "implies",
)  # forms of the English entry that hold in every language
_PHRASE = ("phrase",)
_FORMS = {
    "scene": ("setting", "phrase"),
    "weather": _PHRASE,
    "light": _PHRASE,
    "season": _PHRASE,
    "medium": _PHRASE,
}


@dataclass(frozen=True)
class Language:
    """Which forms the entries of a language have, in their order."""

    genders: Mapping[str, str]  # each with its articles; "_" joins the words of one
    noun: tuple[str, ...]
    activity: tuple[str, ...]
    small: frozenset[str]  # words in front of a name that are no part of it
    either: re.Pattern[str]  # what stands between two names

    def forms(self, facet: str) -> tuple[str, ...]:
        """Names of the forms of an entry, () if the facet is never said."""
        if facet in NOUNS:
            return self.noun
        return self.activity if facet == "activity" else _FORMS.get(facet, ())

    def names(self, form: str) -> Iterator[str]:
        """The names in a form: "ein Lama oder Alpaka" has two."""
        for name in self.either.split(form.removeprefix(", ")):
            words = name.split()
            while len(words) > 1 and words[0] in self.small:
                words = words[1:]
            yield re.sub(r"^[dl]'", "", " ".join(words))


class Entry(NamedTuple):
    """One line of a file of translations."""

    id: str
    facet: str
    forms: tuple[str, ...]
    gender: str = ""
    worn: str = ""  # German only: how somebody wears it, "mit Hut"
    names: tuple[str, ...] = ()  # more names, by which captions may call it


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ROMANCE = ("m", "f", "mp", "fp")
LANGUAGES = {
    "de": Language(
        {"m": "ein der", "f": "eine die", "n": "ein das", "pl": "die"},
        ("phrase", "dative", "plural"),
        ("phrase", "many"),
        _set("ein eine einem einer der die das den dem in im an am auf unter bei zwischen vor mit"),
        re.compile(r",? oder |, "),
    ),
    "fr": Language(
        {"m": "un du le de_l' l'", "f": "une de_la la de_l' l'", "mp": "des les", "fp": "des les"},
        ("phrase", "plural"),
        _ROMANCE,
        _set(
            "un une des du de la le les d'un d'une en dans sur sous à au aux par pendant parmi près devant"
            " bord"
        ),
        re.compile(r",? ou |, "),
    ),
    "es": Language(
        {"m": "un", "f": "una la", "mp": "unos los", "fp": "unas las"},
        ("phrase", "plural"),
        _ROMANCE,
        _set("un una unos unas el la los las en a al de bajo sobre con entre junto durante dentro delante"),
        re.compile(r",? [ou] |, "),
    ),
}


def load(
    lang: str, vocabulary: Vocabulary, path: str | Path | None = None, extend: Iterable[str | Path] = ()
) -> Wording:
    """How a language says the terms; nothing if nobody translated them. Raises ModelError.

    `path` and `extend` are those of the vocabulary. A term that a file of `extend` redefines
    has only the translation that comes with that file.
    """
    if lang not in LANGUAGES:
        return Wording(lang, {})
    entries = _read_if_any(beside(path, lang))
    for extension in map(Path, extend):
        redefined = {term.id for term in vocabulary_file.read(extension)}
        kept = {name: entry for name, entry in entries.items() if name not in redefined}
        entries = kept | _read_if_any(beside(extension, lang))
    return wording(lang, vocabulary, entries)


def wording(lang: str, vocabulary: Vocabulary, entries: Mapping[str, Entry]) -> Wording:
    """The translated terms by the ids of all terms that they can be said for."""
    alone = {
        term.id: _translated(term, entries[term.id], LANGUAGES[lang])
        for term in vocabulary.terms
        if term.emit and term.id in entries
    }
    translated = {name: _with_kind(term, vocabulary, alone) for name, term in alone.items()}
    nearest = ((term, _nearest(term, vocabulary, translated)) for term in vocabulary.terms)
    return Wording(lang, {term.id: said for term, said in nearest if said})


def beside(path: str | Path | None, lang: str) -> Path:
    """Where the translations of a vocabulary are: in its folder, or beside its file."""
    place = Path(path) if path else default_path()
    return place / "translations" / f"{lang}.toml" if place.is_dir() else place.with_suffix(f".{lang}.toml")


def read(path: Path) -> dict[str, Entry]:
    """Entries of one file by id. Raises ModelError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: the translations cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: this is no valid TOML ({error}); mend the file") from error
    return {entry.id: entry for entry in _entries(content, path)}


def misshapen(entry: Entry, lang: str) -> str:
    """What is wrong with the number of forms or the gender of an entry, "" if nothing is."""
    language = LANGUAGES[lang]
    wanted = language.forms(entry.facet)
    if not wanted:
        return f"nothing of the facet {entry.facet} is ever said"
    if entry.facet in NOUNS and entry.gender not in language.genders:
        return f'tell its gender: {{ {next(iter(language.genders))} = "{" / ".join(entry.forms)}" }}'
    numbers = {len(wanted)}
    if entry.facet in NOUNS:
        numbers.add(len(wanted) - 1)  # many things have no plural
    elif wanted == _ROMANCE:
        numbers.add(1)  # the same for all genders
    if len(entry.forms) not in numbers or not all(entry.forms):
        return f"write its forms as {' / '.join(wanted)}"
    return ""


def _read_if_any(path: Path) -> dict[str, Entry]:
    if not path.exists():
        return {}
    entries = read(path)
    lang = path.name.split(".")[-2]
    for entry in entries.values():
        if problem := misshapen(entry, lang):
            raise ModelError(f"{path}: {entry.id}: {problem}")
    return entries


def _entries(content: Mapping[str, Any], path: Path) -> Iterator[Entry]:
    for facet, lines in content.items():
        if not isinstance(lines, dict):
            raise ModelError(f"{path}: {facet} stands outside of a table; put [its-facet] above it")
        for name, value in lines.items():
            yield _entry(name, facet, value, path)


def _entry(name: str, facet: str, value: Any, path: Path) -> Entry:
    fields = dict(value) if isinstance(value, dict) else {"": value}
    worn, more = fields.pop("worn", ""), fields.pop("names", [])
    genders = list(fields)
    if len(genders) != 1 or not all(isinstance(each, str) for each in (fields[genders[0]], worn, *more)):
        raise ModelError(f'{path}: {name}: write it as {name} = "its forms" or {{ gender = "its forms" }}')
    forms = tuple(form.strip() for form in fields[genders[0]].split(" / "))
    return Entry(name, facet, forms, genders[0], worn, tuple(more))


def _translated(term: Term, entry: Entry, language: Language) -> Term:
    wanted = language.forms(entry.facet)
    given = entry.forms * len(wanted) if wanted == _ROMANCE and len(entry.forms) == 1 else entry.forms
    forms = dict(zip(wanted, given, strict=False))
    phrase = forms.pop("phrase", given[0])
    extra = {key: form for key, form in forms.items() if key != "plural"}
    kept = {key: form for key, form in term.grammar if key in _KEPT}
    grammar = {**kept, **extra, "gender": entry.gender, "worn": entry.worn}
    return Term(
        term.id,
        term.facet,
        phrase,
        tuple(dict.fromkeys(_names(entry, language))),
        term.parent,
        grammar=tuple((key, form) for key, form in grammar.items() if form),
    )


def _names(entry: Entry, language: Language) -> Iterator[str]:
    """What captions may call it, in any of its forms, the likeliest first."""
    first, *others = map(_names_of_activity if entry.facet == "activity" else language.names, entry.forms)
    yield from first
    yield from entry.names
    for names in others:
        yield from names


def _names_of_activity(form: str) -> Iterator[str]:
    verb, _, rest = (part.strip() for part in form.partition(GAP))
    yield f"{verb} {rest}".strip()
    if rest:
        yield f"{rest} {verb}"  # "Fahrrad fahren"


def _with_kind(term: Term, vocabulary: Vocabulary, translated: Mapping[str, Term]) -> Term:
    """The term with the names of what it is a kind of, by which a sentence may have said it already."""
    parent = vocabulary.by_id.get(term.parent)
    kind = _nearest(parent, vocabulary, translated) if parent else None
    return term._replace(grammar=(*term.grammar, ("kind", " / ".join(kind.prompts)))) if kind else term


def _nearest(term: Term, vocabulary: Vocabulary, translated: Mapping[str, Term]) -> Term | None:
    """The translation, or that of the next more general term which is held back no more often."""
    risk = dict(term.grammar).get("risk", "")
    for each in (term, *vocabulary.ancestors(term)):
        if each.id in translated and dict(each.grammar).get("risk", "") in ("", risk):
            return translated[each.id]
    return None
