"""The records that travel between the stages: frozen, small, and without decisions of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

ENGLISH = "en"  # the language of the vocabulary, and of pages that declare none
GAP = "..."  # in an activity in German: where the place, the weather and the light stand


class Span(NamedTuple):
    """A half-open range of code points in one immutable text; empty means a place to insert at."""

    start: int
    end: int


class ImageKind(StrEnum):
    """How a document spells an image, which decides how its alternative is spelled."""

    IMG = "img"  # HTML img (and image, which parsers turn into img), also raw HTML in Markdown
    INPUT = "input"  # input type=image
    AREA = "area"  # area of an image map
    SVG = "svg"  # inline svg with an explicit image role
    ROLE_IMG = "role-img"  # any other element with role=img
    OBJECT = "object"  # object of an image type, and those of sound and video, which are only reported
    EMBED = "embed"  # embed of an image type
    MARKDOWN = "markdown"  # ![...](...) and its reference forms
    SHORTCODE = "shortcode"  # Hugo and Jekyll shortcodes and includes
    JSX = "jsx"  # MDX element whose attributes are expressions


class Purpose(StrEnum):
    """Why an image is on the page.

    Source: https://www.w3.org/WAI/tutorials/images/decision-tree/
    """

    DECORATIVE = "decorative"
    FUNCTIONAL = "functional"
    INFORMATIVE = "informative"
    TEXT = "text"
    COMPLEX = "complex"
    UNCLEAR = "unclear"


class Action(StrEnum):
    """What happens to an image reference; the cautious one is the default wherever there is doubt."""

    WRITE = "write"
    REVIEW = "review"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Link:
    """The nearest link or button around an image, seen from the image."""

    target: str  # href or form action, "" if there is none
    is_button: bool = False
    text: str = ""  # its words, without alternatives of images and with white space collapsed
    name: str = ""  # aria-label, aria-labelledby or title of the link itself
    sole: bool = False  # the image is its only perceivable content
    destination: str = ""  # words by which the same document links to the same target elsewhere


@dataclass(frozen=True, slots=True)
class Context:
    """Facts about an image's surroundings, from markup alone."""

    link: Link | None = None
    caption: str = ""  # the visible figcaption (or its Markdown equivalent)
    heading: str = ""  # the nearest heading above
    before: str = ""  # text just before the image in the same block, at most 200 characters
    after: str = ""  # text just after, likewise
    title: str = ""  # title of the page
    lang: str = ""  # nearest language tag (BCP 47), "" if none is declared
    base: str = ""  # <base href>, "" if none
    ancestors: tuple[str, ...] = ()  # from the nearest outwards: "tag.class1.class2#id"
    fallback: str = ""  # what an object contains for browsers that cannot show its picture
    hidden: bool = False  # inside aria-hidden=true, hidden, or display:none
    inert: str = ""  # "template" or "noscript" when the image is only in there

    @property
    def language(self) -> str:
        """The language of the tag without its region, English if none is declared."""
        return self.lang.replace("_", "-").split("-")[0].lower() or ENGLISH


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an alternative is written: an attribute value, bracket content or a place to insert."""

    at: Span  # the text to replace; empty means insert here
    attribute: str  # "alt", "aria-label", "fig-alt"; "" for the brackets of a Markdown image

    @property
    def takes_empty(self) -> bool:
        """Whether nothing in this place says that the image is decorative: an empty label says nothing."""
        return self.attribute != "aria-label"


@dataclass(frozen=True, slots=True)
class ImageRef:
    """One image as a document refers to it.

    `alt` is the value where this kind of image spells its alternative: `None` is missing, `""` is
    the author's mark for decorative. `name` is an accessible name from anywhere else.
    """

    span: Span  # the start tag, or the whole Markdown image
    kind: ImageKind
    src: str  # the best source, "" if there is none
    alt: str | None
    slot: Slot | None  # None: this place must not be edited, `blocked` says why
    sources: tuple[str, ...] = ()  # every candidate, best first: src, lazy-loading twins, srcset
    name: str = ""
    name_from: str = ""  # "aria-label", "aria-labelledby", "label", "title", "svg-title", "content"
    attributes: tuple[tuple[str, str], ...] = ()  # decoded, names in lower case, in source order
    context: Context = field(default_factory=Context)
    blocked: str = ""  # reason id of why nothing may be written here
    decorative: bool = False  # marked so by other means than an empty alternative
    suppressed: bool = False  # inside a suppression comment
    purpose: Purpose = Purpose.UNCLEAR
    reason: str = ""

    @property
    def missing(self) -> bool:
        """Whether no author has said anything about this image, not even that it is decorative."""
        return self.alt is None and not self.name and not self.decorative


class Placed(NamedTuple):
    """An image reference, and where the picture that it shows is to be found."""

    image: ImageRef
    file: Path | None = None  # the document, which sources are relative to; None: the working folder
    root: Path | None = None  # no picture outside of it is read; None: the checkout or working folder around


@dataclass(frozen=True, slots=True)
class Classification:
    """The verdict of the W3C decision tree from markup."""

    purpose: Purpose
    reason: str  # rule id
    alternative: str | None = None  # what the markup itself says it should be; "" is decorative
    certain: bool = False  # the markup proves the alternative, so it may be written unattended


class Term(NamedTuple):
    """One entry of the vocabulary."""

    id: str  # unique, kebab-case, such as "border-collie"
    facet: str  # "scene", "object", "people", "activity", "weather", "light", "medium", ...
    phrase: str  # as it stands in a sentence, article included: "a dog", "snow", "people"
    prompts: tuple[str, ...]  # names put into the facet's prompt templates, without articles
    parent: str = ""  # id of the more general term
    emit: bool = True  # False: a distractor, ranked but never said
    grammar: tuple[tuple[str, str], ...] = ()  # forms that composing needs, such as preposition

    @property
    def shown(self) -> str:
        """The phrase in a list: a mood is without the article that it takes over from a place."""
        return self.phrase.removeprefix("a ") if self.facet == "mood" else self.phrase


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says the terms of the vocabulary."""

    lang: str  # BCP 47, without region
    terms: Mapping[str, Term]  # by the id of the term that is true: its own words, or more general ones


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term with what the ranking says of it for one image."""

    term: Term
    score: float  # ranking value, comparable within one facet of one image
    confidence: float  # calibrated probability, 0..1, that the term is true of the image


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the vocabulary says of one image. `chosen` is true enough to be said; the rest is for people."""

    medium: str  # id of the most probable medium, "" if none is
    candidates: tuple[Candidate, ...] = ()  # best first within each facet
    chosen: tuple[Candidate, ...] = ()  # best first; none more general than, or much like, another
    held: tuple[str, ...] = ()  # rule ids: why the image is left for a person whatever was chosen


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text as it was read in a picture."""

    text: str  # white space collapsed
    confidence: float  # the reader's own, 0..1
    box: tuple[float, float, float, float]  # left, top, right, bottom in shares of the picture

    @property
    def width(self) -> float:
        """Share of the picture's width."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Share of the picture's height."""
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        """Where between the picture's top (0) and bottom (1) the line runs."""
        return (self.box[1] + self.box[3]) / 2

    def is_beside(self, other: "TextLine") -> bool:
        """Whether the two stand side by side rather than one below the other."""
        return abs(self.middle - other.middle) < min(self.height, other.height) / 2


@dataclass(frozen=True, slots=True)
class Description:
    """A text alternative for one image with the evidence for it; `text` is None when abstaining."""

    text: str | None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    medium: str = ""  # "photograph", "chart", "screenshot", ...; "" if it was not looked at
    review: bool = True
    reasons: tuple[str, ...] = ()  # rule ids
    lang: str = ENGLISH  # of a sentence that the vocabulary made
    note: str = ""  # why the picture could not be looked at, as a sentence


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about one image reference, why, and with which text."""

    action: Action
    reason: str  # rule id
    alt: str | None = None  # the text to write, or the suggestion that goes with a review
    note: str = ""  # a sentence about what is special to this image


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `span` of the text by `text`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One image reference that somebody may have to act on: the unit of every report."""

    image: ImageRef
    rule: str  # the problem, such as "missing-alt"
    line: int  # of the reference, from 1
    column: int  # in code points, from 1
    classification: Classification
    decision: Decision
    description: Description | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one document. A document that failed is a value too: see `error`."""

    path: str
    text: str = ""  # after the edits
    findings: tuple[Finding, ...] = ()
    before: str = ""
    error: str = ""
    encoding: str = "utf-8"  # of the document's bytes
    bom: bytes = b""  # its byte order mark, which `text` leaves out

    @property
    def changed(self) -> bool:
        """Whether the edits made a difference."""
        return self.text != self.before
