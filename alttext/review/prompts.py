"""What to include in an alternative, as questions: they help people more than a sentence to correct does.

Sources: Mack et al. 2021, "Designing tools for high-quality alt text authoring"
(https://doi.org/10.1145/3441852.3471207), https://www.w3.org/WAI/tutorials/images/ and
https://www.w3.org/WAI/tutorials/images/complex/
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from alttext.types import Finding, Purpose


class Prompt(NamedTuple):
    """One thing to think of."""

    title: str
    question: str


_SUBJECT = Prompt("Subject", "Who or what is it about?")
_ACTION = Prompt("Action", "What happens, or what do they do?")
_SETTING = Prompt("Setting", "Where is it, if that matters here?")
_POINT = Prompt("Point", "What should readers know from it that the text around it does not say?")
_TYPE = Prompt("Type", "What kind of image is it?")
_TAKE_AWAY = Prompt("Take-away", "What does it show, in one sentence?")
_WORDS = Prompt("Words", "Which words does it show? Write the same ones.")
_NEEDED = Prompt("Needed?", "Would readers miss anything without it? If not, mark it as decorative.")
_DESTINATION = Prompt("Destination", "Where does the link lead? Say that, not what is seen.")
_BUTTON = Prompt("Effect", "What does the button do? Say that, not what is seen.")
_MEANING = Prompt("Meaning", "What does the sign stand for here?")
_PHOTOGRAPH = (_SUBJECT, _ACTION, _SETTING)

_BY_REASON: Mapping[str, tuple[Prompt, ...]] = MappingProxyType(
    {
        "sole-content-of-link": (_DESTINATION,),
        "image-map-area": (_DESTINATION,),
        "image-map": (Prompt("Whole", "What is the map of links for? Each area has words of its own."),),
        "sole-content-of-button": (_BUTTON,),
        "image-button": (_BUTTON,),
        "named-by-link": (_NEEDED,),
        "beside-link-text": (_NEEDED,),
        "chart": (
            Prompt("Type", "What kind of chart is it?"),
            Prompt("Data", "What is measured, of what, and over which range?"),
            _TAKE_AWAY,
        ),
        "figure": (_TYPE, Prompt("Data", "What does it compare or measure?"), _TAKE_AWAY),
        "diagram": (
            Prompt("Type", "What kind of diagram is it?"),
            Prompt("Parts", "What are its main parts, and how do they belong together?"),
            _TAKE_AWAY,
        ),
        "map": (Prompt("Place", "Which place is it?"), Prompt("Content", "What does it show of the place?")),
        "table": (
            Prompt("Subject", "What is the table about?"),
            Prompt("Data", "Can it stand on the page as a table of text?"),
        ),
        "equation": (Prompt("Formula", "How is it read out? Write it so."),),
        "screenshot": (
            Prompt("Program", "Which program or page is it, and which part of it?"),
            Prompt("State", "What is shown or chosen there?"),
            _POINT,
        ),
        "image-of-text": (_WORDS,),
        "qr-code": (Prompt("Destination", "Where does the code lead? Link to it as well."),),
        "logo": (Prompt("Name", "Whose logo is it? The name is enough."),),
        "icon": (_MEANING, _NEEDED),
        "icon-beside-text": (_NEEDED, _MEANING),
        "avatar": (Prompt("Person", "Whose picture is it?"), _NEEDED),
        "within-sentence": (Prompt("Word", "Which word does it stand for in its sentence?"),),
        "described-elsewhere": (_TYPE, Prompt("Short", "What is it called in one line?")),
        "caption-says-it": (Prompt("More", "What does it show that the caption does not say?"), _NEEDED),
        "text-says-it": (_NEEDED, _POINT),
        "link-to-image-file": _PHOTOGRAPH,
    }
)
_BY_PURPOSE: Mapping[Purpose, tuple[Prompt, ...]] = MappingProxyType(
    {
        Purpose.DECORATIVE: (_NEEDED, _POINT),
        Purpose.FUNCTIONAL: (_DESTINATION,),
        Purpose.INFORMATIVE: (*_PHOTOGRAPH, _POINT),
        Purpose.TEXT: (_WORDS,),
        Purpose.COMPLEX: (_TYPE, Prompt("Data", "What are its main parts or figures?"), _TAKE_AWAY),
        Purpose.UNCLEAR: (_TYPE, _POINT, _NEEDED),
    }
)
_ARTWORKS = ("artwork", "painting", "drawing", "sketch", "cartoon", "illustration", "print", "rendering")


def of(finding: Finding) -> tuple[Prompt, ...]:
    """Return what to think of before writing, the most important first."""
    verdict = finding.classification
    medium = finding.description.medium if finding.description else ""
    asked = _BY_REASON.get(verdict.reason) or _BY_PURPOSE[verdict.purpose]
    is_artwork = verdict.purpose is Purpose.INFORMATIVE and any(word in medium for word in _ARTWORKS)
    return (Prompt("Kind of work", f"Does it matter that it is a {medium}?"), *asked) if is_artwork else asked
