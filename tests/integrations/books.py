"""Books as tests need them, and what is in a container byte for byte, told without the code under test."""

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.integrations.builds import OAK_SVG, PHOTOGRAPHS

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:2f6f4d1e-0c53-4f0f-9d1c-6f1b8f0f7a11</dc:identifier>
<dc:title>Trees</dc:title><dc:language>{language}</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>
</metadata>
<manifest>{items}</manifest>
<spine>{spine}</spine>
</package>
"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{lang}>
<head><title>Trees</title></head>
<body>
{body}
</body>
</html>
"""
NAV = PAGE.format(
    lang="", body='<nav epub:type="toc"><ol><li><a href="text/one.xhtml">One</a></li></ol></nav>'
)
KINDS = {".xhtml": "application/xhtml+xml", ".svg": "image/svg+xml", ".jpg": "image/jpeg", ".css": "text/css"}


_NAV = ' properties="nav"'


def _kind(name: str) -> str:
    return KINDS.get(Path(name).suffix, KINDS[".xhtml"])


def page(body: str, lang: str = "") -> str:
    """A page of a book."""
    return PAGE.format(body=body, lang=lang and f' lang="{lang}" xml:lang="{lang}"')


def files(pages: dict[str, str], language: str = "en", **others: str | bytes) -> dict[str, bytes]:
    """The files of a book with these pages in OEBPS, in order of reading."""
    inner: dict[str, str | bytes] = {
        "nav.xhtml": NAV,
        **pages,
        "images/oak.svg": OAK_SVG,
        "images/dogs.jpg": (PHOTOGRAPHS / "dogs.jpg").read_bytes(),
        "style.css": "p { margin: 0 }\n",
    }
    items = "".join(
        f'<item id="i{at}" href="{name}" media-type="{_kind(name)}"{_NAV * (name == "nav.xhtml")}/>'
        for at, name in enumerate(inner)
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at, name in enumerate(inner) if name in pages)
    whole = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": PACKAGE.format(language=language, items=items, spine=spine),
        **{f"OEBPS/{name}": content for name, content in inner.items()},
        **others,
    }
    return {
        name: content.encode() if isinstance(content, str) else content for name, content in whole.items()
    }


def write(path: Path, contents: dict[str, bytes]) -> Path:
    """Pack a book as the specification asks for: the kind first, and stored."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in contents.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            container.writestr(zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2)), content, method)
    return path


def unpacked(path: Path) -> dict[str, bytes]:
    """What is in a container, in order."""
    with zipfile.ZipFile(path) as container:
        return {name: container.read(name) for name in container.namelist()}


def raw(data: bytes) -> dict[str, tuple[object, ...]]:
    """What a container says of each of its files and their bytes as stored, in the order of the directory."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {info.filename: (*_told(info), _stored(data, info)) for info in container.infolist()}


def _told(info: zipfile.ZipInfo) -> tuple[object, ...]:
    names = [name for name in zipfile.ZipInfo.__slots__ if not name.startswith("_")]
    told = [getattr(info, name) for name in names if name not in {"header_offset", "extra"}]
    return (*told, list(_extra_fields(info.extra)))


def _extra_fields(extra: bytes) -> Iterator[bytes]:
    """All extra fields, but for the values of the one of ZIP64, which holds where the entry is."""
    while extra:
        kind, length = struct.unpack_from("<2H", extra)
        yield extra[:4] if kind == 1 else extra[: 4 + length]
        extra = extra[4 + length :]


def _stored(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """Header, data and, where it is streamed, what tells their length."""
    name, extra = struct.unpack_from("<2H", data, info.header_offset + 26)
    end = info.header_offset + 30 + name + extra + info.compress_size
    if info.flag_bits & 8:
        end += 4 * (data[end : end + 4] == b"PK\x07\x08") + 12
    return data[info.header_offset : end]
