"""What a document of Sphinx says as HTML: no page to look at, but all that tells why an image is there."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from docutils import nodes

from alttext_pages import Page
from alttext_sphinx.brackets import Brackets

_TAGS: Mapping[type[nodes.Node], str] = {
    nodes.section: "section",
    nodes.paragraph: "p",
    nodes.figure: "figure",
    nodes.block_quote: "blockquote",
    nodes.literal_block: "pre",
    nodes.literal: "code",
    nodes.emphasis: "em",
    nodes.strong: "strong",
    nodes.bullet_list: "ul",
    nodes.enumerated_list: "ol",
    nodes.list_item: "li",
    nodes.definition_list: "dl",
    nodes.definition_list_item: "div",
    nodes.term: "dt",
    nodes.definition: "dd",
    nodes.table: "table",
    nodes.thead: "thead",
    nodes.tbody: "tbody",
    nodes.row: "tr",
    nodes.entry: "td",
}
_SILENT = (nodes.substitution_definition, nodes.colspec, nodes.system_message, nodes.pending)
_TRANSPARENT = (nodes.document, nodes.tgroup)


class Reader:
    """Hands a document over to a page, images and raw HTML as pieces of their own."""

    def __init__(self, page: Page, docname: str, image_types: Sequence[str]) -> None:
        """`image_types`: those that the builder can show, best first."""
        self.page = page
        self.folder = posixpath.dirname(docname)
        self.image_types = image_types
        self.brackets = Brackets()
        self.generated: frozenset[tuple[str, str]] = frozenset()

    def read(self, document: nodes.document) -> None:
        """Read the whole document."""
        self.generated = frozenset(_named_by_docutils(document))
        self._node(document, 0)

    def _node(self, node: nodes.Node, depth: int) -> None:
        if isinstance(node, nodes.Text):
            self.page.add(escape(node.astext()))
        elif isinstance(node, nodes.image):
            self._image(node)
        elif isinstance(node, nodes.raw):
            self._raw(node)
        elif isinstance(node, nodes.comment):
            self._comment(node)
        elif not isinstance(node, _SILENT):
            self._element(node, depth)

    def _element(self, node: nodes.Element, depth: int) -> None:
        tag = _tag(node, depth)
        self.page.add(_start(tag, node))
        for child in node.children:
            self._node(child, depth + isinstance(node, nodes.section))
        self.page.add(f"</{tag}>" if tag else "")

    def _raw(self, node: nodes.raw) -> None:
        if "html" in node.get("format", "").split():
            self.page.add(node.astext(), node)

    def _comment(self, node: nodes.comment) -> None:
        """Comments of reStructuredText and MyST can ask to leave images alone, too."""
        if node.astext().startswith("alttext:"):
            self.page.add(f"<!-- {node.astext()} -->".replace("--->", "-->"))

    def _image(self, node: nodes.image) -> None:
        alt, is_bare = node.get("alt"), False
        if alt and (node["uri"], alt) in self.generated:
            alt = None
        elif alt == "" and self.page.takes_empty_brackets_for_missing and self.brackets.made(node):
            alt, is_bare = None, True
        size = {name: node[name] for name in ("width", "height", "title") if name in node}
        attributes = {"src": self._source(node)} | size | ({} if alt is None else {"alt": alt})
        self.page.add(_spelled("img", node, attributes), node, is_bare=is_bare)

    def _source(self, node: nodes.image) -> str:
        """The file as seen from the document, which Sphinx sees from the folder of all sources."""
        candidates = node.get("candidates", {})
        if "?" in candidates or not candidates:
            return str(node["uri"])
        shown = [candidates[kind] for kind in ("*", *self.image_types) if kind in candidates]
        return posixpath.relpath((shown or list(candidates.values()))[0], self.folder or ".")


def _tag(node: nodes.Element, depth: int) -> str:
    if isinstance(node, _TRANSPARENT):
        return ""
    if isinstance(node, nodes.reference):
        return "a"
    if isinstance(node, nodes.title):
        return f"h{min(max(depth, 1), 6)}" if isinstance(node.parent, nodes.section | nodes.document) else "p"
    if isinstance(node, nodes.caption):
        return "figcaption" if isinstance(node.parent, nodes.figure) else "p"
    return _TAGS.get(type(node)) or ("span" if isinstance(node, nodes.Inline) else "div")


def _start(tag: str, node: nodes.Element) -> str:
    if tag != "a":
        return _spelled(tag, node, {}) if tag else ""
    target = node.get("refuri") or (f"#{node['refid']}" if "refid" in node else "")
    title = {"title": node["reftitle"]} if node.get("reftitle") else {}
    return _spelled(tag, node, {"href": target} | title)


def _spelled(tag: str, node: nodes.Element, attributes: Mapping[str, str]) -> str:
    classes = {"class": " ".join(node["classes"])} if node.get("classes") else {}
    pairs = "".join(f' {name}="{escape(str(value))}"' for name, value in {**classes, **attributes}.items())
    return f"<{tag}{pairs}>"


def _named_by_docutils(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Source and alternative of images to which docutils gave the name of their substitution.

    A name of several words is taken for words that somebody wrote, knowing that they are the alternative.
    """
    for definition in document.findall(nodes.substitution_definition):
        for image in definition.findall(nodes.image):
            alt = image.get("alt", "")
            if alt in definition["names"] and len(alt.split()) == 1:
                yield image["uri"], alt
