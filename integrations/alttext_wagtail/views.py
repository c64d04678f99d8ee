"""What the form asks when an editor has chosen an image, before it is uploaded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST
from wagtail.images import get_image_model

from alttext_django import options, pictures
from alttext_django.forms import facts


@require_POST
def suggestion(request: HttpRequest) -> HttpResponse:
    """A suggestion for the image that was sent, as HTML; nothing if there is none. The image is not kept."""
    if not _policy().user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return HttpResponseBadRequest("Send an image as `file`.", content_type="text/plain")
    is_wanted = options.current().on_upload != "off"
    description = pictures.suggest(file) if is_wanted else None
    return render(request, "alttext_django/suggestion.html", facts(description))


def _policy() -> Any:
    """Who may do what with images."""
    try:
        from wagtail.permissions import policy_registry  # noqa: PLC0415
    except ImportError:  # Wagtail 7
        from wagtail.images.permissions import permission_policy  # noqa: PLC0415

        return permission_policy
    return policy_registry.get_by_type(get_image_model())
