import pytest

from alttext.documents import suppression
from alttext.types import ImageKind, ImageRef, Slot, Span

REFS = [
    ImageRef(Span(at, at + 5), ImageKind.IMG, "a.jpg", None, Slot(Span(at + 4, at + 4), "alt"))
    for at in (10, 20, 30)
]


def suppressed(*directives):
    return [ref.suppressed for ref in suppression.apply(REFS, directives)]


@pytest.mark.parametrize(
    ("comment", "word"),
    [
        (" alttext: ignore ", "ignore"),
        ("alttext:off", "off"),
        (" AltText: On", "on"),
        (" alttext: ignore-file ", "ignore-file"),
        (" alttext: decorative ", "decorative"),
        (" alttext: ignore because it changes daily", "ignore"),
        (" alttext: ignored ", None),
        (" alttext: ignore-all ", None),
        (" alttext ignore ", None),
        (" see alttext: ignore ", None),
        (" alttext: ", None),
        ("", None),
    ],
)
def test_directives(comment, word):
    assert suppression.directive(comment) == word


@pytest.mark.parametrize(
    ("directives", "expected"),
    [
        ([], [False, False, False]),
        ([(0, "ignore")], [True, False, False]),
        ([(15, "ignore")], [False, True, False]),
        ([(15, "ignore"), (16, "ignore")], [False, True, False]),
        ([(40, "ignore")], [False, False, False]),
        ([(0, "off")], [True, True, True]),
        ([(15, "off"), (25, "on")], [False, True, False]),
        ([(25, "on"), (15, "off")], [False, True, False]),
        ([(15, "on")], [False, False, False]),
        ([(40, "ignore-file")], [True, True, True]),
        ([(0, "ignore-file"), (15, "on")], [True, True, True]),
        ([(0, "decorative")], [False, False, False]),
    ],
)
def test_what_is_suppressed(directives, expected):
    assert suppressed(*directives) == expected


def test_only_the_next_image_is_decorative():
    marked = suppression.apply(REFS, [(15, "decorative")])
    assert [ref.decorative for ref in marked] == [False, True, False]


def test_nothing_else_changes():
    assert suppression.apply(REFS, []) == REFS
