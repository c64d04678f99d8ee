"""Check and fix books: the pages go through alttext, and what it changes goes back into the container."""

import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from alttext import FileResult, ParseError, Pipeline, Settings, VerificationError
from alttext_epub import archive, page
from alttext_epub.archive import Archive
from alttext_epub.book import Book
from alttext_epub.errors import BookError


def check(path: str | Path, settings: Settings | None = None) -> list[FileResult]:
    """Report the problems of a book, a result for each of its pages, in the order of reading.

    A book that cannot be read is one result with an error.
    """
    return _Work(Path(path), settings or Settings(), fixes=False).results()


def fix(path: str | Path, settings: Settings | None = None, *, write: bool = True) -> list[FileResult]:
    """Write alternatives into the pages of a book; with `write` off, only tell what would change.

    A book or page that cannot be read or written is a result with an error. Raises ModelError.
    """
    return _Work(Path(path), settings or Settings(), fixes=True, writes=write).results()


class _Work:
    """What is done to one book."""

    def __init__(self, path: Path, settings: Settings, *, fixes: bool, writes: bool = False) -> None:
        self.path, self.settings, self.fixes, self.writes = path, settings, fixes, writes
        self.shown = _shown(path)
        self.replaced: dict[str, bytes] = {}

    def results(self) -> list[FileResult]:
        try:
            with Book(self.path) as book, TemporaryDirectory(prefix="alttext-epub-") as folder:
                reader = _Reader(book, Path(folder).resolve(), self.settings, fixes=self.fixes)
                results = [self._kept(book, name, reader.result(name)) for name in book.pages]
                return self._written(book, results) if self.replaced else results
        except BookError as error:
            return [FileResult(self.shown, error=str(error))]
        except OSError as error:
            why = f"{error.filename or 'cannot be read'}: {error.strerror or error}"
            return [FileResult(self.shown, error=why)]

    def _kept(self, book: Book, name: str, result: FileResult) -> FileResult:
        """The result under the name of its page, with what it changes remembered once that is verified."""
        named = replace(result, path=f"{self.shown}/{name}")
        if not result.changed:
            return named
        before = book.page(name)
        after = page.read(before).encode(result.text)
        try:
            page.verify(before, after)
        except VerificationError as error:
            return FileResult(named.path, error=str(error))
        self.replaced[name] = after
        return named

    def _written(self, book: Book, results: list[FileResult]) -> list[FileResult]:
        try:
            book.refuse_signed()
            if self.writes:
                _replace(self.path, book.archive, self.replaced)
        except BookError as error:
            why = str(error)
            return [FileResult(each.path, error=why) if each.changed else each for each in results]
        return results


def _shown(path: Path) -> str:
    """The path as reports of alttext show it: relative to the working folder if it is inside."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path).as_posix()


class _Reader:
    """Reads the pages of a book; its pictures are unpacked when the first one has to be looked at."""

    def __init__(self, book: Book, folder: Path, settings: Settings, *, fixes: bool) -> None:
        self.book, self.folder, self.fixes = book, folder, fixes
        own = {"site_root": str(folder), "allow_outside_root": False, "ledger": False}
        language = book.language or settings.language
        self.pipeline = Pipeline(msgspec.structs.replace(settings, language=language, **own))
        self.is_unpacked = False

    def result(self, name: str) -> FileResult:
        try:
            opened = page.read(self.book.page(name))
            return replace(self._result(name, opened), encoding=opened.encoding, bom=opened.bom)
        except (BookError, ParseError) as error:
            return FileResult("", error=str(error).removeprefix(f"{name}: "))

    def _result(self, name: str, opened: page.Page) -> FileResult:
        base = self._base(name) if self.pipeline.settings.looks else None
        checked = self.pipeline.check_text(opened.text, base=base)
        if not self.fixes or not checked.findings:
            return checked
        return self.pipeline.fix_text(opened.text, base=self._base(name))

    def _base(self, name: str) -> Path:
        """The folder of a page, with all pictures in their places around it."""
        if not self.is_unpacked:
            self.book.unpack_pictures(self.folder, self.pipeline.settings.max_image_bytes)
            self.is_unpacked = True
        return (self.folder / name).parent


def _replace(path: Path, before: Archive, replaced: Mapping[str, bytes]) -> None:
    """Put the book with other pages into the place of the old one, in one step and once it is verified."""
    try:
        read = os.fstat(before.file.fileno())
        _refuse(path, read)
        with _Beside(path) as beside:
            with beside.open("w+b") as file:
                archive.write(before, file, replaced)
                file.flush()
                os.fsync(file.fileno())
                if not archive.is_copy(before, Archive(file), replaced):
                    raise BookError("could not be copied without loss, so it was left alone")
            beside.chmod(stat.S_IMODE(read.st_mode))
            _refuse(path, read)
            beside.replace(path)
    except OSError as error:
        raise BookError(f"cannot be written: {error.strerror or error}") from error


def _refuse(path: Path, read: os.stat_result) -> None:
    """Refuse to replace what is no ordinary file, or not the one that was read."""
    if path.is_symlink():
        raise BookError(
            f"is a symbolic link to {path.resolve()}, so it was left alone; name that file instead"
        )
    now = path.stat()
    if not now.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise BookError("is read-only, so it was left alone; make it writable")
    if any(getattr(now, what) != getattr(read, what) for what in ("st_ino", "st_size", "st_mtime_ns")):
        raise BookError("has changed since it was read, so it was left alone; run again")


class _Beside:
    """A new file beside another one, which is gone at the end unless it has taken its place."""

    def __init__(self, path: Path) -> None:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:60]}.", suffix=".tmp", dir=path.parent)
        os.close(handle)
        self.path = Path(name)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def books(given: Path) -> Iterator[Path]:
    """Yield the books that a path means: itself, or those in that folder, except hidden ones and links."""
    if not given.is_dir():
        yield given
        return
    for folder, names, files in os.walk(given):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder) / name
            if path.suffix.lower() == ".epub" and not name.startswith(".") and not path.is_symlink():
                yield path
