"""The form for images, as `WAGTAILIMAGES_IMAGE_FORM_BASE` takes it."""

from typing import ClassVar

from django.urls import reverse_lazy
from wagtail.images.forms import BaseImageForm

from alttext_django.forms import SuggestionMixin


class SuggestingImageForm(SuggestionMixin, BaseImageForm):
    """Offers a description for an image that has none."""

    alttext_fields: ClassVar = {"file": "description"}
    alttext_url = reverse_lazy("alttext_suggestion")
