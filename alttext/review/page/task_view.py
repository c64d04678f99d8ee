"""One task on its page: what is asked, the picture, and where it stands."""

from collections.abc import Iterator

from alttext.ranking import data_uri, locate
from alttext.reports import words
from alttext.reports.markup import escaped
from alttext.review.page import answer_view, message
from alttext.review.page.answer_view import Entry
from alttext.review.page.desk import Desk, Item, State
from alttext.review.page.frame import Page
from alttext.review.page.labels import is_sensitive, name_of, spoken_in
from alttext.review.page.queue_view import beside
from alttext.review.tasks import Task

_LONGEST_MARKUP = 300  # code points


def page(desk: Desk, item: Item, entry: Entry, done: Item | None = None) -> Page:
    """Return the page of a task; `done` is the one that was answered just before."""
    task, total = item.task, desk.progress.total
    title = f"Image {item.number} of {total}: {name_of(task)}"
    told = done is not None or item.state is not State.OPEN
    described = f' aria-describedby="{message.ID}"' if told else ""
    parts = (
        message.about(done or item) if told else "",
        '<div class="title">\n'
        f'<h1 id="task" tabindex="-1"{described}>Image {item.number} of {total}: '
        f'<span class="name">{escaped(name_of(task))}</span></h1>\n{_steps(desk, item)}</div>\n',
        _question(task),
        '<div class="columns">\n',
        _picture(task),
        _context(task),
        answer_view.phrases(task),
        f"{answer_view.form(item, entry)}</div>\n",
    )
    return Page(title, "".join(parts), "task", beside(desk, item))


def _steps(desk: Desk, item: Item) -> str:
    ways = (("prev", "Previous", desk.beside(item, -1)), ("next", "Next", desk.beside(item, 1)))
    links = "".join(
        f'<a class="button" rel="{rel}" href="/task/{other.task.id}#task">{said}</a>\n'
        for rel, said, other in ways
        if other
    )
    return f'<nav class="steps" aria-label="Images">\n{links}</nav>\n' if links else ""


def _question(task: Task) -> str:
    finding = task.finding
    because = words.because(finding)
    asked = f'<p class="asked">{escaped(because)}</p>\n' if because else ""
    return (
        f'<p class="place"><code>{escaped(task.path)}</code> <span>line {finding.line}</span> '
        f'<span class="badge left">{escaped(words.problem(finding))}</span> '
        f'<span class="quiet">Purpose: {finding.classification.purpose.value}</span></p>\n{asked}'
    )


def _picture(task: Task) -> str:
    shown = (
        f'<img id="picture" src="/picture/{task.id}?size=medium" '
        f'alt="The picture to describe, {escaped(name_of(task))}">'
    )
    if is_sensitive(task):
        shown = (
            f'<details class="veil">\n<summary><img src="/picture/{task.id}?size=small&amp;veiled=1" alt="">'
            f"<span>It may show something sensitive. Show the picture</span></summary>\n{shown}</details>\n"
        )
    if _is_elsewhere(task):
        shown = (
            '<p class="quiet missing">The picture is not on this computer, and nothing is fetched here.</p>'
        )
    elif not _has_picture(task):
        shown = '<p class="quiet missing">No picture can be shown.</p>'
    return f'<figure class="shown">\n{shown}\n{_larger(task)}</figure>\n'


def _larger(task: Task) -> str:
    if not _has_picture(task) or is_sensitive(task):
        return ""
    link = f'<a href="/picture/{task.id}?size=large" target="_blank">Larger, in a new tab</a>'
    return f"<figcaption>{link}</figcaption>\n"


def _is_elsewhere(task: Task) -> bool:
    return task.picture is None and locate.is_remote(task.ref.src)


def _has_picture(task: Task) -> bool:
    return task.picture is not None or data_uri.is_data_uri(task.ref.src)


def _context(task: Task) -> str:
    facts = "".join(f"<div><dt>{title}</dt><dd>{said}</dd></div>\n" for title, said in _facts(task))
    return (
        '<section class="card context" aria-labelledby="context">\n<h2 id="context">On the page</h2>\n'
        f'<dl class="facts">\n{facts}</dl>\n</section>\n'
    )


def _facts(task: Task) -> Iterator[tuple[str, str]]:
    """What is around the image, each with its title."""
    context = task.ref.context
    spoken = spoken_in(task)
    for title, said in (("Page", context.title), ("Heading", context.heading)):
        if said:
            yield title, f"<span{spoken}>{escaped(said)}</span>"
    if context.before or context.after:
        here = '<span class="here">picture</span>'
        yield (
            "Text",
            f'<span class="text"{spoken}>{escaped(context.before)} {here} {escaped(context.after)}</span>',
        )
    if context.caption:
        yield "Caption", f"<span{spoken}>{escaped(context.caption)}</span>"
    if context.link:
        yield ("Button" if context.link.is_button else "Link"), _link(task)
    if task.ref.alt:
        yield "Alternative", f"<q{spoken}>{escaped(task.ref.alt)}</q>"
    markup = task.markup
    cut = markup if len(markup) <= _LONGEST_MARKUP else f"{markup[:_LONGEST_MARKUP]}…"
    yield "Markup", f"<code>{escaped(cut)}</code>"


def _link(task: Task) -> str:
    link = task.ref.context.link
    if link is None:
        return ""
    target = f"to <code>{escaped(link.target)}</code>" if link.target else "to nowhere"
    named = link.text or link.name or link.destination
    return (
        f"{target}{f', <q{spoken_in(task)}>{escaped(named)}</q>' if named else ', without words of its own'}"
    )
