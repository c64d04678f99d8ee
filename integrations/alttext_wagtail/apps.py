"""The app, as `INSTALLED_APPS` names it."""

from django.apps import AppConfig
from django.core import checks


class AlttextWagtailConfig(AppConfig):
    """Has no models, so no migrations."""

    name = "alttext_wagtail"
    verbose_name = "Text alternatives for Wagtail"

    def ready(self) -> None:
        """Let `manage.py check` tell whether the form is in use."""
        from alttext_wagtail.checks import check_form  # noqa: PLC0415 - apps are not ready before

        checks.register(check_form)
