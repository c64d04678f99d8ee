"""The part of a page in which a task is answered: what to include, phrases to choose from, the edit box."""

from collections.abc import Iterable
from dataclasses import dataclass

from alttext.reports.markup import escaped
from alttext.review import announce, answers, choices, lint
from alttext.review.choices import Choice
from alttext.review.page.desk import Item, State
from alttext.review.page.labels import heard, spoken_in, sure
from alttext.review.tasks import Task

_FORM = "answer"
_SKIP = '<button name="do" value="skip" id="skip">Skip</button>\n'
NOT_YET = "Nothing is written yet."


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the edit box, and what went wrong with it."""

    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to say about a text before it is written."""

    length: str
    remarks: tuple[str, ...]
    heard: str


def look(task: Task, text: str) -> Look:
    """Look at a text as the alternative of an image."""
    text = " ".join(text.split())
    length = "1 character" if len(text) == 1 else f"{len(text)} characters"
    if not text:
        return Look(length, (), NOT_YET)
    remarks = tuple(remark.text for remark in lint.remarks(text, task.ref))
    return Look(length, remarks, heard(announce.with_alternative(task.ref, text)))


def form(item: Item, entry: Entry) -> str:
    """Return the form by which a task is answered."""
    task = item.task
    inside = _blocked(task) if task.blocked else f"{_prompts(task)}{_box(item, entry)}"
    return (
        f'<form id="{_FORM}" method="post" action="/task/{task.id}#box" '
        f'data-task="{task.id}" data-state="{item.state.value}">\n{inside}</form>\n'
    )


def _blocked(task: Task) -> str:
    return (
        '<section class="card" aria-labelledby="why">\n<h2 id="why">Nothing can be written here</h2>\n'
        f'<p>{escaped(task.blocked)}</p>\n<div class="actions">\n{_SKIP}</div>\n</section>\n'
    )


def _prompts(task: Task) -> str:
    rows = "".join(
        f"<li><strong>{escaped(prompt.title)}</strong> {escaped(prompt.question)}</li>\n"
        for prompt in task.prompts
    )
    if not rows:
        return ""
    return (
        '<section class="card" aria-labelledby="include">\n<h2 id="include">What to include</h2>\n'
        f'<ul class="prompts">\n{rows}</ul>\n</section>\n'
    )


def phrases(task: Task) -> str:
    """Return what can be put into the text by buttons, which belong to the form wherever they stand."""
    if task.blocked:
        return ""
    whole = choices.whole(task)
    facets = choices.by_facet(task)
    hint = "" if task.suggestion != "" else '<p class="hint">Suggestion: mark it as decorative.</p>\n'
    if not whole and not facets and not hint:
        return ""
    groups = [_group("Whole text", whole, spoken_in(task))] if whole else []
    said = "Guesses of the model. Each button adds its words to the text."
    groups += [_group(title, found, ' lang="en"') for title, found in facets.items()]
    return (
        '<section class="card choices" aria-labelledby="choices">\n'
        '<h2 id="choices">Put in what is true</h2>\n'
        f'{hint}<p class="quiet">{said}</p>\n{"".join(groups)}</section>\n'
    )


def _group(title: str, found: Iterable[Choice], spoken: str) -> str:
    name = f"facet-{title.lower().replace(' ', '-')}"
    buttons = "".join(_button(choice, spoken) for choice in found)
    return (
        f'<div class="facet" role="group" aria-labelledby="{name}">\n<h3 id="{name}">{title}</h3>\n'
        f'<div class="phrases">\n{buttons}</div>\n</div>\n'
    )


def _button(choice: Choice, spoken: str) -> str:
    phrase = escaped(choice.phrase)
    return (
        f'<button class="choice" form="{_FORM}" name="insert" value="{escaped(choice.key)}" '
        f'data-phrase="{phrase}">'
        f"<span{spoken}>{phrase}</span>{_likely(choice)}</button>\n"
    )


def _likely(choice: Choice) -> str:
    said = "you wrote this before" if choice.is_own else choice.confidence and sure(choice.confidence)
    return f' <span class="sure">{said}</span>' if said else ""


def _box(item: Item, entry: Entry) -> str:
    task = item.task
    seen = look(task, entry.text)
    error = f'<p class="error" id="error">{escaped(entry.error)}</p>\n' if entry.error else ""
    invalid = ' aria-invalid="true"' if entry.error else ""
    described = f' aria-describedby="{"error " if entry.error else ""}count remarks"'
    remarks = "".join(f"<li>{escaped(remark)}</li>\n" for remark in seen.remarks)
    return (
        '<section class="card write" aria-labelledby="alternative">\n'
        f'<h2 id="alternative"><label for="box">Alternative</label></h2>\n{error}'
        f'<textarea id="box" name="text" rows="2" autocomplete="off"{spoken_in(task)}{described}{invalid}>'
        f"\n{escaped(entry.text)}</textarea>\n"
        f'<p class="quiet" id="count">{seen.length}</p>\n<ul id="remarks" class="remarks">\n{remarks}</ul>\n'
        f"{_actions(item)}"
        '<h3 id="said-by-reader">What a screen reader says</h3>\n<dl class="heard">\n'
        f"<div><dt>Now</dt><dd>{escaped(heard(task.announced))}</dd></div>\n"
        f'<div><dt>Then</dt><dd id="then">{escaped(seen.heard)}</dd></div>\n</dl>\n</section>\n'
    )


def _decorative(task: Task) -> str:
    if answers.never_decorative(task.ref):
        return ""
    return '<button name="do" value="decorative" id="decorative">Mark as decorative</button>\n'


def _actions(item: Item) -> str:
    said = "Write instead" if item.state is State.WRITTEN else "Write it"
    return (
        f'<div class="actions">\n<button class="primary" name="do" value="write" id="write">{said}</button>\n'
        f"{_decorative(item.task)}{_SKIP}"
        '<button name="do" value="look" id="look">Check the text</button>\n</div>\n'
    )
