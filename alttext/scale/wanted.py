"""Which pictures a run would look at, without looking at any."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote_from_bytes

from msgspec import Struct

from alttext import reach
from alttext.config import Settings
from alttext.describer import Describer
from alttext.documents.discover import NEVER_VISITED, Shard
from alttext.errors import ImageError
from alttext.pipeline import Pipeline
from alttext.ranking import locate
from alttext.review import pictures as files
from alttext.types import Context, Description, ImageKind, ImageRef, Placed, Purpose, Span

SUFFIXES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


class Wanted(Struct, frozen=True, kw_only=True):
    """A picture to look at, with what of its place decides about what is seen. It can be sent anywhere."""

    sources: tuple[str, ...]
    files: tuple[str, ...]  # that the sources name, in their order, absolute
    document: str  # the file that sources are relative to
    root: str
    base: str = ""
    lang: str = ""
    purpose: str = Purpose.INFORMATIVE.value

    @property
    def key(self) -> tuple[str, ...]:
        """What pictures have in common that need to be looked at only once."""
        return (self.lang, self.purpose, *self.files)

    @property
    def placed(self) -> Placed:
        """The picture as if a document showed it that says nothing about it."""
        image = ImageRef(
            Span(0, 0),
            ImageKind.IMG,
            self.sources[0],
            None,
            None,
            self.sources,
            context=Context(lang=self.lang, base=self.base),
            purpose=Purpose(self.purpose),
        )
        return Placed(image, Path(self.document), Path(self.root))


def wanted(paths: Iterable[str | Path], settings: Settings) -> Iterator[Wanted]:
    """Yield the pictures that `fix` would look at below the paths, if they are files, each once.

    Raises ParseError if the ledger cannot be read.
    """
    collecting = _Collecting(settings)
    known: set[tuple[str, ...]] = set()
    for _ in Pipeline(settings, describer=collecting).fix_paths(paths, write=False):
        for each in collecting.taken():
            if each.files and each.key not in known:
                known.add(each.key)
                yield each


def pictures(paths: Iterable[str | Path], settings: Settings) -> Iterator[Wanted]:
    """Yield the picture files below the paths, whether documents show them or not, in order."""
    part = Shard.parse(settings.shard) if settings.shard else Shard(1, 1)
    for start in map(Path, paths):
        for file in _below(start) if start.is_dir() else [start]:
            known = file.relative_to(start) if file != start else file
            if part.holds(os.fsencode(known.as_posix())):
                yield _of_file(file.absolute(), settings)


def of_place(placed: Placed, settings: Settings) -> Wanted:
    """Return the picture of an image reference."""
    ref, document, root = placed
    document = document or Path("document")
    root = root or locate.project_root(document.parent)
    sources = ref.sources or (ref.src,)
    return Wanted(
        sources=sources,
        files=tuple(_located(sources, reach.place(ref, document, root, settings))),
        document=str(document.absolute()),
        root=str(root),
        base=ref.context.base,
        lang=ref.context.lang,
        purpose=ref.purpose.value,
    )


def digest(each: Wanted) -> str:
    """Return what pictures share that are the same to look at: hashes of their files, language, purpose."""
    hashes = (files.digest(Path(file)) or file for file in each.files)
    return ":".join((each.lang, each.purpose, *hashes))


class _Collecting(Describer):
    """Notes which pictures it is asked about, and says nothing of them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._asked: list[Wanted] = []

    def describe_all(self, placed: Sequence[Placed]) -> list[Description]:
        self._asked += [of_place(each, self.settings) for each in placed]
        return [Description(None) for _ in placed]

    def taken(self) -> list[Wanted]:
        """What it was asked about since the last call."""
        asked, self._asked = self._asked, []
        return asked


def _located(sources: Iterable[str], place: locate.Place) -> Iterator[str]:
    for source in dict.fromkeys(sources):
        try:
            yield str(locate.find(source, place).absolute())
        except ImageError:  # on the network, in the document itself, or nowhere
            continue


def _of_file(file: Path, settings: Settings) -> Wanted:
    return Wanted(
        sources=(quote_from_bytes(os.fsencode(file.name)),),
        files=(str(file),),
        document=str(file.with_name("document")),
        root=str(file.parent),
        lang=settings.language,
    )


def _below(folder: Path) -> Iterator[Path]:
    for inside, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in NEVER_VISITED)
        yield from (Path(inside, name) for name in sorted(names) if Path(name).suffix.lower() in SUFFIXES)
