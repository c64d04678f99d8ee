"""Forms that offer an alternative for an uploaded picture, or fill it in; never over somebody's words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

import alttext
from alttext_django import options, pictures


class SuggestionMixin:
    """For model forms: beside an empty alternative, say what the picture may show.

    `alttext_fields` names the fields: that of the picture, and that of its alternative. With
    `ALTTEXT["ON_UPLOAD"] = "fill"`, an alternative that was left empty is filled in with a picture that is
    uploaded, if it is certain enough. A picture that the record marks as `decorative` is left alone.
    """

    alttext_fields: ClassVar[Mapping[str, str]] = {}
    alttext_url: Any = ""  # where a picture can be sent to that is chosen, but not uploaded yet

    def __getitem__(self, name: str) -> Any:
        """The field as it is shown, with a suggestion; the model runs when it is first asked for."""
        field = super().__getitem__(name)
        is_new = not hasattr(field, "alttext_was_here")
        field.alttext_was_here = True
        if is_new and options.current().on_upload != "off":
            for picture, alternative in self.alttext_fields.items():
                if alternative == name:
                    # Help is HTML for Django, so that joining the two makes nothing unsafe that was not.
                    field.help_text = mark_safe(f"{field.help_text}{self._offer(picture, field)}")  # noqa: S308
        return field

    def clean(self) -> Mapping[str, Any]:
        """Fill in what was left empty, if the site wants that."""
        super().clean()
        if not self.errors and options.current().on_upload == "fill":
            for picture, alternative in self.alttext_fields.items():
                self._fill(picture, alternative)
        return self.cleaned_data

    def _fill(self, picture: str, alternative: str) -> None:
        file, words = self.cleaned_data.get(picture), self.cleaned_data.get(alternative)
        if words or picture not in self.changed_data or not file or alternative not in self.fields:
            return
        if self._is_decorative() or not (description := pictures.suggest(file)):
            return
        if pictures.is_certain(description, options.current()) and self._fits(alternative, description):
            self.cleaned_data[alternative] = description.text

    def _offer(self, picture: str, field: BoundField) -> str:
        """The suggestion for a stored picture, and a place for one of a picture that is yet to be chosen."""
        if field.value() or self._is_decorative():
            return ""
        url = str(self.alttext_url) if picture in self.fields else ""
        description = None if self.is_bound else self._described(picture, field.name)
        if not description and not url:
            return ""
        file = self[picture].auto_id if url else ""
        place = {"field": field.auto_id, "file": file, "url": url}
        return render_to_string("alttext_django/offer.html", place | facts(description))

    def _described(self, picture: str, alternative: str) -> alttext.Description | None:
        stored = getattr(self.instance, picture, None)
        description = pictures.suggest_stored(stored.storage, stored.name) if stored else None
        return description if description and self._fits(alternative, description) else None

    def _fits(self, alternative: str, description: alttext.Description) -> bool:
        longest = getattr(self.fields[alternative], "max_length", None)
        return longest is None or len(description.text or "") <= longest

    def _is_decorative(self) -> bool:
        said = getattr(self, "cleaned_data", {}).get("decorative")
        return bool(getattr(self.instance, "decorative", False) if said is None else said)


class SuggestionForm(SuggestionMixin, forms.ModelForm):
    """A model form with suggestions, as `ModelAdmin.form` takes it."""

    class Media:
        """What makes the button work."""

        js = ("alttext_django/suggestion.js",)


def facts(description: alttext.Description | None) -> dict[str, Any]:
    """What the template of a suggestion is told."""
    if description is None:
        return {"text": ""}
    return {
        "text": description.text,
        "lang": pictures.lang(description),
        "confidence": round(100 * description.confidence),
        "by_author": "author-text" in description.reasons,
    }
