"""Main step of the GitHub Action: write the reports that were asked for, then run alttext for the log.

Runs with the Python that has alttext. What a workflow says reaches alttext as arguments; no shell reads it,
and the checkout is never imported from (-I).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from inputs import Inputs
from summary import Blob, markdown

ALTTEXT = (sys.executable, "-I", "-m", "alttext")


class Stop(Exception):  # noqa: N818 - not always an error
    """alttext did not come to a report; `code` is how it ended."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def main() -> int:
    """Return the exit code of alttext."""
    try:
        code = _work(Inputs.read(os.environ))
    except Stop as stop:
        code = stop.code
    _tell("exit-code", code)
    return code


def _work(inputs: Inputs) -> int:
    """Write the reports before anything is changed: they are about the commit."""
    folder = Path(tempfile.mkdtemp(prefix="alttext-", dir=os.environ["RUNNER_TEMP"]))
    for name, command in _reports(inputs):
        path = folder / f"alttext.{name}"
        _report(inputs, command, name, path)
        _tell(name, path)
    if inputs.summary:
        _summarize(json.loads((folder / "alttext.json").read_text(encoding="utf-8")))
    return _run(inputs, (inputs.mode,), ["--output-format", "github"]).returncode


def _reports(inputs: Inputs) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the formats that are needed, each with a command that writes nothing into documents."""
    command = ("fix", "--check") if inputs.mode == "fix" else ("check",)
    if inputs.sarif:
        yield "sarif", command
    if inputs.suggestions:  # only a look at the pictures can give words
        yield "rdjson", ("fix", "--check")
    if inputs.summary:
        yield "json", command


def _report(inputs: Inputs, command: tuple[str, ...], name: str, path: Path) -> None:
    options = ["--output-format", name, "--output", str(path), "--exit-zero"]
    run = _run(inputs, command, options, stderr=subprocess.PIPE)
    if not path.exists() or not path.stat().st_size:  # wrong usage, say; unreadable documents are in reports
        sys.stderr.buffer.write(run.stderr)
        raise Stop(run.returncode)


def _run(
    inputs: Inputs, command: Iterable[str], options: Iterable[str], stderr: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    arguments = [*command, *inputs.args, *options, "--", *inputs.paths]
    return subprocess.run([*ALTTEXT, *arguments], stderr=stderr, check=False)  # noqa: S603 - no shell


def _summarize(report: dict[str, object]) -> None:
    blob = Blob(*(os.environ[f"GITHUB_{name}"] for name in ("SERVER_URL", "REPOSITORY", "SHA")))
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
        file.write(markdown(report, blob))


def _tell(name: str, value: object) -> None:
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.write(f"{name}={value}\n")


if __name__ == "__main__":
    sys.exit(main())
