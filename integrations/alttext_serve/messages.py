"""What is asked and answered, as the JSON of it. Fields may be added within /v1, never change or go."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from alttext import Candidate, Context, Description, FileResult, Finding

FORMATS = ("html", "markdown", "mdx", "notebook", "quarto")

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Ordinal = Annotated[int, Meta(ge=1)]
Words = Annotated[str, Meta(max_length=2000)]


class Surroundings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of the place where a picture is shown."""

    lang: Annotated[
        str, Meta(max_length=35, description="language tag (BCP 47); empty: the one of the configuration")
    ] = ""
    caption: Annotated[Words, Meta(description="visible caption; what it says is not said again")] = ""
    heading: Annotated[Words, Meta(description="nearest heading")] = ""
    title: Annotated[Words, Meta(description="title of the page")] = ""
    before: Annotated[Words, Meta(description="text just before the picture")] = ""
    after: Annotated[Words, Meta(description="text just after")] = ""

    @property
    def context(self) -> Context:
        """The same for alttext."""
        names = self.__struct_fields__
        return Context(**{name: getattr(self, name) for name in names})


class FixRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document to be fixed."""

    text: Annotated[str, Meta(description="the document")]
    format: Literal["html", "markdown", "mdx", "notebook", "quarto"] = "html"
    images: Annotated[
        dict[str, bytes],
        Meta(description="its pictures in base64, by their sources as the document has them"),
    ] = {}


class Term(Struct, frozen=True, kw_only=True):
    """A ranked term of the vocabulary."""

    id: str
    facet: str
    phrase: str
    score: float
    confidence: Share


class Described(Struct, frozen=True, kw_only=True):
    """What is said of a picture, and the evidence."""

    text: Annotated[str | None, Meta(description="the text alternative; null: nothing is sure enough")]
    confidence: Share
    review: Annotated[bool, Meta(description="a person has to read the text before it is used")]
    reasons: Annotated[tuple[str, ...], Meta(description="ids that `alttext rule ID` explains")]
    medium: Annotated[str, Meta(description='such as "photograph" or "chart"; empty if not looked at')]
    lang: Annotated[str, Meta(description="of the text")]
    candidates: tuple[Term, ...]


class Image(Struct, frozen=True, kw_only=True):
    """An image of a document that somebody may have to act on."""

    rule: Annotated[str, Meta(description="the problem")]
    line: Ordinal
    column: Ordinal
    src: str
    alt: Annotated[str | None, Meta(description="as it was")]
    purpose: str
    action: Annotated[
        Literal["write", "review", "keep"], Meta(description="write: the text has the alternative now")
    ]
    reason: str
    suggestion: Annotated[str | None, Meta(description="what was written, or a proposal to go on from")]
    confidence: Share | None


class Fixed(Struct, frozen=True, kw_only=True):
    """A document after the alternatives were written that are certain enough."""

    text: Annotated[str, Meta(description="the document; no other character was changed")]
    changed: bool
    findings: tuple[Image, ...]


class Status(Struct, frozen=True, kw_only=True):
    """How the service is."""

    status: Literal["ok", "ready"]
    version: Annotated[str, Meta(description="of alttext")]


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a request was not answered as it asked: https://www.rfc-editor.org/rfc/rfc9457 ."""

    status: Annotated[int, Meta(ge=400, le=599)]
    code: Annotated[str, Meta(description="for programs")]
    detail: Annotated[str, Meta(description="for people")]


def described(description: Description) -> Described:
    """The answer about a picture."""
    return Described(
        text=description.text,
        confidence=_rounded(description.confidence),
        review=description.review,
        reasons=description.reasons,
        medium=description.medium,
        lang=description.lang,
        candidates=tuple(map(_term, description.candidates)),
    )


def fixed(result: FileResult) -> Fixed:
    """The answer about a document."""
    return Fixed(text=result.text, changed=result.changed, findings=tuple(map(_image, result.findings)))


def _term(candidate: Candidate) -> Term:
    term = candidate.term
    return Term(
        id=term.id,
        facet=term.facet,
        phrase=term.phrase,
        score=_rounded(candidate.score),
        confidence=_rounded(candidate.confidence),
    )


def _image(finding: Finding) -> Image:
    description = finding.description
    return Image(
        rule=finding.rule,
        line=finding.line,
        column=finding.column,
        src=finding.image.src,
        alt=finding.image.alt,
        purpose=finding.classification.purpose.value,
        action=finding.decision.action.value,
        reason=finding.decision.reason,
        suggestion=finding.decision.alt,
        confidence=_rounded(description.confidence) if description else None,
    )


def _rounded(number: float) -> float:
    return round(float(number), 6)
