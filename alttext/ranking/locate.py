"""Find the file that an image source means, without reading outside the project.

How browsers read a source: https://url.spec.whatwg.org/ ; what "/" means is up to each static site generator.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from filecmp import cmp
from os.path import normpath
from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote, urljoin

from alttext.errors import ImageError

# Folders that are served as "/": static by Hugo, Zola, Docusaurus and Gatsby, public by Vite, Astro, Next and
# Rails, source by Hexo, .vuepress/public by VuePress, website/static by Docusaurus beside its documents.
SERVED_FOLDERS = ("", "static", "public", "source", ".vuepress/public", "website/static")

_VERSION_CONTROL = (".git", ".hg", ".svn", ".jj")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_REMOTE_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
_SCHEMES_WITHOUT_PICTURE = frozenset({"about", "javascript", "blob", "mailto", "tel"})
_TEMPLATE = re.compile(
    r"\{\{|\{%|\{#|<\?|<%|\$\{|#\{|@\{|^\{.*\}$|^%[a-z_.]{5,}%|^@\w[\w.]*\(", re.IGNORECASE
)
_ALIAS = re.compile(r"~?@|~|\$lib/")  # import prefixes of Vite, webpack, Nuxt, Docusaurus and SvelteKit


@dataclass(frozen=True, slots=True)
class Place:
    """Where the sources of one document are looked up."""

    folder: Path  # of the document
    root: Path  # nothing outside it is read
    site_root: Path | None = None  # what "/" means; None: look upwards from the folder
    base: str = ""  # <base href>
    allow_outside_root: bool = False


def project_root(folder: Path) -> Path:
    """Return the checkout that holds `folder`, else the working directory if that holds it, else itself."""
    folder = folder.absolute()
    here = Path.cwd()
    return checkout(folder) or (here if folder.is_relative_to(here) else folder)


def checkout(folder: Path) -> Path | None:
    """Return the top of the checkout that holds `folder`, None if it is not under version control."""
    top, below = str(folder.absolute()), ""
    while top != below:  # asked of every document; with paths, it would take ten times as long
        if any(os.path.exists(f"{top}/{mark}") for mark in _VERSION_CONTROL):  # noqa: PTH110
            return Path(top)
        top, below = os.path.dirname(top), top  # noqa: PTH120
    return None


def find(source: str, place: Place) -> Path:
    """Return the file or folder that `source` names, with symbolic links resolved.

    Raises ImageError: no-source, template-expression, remote-image, image-outside-root, image-not-found.
    """
    source, base = _clean(source), _clean(place.base)
    _refuse_what_is_no_path(source, base)
    path = _join(base, source)
    found, outside = _search(path, place)
    if not found and not outside and (rest := _below_base_path(path, place)):
        found, _ = _search(rest, place)
    if found:
        return _only(found, path)
    if _is_remote(base):
        raise ImageError(
            "remote-image", f"{source}: relative to {base}, so on the network; nothing is fetched"
        )
    if outside:
        raise ImageError(
            "image-outside-root",
            f"{source}: outside {_shown(place.root)}; move it inside, or allow reading outside the root",
        )
    raise ImageError("image-not-found", _not_found(source, path, place))


def address(source: str, base: str = "") -> str:
    """Return the address of a source that is on the network, by itself or by its <base href>."""
    source, base = _absolute(_clean(source)), _absolute(_clean(base))
    try:
        return urljoin(base, source)
    except ValueError:  # no address of anything; whoever takes it apart says why
        return source


def is_remote(source: str) -> bool:
    """Return whether a source is on the network, as browsers read it."""
    return _is_remote(_clean(source))


def _absolute(source: str) -> str:
    """With a scheme, where a page would give its own."""
    return f"https:{source}" if source.startswith("//") else source


def _clean(source: str) -> str:
    """Drop what browsers drop, and read a backslash as they do: as a slash."""
    return re.sub(r"[\t\r\n]", "", source).strip("\x00\x0c ").replace("\\", "/")


def _refuse_what_is_no_path(source: str, base: str) -> None:
    if not source or source.startswith("#"):
        raise ImageError("no-source", "the image names no source; give it one")
    if _TEMPLATE.search(source) or _TEMPLATE.search(base):
        raise ImageError(
            "template-expression", f"{source}: a template fills this in; look at the built page instead"
        )
    if _is_remote(source):
        raise ImageError("remote-image", f"{source}: on the network; nothing is fetched")
    if scheme := _SCHEME.match(source):
        _refuse_scheme(scheme[1].lower(), source)


def _refuse_scheme(scheme: str, source: str) -> None:
    if scheme in _SCHEMES_WITHOUT_PICTURE:
        raise ImageError("no-source", f"{source}: names no picture; give the image a source")
    if scheme == "file" or len(scheme) == 1:  # C:/Users/...
        raise ImageError(
            "image-outside-root", f"{source}: works on one machine only; use a path relative to the document"
        )
    raise ImageError("image-not-found", f"{source}: no file is looked up by {scheme}:; use a path")


def _is_remote(source: str) -> bool:
    scheme = _SCHEME.match(source)
    return source.startswith("//") or bool(scheme and scheme[1].lower() in _REMOTE_SCHEMES)


def _join(base: str, source: str) -> str:
    """Put `source` behind the folder that `base` names; of a remote base only the path counts."""
    if not base or source.startswith("/"):
        return source
    base = _without_query(base)
    if _is_remote(base):
        base = "/" + base.partition("//")[2].partition("/")[2]
    if base.endswith(("/.", "/..")) or base in {".", ".."}:
        base += "/"
    folder, slash, _ = base.rpartition("/")
    return folder + slash + source


def _without_query(source: str) -> str:
    return re.split(r"[?#]", source, maxsplit=1)[0]


def _search(path: str, place: Place) -> tuple[list[Path], bool]:
    """Return what `path` may mean, the nearest first, and whether a candidate lay outside the roots."""
    roots = _roots(place)
    found: list[Path] = []
    outside = False
    for folders in _folders(path, place):
        for candidate in (folder / spelling for folder in folders for spelling in _spellings(path)):
            try:
                hit = _existing(candidate, roots)
            except PermissionError:
                outside = True
                continue
            if hit:
                found.append(hit)
                break
    return found, outside


def _below_base_path(path: str, place: Place) -> str:
    """Return `path` without its first folder if there is none: many sites are served below one."""
    first, _, rest = path.lstrip("/").partition("/")
    if not path.startswith("/") or not rest:
        return ""
    found, outside = _search(f"/{first}", place)
    return "" if found or outside else f"/{rest}"


def _roots(place: Place) -> tuple[Path, ...]:
    """Return the folders that may be read from, empty for all; as given and with links resolved."""
    if place.allow_outside_root:
        return ()
    given = [folder for folder in (place.root, place.site_root) if folder]
    return tuple({path for folder in given for path in (folder.absolute(), folder.resolve())})


def _folders(path: str, place: Place) -> Iterator[tuple[Path, ...]]:
    """Yield the folders to look up `path` in: the document's, or what "/" may mean at each level upwards."""
    if not path.startswith("/"):
        yield (place.folder,)
        return
    folder, root = place.folder.absolute(), place.root.absolute()
    upwards = [ancestor for ancestor in (folder, *folder.parents) if ancestor.is_relative_to(root)]
    for ancestor in [place.site_root] if place.site_root else upwards or [root]:
        yield tuple(ancestor / served for served in SERVED_FOLDERS)
    if place.allow_outside_root or Path(path).is_relative_to(root):
        yield (Path(folder.anchor),)  # a path of this machine, as notebooks have them


def _spellings(path: str) -> Iterator[str]:
    """Yield `path` as a browser reads it, then as its author may have meant it."""
    bare = _without_query(path)
    decoded = unquote(bare, errors="surrogateescape")
    for name in dict.fromkeys((decoded, bare, path)):
        # Names are composed on most systems and decomposed on some, and travel between them.
        yield from (
            form.lstrip("/") for form in dict.fromkeys((name, normalize("NFC", name), normalize("NFD", name)))
        )
    stem, dot, suffix = decoded.lstrip("/").rpartition(".")
    if dot and "/" not in suffix:
        yield from (f"{stem}.{cased}" for cased in (suffix.lower(), suffix.upper()) if cased != suffix)


def _existing(candidate: Path, roots: Iterable[Path]) -> Path | None:
    """Return the resolved candidate if it exists; raise PermissionError, disk untouched, if it is outside."""
    lexical = Path(normpath(candidate.absolute()))  # "a/../b" is "b" in a URL, whatever "a" links to
    _refuse_outside(lexical, roots)
    try:
        if not lexical.exists():
            return None
        resolved = lexical.resolve()
    except (
        OSError,
        RuntimeError,
        ValueError,
    ):  # too long, a loop of links, a null or another impossible name
        return None
    _refuse_outside(resolved, roots)
    return resolved


def _refuse_outside(path: Path, roots: Iterable[Path]) -> None:
    if roots and not any(path.is_relative_to(root) for root in roots):
        raise PermissionError(path)


def _only(found: list[Path], path: str) -> Path:
    """Return the nearest hit, unless a different picture answers to the same path as well."""
    nearest, *others = dict.fromkeys(found)
    for other in others:
        if nearest.is_file() and other.is_file() and not cmp(nearest, other, shallow=False):
            raise ImageError(
                "image-not-found",
                f"{path}: either {_shown(nearest)} or {_shown(other)}; set the site root to say which",
            )
    return nearest


def _not_found(source: str, path: str, place: Place) -> str:
    if _ALIAS.match(source):
        return f"{source}: a build tool resolves this prefix; look at the built page instead"
    if not path.startswith("/"):
        return f"{source}: there is no {_shown(place.folder / _without_query(path))}; correct the path"
    below = _shown(place.site_root or place.root)
    return f"{source}: no such file below {below}; correct the path or set the site root"


def _shown(path: Path) -> str:
    """The path as reports show it: from the working folder if it is inside."""
    path, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100 - resolve() would follow links
    if path == here:
        return "the working folder"
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
