"""Stage 1: find the documents to read below the paths that were given.

Ignore files: https://git-scm.com/docs/gitignore. What is named is read, ignored or not; what is only
found is read unless it is hidden, ignored, excluded or a symbolic link.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from alttext.documents import SUFFIXES, format_of
from alttext.errors import ConfigError

# Folders that hold other people's files; hidden folders are passed over anyway.
NEVER_VISITED = frozenset({"node_modules", "bower_components", "site-packages", "venv", "__pycache__"})

_PICTURES = frozenset({".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"})

_SHARD_RE = re.compile(r"(\d+)/(\d+)")

IGNORE_FILES = (".alttextignore", ".gitignore")  # the first has the last word


class Shard(NamedTuple):
    """One of the parts, of about one size, into which work is split: the same ones on every machine."""

    number: int  # from 1
    of_all: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Read "2/8". Raises ConfigError."""
        found = _SHARD_RE.fullmatch(text)
        shard = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        if not 1 <= shard.number <= shard.of_all:
            raise ConfigError(f'shard: {text} does not fit, expected "1/8" for the first of eight parts')
        return shard

    def holds(self, content: bytes) -> bool:
        """Whether what is known by its `content` belongs to this part."""
        return int.from_bytes(sha256(content).digest()[:8]) % self.of_all == self.number - 1


@dataclass(frozen=True, slots=True)
class DiscoverOptions:
    """What to leave out besides hidden folders.

    `exclude` holds patterns as in .gitignore: absolute ones, and others that match at any depth.
    """

    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    force_exclude: bool = False  # leave out excluded files even if they are named
    shard: Shard | None = None  # of the documents, by their paths in the folder that was named


@dataclass(frozen=True, slots=True)
class Entry:
    """One path that was come by: a document to read, or why it is not read."""

    path: Path
    format: str = ""  # name of the format of a document to read
    skipped: str = ""  # why it was passed over
    error: str = ""  # why it cannot be read, which somebody has to know


def find_files(
    paths: Iterable[str | Path], options: DiscoverOptions | None = None, *, show_skipped: bool = False
) -> Iterator[Entry]:
    """Documents below `paths` in the order of the paths, then of the names; each of them once.

    Errors are entries too. What was passed over is left out unless `show_skipped`.
    """
    options = options or DiscoverOptions()
    seen: set[Path] = set()
    for start in map(_relative, map(Path, paths)):
        for entry in _Walk(options, start).entries():
            if entry.skipped and not show_skipped:
                continue
            if not entry.format:
                yield from _of_shard(entry, start, options)
            elif (real := entry.path.resolve()) not in seen:
                seen.add(real)
                yield from _of_shard(entry, start, options)


def _of_shard(entry: Entry, start: Path, options: DiscoverOptions) -> Iterator[Entry]:
    """The entry, or nothing if it is another part's to work on or to report.

    Other machines may have the folder elsewhere, so that only paths in it say the same on all of them.
    """
    is_below = entry.path != start and entry.path.is_relative_to(start)
    known = entry.path.relative_to(start) if is_below else entry.path
    if options.shard is None or options.shard.holds(os.fsencode(known.as_posix())):
        yield entry


def _relative(path: Path) -> Path:
    """Return the path as reports show it: relative to the working folder if it is inside."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def _unknown(path: Path) -> str:
    """Why a file is not read that was named."""
    if path.suffix.lower() == ".epub":
        return "a book; use alttext epub check or alttext epub fix"
    if path.suffix.lower() in _PICTURES:
        return "a picture; name the document that shows it, or use alttext describe"
    return f"not a document of a known kind ({' '.join(sorted(SUFFIXES))})"


@dataclass(frozen=True, slots=True)
class _Level:
    """The ignore files of one folder."""

    folder: str  # absolute, "/" as separator
    name: str  # of the ignore file, as it is shown
    spec: GitIgnoreSpec

    def match(self, path: str, is_folder: bool) -> bool | None:
        """Whether the absolute `path` is ignored; None if no pattern speaks of it."""
        if not path.startswith(f"{self.folder}/"):
            return None
        return self.spec.check_file(path[len(self.folder) + 1 :] + "/" * is_folder).include


class _Walk:
    """Everything below one path that was named."""

    def __init__(self, options: DiscoverOptions, root: Path) -> None:
        self.options = options
        self.root = root
        self.start = Path(os.path.abspath(root))  # noqa: PTH100 - resolve() would follow links
        self.tied = GitIgnoreSpec.from_lines(p for p in options.exclude if _is_absolute(p))
        self.loose = GitIgnoreSpec.from_lines(p for p in options.exclude if not _is_absolute(p))
        if not options.force_exclude and self.tied.match_file(_inside_drive(self.start) + "/"):
            self.tied = GitIgnoreSpec([])

    def entries(self) -> Iterator[Entry]:
        if not os.path.exists(self.root):  # noqa: PTH110 - Path.exists() raises where it may not look
            broken = "a symbolic link to nowhere" if self.root.is_symlink() else "no such file or folder"
            yield Entry(self.root, error=broken)
        elif ignored := self._ignored_if_forced():
            yield Entry(self.root, skipped=ignored)
        elif self.root.is_dir():
            levels = self._levels_above()
            yield from self._folder(self.start, self._not_hiding_the_start(levels))
        else:
            yield self._named_file()

    def _ignored_if_forced(self) -> str:
        """Which .alttextignore names the start; git's files say nothing of what alttext was asked for."""
        if not self.options.force_exclude:
            return ""
        levels = (level for level in self._levels_above() if level.name.endswith(IGNORE_FILES[0]))
        return _ignored(self.start, self.root.is_dir(), levels)

    def _named_file(self) -> Entry:
        excluded = self._excluded(self.start, False) if self.options.force_exclude else ""
        if excluded:
            return Entry(self.root, skipped=excluded)
        format = _format(self.start)  # noqa: A001 - the word of the whole package
        if format is None:
            return Entry(self.root, error=_unknown(self.start))
        return Entry(self.root, format=format)

    def _folder(self, folder: Path, above: tuple[_Level, ...]) -> Iterator[Entry]:
        try:
            children = sorted(os.scandir(folder), key=lambda child: child.name)
        except OSError as error:
            yield Entry(self._shown(folder), error=error.strerror or str(error))
            return
        levels = (*self._levels_of(folder), *above)
        for child in children:
            yield from self._child(Path(child.path), child.is_symlink(), _is_folder(child), levels)

    def _child(
        self, path: Path, is_link: bool, is_folder: bool, levels: tuple[_Level, ...]
    ) -> Iterator[Entry]:
        format = None if is_folder else _format(path)  # noqa: A001
        if not is_folder and format is None:
            return
        reason = self._reason_to_skip(path, is_link, is_folder, levels)
        if reason:
            yield Entry(self._shown(path), skipped=reason)
        elif is_folder:
            yield from self._folder(path, levels)
        else:
            yield Entry(self._shown(path), format=format or "")

    def _reason_to_skip(self, path: Path, is_link: bool, is_folder: bool, levels: tuple[_Level, ...]) -> str:
        if is_link:
            return "symbolic link"
        if is_folder and path.name.startswith("."):
            return "hidden folder"
        if is_folder and path.name in NEVER_VISITED:
            return "folder of installed packages"
        return self._excluded(path, is_folder) or _ignored(path, is_folder, levels)

    def _excluded(self, path: Path, is_folder: bool) -> str:
        """Excluded by a tied pattern, or by a loose one (that of what was named counts only if forced)."""
        slash = "/" * is_folder
        below = path.relative_to(self.start)
        shown = (self.root / below if self.options.force_exclude else below).as_posix().lstrip("/")
        is_excluded = self.tied.match_file(_inside_drive(path) + slash) or self.loose.match_file(
            shown + slash
        )
        return "excluded by configuration" if is_excluded else ""

    def _shown(self, path: Path) -> Path:
        return self.root / path.relative_to(self.start)

    def _levels_above(self) -> tuple[_Level, ...]:
        """Ignore files between the named folder and the top of its repository, the closest first."""
        parents = self.start.parents
        top = next((p for p in (self.start, *parents) if (p / ".git").exists()), self.start)
        levels = [level for p in parents if p.is_relative_to(top) for level in self._levels_of(p)]
        exclude = self._level(top, ".git/info/exclude")
        return (*levels, exclude) if exclude else tuple(levels)

    def _not_hiding_the_start(self, levels: tuple[_Level, ...]) -> tuple[_Level, ...]:
        """Without the ignore files above if they would hide the folder that was named."""
        probe = self.start / "page"
        hidden = any(
            _ignored(path, path != probe, levels)
            for path in (probe, self.start, *self.start.parents)
            if path != Path(path.anchor)
        )
        return () if hidden else levels

    def _levels_of(self, folder: Path) -> tuple[_Level, ...]:
        found = (self._level(folder, name) for name in IGNORE_FILES)
        return tuple(level for level in found if level)

    def _level(self, folder: Path, name: str) -> _Level | None:
        is_git = not name.startswith(".alttext")
        if is_git and not self.options.respect_gitignore:
            return None
        if not os.path.isfile(folder / name):  # noqa: PTH113 - is_file() raises where it may not look
            return None  # which is the rule; a pipe would be waited for
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
        shown = PurePath(os.path.relpath(folder / name)).as_posix()
        return _Level(folder.as_posix().rstrip("/"), shown, GitIgnoreSpec.from_lines(text.splitlines()))


def _is_folder(child: "os.DirEntry[str]") -> bool:
    try:
        return child.is_dir()
    except OSError:  # a link in a circle, or to where it may not look
        return False


def _ignored(path: Path, is_folder: bool, levels: Iterable[_Level]) -> str:
    """Which ignore file says so; the closest one that speaks of the path decides."""
    ordered = sorted(levels, key=lambda level: not level.name.endswith(IGNORE_FILES[0]))
    for level in ordered:
        verdict = level.match(path.as_posix(), is_folder)
        if verdict is not None:
            return f"ignored by {level.name}" if verdict else ""
    return ""


def _format(path: Path) -> str | None:
    """The format of a document; Quarto reads plain Markdown too, below its project file."""
    found = format_of(path)
    return "quarto" if found == "markdown" and _is_in_quarto_project(path.parent) else found


@lru_cache(maxsize=1024)
def _is_in_quarto_project(folder: Path) -> bool:
    if (folder / "_quarto.yml").is_file() or (folder / "_quarto.yaml").is_file():
        return True
    is_top = folder == folder.parent or (folder / ".git").exists()
    return not is_top and _is_in_quarto_project(folder.parent)


def _inside_drive(path: Path) -> str:
    return path.as_posix().lstrip("/")


def _is_absolute(pattern: str) -> bool:
    return PurePath(pattern.replace("\\", "")).is_absolute()
