"""A file that appears whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from alttext.errors import AlttextError


class ReportFile:
    """Collects a report beside its place, and puts it there in one step once it is complete.

    What is no regular file, such as a pipe, is written to as it comes. Raises AlttextError if nothing can be
    written there.
    """

    def __init__(self, path: str) -> None:
        self._target = Path(path)
        self._beside: Path | None = None
        try:
            if self._target.exists() and not self._target.is_file():
                self._file = self._target.open("wb")
                return
            self._target = self._target.resolve()
            self._mode = self._mode_of_target()
            descriptor, name = tempfile.mkstemp(".tmp", f".{self._target.name[:60]}.", self._target.parent)
            self._beside, self._file = Path(name), os.fdopen(descriptor, "wb")
        except OSError as error:
            raise AlttextError(
                f"{path}: {error.strerror}; --output needs a file that can be written"
            ) from error

    def _mode_of_target(self) -> int:
        """Return the permissions for the file: those it has, else those of new files."""
        if self._target.exists():
            self._target.open("ab").close()  # fails now rather than after the work
            return self._target.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

    def write(self, data: bytes) -> None:
        """Append to the report."""
        self._file.write(data)

    def flush(self) -> None:
        """Hand on what was written."""
        self._file.flush()

    def finish(self) -> None:
        """Put the report into its place."""
        self._file.close()
        if self._beside:
            self._beside.chmod(self._mode)
            self._beside.replace(self._target)
            self._beside = None

    def close(self) -> None:
        """Drop the report, if it was not finished: what stood in its place before stays there."""
        with suppress(OSError):
            self._file.close()
        if self._beside:
            self._beside.unlink(missing_ok=True)
            self._beside = None
