"""What a person has written for the same picture earlier in this review, offered where it comes again."""

from collections.abc import Iterable
from dataclasses import replace

from alttext.review.tasks import Task
from alttext.types import Purpose


def noted(task: Task, answered: Iterable[tuple[Task, str | None]]) -> Task:
    """Return a task with the words that were written last for its picture, of answers in their order."""
    words = [alt for other, alt in answered if alt and _is_alike(task, other)]
    return replace(task, earlier=words[-1] if words else "")


def _is_alike(task: Task, other: Task) -> bool:
    """Whether words for one image may serve another: the same picture, for the same purpose and readers."""
    is_other = task.id != other.id and task.picture_sha256 == other.picture_sha256
    return bool(task.picture_sha256) and is_other and _use(task) == _use(other)


def _use(task: Task) -> tuple[Purpose, str, str]:
    context, purpose = task.ref.context, task.finding.classification.purpose
    leads = context.link.target if context.link and purpose is Purpose.FUNCTIONAL else ""
    return purpose, (context.lang or task.settings.language).split("-")[0].lower(), leads
