"""The setting `ALTTEXT`: one dictionary, typed and defaulted."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from msgspec import Meta, Struct


class Options(Struct, frozen=True, kw_only=True, rename="upper", forbid_unknown_fields=True):
    """Every key of `ALTTEXT`."""

    alternatives: tuple[str, ...] = ()  # "app.Model.picture:alternative", for the template filter
    config: Path | None = None  # an alttext.toml; None is the closest one to the working directory
    language: str | None = None  # of the alternatives; None is LANGUAGE_CODE
    min_confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    model: str | None = None
    on_upload: Literal["suggest", "fill", "off"] = "suggest"
    timeout: Annotated[float, Meta(gt=0)] = 5.0  # seconds that a form waits for a suggestion

    @property
    def spoken(self) -> str:
        """The language to describe pictures in."""
        return self.language or settings.LANGUAGE_CODE


KEYS = tuple(field.encode_name for field in msgspec.structs.fields(Options))


def current() -> Options:
    """What the settings say now. Raises ImproperlyConfigured."""
    try:
        return msgspec.convert(getattr(settings, "ALTTEXT", {}), Options, dec_hook=_converted)
    except msgspec.ValidationError as error:
        raise ImproperlyConfigured(f"ALTTEXT: {error}; its keys are {', '.join(KEYS)}") from error


def _converted(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, (str, Path)):
        return Path(value)
    raise msgspec.ValidationError(f"Expected a path, got {value!r}")
