"""What `fix` records, uses again and clears."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from alttext import Candidate, Description, Pipeline, Settings, ledger
from alttext.documents import source
from alttext.errors import AlttextError
from alttext.ledger.entry import alt_hash
from alttext.types import Term

DOG = Candidate(Term("dog", "object", "a dog", ("dog",)), 0.3, 0.97)
SAID = Description("A dog.", 0.97, (DOG,), "photograph", review=False, reasons=("described",))


class Describer:
    """Sees a dog in every picture."""

    def __init__(self):
        self.asked = []
        self.encoder = type("Encoder", (), {"model_id": "model-1"})
        self.ranker = type("Ranker", (), {"vocabulary": type("Vocabulary", (), {"terms": (DOG.term,)})})

    def describe_all(self, placed):
        self.asked += [each.image.src for each in placed]
        return [SAID for _ in placed]


def fix(small, *paths, write=True, **settings):
    describer = Describer()
    pipeline = Pipeline(Settings(**settings), describer=describer)
    results = list(pipeline.fix_paths(paths or [small.folder], write=write))
    return results, describer.asked


def rows(small):
    return [(each.document, each.state, each.origin, each.alt) for each in small.entries()]


UNREVIEWED = ("page.html", "unreviewed", "machine", alt_hash("A dog."))


@pytest.fixture
def page(small):
    small.write(a_jpg=b"a dog", b_jpg=b"a house", copy_jpg=b"a dog")
    return small.write(page_html="<img src=a.jpg>")


def test_what_is_written_waits_for_a_person(small, page):
    fix(small)
    assert page.read_text() == '<img src=a.jpg alt="A dog.">'
    assert rows(small) == [UNREVIEWED]
    (entry,) = small.entries()
    assert (entry.model, entry.confidence, entry.reason) == ("model-1", 0.97, "described")
    assert entry.vocabulary == ledger.fingerprint([DOG.term])


@pytest.mark.parametrize("how", [{"write": False}, {"ledger": False}], ids=["a dry run", "ledger = false"])
def test_no_file_is_made_by(small, page, how):
    fix(small, **how)
    assert not (small.folder / ".alttext").exists()


def test_no_file_is_made_where_nothing_is_written(small):
    small.write(page_html='<img src=a.jpg alt="Rex"><p>text')
    fix(small)
    assert not (small.folder / ".alttext").exists()


def test_a_text_in_memory_is_not_recorded(small, page, monkeypatch):
    monkeypatch.chdir(small.folder)
    Pipeline(describer=Describer()).fix_text(page.read_text(), base=small.folder)
    assert not (small.folder / ".alttext").exists()


def test_a_second_run_changes_nothing(small, page):
    fix(small)
    before = small.path.read_bytes()
    fix(small)
    assert small.path.read_bytes() == before


def test_an_alternative_that_a_person_edited_is_theirs(small, page):
    fix(small)
    page.write_text('<img src=a.jpg alt="Rex">')
    fix(small)
    assert rows(small) == [("page.html", "accepted", "person", alt_hash("Rex"))]


def test_an_alternative_that_was_removed_is_forgotten(small, page):
    fix(small)
    page.write_text("<p>nothing here")
    fix(small)
    assert rows(small) == []


def test_an_alternative_of_a_document_that_is_not_looked_at_stays(small, page):
    fix(small)
    other = small.write(other_html="<p>nothing here")
    page.unlink()
    fix(small, other)
    assert rows(small) == [UNREVIEWED]


def test_one_that_was_accepted_and_lost_is_still_accepted_when_it_is_written_again(small, page):
    fix(small)
    ledger.accept(small.path, [page], small.settings)
    page.write_text("<img src=a.jpg>")
    fix(small)
    assert page.read_text() == '<img src=a.jpg alt="A dog.">'
    assert [each[1] for each in rows(small)] == ["accepted"]


def test_a_new_picture_that_is_described_is_new_to_people(small, page):
    fix(small)
    ledger.accept(small.path, [page], small.settings)
    small.write(a_jpg=b"another dog", page_html="<img src=a.jpg>")
    fix(small)
    assert rows(small) == [UNREVIEWED]


REUSED = {
    "the same picture": ("<img src=a.jpg>", True),
    "the same bytes under another name": ("<img src=copy.jpg>", True),
    "another picture": ("<img src=b.jpg>", False),
    "the same picture in another language": ("<html lang=de><img src=a.jpg>", False),
    "the same picture as the name of a link": ('<a href="/x"><img src=a.jpg></a>', False),
    "an image that is marked as decorative": ('<img src=a.jpg alt="">', False),
    "an image beside the text of its link": ('<a href="/x"><img src=a.jpg> Our dog</a>', False),
    "an image that is to be left alone": ("<!-- alttext: ignore --><img src=a.jpg>", False),
    "an image with a placeholder": ('<img src=a.jpg alt="image">', False),
}


@pytest.mark.parametrize(("markup", "expected"), REUSED.values(), ids=REUSED)
def test_what_a_person_accepted_is_used_again_for(small, page, markup, expected):
    page.write_text('<img src=a.jpg alt="Rex, our dog">')
    ledger.record_existing(small.path, [page], small.settings)
    other = small.write(other_html=markup)
    _, asked = fix(small, other)
    assert ('alt="Rex, our dog"' in other.read_text()) is expected
    assert not (expected and asked)  # nobody looks at a picture whose words are known


def test_what_is_used_again_waits_for_a_person_at_its_new_place(small, page):
    page.write_text('<img src=a.jpg alt="Rex, our dog">')
    ledger.record_existing(small.path, [page], small.settings)
    ((result,), _) = fix(small, small.write(other_html="<img src=a.jpg>"))
    assert [each.decision.reason for each in result.findings] == ["accepted-elsewhere"]
    (entry,) = [each for each in small.entries() if each.document == "other.html"]
    assert (entry.state, entry.origin, entry.reason, entry.model) == (
        "unreviewed",
        "machine",
        "accepted-elsewhere",
        "",
    )


LINK = '<a href="{}"><img src=a.jpg{}></a>'


@pytest.mark.parametrize(("target", "expected"), [("/dogs", True), ("/cats", False)])
def test_the_name_of_a_link_is_only_used_for_the_same_target(small, page, target, expected):
    page.write_text(LINK.format("/dogs", ' alt="All about dogs"'))
    ledger.record_existing(small.path, [page], small.settings)
    other = small.write(other_html=LINK.format(target, ""))
    fix(small, other)
    assert ("All about dogs" in other.read_text()) is expected


def test_what_nobody_has_agreed_to_is_not_used_again(small, page):
    fix(small)
    results, asked = fix(small, small.write(other_html="<img src=a.jpg>"))
    assert asked == ["a.jpg"]
    assert [each.decision.reason for each in results[0].findings] == ["described"]


def test_of_two_accepted_alternatives_none_is_used(small, page):
    small.write(page_html='<img src=a.jpg alt="Rex">', two_html='<img src=a.jpg alt="A dog">')
    ledger.record_existing(small.path, [small.folder], small.settings)
    _, asked = fix(small, small.write(other_html="<img src=a.jpg>"))
    assert asked == ["a.jpg"]


def test_a_ledger_that_cannot_be_read_stops_the_run_before_anything_is_written(small, page):
    small.path.parent.mkdir()
    small.path.write_text("{broken\n")
    with pytest.raises(AlttextError, match=r"ledger\.jsonl:1"):
        fix(small)
    assert page.read_text() == "<img src=a.jpg>"
    assert small.path.read_text() == "{broken\n"


def test_where_nothing_can_be_recorded_nothing_is_written(small, page):
    small.path.parent.mkdir()
    small.path.write_text("")
    small.path.chmod(0o444)
    ((result,), _) = fix(small)
    assert "read-only" in result.error
    assert page.read_text() == "<img src=a.jpg>"


def test_the_ledger_knows_before_the_document_does(small, page, monkeypatch):
    known = []

    def write(path, opened, text, roots=()):
        if path.name == "page.html":
            known.extend(rows(small))
        return replaced(path, opened, text, roots)

    replaced = source.write
    monkeypatch.setattr(source, "write", write)
    fix(small)
    assert known == [UNREVIEWED]


def test_a_document_that_cannot_be_written_leaves_an_entry_that_the_next_run_clears(small, page):
    page.chmod(0o444)
    ((result,), _) = fix(small)
    assert "read-only" in result.error
    page.write_bytes(b"<p>nothing here")
    fix(small)
    assert rows(small) == []


# Processes

FIXER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_book import Describer
from alttext import Pipeline
for result in Pipeline(describer=Describer()).fix_paths([sys.argv[2]]):
    print(result.path, result.error, flush=True)
"""


def fixer(folder):
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", FIXER, here, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def pages(small, count):
    small.write(a_jpg=b"a dog")
    for number in range(count):
        small.write(**{f"p{number:03}_html": "<img src=a.jpg>"})


def unrecorded(small):
    """Documents with words of a machine that the ledger does not know of."""
    known = {each.document for each in small.entries()}
    written = {each.name for each in small.folder.glob("*.html") if "A dog." in each.read_text()}
    return written - known


def test_two_runs_on_the_same_site_at_once_record_all_that_is_written(small):
    pages(small, 40)
    both = [fixer(small.folder) for _ in range(2)]
    told = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert len(list(small.folder.glob("*.html"))) == 40
    assert all("A dog." in each.read_text() for each in small.folder.glob("*.html")), told
    assert unrecorded(small) == set()
    assert len(small.entries()) == 40


@pytest.mark.parametrize("rounds", [3, pytest.param(30, marks=pytest.mark.slow)])
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_in_between_leaves_nothing_unrecorded(small, rounds):
    pages(small, 10 * rounds)
    for number in range(rounds):
        started = fixer(small.folder)
        for _ in range(10 * number + number % 7):
            started.stdout.readline()
        os.kill(started.pid, signal.SIGKILL)
        started.communicate()
        assert unrecorded(small) == set()
    fix(small)
    assert unrecorded(small) == set()
    assert len(small.entries()) == 10 * rounds
