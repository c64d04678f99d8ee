"""The queue: beside a task its neighbours, and on a page of its own all tasks with what became of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from alttext.reports.markup import escaped
from alttext.review.page import message
from alttext.review.page.desk import Desk, Item, Progress, State
from alttext.review.page.frame import Page
from alttext.review.page.labels import is_sensitive, name_of

OF_A_PAGE = 100
_BEFORE, _AROUND = 3, 10  # tasks that are listed beside one
_BADGES = {
    State.OPEN: "",
    State.WRITTEN: '<span class="badge done">written</span>',
    State.DECORATIVE: '<span class="badge done">decorative</span>',
    State.SKIPPED: '<span class="badge ask">skipped</span>',
}


def beside(desk: Desk, current: Item) -> str:
    """Return the list of the tasks around one."""
    total = desk.progress.total
    first = max(1, min(current.number - _BEFORE, total - _AROUND + 1))
    items = desk.slice(first, first + _AROUND)
    rows = "".join(_row(item, is_current=item is current) for item in items)
    return (
        '<nav class="queue" aria-labelledby="queue">\n<h2 id="queue">Queue</h2>\n'
        f'<ol start="{first}">\n{rows}</ol>\n'
        f'<p><a href="/queue?page={1 + (current.number - 1) // OF_A_PAGE}">Whole queue</a></p>\n</nav>\n'
    )


def page(desk: Desk, number: int = 1) -> Page:
    """Return the page with all tasks, or as many as fit on it."""
    progress = desk.progress
    last = max(1, -(-progress.total // OF_A_PAGE))
    number = max(1, min(number, last))
    title = _title(progress)
    items = desk.slice(1 + (number - 1) * OF_A_PAGE, 1 + number * OF_A_PAGE)
    done = desk.last
    described = f' aria-describedby="{message.ID}"' if done else ""
    parts = (
        message.about(done) if done else "",
        f'<h1 id="task" tabindex="-1"{described}>{title}</h1>\n',
        *_lead(desk, progress),
        _cards(progress),
        *_troubles(desk),
        *_documents(items),
        _pages(number, last),
    )
    return Page(title, "".join(parts), "task")


def _title(progress: Progress) -> str:
    if progress.is_looking and not progress.total:
        return "Looking at pictures …"
    if not progress.total:
        return "Nothing to review"
    return "Queue" if progress.left or progress.is_looking else "All images are answered"


def _lead(desk: Desk, progress: Progress) -> Iterator[str]:
    if progress.is_looking and not progress.total:
        yield (
            '<p class="lead" id="waiting">The first images are shown as soon as they are found. '
            '<a href="/">Look again</a></p>\n'
        )
    elif not progress.total and not desk.failure:
        yield '<p class="lead">No image of these documents needs a person.</p>\n'
    elif item := desk.next_open():
        yield f'<p class="lead"><a class="button primary" href="/task/{item.task.id}#task">Go on</a></p>\n'
    elif not progress.is_looking:
        left = f"{progress.skipped} skipped. " if progress.skipped else ""
        end = "Everything is saved; end the review with Ctrl + C in the terminal."
        yield f'<p class="lead">{left}{end}</p>\n'


def _cards(progress: Progress) -> str:
    if not progress.total:
        return ""
    numbers = (
        ("Images", progress.total),
        ("Written", progress.written),
        ("Marked as decorative", progress.decorative),
        ("Skipped", progress.skipped),
        ("Left", progress.left),
    )
    cards = "".join(f"<div><dt>{title}</dt><dd>{number}</dd></div>\n" for title, number in numbers)
    return f'<dl class="cards">\n{cards}</dl>\n'


def _troubles(desk: Desk) -> Iterator[str]:
    if desk.failure:
        yield f'<p class="error">No more images can be looked at: {escaped(desk.failure)}</p>\n'
    for result in desk.unreadable:
        yield f'<p class="error">{escaped(result.path)} cannot be read: {escaped(result.error)}</p>\n'


def _documents(items: Iterable[Item]) -> Iterator[str]:
    for path, group in groupby(items, key=lambda item: item.task.path):
        found = list(group)
        rows = "".join(_row(item) for item in found)
        yield (
            f'<section class="queue" aria-label="{escaped(path)}">\n<h2 class="path">{escaped(path)}</h2>\n'
            f'<ol start="{found[0].number}">\n{rows}</ol>\n</section>\n'
        )


def _row(item: Item, *, is_current: bool = False) -> str:
    task = item.task
    veil = "&amp;veiled=1" if is_sensitive(task) else ""
    here = ' aria-current="page"' if is_current else ""
    place = f"{task.path.rpartition('/')[2]}, line {task.finding.line}"
    return (
        f'<li><a href="/task/{task.id}#task"{here}>'
        f'<img src="/picture/{task.id}?size=small{veil}" alt="" width="48" height="48" loading="lazy">'
        f'<span class="words"><span class="name">{escaped(name_of(task))}</span> '
        f'<span class="quiet">{escaped(place)}</span> {_BADGES[item.state]}</span></a></li>\n'
    )


def _pages(number: int, last: int) -> str:
    if last == 1:
        return ""
    before = f'<a rel="prev" href="/queue?page={number - 1}#task">Earlier</a> ' if number > 1 else ""
    after = f' <a rel="next" href="/queue?page={number + 1}#task">Later</a>' if number < last else ""
    return (
        f'<nav class="pages" aria-label="Pages">{before}<span>Page {number} of {last}</span>{after}</nav>\n'
    )
