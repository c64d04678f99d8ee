"""What alttext says of the pictures of a site, wherever they are stored."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from time import monotonic

import msgspec
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import Storage

import alttext
from alttext_django import options
from alttext_django.options import Options

logger = logging.getLogger(__name__)
# Words that were found, in whatever language.
_FOUND = frozenset({"author-text", "text-read", "text-uncertain", "title-read", "text-too-long"})
_busy = Lock()  # held while a form waits for a suggestion, so that pictures never queue up in memory


@lru_cache(maxsize=1)
def pipeline(chosen: Options) -> alttext.Pipeline:
    """The pipeline that the options ask for; its model loads with the first picture. Raises ConfigError."""
    loaded = alttext.load(chosen.model, chosen.config)
    if chosen.min_confidence is None:
        return loaded
    settings = msgspec.structs.replace(loaded.settings, min_confidence=chosen.min_confidence)
    return alttext.load(config=settings)


def read(storage: Storage, name: str, limit: int) -> bytes:
    """At most one byte more than the `limit` of a stored picture. Raises ImageError."""
    try:
        with storage.open(name) as file:
            return bytes(file.read(limit + 1))
    except FileNotFoundError as error:
        raise alttext.ImageError("image-not-found", f"{name}: no such file in the storage") from error
    except (OSError, SuspiciousFileOperation) as error:
        raise alttext.ImageError("image-unreadable", f"{name}: {error}") from error


def describe(data: bytes, chosen: Options, context: alttext.Context | None = None) -> alttext.Description:
    """Describe the picture in a file, whose bytes these are. Raises ImageError, ModelError and ConfigError.

    It goes through a file, for that is where the words of its author and its upright position are read.
    """
    context = context or alttext.Context()
    with TemporaryDirectory(prefix="alttext-") as folder:
        path = Path(folder, "picture")
        path.write_bytes(data)
        spoken = replace(context, lang=context.lang or chosen.spoken)
        return pipeline(chosen).describe(path, context=spoken)


def describe_stored(
    storage: Storage, name: str, chosen: Options, context: alttext.Context | None = None
) -> alttext.Description:
    """Describe a picture in a storage; the reason tells of one that cannot be loaded. Raises ModelError."""
    try:
        data = read(storage, name, pipeline(chosen).settings.max_image_bytes)
        return describe(data, chosen, context)
    except alttext.ImageError as error:
        return alttext.Description(None, reasons=(error.reason,))


def suggest(file: File) -> alttext.Description | None:
    """Describe an uploaded picture, in time; None if there is nothing to say, whatever went wrong.

    Never raises: a failing model must not make an upload fail. The log tells of it.
    """

    def uploaded(limit: int) -> bytes:
        file.seek(0)
        data = bytes(file.read(limit + 1))
        file.seek(0)
        return data

    return _suggested(file.name, uploaded)


def suggest_stored(storage: Storage, name: str) -> alttext.Description | None:
    """The same for a picture in a storage."""
    return _suggested(name, lambda limit: read(storage, name, limit))


def _suggested(name: str, load: Callable[[int], bytes]) -> alttext.Description | None:
    try:
        chosen = options.current()
        data = load(pipeline(chosen).settings.max_image_bytes)
        described = _within(chosen.timeout, lambda: describe(data, chosen))
    except alttext.ImageError as error:
        logger.info("No suggestion for %s: %s", name, error.reason)
    except TimeoutError:
        logger.warning("No suggestion for %s in time; ALTTEXT['TIMEOUT'] says how long to wait", name)
    except Exception:
        logger.exception("No suggestion for %s", name)
    else:
        return described if described.text else None
    return None


def is_certain(description: alttext.Description, chosen: Options) -> bool:
    """Whether it may be written unattended."""
    least = pipeline(chosen).settings.min_confidence or 0.0
    return bool(description.text) and not description.review and description.confidence >= least


def lang(description: alttext.Description) -> str:
    """The language of its text, "" if somebody else wrote that."""
    return "" if _FOUND.intersection(description.reasons) else description.lang


def _within(seconds: float, call: Callable[[], alttext.Description]) -> alttext.Description:
    """The outcome of a call in another thread. Raises TimeoutError, also where an earlier one is stuck."""
    end = monotonic() + seconds
    if not _busy.acquire(timeout=seconds):
        raise TimeoutError
    outcome: Future[alttext.Description] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:
            outcome.set_exception(error)
        finally:
            _busy.release()

    _start(Thread(target=run, name="alttext", daemon=True))
    return outcome.result(max(0.0, end - monotonic()))


def _start(thread: Thread) -> None:
    try:
        thread.start()
    except RuntimeError:  # the system gives no more threads
        _busy.release()
        raise
