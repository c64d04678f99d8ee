"""Settings: every option with its type and default, found as ruff finds its own.

`.alttext.toml` > `alttext.toml` > `[tool.alttext]` of the closest `pyproject.toml` that has it; files
are never merged. Only `cli` and `alttext.load` read them; everything else is handed what it needs.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from alttext.errors import ConfigError
from alttext.nearest import nearest
from alttext.rules import OF_PICTURES, RULES

FILE_NAMES = (".alttext.toml", "alttext.toml")
COMMAND_LINE = "command line"

_PROBLEM_RE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<key>.*)`)?$", re.DOTALL)
_UNKNOWN_RE = re.compile(r"unknown field `(?P<key>[^`]*)`")

Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Count = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(gt=0.0, le=3600.0)]


class VocabularySettings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Table `[vocabulary]`: which terms may be said."""

    path: str | None = None
    extend: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()


class Settings(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Every option, typed and defaulted. Paths are absolute once they have been read from a file."""

    min_confidence: Share | None = None
    min_mood_confidence: Share = 0.95
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    include: tuple[Literal["template", "noscript"], ...] = ()
    site_root: str | None = None
    allow_outside_root: bool = False
    decorative: tuple[str, ...] = ()
    empty_markdown_alt: Literal["missing", "decorative"] = "missing"
    implicit_figures: bool = False
    rewrite_placeholders: bool = False
    model: str | None = None
    device: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    crops: bool = False
    language: str = "en"
    ocr: Literal["auto", "on", "off"] = "auto"
    jobs: Count | None = None
    shard: str | None = None
    cache: bool = True
    cache_dir: str | None = None
    ledger: bool | str = True
    max_image_bytes: Count = 64 * 2**20
    max_image_pixels: Count = 89_478_485
    remote: tuple[str, ...] = ()
    max_remote_bytes: Count = 16 * 2**20
    remote_seconds: Seconds = 10.0
    vocabulary: VocabularySettings = VocabularySettings()

    @property
    def rules(self) -> frozenset[str]:
        """Ids of the problems to report: `select` or the default set, plus `extend-select`, less `ignore`."""
        default = (rule.id for rule in RULES.values() if rule.kind == "problem" and not rule.opt_in)
        return frozenset({*(self.select or default), *self.extend_select} - {*self.ignore})

    @property
    def looks(self) -> bool:
        """Whether a problem is to be reported that only a look at the pictures can tell."""
        return not self.rules.isdisjoint(OF_PICTURES)


# What a value may be, in the words of an error message.
EXPECTED: Mapping[str, str] = {
    "min-confidence": "a number from 0 to 1",
    "min-mood-confidence": "a number from 0 to 1",
    "select": "a list of rule ids",
    "extend-select": "a list of rule ids",
    "ignore": "a list of rule ids",
    "exclude": "a list of patterns as in .gitignore",
    "force-exclude": "true or false",
    "respect-gitignore": "true or false",
    "include": 'a list of "template" and "noscript"',
    "site-root": "a folder",
    "allow-outside-root": "true or false",
    "decorative": "a list of patterns for image sources",
    "empty-markdown-alt": '"missing" or "decorative"',
    "implicit-figures": "true or false",
    "rewrite-placeholders": "true or false",
    "crops": "true or false",
    "model": "the name of a model or the path of its folder",
    "device": '"auto", "cpu", "cuda" or "mps"',
    "language": 'a language tag such as "en"',
    "ocr": '"auto", "on" or "off"',
    "jobs": "a whole number, 1 or more",
    "shard": '"1/8" for the first of eight parts',
    "cache": "true or false",
    "cache-dir": "a folder",
    "ledger": "true, false or a file",
    "max-image-bytes": "a whole number, 1 or more",
    "max-image-pixels": "a whole number, 1 or more",
    "remote": 'a list of hosts such as "cdn.example.org"',
    "max-remote-bytes": "a whole number, 1 or more",
    "remote-seconds": "a number above 0, at most 3600",
    "vocabulary": "a table",
    "vocabulary.path": "a file or folder",
    "vocabulary.extend": "a list of files",
    "vocabulary.veto": "a list of term ids",
}


def load(source: Settings | str | Path | None = None, start: str | Path = ".") -> Settings:
    """Return the settings as given, of the file given, or of the closest file at or above `start`.

    Raises `ConfigError`.
    """
    if isinstance(source, Settings):
        return source
    path = find(Path(start)) if source is None else Path(source)
    return read(path) if path else Settings()


def find(start: Path) -> Path | None:
    """Return the closest configuration file, looking in `start` (a file or folder) and upwards."""
    start = start.absolute()
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        project = folder / "pyproject.toml"
        if project.is_file() and _has_section(project):
            return project
    return None


def read(path: Path) -> Settings:
    """Read one file; relative paths in it are relative to its folder. Raises `ConfigError`."""
    try:
        values = _parse(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(f"{path}: {reason}; name a readable file with --config") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; mend the file") from error
    return _anchor(_convert(values, str(path)), path.absolute().parent, str(path))


def override(settings: Settings, changes: Mapping[str, Any], folder: Path) -> Settings:
    """Put the command line's `changes` on top, by field name; relative paths in them are in `folder`.

    `exclude` adds to what the file excludes, everything else takes its place. Raises `ConfigError`.
    """
    given = msgspec.structs.replace(Settings(), **changes)
    _check_rules(given, COMMAND_LINE)
    anchored = _anchor(given, folder.absolute(), COMMAND_LINE)
    fresh = {name: getattr(anchored, name) for name in changes}
    if "exclude" in fresh:
        fresh["exclude"] = (*settings.exclude, *anchored.exclude)
    return msgspec.structs.replace(settings, **fresh)


def _has_section(project: Path) -> bool:
    data = project.read_bytes()
    if b"alttext" not in data:
        return False
    try:
        return "alttext" in tomllib.loads(data.decode()).get("tool", {})
    except (ValueError, RecursionError):
        return b"[tool.alttext" in data  # then reading it reports what is wrong


def _parse(path: Path) -> dict[str, Any]:
    values = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    if path.name != "pyproject.toml":
        return values
    section: dict[str, Any] = values.get("tool", {}).get("alttext", {})
    return section


def _convert(values: dict[str, Any], origin: str) -> Settings:
    try:
        settings = msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{origin}: {_explain(str(error), values)}") from error
    _check_rules(settings, origin)
    return settings


def _explain(problem: str, values: Mapping[str, Any]) -> str:
    found = _PROBLEM_RE.match(problem)
    key = (found and found["key"]) or ""
    unknown = _UNKNOWN_RE.search(problem)
    if unknown:
        return _unknown_key(f"{key}.{unknown['key']}".lstrip("."))
    key = re.sub(r"\[.*", "", key)
    value: Any = values
    for part in key.split("."):
        value = value[part]
    expected = EXPECTED[key]
    return f"{key}: {_toml(value)} does not fit, expected {expected}"


def _toml(value: object) -> str:
    text = str(value) if isinstance(value, float) else msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else text[:57] + "..."


def _unknown_key(key: str) -> str:
    table = key.rpartition(".")[0]
    known = [name for name in EXPECTED if name.rpartition(".")[0] == table]
    if key == "tool":
        return "[tool.alttext] is for pyproject.toml; in this file the keys stand at the top, without it"
    return f"unknown key {key}; " + nearest(key, known, f"known keys: {', '.join(known)}")


def _check_rules(settings: Settings, origin: str) -> None:
    problems = [rule.id for rule in RULES.values() if rule.kind == "problem"]
    for key, ids, known in (
        ("select", settings.select, problems),
        ("extend-select", settings.extend_select, problems),
        ("ignore", settings.ignore, list(RULES)),
    ):
        for unknown in (rule for rule in ids if rule not in known):
            hint = nearest(unknown, known, "`alttext rule` lists them all")
            raise ConfigError(f"{origin}: {key}: unknown rule {unknown}; {hint}")


def _anchor(settings: Settings, folder: Path, origin: str) -> Settings:
    vocabulary = settings.vocabulary
    return msgspec.structs.replace(
        settings,
        exclude=tuple(_anchored_patterns(settings.exclude, folder, origin)),
        site_root=_absolute(settings.site_root, folder),
        model=_model(settings.model, folder),
        cache_dir=_absolute(settings.cache_dir, folder),
        ledger=settings.ledger
        if isinstance(settings.ledger, bool)
        else _absolute(settings.ledger, folder) or False,
        vocabulary=msgspec.structs.replace(
            vocabulary,
            path=_absolute(vocabulary.path, folder),
            extend=tuple(str(folder / name) for name in vocabulary.extend),
        ),
    )


def _absolute(path: str | None, folder: Path) -> str | None:
    return None if path is None else str(folder / Path(path).expanduser())


def _model(model: str | None, folder: Path) -> str | None:
    is_path = model is not None and (model.startswith((".", "~")) or Path(model).is_absolute())
    return _absolute(model, folder) if is_path else model


def _anchored_patterns(patterns: Iterable[str], folder: Path, origin: str) -> Iterator[str]:
    """As in .gitignore: a slash at the start or in the middle ties a pattern to the folder it is from."""
    for pattern in patterns:
        if pattern.startswith("!"):
            raise ConfigError(
                f"{origin}: exclude: {pattern} would take back an exclusion; put it into .alttextignore"
            )
        tied = "/" in pattern.rstrip("/") and not pattern.startswith("**/")
        yield f"{_escape(folder.as_posix())}/{pattern.lstrip('/')}" if tied else pattern


def _escape(folder: str) -> str:
    return re.sub(r"([\\*?\[\]! #])", r"\\\1", folder).rstrip("/")
