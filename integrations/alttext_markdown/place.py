"""Which page of which site is being converted: Python-Markdown does not say, its hosts can be asked.

MkDocs and ProperDocs register a tree processor that knows the page, Zensical a preprocessor.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown import Markdown

from alttext_pages import Site


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and whom to tell what is wrong on it."""

    site: Site
    folder: Path  # what the sources in its HTML are relative to
    warn: Callable[[str], object]
    name: str = ""  # of its source, as messages have it


def of_host(md: Markdown, config: Path | None) -> Place | None:
    """Return the place that the host of this conversion knows, None without such a host."""
    if "relpath" in md.treeprocessors:
        return _of_mkdocs(md.treeprocessors["relpath"], config)
    if "rendering_context" in md.preprocessors:
        return _of_zensical(md.preprocessors["rendering_context"], config)
    return None


def plain(docs_dir: Path, config: Path | None) -> Place:
    """Return the place of a text that nobody knows more about than its folder."""
    return Place(Site(docs_dir, config), docs_dir, getLogger("alttext").warning)


def _of_mkdocs(processor: Any, config: Path | None) -> Place:
    """By then all sources are relative to the address of the page, raw HTML as its author wrote it."""
    file, settings = processor.file, processor.config
    docs_dir, theme = Path(settings["docs_dir"]), settings["theme"]
    language = theme.get("language") or theme.get("locale") or ""
    site = Site(docs_dir, config, str(language).replace("_", "-"))
    log = getLogger(f"{type(processor).__module__.partition('.')[0]}.plugins.alttext")  # counted by --strict
    return Place(site, docs_dir / posixpath.dirname(unquote(file.url)), log.warning, file.src_uri)


def _of_zensical(context: Any, config: Path | None) -> Place:
    """Here sources are relative to that of the page; Zensical changes them later, those in raw HTML too."""
    page, settings = context.page, context.config
    docs_dir = Path(settings["root_dir"], settings["docs_dir"])
    site = Site(docs_dir, config, settings["theme"].get("language") or "")
    return Place(site, docs_dir / posixpath.dirname(page.path), getLogger("alttext").warning, page.path)
