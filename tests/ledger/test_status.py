"""How much waits for a person is counted by what stands in documents now."""

from alttext import ledger
from alttext.ledger.entry import Entry, alt_hash


def machine(document, alt, image=""):
    return Entry(document, "a.jpg", image, alt_hash(alt), "unreviewed", "machine")


def test_what_stands_there_counts_and_not_what_stood_there(small):
    small.write(a_jpg=b"a dog", one_html='<img src=a.jpg alt="A dog">', two_html='<img src=a.jpg alt="Rex">')
    small.write(three_html='<img src=a.jpg alt="Our dog">', broken_ipynb="{")
    ledger.record_existing(small.path, [small.folder / "three.html"], small.settings)
    ledger.file.update(
        small.path,
        lambda before: (
            *before,
            machine("one.html", "A dog", "older"),
            machine("two.html", "A dog"),  # a person has edited it
            machine("gone.html", "A dog"),
        ),
    )
    status = ledger.status(small.path, [small.folder], small.settings)
    assert (status.unreviewed, status.stale, status.accepted) == (1, 1, 1)
    assert (status.documents, status.gone, len(status.errors)) == (3, 1, 1)


def test_without_a_ledger_there_is_nothing_to_count(small):
    page = small.write(page_html='<img src=a.jpg alt="A dog">')
    status = ledger.status(small.path, [page], small.settings)
    assert (status.unreviewed, status.stale, status.accepted, status.gone) == (0, 0, 0, 0)
