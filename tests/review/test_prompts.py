"""The questions fit the purpose and the medium of an image."""

import pytest

from alttext import Purpose, find_images
from alttext.review import prompts
from alttext.rules import RULES
from alttext.types import Action, Classification, Decision, Description, Finding

(REF,) = find_images('<img src="a.png">')


def finding(purpose, reason="", medium=""):
    described = Description(None, medium=medium)
    verdict = Classification(Purpose(purpose), reason)
    return Finding(REF, "missing-alt", 1, 1, verdict, Decision(Action.REVIEW, reason), described)


@pytest.mark.parametrize(
    ("purpose", "reason", "medium", "titles"),
    [
        ("informative", "no-other-purpose", "photograph", ["Subject", "Action", "Setting", "Point"]),
        ("informative", "no-other-purpose", "", ["Subject", "Action", "Setting", "Point"]),
        ("informative", "no-other-purpose", "oil-painting", ["Kind of work", "Subject", "Action"]),
        ("complex", "chart", "bar-chart", ["Type", "Data", "Take-away"]),
        ("complex", "unheard-of", "", ["Type", "Data", "Take-away"]),
        ("functional", "sole-content-of-link", "", ["Destination"]),
        ("functional", "image-button", "", ["Effect"]),
        ("text", "image-of-text", "", ["Words"]),
        ("text", "logo", "", ["Name"]),
        ("decorative", "divider", "", ["Needed?"]),
        ("unclear", "not-a-photograph", "", ["Type", "Point", "Needed?"]),
    ],
)
def test_the_questions_are(purpose, reason, medium, titles):
    asked = prompts.of(finding(purpose, reason, medium))
    assert [prompt.title for prompt in asked][: len(titles)] == titles


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_questions(purpose):
    assert all(prompt.question.endswith((".", "?")) for prompt in prompts.of(finding(purpose)))
    assert prompts.of(finding(purpose))


def test_every_reason_with_questions_of_its_own_is_one_that_is_given():
    assert set(prompts._BY_REASON) <= set(RULES)
