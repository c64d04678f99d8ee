"""Short names for tasks and what is known of them, as several pages say them."""

from alttext.purpose import evidence
from alttext.ranking import data_uri
from alttext.reports.markup import in_language
from alttext.review.tasks import Task
from alttext.rules.problems import SENSITIVE


def name_of(task: Task) -> str:
    """Return what to call a picture: the name of its file, where it has one."""
    src = task.ref.src
    if data_uri.is_data_uri(src):
        return "embedded picture"
    return evidence.file_name(src) or src or f"<{task.ref.kind}>"


def is_sensitive(task: Task) -> bool:
    """Whether the picture may be hard to look at."""
    described = task.finding.description
    return SENSITIVE in (task.finding.decision.reason, *(described.reasons if described else ()))


def spoken_in(task: Task) -> str:
    """Return the attributes of an element with words of the page: their language and direction."""
    return f'{in_language(task.ref.context.lang)} dir="auto"'


def heard(announced: str) -> str:
    """Return what a screen reader says, or that it says nothing."""
    return announced or "Nothing. The image is passed over."


def sure(confidence: float) -> str:
    """Return a probability as people read it."""
    return f"{min(99, round(confidence * 100))} %" if confidence else ""
