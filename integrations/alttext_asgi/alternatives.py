"""The prepared map: which alternative an image has, by where it is served."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from alttext import AlttextError, ImageRef, Purpose


@dataclass(frozen=True)
class Alternatives:
    """Alternatives by path, such as "/static/dog.jpg", in one language."""

    by_path: Mapping[str, str]
    lang: str = "en"  # pages in other languages are left alone
    _texts: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        texts = {_path(path): text for path, text in self.by_path.items() if text.strip()}
        object.__setattr__(self, "_texts", texts)

    @classmethod
    def read(
        cls, file: str | PathLike[str], *, folder: str = "", prefix: str = "/", lang: str = "en"
    ) -> "Alternatives":
        """Read what `alttext describe --output-format json` wrote, or an object of paths and texts.

        Of a description, `folder` is taken from the start of the path, and `prefix` put there: with the
        folder "static" and the prefix "/assets", static/dog.jpg is /assets/dog.jpg. What a person still has
        to review is left out. Raises AlttextError.
        """
        try:
            told = msgspec.json.decode(Path(file).read_bytes())
            by_path = dict(_described(told["images"], folder, prefix)) if "images" in told else told
            return cls(msgspec.convert(by_path, dict[str, str]), lang)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AlttextError(f"{file}: not a map of alternatives ({error}); make it anew") from error

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._texts)

    def on(self, page: str) -> Callable[[ImageRef], str | None]:
        """Return what says the alternative of an image on the page at this path, None if it has none.

        Images whose purpose is not to inform are passed over: what a link is for, no picture says.
        """

        def alternative(ref: ImageRef) -> str | None:
            if ref.purpose is not Purpose.INFORMATIVE or ref.context.language != self.lang:
                return None
            paths = (_path_here(page, ref.context.base, source) for source in ref.sources or (ref.src,))
            return next((self._texts[path] for path in paths if path in self._texts), None)

        return alternative


def _described(images: Iterable[Any], folder: str, prefix: str) -> Iterable[tuple[str, str]]:
    for image in images:
        if image["text"] and not image["review"]:
            path = PurePosixPath(normpath(image["path"].replace("\\", "/")))
            below = path.relative_to(normpath(folder)) if folder else path
            yield f"{prefix.rstrip('/')}/{str(below).lstrip('/')}", image["text"]


def _path_here(page: str, base: str, source: str) -> str:
    """The path that a source means; empty if it is on another host, or nothing that browsers load."""
    try:
        address = urljoin(urljoin(page, base), source)
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else _path(address)


def _path(address: str) -> str:
    return unquote(urlsplit(address).path)
