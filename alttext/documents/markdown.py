"""Stage 2: find every image of a Markdown document at its exact place, and spell its alternative there.

Sources: https://spec.commonmark.org/0.31.2/#images, https://github.github.com/gfm/,
https://quarto.org/docs/authoring/figures.html#alt-text, https://mdxjs.com/docs/what-is-mdx/
"""

import re
from dataclasses import replace

from alttext.documents import (
    drawn_tables,
    front_matter,
    html,
    markdown_escapes,
    markdown_html,
    markdown_tokens,
    shortcodes,
)
from alttext.documents.front_matter import FrontMatter
from alttext.documents.markdown_tokens import Dialect
from alttext.documents.offsets import OffsetMap, normalised
from alttext.documents.rendered_page import Page
from alttext.errors import ParseError
from alttext.types import Edit, ImageKind, ImageRef, Slot, Span

_MAY_CONTAIN_RE = re.compile(r"!\[|\{[{%]|<[A-Z]")


def may_contain_images(text: str) -> bool:
    """Tell cheaply whether a parse could find anything: False is certain, True is not."""
    return _MAY_CONTAIN_RE.search(text) is not None or html.may_contain_images(text)


def parse(text: str, *, implicit_figures: bool = False) -> list[ImageRef]:
    """Return every image reference of a Markdown document in source order, spans in code points of `text`.

    `implicit_figures` says that the brackets of an image alone in its paragraph become a visible caption,
    as in some renderers that have no attribute for the alternative: those images are blocked.
    """
    return references(text, Dialect(figure_attribute="?" if implicit_figures else ""))


def parse_quarto(text: str) -> list[ImageRef]:
    """Return every image reference of a Quarto or R Markdown document, see `parse`."""
    return references(text, Dialect(figure_attribute="fig-alt"))


def parse_mdx(text: str) -> list[ImageRef]:
    """Return every image reference of an MDX document, see `parse`."""
    return references(text, Dialect(mdx=True))


def references(text: str, dialect: Dialect, page: FrontMatter | None = None) -> list[ImageRef]:
    """Return the image references of a text in a dialect; `page` is what is known from elsewhere."""
    if not may_contain_images(text):
        return []
    source, newlines = normalised(text)
    front = page or front_matter.read(source)
    dialect = _dialect(dialect, front)
    masked = re.sub(r"[^\n]", " ", source[: front.end]) + source[front.end :]
    rendering = markdown_html.render(*markdown_tokens.tokenize(masked, dialect), dialect, front)
    page_text = rendering.text()
    found = [ref for ref in html.parse(page_text) if rendering.has_origin(ref.span, page_text)]
    located = (_moved(_in_source(ref, rendering, source), newlines) for ref in found)
    return sorted((ref for ref in located if not _is_shown_as_code(ref)), key=lambda ref: ref.span)


def _is_shown_as_code(ref: ImageRef) -> bool:
    """Whether a shortcode stands in an element in which pages explain shortcodes."""
    tags = {re.split(r"[.#]", selector, maxsplit=1)[0] for selector in ref.context.ancestors}
    return ref.kind is ImageKind.SHORTCODE and not tags.isdisjoint({"pre", "code"})


def _dialect(dialect: Dialect, front: FrontMatter) -> Dialect:
    """Let front matter say that lone images are figures, and R Markdown how it spells their alternative."""
    is_quarto = dialect.figure_attribute == "fig-alt"
    if dialect.mdx or not front.figure_attribute or (is_quarto and not front.is_r_markdown):
        return dialect
    return replace(dialect, figure_attribute=front.figure_attribute)


def _in_source(ref: ImageRef, rendering: Page, source: str) -> ImageRef:
    """Lead a reference in the rendering back to the text, where tables may leave no room for more words."""
    origin = rendering.origins.get(ref.span.start)
    ref = _moved(ref, rendering.offsets) if origin is None else origin.of(ref)
    is_aligned = ref.slot is not None and drawn_tables.hold(source, ref.span.start)
    return replace(ref, slot=None, blocked="drawn-table") if is_aligned else ref


def _moved(ref: ImageRef, offsets: OffsetMap) -> ImageRef:
    slot = None if ref.slot is None else Slot(offsets.span(ref.slot.at), ref.slot.attribute)
    return replace(ref, span=offsets.span(ref.span), slot=slot)


def alt_edit(text: str, ref: ImageRef, alt: str) -> Edit:
    """Return the edit that gives the image this alternative, escaped for brackets, blocks or start tags.

    White space is collapsed and control characters are left out. Raises `ParseError` where nothing
    may be written.
    """
    if ref.slot is None:
        raise ParseError(f"an alternative cannot be written at offset {ref.span.start}: {ref.blocked}")
    plain = html.plain(alt)
    match ref.kind:
        case ImageKind.MARKDOWN if ref.slot.attribute:
            return _block_edit(text, ref.span, ref.slot, plain)
        case ImageKind.MARKDOWN:
            return _brackets_edit(text, ref.span, ref.slot, plain)
        case ImageKind.SHORTCODE:
            argument = shortcodes.spell(plain, is_hugo=text.startswith("{{", ref.span.start))
            return _argument_edit(ref.slot, f"{ref.slot.attribute}={argument}")
        case ImageKind.JSX:
            return _argument_edit(ref.slot, f'{ref.slot.attribute}="{markdown_escapes.in_value(plain)}"')
        case _:
            edit = html.tag_edit(text, ref, alt)
            return replace(edit, text=markdown_escapes.in_start_tag(edit.text))


def _argument_edit(slot: Slot, argument: str) -> Edit:
    return Edit(slot.at, argument if slot.at.start < slot.at.end else f" {argument}")


def _block_edit(text: str, image: Span, slot: Slot, alt: str) -> Edit:
    """Replace an item of an attribute block, add one, or add a block."""
    item = f'{slot.attribute}="{markdown_escapes.in_value(alt)}"'
    if slot.at.start < slot.at.end:
        return Edit(slot.at, item)
    if slot.at.start == image.end:
        return Edit(slot.at, f"{{{item}}}")
    return Edit(slot.at, item if text[slot.at.start - 1] in "{ \t\r\n" else f" {item}")


def _brackets_edit(text: str, image: Span, slot: Slot, alt: str) -> Edit:
    """Replace what is between the brackets, and keep what they refer to if that was the same words."""
    start, end = slot.at
    after = text[end + 1 : image.end]
    if start == end or (after and not after.startswith(("[]", "{"))):
        return Edit(slot.at, markdown_escapes.in_brackets(alt))
    shortcut = Span(start, end + 3 if after.startswith("[]") else end + 1)
    return Edit(shortcut, f"{markdown_escapes.in_brackets(alt)}][{text[start:end]}]")
