"""The memory of a site: which alternatives a machine wrote, for which pictures, and who agreed to them.

    path = ledger.path_for("site/", settings.ledger)
    ledger.record_written(path, results, settings, author)   # before the documents are written
    ledger.accept(path, ["site/page.html"], settings)         # a person agrees with what stands there

An entry tells of one alternative; it is gone, or a person's, once somebody has edited the alternative.
"""

from alttext.ledger.book import Book, book_for
from alttext.ledger.entry import Author, Entry, fingerprint
from alttext.ledger.file import load, path_for, root_of
from alttext.ledger.record import Outcome, accept, record_answers, record_existing, record_written
from alttext.ledger.status import Status, status
from alttext.ledger.watch import Watch, watch_for

__all__ = [
    "Author",
    "Book",
    "Entry",
    "Outcome",
    "Status",
    "Watch",
    "accept",
    "book_for",
    "fingerprint",
    "load",
    "path_for",
    "record_answers",
    "record_existing",
    "record_written",
    "root_of",
    "status",
    "watch_for",
]
