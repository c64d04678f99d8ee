"""What `manage.py check` says of the form for images."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from wagtail.images.forms import get_image_base_form

from alttext_django.forms import SuggestionMixin


def check_form(**_: Any) -> list[CheckMessage]:
    """Whether editors would see suggestions."""
    if not apps.is_installed("alttext_django"):
        missing = "INSTALLED_APPS: alttext_wagtail needs alttext_django beside it"
        return [Error(missing, id="alttext_wagtail.E001")]
    if issubclass(get_image_base_form(), SuggestionMixin):
        return []
    unused = "WAGTAILIMAGES_IMAGE_FORM_BASE names no form that suggests descriptions"
    hint = 'Set it to "alttext_wagtail.forms.SuggestingImageForm", or to a form of yours that extends it.'
    return [Caution(unused, hint=hint, id="alttext_wagtail.W001")]
