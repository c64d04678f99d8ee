"""The ledger knows what a person has said, and forgets it when it is taken back."""

from pathlib import Path

import pytest
from msgspec import structs

from alttext import Settings, ledger
from alttext.errors import ParseError, WriteError
from alttext.review import memory, suggestions
from alttext.review.answers import Answer, undo, write
from alttext.review.apply import Status, apply
from alttext.review.tasks import tasks

PAGE = '<p>One <a href="/"><img src="a.png"></a></p>\n<img src="b.png">\n'
LEDGER = Path(".alttext/ledger.jsonl")


@pytest.fixture
def page(site):
    return site("a.png", "b.png", "certain.png", files={"alttext.toml": "", "a.html": PAGE}) / "a.html"


def entries():
    return [(entry.source, entry.origin, entry.state) for entry in ledger.load(LEDGER)]


def written_by_machine(pipeline, text='<img src="certain.png">'):
    """A page whose alternative a machine has just written, and nobody has agreed to."""
    path = Path("machine.html")
    path.write_text(text)
    described = [result.text for result in pipeline.fix_paths([path], write=False)]
    refs = tasks(pipeline, [path], certain=True)
    said = [(task.ref, task.suggestion) for task in refs]
    memory.record_machine(path, said, pipeline.settings)
    path.write_text(described[0])
    return path


def test_an_answer_is_recorded_as_a_persons(page, asked):
    first, _ = asked("a.html")
    write(first, Answer(first.id, "Start"))
    assert entries() == [("a.png", "person", "accepted")]


@pytest.mark.parametrize("alt", ["Start", "A dog on a beach."])
def test_what_is_undone_is_forgotten(page, asked, alt):
    first, _ = asked("a.html")
    undo(write(first, Answer(first.id, alt)))
    assert entries() == []
    assert page.read_text() == PAGE


@pytest.mark.parametrize("alt", ["  ", "\x00"])
def test_what_is_refused_is_not_recorded(page, asked, alt):
    first, _ = asked("a.html")
    with pytest.raises(WriteError):
        write(first, Answer(first.id, alt))
    assert not LEDGER.exists()


def test_skipping_is_not_recorded(page, asked):
    first, _ = asked("a.html")
    write(first, Answer(first.id, None))
    assert not LEDGER.exists()


def test_what_could_not_be_written_is_not_recorded(page, asked):
    first, _ = asked("a.html")
    page.chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        write(first, Answer(first.id, "Start"))
    assert entries() == []


def test_a_ledger_that_cannot_be_read_stops_the_answer(page, asked):
    first, _ = asked("a.html")
    LEDGER.parent.mkdir()
    LEDGER.write_text("nonsense\n")
    with pytest.raises(ParseError, match="ledger"):
        write(first, Answer(first.id, "Start"))
    assert page.read_text() == PAGE
    assert LEDGER.read_text() == "nonsense\n"


def test_without_a_ledger_nothing_is_recorded(page, pipeline):
    pipeline.settings = Settings(ledger=False)
    first, _ = tasks(pipeline, ["a.html"])
    undo(write(first, Answer(first.id, "Start")))
    assert not LEDGER.exists()


def test_what_a_machine_wrote_is_asked_about_on_request(page, asked, pipeline):
    machine = written_by_machine(pipeline)
    assert asked("machine.html") == []
    (task,) = asked("machine.html", unreviewed=True)
    assert (task.finding.rule, task.suggestion) == ("unreviewed-alt", "A dog.")
    assert machine.read_text() == '<img src="certain.png" alt="A dog.">'


def test_an_image_is_asked_about_once(page, asked, pipeline):
    written_by_machine(pipeline)
    found = asked(".", unreviewed=True)
    assert len({task.id for task in found}) == len(found) == 3


def test_agreeing_changes_no_byte_and_is_recorded(page, asked, pipeline):
    machine = written_by_machine(pipeline)
    before = machine.read_bytes()
    (task,) = asked("machine.html", unreviewed=True)
    agreed = write(task, Answer(task.id, "A dog."))
    assert not agreed.changed
    assert machine.read_bytes() == before
    assert [state for _, _, state in entries()] == ["accepted"]
    assert asked("machine.html", unreviewed=True) == []
    undo(agreed)
    assert entries() == [("certain.png", "machine", "unreviewed")]


def test_words_of_a_machine_may_be_corrected(page, asked, pipeline):
    machine = written_by_machine(pipeline)
    (task,) = asked("machine.html", unreviewed=True)
    write(task, Answer(task.id, "Rex at the sea"))
    assert machine.read_text() == '<img src="certain.png" alt="Rex at the sea">'
    assert asked("machine.html", unreviewed=True) == []


def test_words_that_a_person_has_agreed_to_meanwhile_are_kept(page, asked, pipeline):
    machine = written_by_machine(pipeline)
    (task,) = asked("machine.html", unreviewed=True)
    ledger.accept(LEDGER, [machine], pipeline.settings)
    with pytest.raises(WriteError, match="author"):
        write(task, Answer(task.id, "Rex at the sea"))
    assert machine.read_text() == '<img src="certain.png" alt="A dog.">'


@pytest.mark.parametrize(
    ("reviewed", "recorded"),
    [(True, ("a.png", "person", "accepted")), (False, ("a.png", "machine", "unreviewed"))],
)
def test_what_is_applied_from_a_file_is_recorded(page, asked, reviewed, recorded):
    row = suggestions.of_task(asked("a.html")[0], Path())
    row = structs.replace(row, decision="accept", alt="Start", reviewed=reviewed)
    list(apply([row], Path(), Settings()))
    assert entries() == [recorded]


@pytest.mark.parametrize("decision", ["pending", "skip"])
def test_what_is_not_applied_is_not_recorded(page, asked, decision):
    row = structs.replace(suggestions.of_task(asked("a.html")[0], Path()), decision=decision)
    list(apply([row], Path(), Settings()))
    assert not LEDGER.exists()
    assert page.read_text() == PAGE


def test_a_dry_run_records_nothing(page, asked):
    row = structs.replace(suggestions.of_task(asked("a.html")[0], Path()), decision="accept")
    list(apply([row], Path(), Settings(), write=False))
    assert not LEDGER.exists()


def test_what_could_not_be_applied_is_not_recorded(page, asked):
    row = structs.replace(suggestions.of_task(asked("a.html")[0], Path()), decision="accept")
    page.chmod(0o444)
    (applied,) = apply([row], Path(), Settings())
    assert applied.outcomes[0].status is Status.REFUSED
    assert entries() == []
