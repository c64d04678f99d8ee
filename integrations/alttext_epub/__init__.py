"""EPUB books: their pages are checked and fixed inside the container, where everything else stays as it is.

The command is `alttext epub`. From Python: `alttext_epub.check(path, settings)` and `alttext_epub.fix`.
"""

from alttext_epub.errors import BookError
from alttext_epub.work import check, fix

__all__ = ["BookError", "check", "fix"]
