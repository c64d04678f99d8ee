"""What is written waits until a person agrees; what a person wrote or edited is theirs."""

from dataclasses import replace
from hashlib import sha256

import pytest

from alttext import Action, Candidate, Decision, Description, Pipeline, ledger
from alttext.config import Settings
from alttext.errors import ParseError
from alttext.ledger.entry import alt_hash
from alttext.types import Edit, Span, Term

DOG = Candidate(Term("dog", "object", "a dog", ("dog",)), 0.3, 0.97)
SAID = Description("A dog.", 0.97123, (DOG,), "photograph", review=False, reasons=("described",))
AUTHOR = ledger.Author("machine", "embedded-3", "abc")


@pytest.fixture
def picture(small):
    return small.write(a_jpg=b"old")


def result(small, page, alt="A dog.", reason="described", description=SAID):
    """What fixing a page with one image comes to."""
    checked = Pipeline().check_text(page.read_text(), path=str(page))
    (finding,) = checked.findings
    decided = replace(
        finding,
        decision=Decision(Action.WRITE, reason, alt),
        edit=Edit(Span(0, 0), "x"),
        description=description,
    )
    return replace(checked, findings=(decided,))


def states(small):
    return [(each.document, each.state, each.origin, each.alt) for each in small.entries()]


def test_a_description_is_recorded_with_all_that_made_it(small, picture):
    page = small.write(blog__page_html="<p lang=de><img src=../a.jpg>")
    ledger.record_written(small.path, [result(small, page)], small.settings, AUTHOR)
    (entry,) = small.entries()
    assert entry == ledger.Entry(
        document="blog/page.html",
        source="../a.jpg",
        image=sha256(b"old").hexdigest(),
        alt=alt_hash("A dog."),
        state="unreviewed",
        origin="machine",
        reason="described",
        confidence=0.9712,
        model="embedded-3",
        vocabulary="abc",
    )


WITHOUT_MODEL = {
    "a mark as decorative": ("", "tracking-pixel", None),
    "the words of an author": ("A dog.", "author-text", Description("A dog.", reasons=("author-text",))),
}


@pytest.mark.parametrize(("alt", "reason", "said"), WITHOUT_MODEL.values(), ids=WITHOUT_MODEL)
def test_no_model_is_named_for(small, picture, alt, reason, said):
    page = small.write(page_html="<img src=a.jpg>")
    ledger.record_written(small.path, [result(small, page, alt, reason, said)], small.settings, AUTHOR)
    (entry,) = small.entries()
    assert (entry.model, entry.vocabulary, entry.confidence, entry.reason) == ("", "", None, reason)
    assert (entry.state, entry.alt) == ("unreviewed", alt_hash(alt))


def test_words_of_a_person_are_accepted_at_once(small, picture):
    page = small.write(page_html="<img src=a.jpg>")
    person = ledger.Author("person")
    ledger.record_written(small.path, [result(small, page, "Rex", "described")], small.settings, person)
    (entry,) = small.entries()
    assert (entry.state, entry.origin, entry.text, entry.model) == ("accepted", "person", "Rex", "")


def test_where_nothing_is_written_no_file_is_made(small, picture):
    page = small.write(page_html="<img src=a.jpg>")
    left = result(small, page)
    (finding,) = left.findings
    left = replace(
        left, findings=(replace(finding, decision=Decision(Action.REVIEW, "described", "A dog.")),)
    )
    ledger.record_written(small.path, [left], small.settings, AUTHOR)
    assert not small.path.parent.exists()


@pytest.fixture
def page(small, picture):
    """A page on which a machine has written an alternative."""
    page = small.write(page_html="<img src=a.jpg>")
    ledger.record_written(small.path, [result(small, page)], small.settings, AUTHOR)
    return small.write(page_html='<img src=a.jpg alt="A dog."><img src=b.jpg alt="A house">')


def test_accepting_keeps_who_wrote_it_and_the_words(small, page):
    assert ledger.accept(small.path, [small.folder], small.settings) == (1, 1, ())
    (entry,) = small.entries()
    assert (entry.state, entry.origin, entry.model) == ("accepted", "machine", "embedded-3")
    assert (entry.text, entry.purpose, entry.language) == ("A dog.", "informative", "en")


def test_only_the_chosen_images_are_accepted(small, page):
    chosen = ledger.accept(small.path, [page], small.settings, lambda ref: ref.src == "b.jpg")
    assert chosen.alternatives == 0
    assert states(small) == [("page.html", "unreviewed", "machine", alt_hash("A dog."))]


def test_accepting_a_stale_alternative_takes_the_picture_as_it_is(small, page):
    ledger.accept(small.path, [page], small.settings)
    small.write(a_jpg=b"new")
    ledger.accept(small.path, [page], small.settings)
    assert [each.image for each in small.entries()] == [sha256(b"new").hexdigest()]


def test_accepting_an_edited_alternative_makes_it_a_persons(small, page):
    small.write(page_html='<img src=a.jpg alt="Rex">')
    assert ledger.accept(small.path, [page], small.settings).alternatives == 0
    assert states(small) == [("page.html", "accepted", "person", alt_hash("Rex"))]


def test_accepting_a_page_whose_alternative_was_removed_drops_it(small, page):
    small.write(page_html="<img src=a.jpg>")
    ledger.accept(small.path, [page], small.settings)
    assert small.entries() == ()


def test_accepting_in_a_renamed_page_agrees_to_what_stands_there(small, page):
    page.rename(small.folder / "renamed.html")
    assert ledger.accept(small.path, [small.folder], small.settings).alternatives == 1
    assert ("renamed.html", "accepted", "machine", alt_hash("A dog.")) in states(small)


def test_a_baseline_takes_what_is_there_for_a_persons_but_not_what_a_machine_wrote(small, page):
    small.write(b_jpg=b"house", other_html='<img src=a.jpg alt="a.jpg"><img src=a.jpg><img src=a.jpg alt="">')
    assert ledger.record_existing(small.path, [small.folder], small.settings) == (2, 2, ())
    assert states(small) == [
        ("other.html", "accepted", "person", alt_hash("")),
        ("page.html", "unreviewed", "machine", alt_hash("A dog.")),
        ("page.html", "accepted", "person", alt_hash("A house")),
    ]


def test_a_second_baseline_changes_nothing(small, page):
    ledger.record_existing(small.path, [small.folder], small.settings)
    before = small.path.read_bytes()
    assert ledger.record_existing(small.path, [small.folder], small.settings).alternatives == 0
    assert small.path.read_bytes() == before


def test_a_document_that_cannot_be_read_is_told_of_and_the_others_are_done(small, page):
    small.write(broken_ipynb="{")
    outcome = ledger.accept(small.path, [small.folder], small.settings)
    assert outcome.alternatives == 1
    assert len(outcome.errors) == 1
    assert "broken.ipynb" in outcome.errors[0]


def test_a_ledger_that_cannot_be_read_stops_it(small, page):
    small.path.write_text("{broken")
    with pytest.raises(ParseError, match=r"ledger\.jsonl:1"):
        ledger.accept(small.path, [page], small.settings)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("page_md", "![](a.jpg)", "![A dog.](a.jpg)"),
        ("page_mdx", '<img src="a.jpg" />', '<img src="a.jpg" alt="A dog." />'),
        ("page_qmd", "![](a.jpg)", '![](a.jpg){fig-alt="A dog."}'),
    ],
)
def test_other_formats_are_known_too(small, picture, name, before, after):
    page = small.write(**{name: before})
    (ref,) = small.site.named(next(small.site.files([small.write(**{name: after})])))
    (bare,) = Pipeline(Settings()).check_paths([small.write(**{name: before})])
    (finding,) = bare.findings
    assert small.site.place(ref, page) == small.site.place(finding.image, page, "A dog.")
