"""The catalogue: every id that a finding can carry, with what it means and what to do about it.

`docs/rules.md` is made from it by `docs/write_rules.py`. Sources of the references: WCAG 2.2
https://www.w3.org/TR/WCAG22/ , ACT https://www.w3.org/WAI/standards-guidelines/act/rules/ , and axe-core
https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem that is reported, or a reason for what was decided about it. Reads well after "allow"."""

    id: str
    summary: str  # what is the case
    advice: str  # what a person can do next
    kind: Literal["problem", "reason"] = "reason"
    wcag: tuple[str, ...] = ()  # success criteria
    act: tuple[str, ...] = ()  # ids of ACT rules
    axe: tuple[str, ...] = ()  # ids of axe-core rules
    opt_in: bool = False  # reported only when asked for


def _problem(id: str, summary: str, advice: str, **references: Any) -> Rule:  # noqa: A002 - the field's name
    return Rule(id, summary, advice, "problem", **({"wcag": ("1.1.1",)} | references))


_WRITE_ONE = "Write what the image tells, or mark it as decorative with an empty alternative."
_LOOK = "Look at the image and write what it is there for."

_MISSING = (
    _problem(
        "missing-alt", "Image without a text alternative", _WRITE_ONE, act=("23a2a8",), axe=("image-alt",)
    ),
    _problem(
        "missing-input-alt",
        "Image button without a text alternative",
        "Write what the button does.",
        wcag=("1.1.1", "4.1.2"),
        act=("59796f",),
        axe=("input-image-alt",),
    ),
    _problem(
        "missing-area-alt",
        "Area of an image map without a text alternative",
        "Write where the area leads.",
        wcag=("1.1.1", "2.4.4", "4.1.2"),
        act=("c487ae",),
        axe=("area-alt",),
    ),
    _problem(
        "missing-svg-name",
        "Inline SVG image without a name",
        _WRITE_ONE,
        act=("7d6734",),
        axe=("svg-img-alt",),
    ),
    _problem(
        "missing-role-img-name",
        "Element with an image role without a name",
        "Give it an aria-label that tells what it shows.",
        act=("23a2a8",),
        axe=("role-img-alt",),
    ),
    _problem(
        "missing-object-name",
        "Embedded image object without a name",
        "Give it an aria-label that tells what it shows.",
        act=("8fc3b6",),
        axe=("object-alt",),
    ),
)

_UNHELPFUL = (
    _problem(
        "filename-alt",
        "Alternative is a file name",
        _LOOK,
        act=("9eb3f6", "qt1vmo"),
    ),
    _problem("placeholder-alt", "Alternative is a placeholder that says nothing", _LOOK, act=("qt1vmo",)),
    _problem(
        "blank-alt",
        "Alternative consists of white space",
        "Write what the image tells, or leave the alternative quite empty if it is decorative.",
        act=("23a2a8",),
        axe=("image-alt",),
    ),
    _problem(
        "redundant-alt",
        "Alternative repeats the text beside the image",
        "Say what the text does not, or leave the alternative empty.",
        wcag=(),
        axe=("image-redundant-alt",),
    ),
    _problem(
        "button-without-name",
        "Image button whose alternative is empty",
        "Write what the button does; a button cannot be decorative.",
        wcag=("1.1.1", "4.1.2"),
        act=("59796f",),
        axe=("input-image-alt",),
    ),
    _problem(
        "link-without-name",
        "Link or button whose only content is an image marked as decorative",
        "Write where the link leads or what the button does.",
        wcag=("2.4.4", "4.1.2"),
        act=("c487ae", "97a4e1"),
        axe=("link-name", "button-name"),
        opt_in=True,
    ),
    _problem(
        "decorative-but-named",
        "Image marked as decorative that has a name all the same",
        "Keep the mark or the name, whichever is meant.",
        wcag=(),
        act=("46ca7f",),
        axe=("presentation-role-conflict",),
        opt_in=True,
    ),
)

_RECORDED = (
    _problem(
        "stale-alt",
        "Alternative that was not touched when its picture changed",
        "Look at the picture, correct the alternative or accept it with `alttext ledger accept`.",
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        "unreviewed-alt",
        "Alternative by a machine that no person has agreed to",
        "Correct it, or accept it with `alttext ledger accept`.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        "contradictory-alt",
        "Image that has other alternatives elsewhere on the site",
        "Find out which of them is true, and write it everywhere.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
)

_SEEN = (
    _problem(
        "mismatched-alt",
        "Alternative that does not seem to be about its picture",
        "Compare the two: the file or the alternative may belong elsewhere.",
        act=("qt1vmo",),
        opt_in=True,
    ),
    _problem(
        "sensitive-image",
        "Image that may show something sensitive, such as an injury, a weapon or nudity",
        "Look at it first; decide with care what to say of it, and whether to show it.",
        wcag=(),
        act=("qt1vmo",),
        opt_in=True,
    ),
)

_PURPOSES = (
    Rule(
        "sole-content-of-link",
        "It is all that a link contains",
        "Write where the link leads, not what is seen.",
    ),
    Rule("sole-content-of-button", "It is all that a button contains", "Write what the button does."),
    Rule("link-to-image-file", "Its link opens the same picture, larger", "Write what the picture shows."),
    Rule(
        "named-by-link",
        "Its link or button has a name already",
        "Nothing more is needed than an empty alternative.",
    ),
    Rule("image-button", "It is a button that submits a form", "Write what the button does."),
    Rule("image-map-area", "It is an area of an image map", "Write where the area leads."),
    Rule(
        "image-map",
        "Parts of it are links",
        "Write what the map is for; each of its areas has an alternative of its own.",
    ),
    Rule(
        "beside-link-text",
        "Its link or button has text that says it",
        "An empty alternative avoids saying it twice.",
    ),
    Rule(
        "presentational-role",
        "Its role marks it as decorative",
        "Remove the role if the image tells something.",
        act=("46ca7f", "e88epe"),
    ),
    Rule(
        "hidden-from-everyone",
        "It is hidden from assistive technology",
        "Show it, or leave it as it is.",
        act=("e88epe",),
    ),
    Rule(
        "marked-decorative",
        "It is marked as decorative",
        "Remove the mark if the image tells something.",
        act=("46ca7f", "e88epe"),
    ),
    Rule("spacer", "It only makes room", "Mark it as decorative, or make the room with CSS."),
    Rule("tracking-pixel", "It only counts visits", "Mark it as decorative."),
    Rule("divider", "It seems to be ornament", "Mark it as decorative if it is."),
    Rule("background", "It seems to be a background", "Mark it as decorative, or set it with CSS."),
    Rule(
        "icon-beside-text",
        "It seems to be an icon beside its text",
        "Mark it as decorative if the text says it all.",
    ),
    Rule(
        "within-sentence",
        "A sentence goes on through it, so it stands for a word",
        "Write the word that it stands for.",
    ),
    Rule(
        "text-says-it", "The text beside it seems to say it", "Mark it as decorative if the text says it all."
    ),
    Rule("caption-says-it", "The caption seems to say it", "Say what the caption does not."),
    Rule("logo", "It seems to be a logo", "Write the name that the logo stands for."),
    Rule("icon", "It seems to be an icon", "Write what the icon means here."),
    Rule("avatar", "It seems to be the picture that somebody goes by", "Write whose picture it is."),
    Rule(
        "chart",
        "It seems to be a chart",
        "Name the type, what is measured, and what it shows; give the data in the text.",
    ),
    Rule(
        "diagram", "It seems to be a diagram", "Name the type and what it explains; describe it in the text."
    ),
    Rule("map", "It seems to be a map", "Name the place and what the map shows of it."),
    Rule(
        "figure",
        "It seems to be a numbered figure, such as of a paper",
        "Name its type and what it shows; describe it in the text.",
    ),
    Rule("table", "It seems to be a picture of a table", "Put the table into the page as text."),
    Rule("equation", "It seems to be a formula", "Write the formula in words, or use MathML."),
    Rule("screenshot", "It seems to be a screenshot", "Write what it is meant to show."),
    Rule(
        "image-of-text",
        "It seems to be a picture of text",
        "Write the same words.",
        wcag=("1.1.1", "1.4.5"),
        act=("0va7u6",),
    ),
    Rule("qr-code", "It seems to be a code to scan", "Write where the code leads, and link to it."),
    Rule(
        "described-elsewhere",
        "A longer description belongs to it",
        "Write a short alternative that goes with it.",
    ),
    Rule("no-other-purpose", "It seems to be there for what it shows", _WRITE_ONE),
)

_IMAGES = (
    Rule("image-not-found", "The image file was not found", "Correct the path, or set the site root."),
    Rule(
        "image-outside-root",
        "The image lies outside the project",
        "Move it, or allow it with --allow-outside-root.",
    ),
    Rule(
        "remote-image",
        "The image is on another server and was not looked at",
        "Look at the image and write what it is there for, or list its host under `remote`.",
    ),
    Rule(
        "remote-refused",
        "The address of the image leads where nothing is fetched from, such as into a private network",
        "Correct the address, or write what the image tells.",
    ),
    Rule(
        "remote-unavailable",
        "The other server did not send the image",
        "Correct the address, or try again later.",
    ),
    Rule("image-unreadable", "The image file is damaged or cannot be opened", "Repair or replace the file."),
    Rule(
        "image-too-large", "The image is larger than the limits allow", "Make it smaller, or raise the limit."
    ),
    Rule("no-source", "The image names no source", "Give it a source, or write what it shows."),
    Rule("drawn-inline", "The document itself draws the image, so there is no file to look at", _LOOK),
    Rule("unsupported-image", "The image is of a kind that cannot be looked at", _LOOK),
    Rule(
        "template-expression",
        "A template decides about this image",
        "Write the alternative in the template, or fix the built page.",
    ),
)

_DECISIONS = (
    Rule("described", "The description was certain enough", "Read it once."),
    Rule("text-read", "Its words were read with certainty", "Read them once."),
    Rule("text-uncertain", "Its words were read, but not with certainty", "Compare them with the picture."),
    Rule("text-too-long", "It holds too many words for an alternative", "Put the words on the page as text."),
    Rule("title-read", "Only its title was read", "Add what it shows; the title alone is not enough."),
    Rule("author-text", "Its file or markup holds a description by its author", "Read it once."),
    Rule("accepted-elsewhere", "A person accepted it for the same picture in another place", "Read it once."),
    Rule("author-alt", "A person wrote the alternative", "Nothing needs to be done."),
    Rule("decorative-alt", "A person marked the image as decorative", "Nothing needs to be done."),
    Rule("low-confidence", "No description was certain enough", _LOOK),
    Rule("not-a-photograph", "It is no photograph, so it was not described", _LOOK),
    Rule(
        "exchanged-alt",
        "It and the alternative of another image seem to have been exchanged",
        "Compare both images; each of the alternatives fits the other picture better.",
    ),
    Rule("language-without-vocabulary", "The vocabulary cannot say it in the language of the page", _LOOK),
    Rule(
        "suppressed",
        "A comment in the document asks to leave it alone",
        "Remove the comment to have it looked at.",
    ),
    Rule(
        "inert-content", "It is inside a template or noscript element", "Use --include to have it looked at."
    ),
    Rule(
        "could-not-verify", "Writing it might have changed something else", "Write the alternative by hand."
    ),
    Rule("not-encodable", "The encoding of the document lacks a character", "Save the document as UTF-8."),
)

_PLACES = (
    Rule(
        "jsx-expression",
        "An expression decides about the alternative",
        "Write the alternative into the expression.",
    ),
    Rule(
        "alt-becomes-caption",
        "The alternative would be shown as a caption",
        "Write a caption yourself, or use fig-alt.",
    ),
    Rule(
        "drawn-table",
        "It is in a table that is drawn with characters, whose columns would move",
        "Write the alternative and draw the table anew.",
    ),
    Rule(
        "shortcode-without-alt",
        "The shortcode has no known place for an alternative",
        "Look up its parameter and write it there.",
    ),
)


def _catalogue(*groups: Iterable[Rule]) -> Mapping[str, Rule]:
    return MappingProxyType({rule.id: rule for group in groups for rule in group})


RULES: Mapping[str, Rule] = _catalogue(
    _MISSING, _UNHELPFUL, _RECORDED, _SEEN, _PURPOSES, _IMAGES, _DECISIONS, _PLACES
)


def explain(rule: str) -> Rule:
    """Return what the id of a problem or reason means, and what to do about it. Raises KeyError."""
    return RULES[rule]
