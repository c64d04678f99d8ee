"""What `manage.py check` says of the setting `ALTTEXT`."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

import alttext
from alttext_django import fields, options, pictures


def check_options(**_: Any) -> list[CheckMessage]:
    """Whether every key of `ALTTEXT` is known and fits."""
    try:
        chosen = options.current()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="alttext_django.E001")]
    found: list[CheckMessage] = []
    for named in chosen.alternatives:
        try:
            fields.parse_pictures(named)
        except fields.FieldError as error:
            found.append(Error(f"ALTTEXT: ALTERNATIVES: {error}", id="alttext_django.E002"))
    try:
        pictures.pipeline(chosen)
    except alttext.AlttextError as error:
        found.append(Error(f"ALTTEXT: CONFIG: {error}", id="alttext_django.E003"))
    return found
