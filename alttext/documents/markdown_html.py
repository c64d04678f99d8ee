"""Markdown rendered to HTML that remembers where its images and its raw HTML came from.

An image in Markdown means what its rendering means: its link, heading, caption and neighbours are those of
the page. So the rendering is read by the HTML module, and what it finds is led back to the source.
"""

import html
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from alttext.documents import attribute_blocks, mdx, mdx_html, shortcodes
from alttext.documents.front_matter import FrontMatter
from alttext.documents.markdown_lines import OFFSETS, SPAN
from alttext.documents.markdown_tokens import IMAGE, Dialect, ImageSyntax
from alttext.documents.offsets import OffsetMap
from alttext.documents.rendered_page import Origin, Page, spelled
from alttext.types import ImageKind, Slot, Span

_BLOCKED_IN_FIGURE = "alt-becomes-caption"
_BLOCKED_IN_SHORTCODE = "shortcode-without-alt"
_AROUND_IMAGES = frozenset({"image", "link_open", "link_close", "softbreak", "hardbreak"})


def render(tokens: Sequence[Token], parser: MarkdownIt, dialect: Dialect, front: FrontMatter) -> Page:
    """Render the tokens of `markdown_tokens.tokenize` below a head with what the front matter says."""
    page = Page()
    lang = spelled({"lang": front.lang} if front.lang else {})
    page.write(f"<!DOCTYPE html><html{lang}><head><title>{html.escape(front.title)}</title></head><body>\n")
    writer = _Writer(page, parser, dialect)
    for index in range(len(tokens)):
        writer.block(tokens, index)
    return page


class _Writer:
    def __init__(self, page: Page, parser: MarkdownIt, dialect: Dialect) -> None:
        self.page = page
        self.parser = parser
        self.renderer = RendererHTML()
        self.renderer.rules |= getattr(parser.renderer, "rules", {})
        self.dialect = dialect
        self.marked = False  # as decorative: the images of the paragraph that is being written

    def block(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        if token.type == "html_block":
            self.raw(token.content, Span(0, len(token.content)), token.meta[OFFSETS])
        elif token.type == mdx.CODE:
            mdx_html.write_code(self.page, token.content, token.meta[mdx.CODE], token.meta[OFFSETS])
        elif token.type != "inline":
            self.markup(tokens, index)
        elif self.dialect.figure_attribute and _is_figure(tokens, index):
            self.figure(token)
        else:
            self.marked = not self.dialect.mdx and _is_marked_decorative(token)
            for child in range(len(token.children or ())):
                self.inline(token, child, in_figure=False)

    def markup(self, tokens: Sequence[Token], index: int) -> None:
        """Write what has no images in it as markdown-it does."""
        rule = self.renderer.rules.get(tokens[index].type)
        if rule is not None:
            self.page.write(rule(tokens, index, self.parser.options, {}))
        elif tokens[index].tag:
            self.page.write(self.renderer.renderToken(tokens, index, self.parser.options, {}))

    def figure(self, token: Token) -> None:
        """Write an image alone in its paragraph where its brackets are the caption."""
        self.page.write("<figure>")
        for index in range(len(token.children or ())):
            self.inline(token, index, in_figure=True)
        image = next(child for child in token.children or () if child.type == "image")
        caption = self.renderer.renderInline(image.children or [], self.parser.options, {})
        self.page.write(f"<figcaption>{caption}</figcaption></figure>")

    def inline(self, parent: Token, index: int, *, in_figure: bool) -> None:
        children = parent.children or []
        token, offsets = children[index], parent.meta[OFFSETS]
        match token.type:
            case "image":
                self.image(token, offsets, in_figure)
            case "html_inline":
                self.raw(parent.content, token.meta[SPAN], offsets)
            case shortcodes.SHORTCODE:
                self.shortcode(token.meta[shortcodes.SHORTCODE], offsets)
            case mdx.JSX:
                mdx_html.write_element(self.page, parent.content, token.meta[mdx.JSX], offsets)
            case mdx.CODE:
                mdx_html.write_code(self.page, parent.content, token.meta[mdx.CODE], offsets)
            case _:
                self.markup(children, index)

    def image(self, token: Token, offsets: OffsetMap, in_figure: bool) -> None:
        syntax: ImageSyntax = token.meta[IMAGE]
        given = syntax.block.attributes() if syntax.block else {}
        alt = given.pop("fig-alt", given.pop("alt", None))
        if alt is None and not in_figure and syntax.brackets.start < syntax.brackets.end:
            alt = self.renderer.renderInlineAsText(token.children, self.parser.options, {})
        slot = self.image_slot(syntax, in_figure)
        origin = Origin(
            span=offsets.span(token.meta[SPAN]),
            kind=ImageKind.MARKDOWN,
            slot=None if slot is None else Slot(offsets.span(slot.at), slot.attribute),
            blocked="" if slot else _BLOCKED_IN_FIGURE,
            decorative=self.marked or (syntax.block is not None and syntax.block.decorative),
            has_empty_alt=alt is None and not self.dialect.figure_attribute,  # Pandoc writes none at all
        )
        own = {name: str(text) for name, text in token.attrs.items()} | {"alt": alt or ""}
        if alt is None:
            del own["alt"]
        self.page.write_image(origin, given | own)

    def image_slot(self, syntax: ImageSyntax, in_figure: bool) -> Slot | None:
        block = syntax.block
        there = block.first("fig-alt", "alt") if block else None
        if there is not None:
            return Slot(there.span, there.name)
        if not in_figure:
            return Slot(syntax.brackets, "")
        if self.dialect.figure_attribute == "?":
            return None
        at = block.span.end - 1 if block else syntax.end
        return Slot(Span(at, at), self.dialect.figure_attribute)

    def raw(self, content: str, span: Span, offsets: OffsetMap) -> None:
        """Copy HTML, with the shortcodes in it rendered and without those around code."""
        start = position = span.start
        while (position := content.find("{", position, span.end)) >= 0:
            end, shortcode = shortcodes.match(content, position)
            if end <= span.end and (shortcode is not None or shortcodes.is_code(content, position)):
                self.page.copy(content, Span(start, position), offsets)
                self.shortcode(shortcode, offsets)
                start = end
            position = max(end, position + 1)
        self.page.copy(content, Span(start, span.end), offsets)

    def shortcode(self, shortcode: shortcodes.Shortcode | None, offsets: OffsetMap) -> None:
        if shortcode is None:
            return
        at = shortcode.place()
        slot = None if at is None else Slot(offsets.span(at), shortcode.alt.key if shortcode.alt else "alt")
        # Hugo's own figure takes its caption for the alternative if it has no other.
        name = shortcode.value("caption") if shortcode.is_hugo_figure and shortcode.alt is None else ""
        blocked = "" if slot else _BLOCKED_IN_SHORTCODE
        origin = Origin(offsets.span(shortcode.span), ImageKind.SHORTCODE, slot, blocked, name)
        link, caption = shortcode.value("link"), html.escape(shortcode.value("caption"))
        # A figure would end the paragraph, and tear a link around the shortcode apart.
        before, after = ("<figure>", f"<figcaption>{caption}</figcaption></figure>") if caption else ("", "")
        if link:
            before, after = f"{before}<a{spelled({'href': link})}>", f"</a>{after}"
        alt = {} if shortcode.alt is None else {"alt": shortcode.alt.value}
        self.page.write(before)
        self.page.write_image(origin, {"src": shortcode.source.value} | alt)
        self.page.write(after)


def _is_marked_decorative(paragraph: Token) -> bool:
    """Whether a paragraph of nothing but images has the mark in its last line."""
    block = attribute_blocks.of_paragraph(paragraph.content)
    if block is None or not block.decorative:
        return False
    kinds = _kinds(paragraph)
    return kinds[-1:] == ["text"] and _AROUND_IMAGES.issuperset(kinds[:-1])


def _is_figure(tokens: Sequence[Token], index: int) -> bool:
    """Whether a paragraph holds one image and nothing else, or that image in a link."""
    paragraph = tokens[index - 1] if index else None
    if paragraph is None or paragraph.type != "paragraph_open" or paragraph.hidden:
        return False
    kinds = _kinds(tokens[index])
    return kinds in (["image"], ["link_open", "image", "link_close"])


def _kinds(paragraph: Token) -> list[str]:
    """Return the types of what a paragraph consists of, white space left out."""
    children = paragraph.children or ()
    return [child.type for child in children if child.type != "text" or child.content.strip()]
