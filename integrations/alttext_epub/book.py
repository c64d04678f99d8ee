"""An EPUB: the pages and pictures of a container, as its package lists them.

Source: https://www.w3.org/TR/epub-33/, chapters 4 and 5.
"""

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from lxml import etree

from alttext_epub.archive import Archive
from alttext_epub.errors import BookError

MEGABYTE = 1 << 20
DOCUMENT_LIMIT = 32 * MEGABYTE  # of one page or description, unpacked
PICTURES_LIMIT = 1024 * MEGABYTE  # of all pictures of a book, unpacked

_CONTAINER, _ENCRYPTION, _SIGNATURES = (
    f"META-INF/{name}.xml" for name in ("container", "encryption", "signatures")
)
_PAGE = "application/xhtml+xml"
_PACKAGE = "application/oebps-package+xml"
# Scrambled fonts, which anybody can read who has the book. Anything else in that list is a lock.
_SCRAMBLED = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_LANGUAGE_RE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_UNDETERMINED = frozenset({"und", "mul", "zxx", "mis"})


class Book:
    """A book that is open for reading. Raises BookError if it cannot be read, or may not be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise BookError(f"cannot be read: {error.strerror or error}") from error
        try:
            self.archive = Archive(self._file)
            packages = [_Package(self.archive, name) for name in self._package_names()]
            self.pages = _unique(page for package in packages for page in package.pages)
            self.pictures = _unique(picture for package in packages for picture in package.pictures)
            self.language = next((package.language for package in packages if package.language), "")
            self._refuse_locks()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def refuse_signed(self) -> None:
        """Raise BookError if a change would break a signature."""
        if _SIGNATURES in self.archive.names:
            raise BookError("is signed, and a change would break the signature, so it was left alone")

    def page(self, name: str) -> bytes:
        """Return the content of a page. Raises BookError."""
        return self.archive.read(name, DOCUMENT_LIMIT)

    def unpack_pictures(self, folder: Path, limit: int) -> None:
        """Write all pictures into a folder; of those longer than `limit` enough to see that they are.

        Raises BookError if they are too many.
        """
        room = PICTURES_LIMIT
        for name in set(self.pictures).intersection(self.archive.names):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                room -= self.archive.unpack(name, file, limit + 1)
            if room < 0:
                raise BookError(f"has pictures of more than {PICTURES_LIMIT // MEGABYTE} MB")

    def _package_names(self) -> list[str]:
        if _CONTAINER not in self.archive.names:
            raise BookError(f"is no EPUB: it has no {_CONTAINER}")
        roots = _xml(self.archive, _CONTAINER).iter("{*}rootfile")
        return [root.get("full-path", "") for root in roots if root.get("media-type", _PACKAGE) == _PACKAGE]

    def _refuse_locks(self) -> None:
        if _ENCRYPTION not in self.archive.names:
            return
        described = _xml(self.archive, _ENCRYPTION)
        methods = {method.get("Algorithm") for method in described.iter("{*}EncryptionMethod")}
        locked = {unquote(each.get("URI", "")) for each in described.iter("{*}CipherReference")}
        if not methods <= _SCRAMBLED or locked.intersection((*self.pages, *self.pictures)):
            raise BookError("is encrypted, so it was left alone; only books without DRM can be read")


class _Package:
    """What one package document lists."""

    def __init__(self, archive: Archive, name: str) -> None:
        tree = _xml(archive, name)
        folder = posixpath.dirname(name)
        items = {item.get("id", ""): item for item in tree.iterfind("{*}manifest/{*}item")}
        spine = [ref.get("idref", "") for ref in tree.iterfind("{*}spine/{*}itemref")]
        in_order = [*(items[ref] for ref in spine if ref in items), *items.values()]
        kinds = [(item.get("media-type", ""), _target(folder, item.get("href", ""))) for item in in_order]
        self.pages = [target for kind, target in kinds if kind == _PAGE and target]
        self.pictures = [target for kind, target in kinds if kind.startswith("image/") and target]
        self.language = next(filter(None, map(_language, tree.iter("{*}language"))), "")


def _target(folder: str, href: str) -> str:
    """The entry that an address of the package means; empty if it is elsewhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def _language(element: etree._Element) -> str:
    tag = (element.text or "").strip()
    return tag if _LANGUAGE_RE.fullmatch(tag) and tag.lower() not in _UNDETERMINED else ""


def _xml(archive: Archive, name: str) -> etree._Element:
    data = archive.read(name, DOCUMENT_LIMIT)
    try:
        return parsed(data)
    except etree.XMLSyntaxError as error:
        raise BookError(f"{name}: is not well-formed: {error.msg}") from error


def parsed(data: bytes) -> etree._Element:
    """Return the tree of an XML file, without what is outside of it. Raises etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
