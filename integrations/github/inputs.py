"""The inputs of the GitHub Action, as action.yml puts them into the environment."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

MODES = ("check", "fix")
_VERSION = re.compile(r"[0-9][0-9A-Za-z.!+-]*")


class InputError(ValueError):
    """An input that cannot be meant; the text names it and tells what it may be."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a workflow asks for."""

    mode: str
    paths: tuple[str, ...]
    args: tuple[str, ...]
    version: str  # "": the code of the action itself
    summary: bool
    sarif: bool
    suggestions: bool

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Inputs":
        """Return the inputs; raises `InputError` for the first that cannot be meant."""
        inputs = cls(
            mode=_mode(environment["INPUT_MODE"]),
            paths=_paths(environment["INPUT_PATHS"]),
            args=_args(environment["INPUT_ARGS"]),
            version=_version(environment["INPUT_VERSION"]),
            summary=_flag("summary", environment["INPUT_SUMMARY"]),
            sarif=_flag("sarif", environment["INPUT_SARIF"]),
            suggestions=_flag("suggestions", environment["INPUT_SUGGESTIONS"]),
        )
        if inputs.suggestions and inputs.mode == "fix":
            raise InputError("suggestions: are for mode check; mode fix writes the alternatives itself")
        return inputs


def as_error(error: InputError) -> str:
    """Return the command by which a step shows the error; its text cannot become another command."""
    text = str(error).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::error title=alttext::input {text}\n"


def _mode(given: str) -> str:
    if given not in MODES:
        raise InputError(f"mode: {given!r} is neither check nor fix")
    return given


def _paths(given: str) -> tuple[str, ...]:
    paths = tuple(line.strip() for line in given.splitlines() if line.strip())
    if not paths:
        raise InputError('paths: names nothing; "." is all of the checkout')
    return paths


def _args(given: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(given))
    except ValueError as error:
        raise InputError(f"args: {error}") from error


def _version(given: str) -> str:
    if given and not _VERSION.fullmatch(given):
        raise InputError(f"version: {given!r} is not a version such as 1.2.0")
    return given


def _flag(name: str, given: str) -> bool:
    if given not in {"true", "false"}:
        raise InputError(f"{name}: {given!r} is neither true nor false")
    return given == "true"
