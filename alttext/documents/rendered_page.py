"""A rendering of a document to HTML, with the way back from every image in it to the source."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from alttext.documents.offsets import OffsetMap
from alttext.types import ImageKind, ImageRef, Slot, Span

# Characters that no text may contain stand for those that Markdown must not see, as long as it reads.
MASKED_QUOTES = str.maketrans("\"'", "\ufdd1\ufdd2")
_UNMASKED = str.maketrans("\ufdd0\ufdd1\ufdd2", "`\"'")
_RAW_TEXT_RE = re.compile(
    r"<(script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext)(?=[\s/>])[^<>]*+>?", re.IGNORECASE
)
_END_TAG_RE = re.compile(r"</([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Origin:
    """How a document spells an image whose rendering is only derived from it."""

    span: Span
    kind: ImageKind
    slot: Slot | None
    blocked: str = ""
    name: str = ""
    decorative: bool = False
    has_empty_alt: bool = False  # to browsers, where the document says nothing: no title is read beside it

    def of(self, ref: ImageRef) -> ImageRef:
        """Return what the rendering says of the image, with the place where the document says it."""
        if self.has_empty_alt and ref.name_from == "title":
            ref = replace(ref, name="", name_from="")
        has_own_name = bool(self.name) and not ref.name
        return replace(
            ref,
            span=self.span,
            kind=self.kind,
            slot=self.slot,
            blocked=self.blocked,
            name=self.name if has_own_name else ref.name,
            name_from="content" if has_own_name else ref.name_from,
            decorative=ref.decorative or self.decorative,
        )


@dataclass(slots=True)
class Page:
    """The rendering while it grows."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    offsets: OffsetMap = field(default_factory=OffsetMap)  # of the HTML that is copied from the source
    origins: dict[int, Origin] = field(default_factory=dict)  # by the offset of an img in the rendering

    def write(self, text: str) -> None:
        """Append HTML that has no place in the source."""
        self.parts.append(text)
        self.length += len(text)

    def copy(self, content: str, span: Span, offsets: OffsetMap) -> None:
        """Append a part of a content that is HTML already."""
        for piece in offsets.within(*span):
            self.offsets.add(self.length + piece.start, piece.length, piece.target, piece.target_length)
        self.write(content[span.start : span.end])

    def replace(self, text: str, span: Span, offsets: OffsetMap) -> None:
        """Append HTML in place of a part of a content."""
        source = offsets.span(span)
        self.offsets.add(self.length, len(text), source.start, source.end - source.start)
        self.write(text)

    def write_image(self, origin: Origin, attributes: Mapping[str, str]) -> None:
        """Append an img that stands for an image of another syntax."""
        self.origins[self.length] = origin
        self.write(f"<img{spelled(attributes)}>")

    def has_origin(self, span: Span, text: str) -> bool:
        """Whether a tag of the rendering `text` is all from the source, and does not run on elsewhere."""
        if span.start in self.origins:
            return True
        text = text[span.start : span.end]
        done = 0
        for piece in self.offsets.within(*span):
            if text[done : piece.start].strip():
                return False
            done = piece.start + piece.length
        return not text[done:].strip()

    def text(self) -> str:
        """Return the HTML, without start tags that would make text of everything up to the end."""
        text = "".join(self.parts).translate(_UNMASKED)
        ends = {match[1].lower(): match.start() for match in _END_TAG_RE.finditer(text)}

        def without_endless(match: re.Match[str]) -> str:
            return match[0] if ends.get(match[1].lower(), 0) > match.start() else " " * len(match[0])

        return _RAW_TEXT_RE.sub(without_endless, text)


def spelled(attributes: Mapping[str, str]) -> str:
    """Return attributes as they stand in a start tag."""
    return "".join(f' {name}="{html.escape(text)}"' for name, text in attributes.items())
