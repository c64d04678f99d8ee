"""Python-Markdown extension: reports images without an alternative, or gives them one in the HTML.

The entry point is `alttext` of `markdown.extensions`. See docs/python-markdown.md.
"""

from alttext_markdown.extension import AlttextExtension, MissingAlternativesError
from alttext_markdown.place import Place

__all__ = ["AlttextExtension", "MissingAlternativesError", "Place", "makeExtension"]


def makeExtension(**options: object) -> AlttextExtension:  # noqa: N802 - Python-Markdown asks for this name
    """Return the extension, for those who name the module instead of the entry point."""
    return AlttextExtension(**options)
