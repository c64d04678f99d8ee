"""A small site with a ledger."""

from pathlib import Path

import pytest

from alttext import ledger
from alttext.config import Settings
from alttext.documents import discover
from alttext.ledger.site import Site
from tests import making


class SmallSite:
    """Files in a folder, and shortcuts to what tests ask of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = ledger.path_for(folder)
        self.settings = Settings()

    def write(self, **files: bytes | str) -> Path:
        """Write files, named `page_html` for page.html; return the last one."""
        named = {".".join(name.rsplit("_", 1)).replace("__", "/"): files[name] for name in files}
        making.files(self.folder, named)
        return self.folder / list(named)[-1]

    @property
    def site(self) -> Site:
        return Site(ledger.root_of(self.path), self.settings)

    def named(self, file):
        (found,) = discover.find_files([file])
        return self.site.named(found)

    def entries(self):
        return ledger.load(self.path)


@pytest.fixture
def small(tmp_path):
    (tmp_path / ".git").mkdir()
    return SmallSite(tmp_path)
