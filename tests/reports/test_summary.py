import pytest

from alttext.reports import Summary
from alttext.types import FileResult

KINDS = {
    "clean": lambda page: page("<p>").result(),
    "write": lambda page: page('<img src="a.jpg">').write("a.jpg", "A dog.").result(),
    "review": lambda page: page('<img src="a.jpg">').review("a.jpg", "icon").result(),
    "keep": lambda page: page('<img src="a.jpg">').keep("a.jpg").result(),
    "error": lambda page: FileResult("a.html", error="gone"),
}
EXIT_CODES = [
    ([], True, 0),
    (["clean"], True, 0),
    (["clean"], False, 0),
    (["keep"], False, 0),
    (["write"], True, 0),
    (["write"], False, 1),
    (["review"], True, 1),
    (["review"], False, 1),
    (["write", "review"], True, 1),
    (["error"], True, 2),
    (["write", "review", "error"], False, 2),
]


@pytest.mark.parametrize(("kinds", "applied", "code"), EXIT_CODES)
def test_the_exit_code_follows_from_the_counts(page, kinds, applied, code):
    summary = Summary(applied=applied)
    results = [KINDS[kind](page) for kind in kinds]
    assert list(summary.count(results)) == results
    assert summary.exit_code == code


def test_counting_is_done_as_results_pass(page):
    summary = Summary()
    passing = summary.count(iter([KINDS["write"](page), KINDS["error"](page)]))
    next(passing)
    assert (summary.files, summary.unreadable) == (1, 0)
    next(passing)
    assert (summary.files, summary.unreadable) == (2, 1)


def test_images_are_counted_by_what_became_of_them(page):
    document = "".join(f'<img src="{name}.jpg">' for name in "abcde")
    made = (
        page(document).write("a.jpg", "A dog.").review("b.jpg", "icon").review("c.jpg", "icon").keep("d.jpg")
    )
    summary = Summary()
    summary.add(made.review("e.jpg", "logo", rule="blank-alt").result())
    assert (summary.edits, summary.left, summary.kept, summary.changed, summary.affected) == (1, 3, 1, 1, 1)
    assert summary.reviews == {"icon": 2, "logo": 1}
    assert summary.problems == {"missing-alt": 3, "blank-alt": 1}
