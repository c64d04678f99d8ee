"""Fixtures for the hosts that several test files share: a site made with Django and Wagtail."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def django_site():
    """A running site with an empty database in memory, set up once for this process."""
    pytest.importorskip("wagtail", reason="Wagtail is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE / "django_site")
        patch.setenv("DJANGO_SETTINGS_MODULE", "gallery.settings")
        import django

        django.setup()
        from django.db import connection
        from django.test.utils import setup_test_environment, teardown_test_environment

        setup_test_environment(debug=False)
        connection.creation.create_test_db(verbosity=0)
        yield
        connection.creation.destroy_test_db(":memory:", verbosity=0)
        teardown_test_environment()


@pytest.fixture
def site(django_site, tmp_path):
    """The same with a folder for uploads; what a test writes into the database is taken back."""
    from django.db import transaction
    from django.test import override_settings

    from alttext_django.pictures import pipeline

    with override_settings(MEDIA_ROOT=tmp_path / "media"), transaction.atomic():
        yield tmp_path / "media"
        transaction.set_rollback(True)
    pipeline.cache_clear()
