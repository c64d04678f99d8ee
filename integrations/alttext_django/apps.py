"""The app, as `INSTALLED_APPS` names it."""

from django.apps import AppConfig
from django.core import checks


class AlttextConfig(AppConfig):
    """Has no models, so no migrations."""

    name = "alttext_django"
    verbose_name = "Text alternatives"

    def ready(self) -> None:
        """Let `manage.py check` read the settings."""
        from alttext_django.checks import check_options  # noqa: PLC0415 - apps are not ready before

        checks.register(check_options)
