"""`{% load alttext %}`, and then `{{ page.body|alttext }}`."""

from django import template
from django.template.defaultfilters import stringfilter

from alttext_django import stored

register = template.Library()


@register.filter(name="alttext", is_safe=True)
@stringfilter
def alttext_filter(html: str) -> str:
    """Give pictures without an alternative the one that is stored with their file."""
    return stored.described(html)
