"""What makes translations unfit to be spoken: unknown terms, missing forms, articles, excluded words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from alttext.nearest import nearest
from alttext.ranking import translation
from alttext.ranking.translation import LANGUAGES, NOUNS, Entry
from alttext.ranking.vocabulary import Vocabulary, default_path
from alttext.types import GAP, Term

# The plainest of what no picture can justify; `vocabulary_words` has the reasons and the English list.
EXCLUDED: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        """
        mann männer frau frauen junge jungen mädchen herr herren dame damen vater mutter eltern familie
        ehepaar bruder schwester ehemann ehefrau braut bräutigam senior seniorin jugendliche ausländer
        ausländerin flüchtling behinderte kranke arzt ärztin polizist polizistin soldat soldatin bettler
        obdachlose
        """.split()  # noqa: SIM905 - words read better than a list of strings
    ),
    "fr": frozenset(
        """
        homme hommes femme femmes garçon garçons fille filles monsieur dame dames père mère parents famille
        couple frère sœur mari épouse épouses mariée marié adolescent adolescente adulte étranger étrangère
        réfugié réfugiée handicapé handicapée malade médecin policier policière soldat mendiant
        """.split()  # noqa: SIM905
    ),
    "es": frozenset(
        """
        hombre hombres mujer mujeres chico chicos chica chicas señor señora padre madre padres familia pareja
        hermano hermana marido esposa novia novio adolescente adulto adulta anciano anciana extranjero
        extranjera refugiado refugiada discapacitado discapacitada enfermo enferma médico médica
        soldado mendigo
        """.split()  # noqa: SIM905
    ),
}

_LANGUAGE_RE = re.compile(r"[a-z]{2,3}")
_UNSAFE_RE = re.compile(r"[^\w ,'-]|_|\d")
_WORD_RE = re.compile(r"\w+")
_ARTICLES = {
    "de": re.compile(r"(?:eine[nmr]?|ein|der|die|das|dem|den)(?= )"),
    "fr": re.compile(r"de l'|de la(?= )|l'|(?:une?|des|du|les?|la)(?= )"),
    "es": re.compile(r"(?:un[ao]s?|un|el|la|los|las)(?= )"),
}
_DATIVE = {
    "ein": {"einem"},
    "eine": {"einer"},
    "der": {"dem"},
    "die": {"der", "den"},
    "das": {"dem"},
    "": {""},
}
_STRESSED_RE = re.compile(r"un h?[aá]")  # "un águila" is feminine
# What every writer of the language would contract.
_UNCONTRACTED = {
    "de": re.compile(r"(?!)"),
    "fr": re.compile(r"\b(?:de|le|la|se|que) [aeiouâàéèêîôûœæ]|\b(?:de|à) les? ", re.IGNORECASE),
    "es": re.compile(r"\b(?:de|a) el "),
}


def problems(
    vocabulary: Vocabulary, path: str | Path | None = None, extend: Iterable[str | Path] = ()
) -> list[str]:
    """One message for each thing that is wrong with the translations of a vocabulary. Raises ModelError.

    `path` and `extend` are those that the vocabulary was loaded from.
    """
    places = (Path(path) if path else default_path(), *map(Path, extend))
    return [problem for place in places for file in _files(place) for problem in _of_file(file, vocabulary)]


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted((place / "translations").glob("*.toml"))
    beside = place.parent.glob(f"{place.stem}.*.toml")
    return sorted(file for file in beside if _LANGUAGE_RE.fullmatch(_language(file)))


def _language(file: Path) -> str:
    return file.name.split(".")[-2]


def _of_file(file: Path, vocabulary: Vocabulary) -> Iterator[str]:
    lang = _language(file)
    if lang not in LANGUAGES:
        yield f"{file.name}: nobody taught alttext the grammar of {lang}; it knows {', '.join(LANGUAGES)}"
        return
    entries = translation.read(file)
    for entry in entries.values():
        found = _of_entry(entry, lang, vocabulary)
        yield from (f"{file.name}: {entry.id}: {problem}" for problem in found)
    yield from (f"{file.name}: {problem}" for problem in _duplicates(entries.values()))


def _of_entry(entry: Entry, lang: str, vocabulary: Vocabulary) -> Iterator[str]:
    term = vocabulary.by_id.get(entry.id)
    if term is None:
        known = vocabulary.by_id
        yield f"there is no such term; {nearest(entry.id, known, '`alttext vocab show` lists them')}"
    elif term.facet != entry.facet:
        yield f"it is of the facet {term.facet}"
    if problem := translation.misshapen(entry, lang):
        yield problem
        return
    for text in filter(None, (*entry.forms, entry.worn, *entry.names)):
        yield from _of_text(text, entry.facet, lang)
    if entry.facet in NOUNS:
        yield from _of_noun(entry, lang)
    yield from _of_facet(entry, lang)
    if term is not None:
        yield from _of_clothes(entry, term, lang)


def _of_text(text: str, facet: str, lang: str) -> Iterator[str]:
    plain = text.removesuffix(":") if facet == "medium" else text.replace(GAP, "")
    plain = plain.replace("3D", "") if facet == "medium" else plain
    if text != " ".join(text.split()) or _UNSAFE_RE.search(plain):
        yield f'"{text}" would not be safe inside a sentence and an attribute'
    if found := _UNCONTRACTED[lang].search(text):
        yield f'"{text}": "{found[0].strip()}" has to be contracted'
    for word in _WORD_RE.findall(text.lower()):
        if word in EXCLUDED[lang]:
            yield f'"{word}" is excluded: no picture shows that'


def _of_noun(entry: Entry, lang: str) -> Iterator[str]:
    """Articles and gender."""
    phrase = entry.forms[0]
    if phrase[0].isupper() and lang != "de":
        yield f'"{phrase}" begins with a capital'
    article = _article(phrase, lang)
    allowed = LANGUAGES[lang].genders[entry.gender].split()
    is_bare = not article and lang != "fr"  # French leaves no noun without an article
    is_stressed = lang == "es" and entry.gender == "f" and _STRESSED_RE.match(phrase)
    if article not in allowed and not is_bare and not is_stressed:
        yield f'"{phrase}" has not the article of its gender ({entry.gender})'
    if lang == "de" and _article(entry.forms[1], lang) not in _DATIVE.get(article, set()):
        yield f'"{entry.forms[1]}" is not the dative of "{phrase}"'


def _of_facet(entry: Entry, lang: str) -> Iterator[str]:
    if entry.facet == "scene" and entry.forms[0].split(maxsplit=1)[0] not in LANGUAGES[lang].small:
        yield f'"{entry.forms[0]}" does not begin with a preposition'
    gaps = max(form.count(GAP) for form in entry.forms)
    if gaps > (lang == "de" and entry.facet == "activity"):
        yield f"{GAP} stands at most once, in German activities"
    if lang == "es" and entry.facet in {*NOUNS, "scene"} and entry.forms[-1].startswith("el "):
        yield f'"{entry.forms[-1]}": "el" would have to be contracted after "de"'


def _of_clothes(entry: Entry, term: Term, lang: str) -> Iterator[str]:
    is_clothing = lang == "de" and dict(term.grammar).get("role") == "worn"
    if is_clothing and not entry.worn:
        yield 'tell how somebody wears it: worn = "mit Hut"'
    if entry.worn and not is_clothing:
        yield "worn is for German clothes only"


def _duplicates(entries: Iterable[Entry]) -> Iterator[str]:
    seen: dict[tuple[str, ...], str] = {}
    for entry in entries:
        other = seen.setdefault((entry.facet, *entry.forms[:2]), entry.id)
        if other != entry.id:
            yield f'"{entry.forms[0]}" is said by {other} and {entry.id}'


def _article(phrase: str, lang: str) -> str:
    """The article that a phrase begins with, its words joined; "" if it has none."""
    found = _ARTICLES[lang].match(phrase)
    return found[0].replace(" ", "_") if found else ""
