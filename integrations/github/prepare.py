"""First step of the GitHub Action: refuse wrong inputs, and tell the next steps what to install and to cache.

Runs with any Python from 3.11 on; alttext is not installed yet.
"""

import hashlib
import os
import platform
import sys
import tomllib
from pathlib import Path

from inputs import InputError, Inputs, as_error

DISTRIBUTION = "alttext-clip"
INSIDE = Path("Scripts", "python.exe") if os.name == "nt" else Path("bin", "python")


def main() -> int:
    """Write the outputs of the step; return its exit code."""
    try:
        inputs = Inputs.read(os.environ)
    except InputError as error:
        sys.stdout.write(as_error(error))
        return 2
    source, temporary = Path(os.environ["GITHUB_ACTION_PATH"]), Path(os.environ["RUNNER_TEMP"])
    folder, cache = temporary / "alttext", temporary / "alttext-cache"
    cache.mkdir(exist_ok=True)
    outputs = {
        "requirement": f"{DISTRIBUTION}=={inputs.version}" if inputs.version else source,
        "folder": folder,
        "python": folder / INSIDE,
        "cache": cache,
        "key": _cache_key(inputs.version, source / "pyproject.toml"),
    }
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())
    return 0


def _cache_key(version: str, project: Path) -> str:
    """Return a name for what pip downloads and alttext computes, by version and machine."""
    text = project.read_bytes()
    released = version or tomllib.loads(text.decode())["project"]["version"]
    machine = f"{os.environ['RUNNER_OS']}-{os.environ['RUNNER_ARCH']}-py{platform.python_version()}"
    return f"alttext-{machine}-{released}-{hashlib.sha256(text).hexdigest()[:12]}"


if __name__ == "__main__":
    sys.exit(main())
