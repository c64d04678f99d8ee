from dataclasses import replace

import pytest

from alttext.review.page import labels


@pytest.fixture(name="task_for")
def fixture_task_for(site, asked):
    def task_for(markup, head=""):
        site("dog.png", files={"a.html": head + markup})
        return asked("a.html")[0]

    return task_for


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="dog.png">', "dog.png"),
        ('<img src="/x/my%20dog.png?v=2">', "my dog.png"),
        ('<img src="data:image/png;base64,AAAA">', "embedded picture"),
        ('<svg role="img"></svg>', "<svg>"),
    ],
)
def test_a_picture_is_called_by_its_file(task_for, markup, expected):
    assert labels.name_of(task_for(markup)) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<html lang="de">', ' lang="de" dir="auto"'),
        ('<html lang="pt-BR">', ' lang="pt-BR" dir="auto"'),
        ("", ' dir="auto"'),
        ("<html lang='\" onload=\"x'>", ' dir="auto"'),
    ],
)
def test_words_of_a_page_are_spoken_in_its_language(task_for, head, expected):
    assert labels.spoken_in(task_for('<img src="dog.png">', head)) == expected


def test_what_is_said_to_be_sensitive_is_hidden_at_first(task_for):
    task = task_for('<img src="dog.png">')
    assert not labels.is_sensitive(task)
    described = replace(task.finding.description, reasons=("low-confidence", "sensitive-image"))
    assert labels.is_sensitive(replace(task, finding=replace(task.finding, description=described)))
    decision = replace(task.finding.decision, reason="sensitive-image")
    assert labels.is_sensitive(
        replace(task, finding=replace(task.finding, decision=decision, description=None))
    )


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0, ""), (0.1, "10 %"), (0.896, "90 %"), (0.999, "99 %"), (1, "99 %")]
)
def test_nothing_is_said_to_be_certain(confidence, expected):
    assert labels.sure(confidence) == expected


@pytest.mark.parametrize(
    ("announced", "expected"),
    [("graphic, Dogs", "graphic, Dogs"), ("", "Nothing. The image is passed over.")],
)
def test_silence_is_told(announced, expected):
    assert labels.heard(announced) == expected
