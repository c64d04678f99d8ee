"""Stage 4: load the picture that an image reference shows, from disk, the document or a listed server.

Image sources: https://html.spec.whatwg.org/multipage/images.html#select-an-image-source
"""

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from PIL import Image

from alttext.errors import ImageError
from alttext.ranking import author_text, data_uri, locate, raster, svg
from alttext.ranking.author_text import AuthorText

_STAND_IN_SIDE = 64  # pixels; lazy loaders show something as small until the real picture is there
_GZIP = b"\x1f\x8b"
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"

# Pictures and look-alikes that are recognised only to say so: (offset, bytes, name)
_KNOWN_OTHERS = (
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypqt", "QuickTime"),
    (4, b"ftypmp4", "MP4"),
    (4, b"ftypiso", "MP4"),
    (0, b"\xff\x0a", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (0, b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"\x1aE\xdf\xa3", "WebM"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be known of a raster picture besides its pixels."""

    width: int  # pixels as shown, before any reduction
    height: int
    format: str  # "JPEG", "PNG", ... by content
    animated: bool = False
    author_text: AuthorText | None = None


class Memory(Protocol):
    """Knows facts of pictures that were decoded before, by the hash of the file and the page's language."""

    def facts(self, digest: str, lang: str) -> Facts | None:
        """Return the facts if they are known."""
        ...

    def keep_facts(self, digest: str, lang: str, facts: Facts) -> None:
        """Remember the facts."""
        ...


class Fetcher(Protocol):
    """Knows the way to pictures on the network, and which of them may be fetched; see `remote.Remote`."""

    def fetch(self, url: str) -> bytes:
        """Return the bytes of a picture. Raises ImageError."""
        ...


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """Where pictures may be read from and how large they may be."""

    root: Path | None = None  # nothing outside it is read; None: see locate.project_root
    site_root: Path | None = None  # what "/" in a source means; None: look upwards from the document
    allow_outside_root: bool = False
    max_bytes: int = 64 << 20
    max_pixels: int = 80_000_000  # at most Pillow's own limit of 89,478,485 has effect
    min_side: int = 0  # pixels; large pictures are reduced to no less than twice that, 0: not at all
    memory: Memory | None = None  # what it knows is decoded only once somebody wants the pixels
    remote: Fetcher | None = None  # without one, nothing is fetched


@dataclass(frozen=True)
class DecodedImage:
    """A picture, or of an SVG what its author says of it."""

    width: int  # pixels as shown, before any reduction; 0 if an SVG does not say
    height: int
    format: str  # "JPEG", "PNG", ... by content; "SVG"
    sha256: str  # of the file's bytes
    source: str  # the candidate that was loaded; data: URIs shortened
    author_text: AuthorText | None = None
    animated: bool = False
    path: Path | None = None  # None for data: URIs and what was fetched
    min_side: int = 0  # as in the options that it was loaded with
    decode: Callable[[int], Image.Image] | None = field(default=None, repr=False)  # None for SVG

    @cached_property
    def pixels(self) -> Image.Image | None:
        """RGB, upright, on white; None for SVG. Raises ImageError if it is decoded only now and damaged."""
        return self.reduced(self.min_side)

    @property
    def name(self) -> str:
        """Its file as people know it, from the working folder; the source if it is in the document itself."""
        if self.path is None:
            return self.source
        here = Path.cwd()
        inside = self.path.is_relative_to(here)
        return (self.path.relative_to(here) if inside else self.path).as_posix()

    def reduced(self, min_side: int) -> Image.Image | None:
        """The same as if it had been loaded with another `min_side`."""
        return self.decode(min_side) if self.decode else None


@dataclass(frozen=True, slots=True)
class _File:
    """The bytes of a picture and where they came from."""

    data: bytes
    source: str
    path: Path | None = None

    @property
    def name(self) -> str:
        return str(self.path or self.source)


def load(
    sources: Sequence[str], document: Path | None, options: DecodeOptions, base: str = "", lang: str = ""
) -> DecodedImage:
    """Return the first of the candidate `sources` of one image that can be loaded.

    Small stand-ins of lazy loaders are passed over where a later candidate is larger. `document` is the file
    that the sources are relative to (None: the working directory) with its <base href> and its language.
    Raises ImageError, about the first candidate, if none can be loaded: no-source, template-expression,
    remote-image, remote-refused, remote-unavailable, image-outside-root, image-not-found, image-unreadable,
    image-too-large, unsupported-image.
    """
    folder = document.parent if document else Path()
    root = options.root or locate.project_root(folder)
    place = locate.Place(folder, root, options.site_root, base, options.allow_outside_root)
    stand_in: DecodedImage | None = None
    failure: ImageError | None = None
    for source in dict.fromkeys(filter(str.strip, sources)):
        try:
            image = _decode(_file(source, place, options), options, lang)
        except ImageError as error:
            failure = failure or error
            continue
        if image.decode is None or max(image.width, image.height) > _STAND_IN_SIDE:
            return image
        stand_in = stand_in or image
    if stand_in:
        return stand_in
    raise failure or ImageError("no-source", "the image names no source; give it one")


def load_file(path: Path, options: DecodeOptions, lang: str = "") -> DecodedImage:
    """Return the picture in a file that the user named, wherever it lies; raises as `load` does."""
    if not path.exists():
        raise ImageError("image-not-found", f"{path}: no such file; correct the path")
    return _decode(_File(_read(path.resolve(), options.max_bytes), str(path), path), options, lang)


def load_bytes(data: bytes, options: DecodeOptions, lang: str = "") -> DecodedImage:
    """Return the picture that the bytes of a file are, wherever they came from; raises as `load` does."""
    name = "the picture"
    if len(data) > options.max_bytes:
        raise _too_many_bytes(name, options.max_bytes)
    return _decode(_File(data, name), options, lang)


def _file(source: str, place: locate.Place, options: DecodeOptions) -> _File:
    if data_uri.is_data_uri(source):
        return _File(data_uri.read(source, options.max_bytes), data_uri.shortened(source))
    try:
        path = locate.find(source, place)
    except ImageError as error:
        if error.reason != "remote-image" or options.remote is None:
            raise
        address = locate.address(source, place.base)
        return _File(options.remote.fetch(address), address)
    return _File(_read(path, options.max_bytes), source, path)


def _read(path: Path, max_bytes: int) -> bytes:
    """Read a regular file, and nothing that blocks, such as a pipe, or that became a link meanwhile."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))

    try:
        with open(path, "rb", opener=opener) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ImageError("image-unreadable", f"{path}: not a regular file; correct the source")
            data = file.read(max_bytes + 1)
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); correct the path or its permissions"
        raise ImageError("image-unreadable", message) from error
    if len(data) > max_bytes:
        raise _too_many_bytes(str(path), max_bytes)
    return data


def _too_many_bytes(name: str, max_bytes: int) -> ImageError:
    message = f"{name}: more than {max_bytes} bytes; shrink the picture or raise the limit"
    return ImageError("image-too-large", message)


def _decode(file: _File, options: DecodeOptions, lang: str) -> DecodedImage:
    """Decode by content; suffixes and media types are often wrong."""
    data = file.data
    if data.startswith(_GZIP):
        data = svg.unpack(data, file.name, options.max_bytes)
    if svg.is_svg(data):
        return _decode_svg(data, file, lang)
    _refuse_other_kinds(data, file.name)
    return _decode_raster(data, file, options, lang)


def _decode_raster(data: bytes, file: _File, options: DecodeOptions, lang: str) -> DecodedImage:
    digest = sha256(file.data).hexdigest()
    again = _decoder(data, file, digest, options)
    facts = options.memory.facts(digest, lang) if options.memory else None
    if facts:
        return _image(facts, file, digest, options.min_side, again)
    picture = raster.read(data, file.name, options.max_pixels, options.min_side)
    said = author_text.of_picture(picture.opened, lang)
    facts = Facts(picture.width, picture.height, picture.format, picture.animated, said)
    if options.memory:
        options.memory.keep_facts(digest, lang, facts)
    pixels = picture.pixels  # the file that it was opened from is let go

    def pixels_for(min_side: int) -> Image.Image:
        is_enough = min_side == options.min_side or sum(pixels.size) == facts.width + facts.height
        return pixels if is_enough else again(min_side)

    return _image(facts, file, digest, options.min_side, pixels_for)


def _decoder(data: bytes, file: _File, digest: str, options: DecodeOptions) -> Callable[[int], Image.Image]:
    """What decodes a picture later; from its file, for the bytes of many would fill the memory."""
    name, path = file.name, file.path

    def pixels(found: bytes, min_side: int) -> Image.Image:
        return raster.read(found, name, options.max_pixels, min_side).pixels

    if path is None or data is not file.data:
        return lambda min_side: pixels(data, min_side)
    return lambda min_side: pixels(_same(path, digest, options.max_bytes), min_side)


def _same(path: Path, digest: str, max_bytes: int) -> bytes:
    data = _read(path, max_bytes)
    if sha256(data).hexdigest() != digest:
        raise ImageError("image-unreadable", f"{path}: was changed meanwhile; run alttext again")
    return data


def _image(
    facts: Facts, file: _File, digest: str, min_side: int, decode: Callable[[int], Image.Image]
) -> DecodedImage:
    return DecodedImage(
        width=facts.width,
        height=facts.height,
        format=facts.format,
        sha256=digest,
        source=file.source,
        author_text=facts.author_text,
        animated=facts.animated,
        path=file.path,
        min_side=min_side,
        decode=decode,
    )


def _decode_svg(data: bytes, file: _File, lang: str) -> DecodedImage:
    drawing = svg.read(data, file.name, lang)
    if not drawing.author_text:
        message = f"{file.name}: an SVG without a name; give it a <title>, or the image an alternative"
        raise ImageError("unsupported-image", message)
    return DecodedImage(
        width=drawing.width,
        height=drawing.height,
        format="SVG",
        sha256=sha256(file.data).hexdigest(),
        source=file.source,
        author_text=drawing.author_text,
        path=file.path,
    )


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if not data:
        raise ImageError("image-unreadable", f"{name}: an empty file; replace it")
    if data.startswith(_LFS_POINTER):
        raise ImageError(
            "image-unreadable", f"{name}: a Git LFS pointer instead of the picture; run git lfs pull"
        )
    for offset, magic, kind in _KNOWN_OTHERS:
        if data.startswith(magic, offset):
            message = f"{name}: {kind} is not looked at; convert the picture or describe it yourself"
            raise ImageError("unsupported-image", message)
    if data.lstrip()[:1] == b"<":
        raise ImageError(
            "image-unreadable", f"{name}: a page instead of a picture; download the picture again"
        )
