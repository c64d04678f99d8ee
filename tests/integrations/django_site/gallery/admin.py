from django.contrib import admin

from alttext_django.forms import SuggestionForm
from gallery.models import Photo


class PhotoForm(SuggestionForm):
    alttext_fields = {"image": "alt"}  # noqa: RUF012


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    form = PhotoForm
