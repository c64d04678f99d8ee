"""What was done last, with a way back, as it stands at the top of the next page."""

from alttext.reports.markup import escaped
from alttext.review.page.desk import Item, State
from alttext.review.page.labels import name_of, spoken_in

ID = "said"  # of the sentence, for the heading that gets the focus

_DONE = {
    State.WRITTEN: "Written",
    State.DECORATIVE: "Marked as decorative",
    State.SKIPPED: "Skipped",
    State.OPEN: "Taken back",
}


def about(item: Item) -> str:
    """Return the message about a task."""
    task, state = item.task, item.state
    alt = item.written.alt if item.written and state is State.WRITTEN else ""
    quoted = f": <q{spoken_in(task)}>{escaped(alt)}</q>" if alt else ""
    place = f"{name_of(task)} in {task.path}, line {task.finding.line}"
    kind = "ask" if state in {State.SKIPPED, State.OPEN} else "done"
    return (
        f'<div class="said {kind}">\n<p id="{ID}">{_DONE[state]}{quoted} '
        f'<span class="where">({escaped(place)})</span></p>\n{_undo(item)}</div>\n'
    )


def _undo(item: Item) -> str:
    if item.state is State.OPEN:
        return ""
    return f'<form method="post" action="/undo/{item.task.id}"><button id="undo">Undo</button></form>\n'
