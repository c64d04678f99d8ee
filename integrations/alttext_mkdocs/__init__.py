"""MkDocs and ProperDocs plugin: the Python-Markdown extension, for the pages of the site.

The entry point is `alttext` of `mkdocs.plugins` and `properdocs.plugins`. See docs/mkdocs.md.
"""

from markdown import Markdown
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin

from alttext import AlttextError
from alttext_markdown import AlttextExtension, Place
from alttext_markdown.extension import MODES

__all__ = ["AlttextPlugin"]

NAMES = frozenset({"alttext", "alttext_markdown"})  # of the extension


class Options(Config):
    """The options of the plugin, a path being relative to the configuration of the site."""

    mode = config_options.Choice(MODES, default="check")
    config = config_options.Optional(config_options.File(exists=True))


class AlttextPlugin(BasePlugin[Options]):
    """Reports images of pages that have no alternative, or gives them one in the built site."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the extension. Raises ConfigurationError if it is there already."""
        if NAMES.intersection(map(str, config.markdown_extensions)):
            raise ConfigurationError("alttext is among plugins and markdown_extensions: keep one of them")
        config.markdown_extensions.append(_OfPages(mode=self.config.mode, config=self.config.config or ""))
        return config


class _OfPages(AlttextExtension):
    """Leaves texts alone that are converted for other plugins: what they become part of is looked at."""

    def place(self, md: Markdown) -> Place | None:
        return super().place(md) if "relpath" in md.treeprocessors else None

    def finish(self, html: str, at: Place) -> str:
        try:
            return super().finish(html, at)
        except AlttextError as error:
            raise PluginError(f"alttext: {at.name}: {error}") from error
