"""Where the form asks for suggestions, and the script that does it, also where forms open in a dialog."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks

from alttext_wagtail.views import suggestion


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Below the admin, so that only its users get there."""
    return [path("alttext/suggestion/", suggestion, name="alttext_suggestion")]


@hooks.register("insert_global_admin_js")
def script() -> str:
    """The script of the form."""
    return format_html('<script src="{}"></script>', static("alttext_django/suggestion.js"))
