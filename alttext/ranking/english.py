"""Just enough English grammar to check what people write into a vocabulary: articles by sound, and plurals.

Nothing that is said is made by these rules, because rules on strings fail; they only look for slips.
"""

import re

_VOWEL_RE = re.compile(r"[aeiou]|heir|honest|honou?r|hour", re.IGNORECASE)
_CONSONANT_RE = re.compile(  # written with a vowel, spoken with "y" or "w"
    r"eu|ew|one\b|once\b|u(?:ni(?![dmn])|s[aeu]|t[eio]|k[eu]|r[aei]|bi|fo)", re.IGNORECASE
)
_LETTERS_RE = re.compile(r"[A-Z](?![a-z])")  # words that are spelled out: "an MRI scan", "a UFO"
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_VOWEL_NUMBER_RE = re.compile(r"8|1[18](?!\d)")

_AFTER_HEAD_RE = re.compile(r" (?:for|from|in|of|on|to|with) ")  # "cups of tea": what follows stays as it is
_CONJUNCTION_RE = re.compile(r" (?:and|or) ")
_IRREGULAR = {
    "calf": "calves", "child": "children", "foot": "feet", "goose": "geese", "half": "halves",
    "knife": "knives", "leaf": "leaves", "loaf": "loaves", "louse": "lice", "mouse": "mice", "ox": "oxen",
    "person": "people", "scarf": "scarves", "shelf": "shelves", "tooth": "teeth", "wolf": "wolves",
}  # fmt: skip
_UNCHANGED_RE = re.compile(r".*(?:craft|deer|fish|moose|series|sheep|species|swine)")
_EITHER = frozenset("bison elk grouse salmon shrimp squash squid trout zucchini".split())  # noqa: SIM905
_FOREIGN = (("us", "i"), ("um", "a"), ("on", "a"), ("a", "ae"), ("is", "es"), ("ex", "ices"), ("ix", "ices"))


def has_right_article(phrase: str) -> bool:
    """Whether a phrase with an indefinite article has the one that its next word needs."""
    article, _, rest = phrase.partition(" ")
    return article not in ("a", "an") or (article == "an") == _begins_with_vowel_sound(rest)


def with_article(noun: str) -> str:
    """The noun with its indefinite article."""
    return f"an {noun}" if _begins_with_vowel_sound(noun) else f"a {noun}"


def is_plural_of(plural: str, singular: str) -> bool:
    """Whether the first can be the plural of the second, both without articles: "cups of tea", "cup of tea".

    Of several names joined by "or" or "and", each has its plural. Words before the noun are not compared:
    "birds' nests".
    """
    head, *rest = _AFTER_HEAD_RE.split(singular, maxsplit=1)
    plural_head, *plural_rest = _AFTER_HEAD_RE.split(plural, maxsplit=1)
    nouns, plurals = _CONJUNCTION_RE.split(head), _CONJUNCTION_RE.split(plural_head)
    return (
        rest == plural_rest
        and len(nouns) == len(plurals)
        and all(
            many.split()[-1:] and many.split()[-1] in _plurals(one.split()[-1])
            for one, many in zip(nouns, plurals, strict=True)
        )
    )


def _begins_with_vowel_sound(words: str) -> bool:
    if words[:1].isdigit():
        return bool(_VOWEL_NUMBER_RE.match(words))
    if _LETTERS_RE.match(words):
        return words[0] in _VOWEL_LETTERS
    return bool(_VOWEL_RE.match(words)) and not _CONSONANT_RE.match(words)


def _plurals(noun: str) -> set[str]:
    """Every plural that the noun may have."""
    if _UNCHANGED_RE.fullmatch(noun):
        return {noun}
    if noun in _IRREGULAR:
        return {_IRREGULAR[noun]}
    if noun.endswith("man"):
        return {f"{noun[:-3]}men", f"{noun}s"}
    either = {noun} if noun in _EITHER else set()
    foreign = {noun.removesuffix(end) + many for end, many in _FOREIGN if noun.endswith(end)}
    return either | foreign | _regular(noun)


def _regular(noun: str) -> set[str]:
    if re.search(r"[^aeiou]y$", noun):
        return {f"{noun[:-1]}ies"}
    if noun.endswith("o"):
        return {f"{noun}s", f"{noun}es"}
    return {f"{noun}es"} if noun.endswith(("ch", "s", "sh", "x", "z")) else {f"{noun}s"}
