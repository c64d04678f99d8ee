"""The memory of a site: which alternatives a machine wrote, for which pictures, and who agreed to them.

    path = ledger.path_for("site/", settings.ledger)
    ledger.record_written(path, results, settings, author)   # before the documents are written
    ledger.accept(path, ["site/page.html"], settings)         # a person agrees with what stands there

An entry tells of one alternative; it is gone, or a person's, once somebody has edited the alternative.
"""

from alttext.ledger.entry import Author, Entry
from alttext.ledger.file import load, path_for, root_of
from alttext.ledger.record import Outcome, accept, record_existing, record_written

__all__ = [
    "Author",
    "Entry",
    "Outcome",
    "accept",
    "load",
    "path_for",
    "record_existing",
    "record_written",
    "root_of",
]
