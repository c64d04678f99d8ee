"""What is said about an example: captions, labels in sentences, and the same without gender and age."""

import re

from training.archive import Example
from training.media import MEDIA_SET, draw
from training.phrases import WEATHER, label_texts

PHOTOGRAPHIC = frozenset({"flickr8k", "miniplaces", "caltech101", "clothing", "flowers5", "weather4"})
# Caltech's drawn or photographed classes cannot be told apart by the label.
_DRAWN_LABELS = frozenset({"snoopy", "garfield", "yin yang", "stegosaurus", "brontosaurus", "buddha"})

_NEUTRAL = (
    (r"(little|young|small) (girl|boy|kid|child)s?", "child"),
    (
        r"(?:old|older|elderly|young|younger|middle-aged) (?=(?:man|woman|men|women|lady|guy|person|people))",
        "",
    ),
    (r"(girl|boy|kid|toddler)s", "children"),
    (r"girl|boy|kid|toddler", "child"),
    (r"(?:men|women|guys|ladies|gentlemen|males|females|teenagers|adults)", "people"),
    (r"(?:man|woman|lady|guy|gentleman|male|female|teenager|adult)", "person"),
    (r"(?:his|her)", "their"),
    (r"(?:he|she)", "the person"),
    (r"(?:him|herself|himself)", "them"),
)
_NEUTRAL_RULES = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), word) for pattern, word in _NEUTRAL]

_MEDIUM_WORDS = {
    "photograph": r"photo|photograph|photos|photographs",
    "painting": r"painting|paintings|fresco|mural",
    "cartoon": r"cartoon|comic",
    "sketch": r"sketch|engraving|woodcut|etching|lithograph",
    "chart": r"graph|graphs|chart|plot|histogram|pyramid chart|bar graph|line graph|pie chart",
    "diagram": r"diagram|flowchart|flow chart|schematic|illustration|venn diagram",
    "map": r"map|maps",
    "screenshot": r"screenshot|screen shot|web page|webpage",
    "text": r"table|document|newspaper|form",
}
_MEDIUM_RULES = {
    medium: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for medium, words in _MEDIUM_WORDS.items()
}


def neutral(text: str) -> str:
    """`text` with people named as people, whatever their gender and age; children stay children."""
    for rule, word in _NEUTRAL_RULES:
        text = rule.sub(word, text)
    return " ".join(text.split())


def tidy(text: str) -> str:
    """A caption without the spaces before punctuation that tokenised data sets have."""
    return re.sub(r"\s+([.,;:!?'])", r"\1", " ".join(text.split()))


def medium_of(example: Example) -> str:
    """The medium of an example, "" if nothing says it."""
    if example.set in PHOTOGRAPHIC:
        return "" if _DRAWN_LABELS.intersection(example.labels) else "photograph"
    if example.set == "openstax":
        first = first_sentence(example.captions[0]) if example.captions else ""
        found = [medium for medium, rule in _MEDIUM_RULES.items() if rule.search(first)]
        return found[0] if len(found) == 1 else ""
    return {"photo": "photograph", "art painting": "painting", "art_painting": "painting"}.get(
        example.medium, example.medium
    )


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence."""
    return re.split(r"(?<=[a-z)\"][.!?])\s", text, maxsplit=1)[0]


def texts_of(example: Example) -> tuple[str, ...]:
    """Everything that may be said of an example, each string a caption of its own."""
    if example.set == MEDIA_SET:
        return draw(example)[1]
    if example.set == "weather4":
        return tuple(text for label in example.labels for text in WEATHER.get(label, (label,)))
    if example.labels:
        kind = medium_of(example) if example.set == "pacs" else "photo"
        return tuple(text for label in example.labels for text in label_texts(label, kind or "picture"))
    if example.set == "openstax":
        return _of_figure(example.captions)
    raw = [tidy(caption) for caption in example.captions]
    return tuple(dict.fromkeys([*raw, *(neutral(caption) for caption in raw)]))


def _of_figure(captions: tuple[str, ...]) -> tuple[str, ...]:
    whole = [tidy(caption) for caption in captions if caption.strip()]
    firsts = [first_sentence(caption) for caption in whole]
    return tuple(dict.fromkeys([*firsts, *(neutral(text) for text in firsts), *whole]))
