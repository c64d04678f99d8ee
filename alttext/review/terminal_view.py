"""How the terminal review shows one image: in plain lines, which screen readers and braille read well."""

from collections.abc import Iterator

from alttext.reports.paint import Paint, harmless
from alttext.reports.words import because, problem, quoted, source
from alttext.review import announce, choices, lint
from alttext.review.tasks import Task
from alttext.types import Context

_ROOM = 13
KEYS = (
    ("text", "type the alternative and press Enter"),
    ("a", "accept the suggestion"),
    ("e", "edit the suggestion, or what you typed last"),
    ("1 3", "take these phrases; they can be put together"),
    ("d", "mark as decorative"),
    ("s", "skip for now"),
    ("u", "undo the last answer, and go back to it"),
    ("p", "show the picture"),
    ("= text", "type an alternative that looks like one of these keys"),
    ("q", "quit; what was answered is written already"),
)
HINT = "Type the alternative, or: a accept, e edit, d decorative, s skip, u undo, q quit, ? more keys"


def phrases(task: Task) -> list[str]:
    """Return the phrases that numbers stand for, from 1."""
    return [choice.phrase for some in choices.by_facet(task).values() for choice in some]


def lines(task: Task, number: int, paint: Paint) -> Iterator[str]:
    """Yield what there is to know about one image."""
    place = f"{task.path}:{task.finding.line}"
    yield (
        paint(f"Image {number}: {harmless(source(task.finding))}", "bold")
        + f"  {paint(harmless(place), 'dim')}"
    )
    yield f"  {problem(task.finding)}. {because(task.finding)}".rstrip()
    for title, text in _facts(task):
        yield _row(title, text, paint)
    for at, prompt in enumerate(task.prompts):
        yield _row("" if at else "think of", f"{prompt.title}: {prompt.question}", paint)
    yield from _choices(task, paint)
    if task.earlier:
        yield _row("you wrote", f"{quoted(task.earlier)} for this picture; a takes it again", paint)
    elif task.suggestion is not None:
        yield _row("suggestion", quoted(task.suggestion), paint)


def _facts(task: Task) -> Iterator[tuple[str, str]]:
    context = task.ref.context
    facts = {
        "page": " > ".join(filter(None, (context.title, context.heading))),
        "text": _around(context),
        "caption": context.caption,
        "link": context.link.target if context.link else "",
        "now": task.ref.alt or "",
        "picture": str(task.picture or ""),
        "heard now": heard(task.announced),
    }
    return ((title, text) for title, text in facts.items() if text)


def _around(context: Context) -> str:
    return f"{context.before} [image] {context.after}".strip() if context.before or context.after else ""


def _choices(task: Task, paint: Paint) -> Iterator[str]:
    number = 1
    for at, (title, some) in enumerate(choices.by_facet(task).items()):
        shown = []
        for choice in some:
            shown.append(f"{number} {choice.phrase} {choice.confidence:.0%}")
            number += 1
        yield _row("" if at else "phrases", f"{title}: {', '.join(shown)}", paint)


def draft(task: Task, alt: str, paint: Paint) -> Iterator[str]:
    """Yield what is worth a thought about words that were typed."""
    yield _row("would say", heard(announce.with_alternative(task.ref, alt)), paint)
    if alt:
        yield _row("length", f"{len(alt)} characters", paint)
    for remark in lint.remarks(alt, task.ref):
        yield _row("remark", paint(remark.text, "yellow"), paint)


def keys(paint: Paint) -> Iterator[str]:
    """Yield the help."""
    for key, meaning in KEYS:
        yield f"  {paint(f'{key:<{_ROOM - 2}}', 'cyan')}{meaning}"


def heard(announced: str) -> str:
    """Return what a screen reader says, or that it says nothing."""
    return f'"{announced}"' if announced else "nothing"


def _row(title: str, text: str, paint: Paint) -> str:
    shown = f"{title}:" if title else ""
    return f"  {paint(f'{shown:<{_ROOM}}', 'cyan')}{harmless(text)}"
