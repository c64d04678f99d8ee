"""The file of the ledger: found, read, merged and replaced in one step, whoever else is at it.

Lines are sorted and each is whole in itself, so that git merges them; `merge=union` in .gitattributes keeps
both sides where it cannot. Whatever is not an entry stops the run before anything is written.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from alttext import config
from alttext.documents import source
from alttext.documents.source import Source
from alttext.errors import ParseError, WriteError
from alttext.ledger.entry import Entry, from_line, line, merge
from alttext.ranking import locate

FOLDER, NAME = ".alttext", "ledger.jsonl"
_IGNORED = ".gitignore"

_PATIENCE = 60  # seconds to wait for another process; none holds the lock for longer than one document
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")  # of git, around what it could not merge
_UNTRACKED = "# What alttext keeps here for this machine only.\n.gitignore\n*.lock\n*.tmp\n"


def path_for(start: str | Path, setting: bool | str = True) -> Path:
    """Return where the ledger of the documents at `start` (a file or folder) is, or is to be.

    That is what the setting says, else `.alttext/ledger.jsonl` beside the closest configuration file, else at
    the top of the checkout. Without either it is the closest one that exists, else in the folder given.
    """
    if isinstance(setting, str):
        return Path(setting).absolute()
    start = Path(start).resolve()
    folder = start if start.is_dir() else start.parent
    if configured := config.find(folder):
        return configured.parent / FOLDER / NAME
    if checkout := locate.checkout(folder):
        return checkout / FOLDER / NAME
    above = (parent / FOLDER / NAME for parent in (folder, *folder.parents))
    return next(filter(Path.is_file, above), folder / FOLDER / NAME)


def root_of(path: Path) -> Path:
    """Return the folder that the names of documents in a ledger are relative to."""
    folder = path.absolute().parent
    return (folder.parent if folder.name == FOLDER else folder).resolve()


def load(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a ledger, none if there is no such file. Raises ParseError."""
    return _entries(source.read(path), path) if path.exists() else ()


def _entries(opened: Source, path: Path) -> tuple[Entry, ...]:
    lines = enumerate(opened.text.split("\n"), start=1)
    return merge([_entry(text, f"{path}:{number}") for number, text in lines if _may_be_entry(text)])


def _may_be_entry(text: str) -> bool:
    """Whether a line has to be an entry; of a conflict that git marked, both sides count."""
    return bool(text.strip()) and not text.startswith(_MARKERS)


def _entry(text: str, place: str) -> Entry:
    try:
        return from_line(text.encode("utf-8", "surrogateescape"))
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise ParseError(
            f"{place}: not an entry of the ledger ({error}); restore or delete this line, or update alttext"
        ) from error


def update(path: Path, change: Callable[[tuple[Entry, ...]], Iterable[Entry]]) -> None:
    """Replace the entries by what `change` makes of them, while nobody else does.

    Raises ParseError if the ledger cannot be read, WriteError if it cannot be written.
    """
    with locked(path):
        update_locked(path, change)


def update_locked(path: Path, change: Callable[[tuple[Entry, ...]], Iterable[Entry]]) -> None:
    """The same for somebody who holds the lock."""
    before = load(path)
    after = merge(change(before))
    if after != before:
        _write(path, after)


def _write(path: Path, entries: Iterable[Entry]) -> None:
    text = "".join(line(entry).decode() + "\n" for entry in entries)
    _sweep(path)
    path.touch()
    source.write(path, source.read(path), text)


def _sweep(path: Path) -> None:
    """Remove what writers left that were killed; the lock is ours, so none of them is alive."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        left.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep all other processes from the ledger. The lock of one that was killed is gone with it.

    Raises WriteError if it cannot be had.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only for those who write

    _refuse_links(path)
    try:
        _prepare(path.parent)
        with FileLock(_lock(path), timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise WriteError(
            f"{path}: another process has been at it for {_PATIENCE} seconds; run again"
        ) from error
    except OSError as error:
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}; see --no-ledger") from error


def _lock(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def _refuse_links(path: Path) -> None:
    """Raise WriteError if what comes with the documents would have something else written."""
    if path.parent.name != FOLDER:  # the settings say where it is
        return
    for each in (path.parent, path, _lock(path), path.parent / _IGNORED):
        if each.is_symlink():
            raise WriteError(f"{each}: a symbolic link, through which nothing is written; remove it")


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder / _IGNORED
    if folder.name == FOLDER and not (ignored.exists() and ignored.stat().st_size):  # empty: killed meanwhile
        ignored.write_text(_UNTRACKED, encoding="utf-8")
