"""Each image that is left for a person becomes one task, and asking changes nothing."""

import pytest

from alttext import Pipeline, Settings
from alttext.review.tasks import Task, tasks
from alttext.types import FileResult

LINKED = '<a href="/"><img src="home.png"></a>'
LEFT = {
    "what is uncertain": ('<img src="dog.png">', ["dog.png"]),
    "a link without words": (LINKED, ["home.png"]),
    "a placeholder": ('<img src="dog.png" alt="image">', ["dog.png"]),
    "each of several": ('<img src="a.png"><img src="b.png">', ["a.png", "b.png"]),
}
NOT_LEFT = {
    "what fix writes by itself": '<img src="certain.png">',
    "words of an author": '<img src="dog.png" alt="Rex at the sea">',
    "an empty alternative": '<img src="dog.png" alt="">',
    "a suppressed image": '<!-- alttext: ignore --><img src="dog.png">',
    "an image in a template element": '<template><img src="dog.png"></template>',
    "no image": "<p>Nothing here</p>",
}


@pytest.mark.parametrize(("text", "sources"), LEFT.values(), ids=LEFT)
def test_there_is_a_task_for(site, asked, text, sources):
    root = site("dog.png", "home.png", files={"a.html": text})
    assert [task.ref.src for task in asked("a.html")] == sources
    assert (root / "a.html").read_text() == text


@pytest.mark.parametrize("text", NOT_LEFT.values(), ids=NOT_LEFT)
def test_there_is_no_task_for(site, asked, text):
    root = site("dog.png", "certain.png", files={"a.html": text})
    assert asked("a.html") == []
    assert (root / "a.html").read_text() == text


def test_what_fix_would_write_is_asked_about_on_request(site, asked):
    root = site("certain.png", files={"a.html": '<img src="certain.png">'})
    (task,) = asked("a.html", certain=True)
    assert task.suggestion == "A dog."
    assert (root / "a.html").read_text() == '<img src="certain.png">'


def test_a_task_knows_its_document_and_picture(site, asked):
    root = site("img/dog.png", files={"site/a.html": '<p>\n <img src="../img/dog.png"></p>'})
    (task,) = asked(".")
    assert (task.path, task.file, task.format) == ("site/a.html", root / "site/a.html", "html")
    assert (task.finding.line, task.finding.column) == (2, 2)
    assert (task.picture, task.markup) == (root / "img/dog.png", '<img src="../img/dog.png">')
    assert task.suggestion == "A dog on a beach."
    assert task.announced == "unlabelled graphic; some screen readers read the file name, dog.png"
    assert [prompt.title for prompt in task.prompts][:2] == ["Subject", "Action"]
    assert task.blocked == ""


def test_ids_stay_the_same_while_other_images_are_answered(site, asked):
    page = '<img src="a.png"><p>x <img src="b.png"></p><img src="a.png">'
    root = site("a.png", "b.png", files={"a.html": page})
    before = {task.id: task.whereabouts for task in asked("a.html")}
    assert len(before) == 3
    (root / "a.html").write_text(page.replace('<img src="a.png">', '<img src="a.png" alt="A">', 1))
    assert [task.id for task in asked("a.html")] == list(before)[1:]


def test_a_place_that_cannot_be_written_says_why(site, asked):
    site("a.png", files={"a.html": '<img src="a.png" {{ attributes }}>'})
    (task,) = asked("a.html")
    assert task.blocked.startswith("A template decides about this image.")


def test_a_document_that_cannot_be_read_is_a_result(site, pipeline):
    site("a.png", files={"b.html": '<img src="a.png">', "a.ipynb": "{broken"})
    result, task = tasks(pipeline, ["."])
    assert isinstance(result, FileResult)
    assert result.path == "a.ipynb"
    assert result.error
    assert isinstance(task, Task)


def test_reasons_to_ignore_are_not_asked_about(site, pipeline):
    site("dog.png", files={"a.html": '<img src="dog.png">'})
    quiet = Pipeline(Settings(ignore=("low-confidence",)), describer=pipeline.describer)
    assert list(tasks(quiet, ["a.html"])) == []
