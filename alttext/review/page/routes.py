"""What each address of the review answers: pages, pictures, and what is done with an answer."""

import json
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus

from alttext.errors import AlttextError
from alttext.review import choices
from alttext.review.page import frame, queue_view, task_view
from alttext.review.page.answer_view import Entry, look
from alttext.review.page.desk import Desk, Item
from alttext.review.page.exchange import JSON, PICTURE_POLICY, Refusal, Reply, Request, redirect
from alttext.review.page.frame import Page
from alttext.review.page.guard import Guard
from alttext.review.page.previews import SIDES, Previews

_EMPTY = "Write what the image tells, or mark it as decorative."


class Routes:
    """Answers requests to one review."""

    def __init__(self, guard: Guard, desk: Desk, previews: Previews) -> None:
        self._guard, self._desk, self._previews = guard, desk, previews
        self._fixed: dict[str, Callable[[Request], Reply]] = {
            "/page.css": lambda _: Reply(frame.style(), "text/css; charset=utf-8"),
            "/page.js": lambda _: Reply(frame.script(), "text/javascript; charset=utf-8"),
            "/icon.svg": lambda _: Reply(frame.icon(), "image/svg+xml", policy=PICTURE_POLICY),
            "/state": lambda _: self._state(),
            "/queue": self._queue,
            "/": lambda _: self._start(),
        }
        self._tasks: dict[tuple[str, str], Callable[[Item, Request], Reply]] = {
            ("GET", "task"): self._task,
            ("GET", "picture"): self._picture,
            ("POST", "task"): self._answer,
            ("POST", "look"): self._look,
            ("POST", "undo"): self._undo,
        }

    def answer(self, request: Request) -> Reply:
        """Answer a request. Raises Refusal."""
        return self._guard.admit(request) or self._answer_to_friend(request)

    def _answer_to_friend(self, request: Request) -> Reply:
        if fixed := self._fixed.get(request.path):
            _check_method(request, "GET")
            return fixed(request)
        parts = request.path.split("/")
        _, kind, task_id = parts if len(parts) == 3 else ("", "", "")
        item = self._desk.item(task_id)
        methods = [method for method, name in self._tasks if name == kind]
        if item is None or not methods:
            raise Refusal(HTTPStatus.NOT_FOUND)
        _check_method(request, *methods)
        return self._tasks[request.method, kind](item, request)

    def _start(self) -> Reply:
        item = self._desk.next_open()
        return _to(item) if item else redirect("/queue#task")

    def _state(self) -> Reply:
        progress = self._desk.progress
        facts = progress._asdict() | {"answered": progress.answered, "said": frame.said_of(progress)}
        return Reply(json.dumps(facts).encode(), JSON)

    def _queue(self, request: Request) -> Reply:
        asked = request.query.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        return self._shown(queue_view.page(self._desk, number))

    def _task(self, item: Item, request: Request) -> Reply:
        done = self._desk.item(request.query.get("done", ""))
        written = item.written.alt if item.written and item.state.is_answered else ""
        return self._shown(task_view.page(self._desk, item, Entry(item.draft or written or ""), done))

    def _picture(self, item: Item, request: Request) -> Reply:
        size = request.query.get("size", "medium")
        veiled = request.query.get("veiled") == "1"
        found = self._previews.reply(item.task, size, veiled=veiled) if size in SIDES else None
        if found is None:
            raise Refusal(HTTPStatus.NOT_FOUND)
        return found

    def _look(self, item: Item, request: Request) -> Reply:
        seen = look(item.task, request.form.get("text", ""))
        return Reply(json.dumps(asdict(seen)).encode(), JSON)

    def _answer(self, item: Item, request: Request) -> Reply:
        text = " ".join(request.form.get("text", "").split())
        if phrase := choices.phrase_of(item.task, request.form.get("insert", "")):
            return self._again(item, choices.added(text, phrase))
        item.draft = text
        match request.form.get("do", ""):
            case "write":
                return self._written(item, text) if text else self._again(item, text, _EMPTY)
            case "decorative":
                return self._written(item, "")
            case "skip":
                self._desk.skip(item)
                return self._next(item)
        return self._again(item, text)

    def _written(self, item: Item, alt: str) -> Reply:
        try:
            self._desk.answer(item, alt)
        except AlttextError as error:
            return self._again(item, item.draft, str(error))
        return self._next(item)

    def _undo(self, item: Item, _: Request) -> Reply:
        try:
            lost = self._desk.undo(item)
        except AlttextError as error:
            return self._again(item, item.draft, str(error))
        if lost:
            return self._again(item, item.draft, f"{len(lost)} later answers could not be kept.")
        return redirect(f"/task/{item.task.id}?done={item.task.id}#task")

    def _next(self, item: Item) -> Reply:
        following = self._desk.next_open(item)
        return _to(following, item) if following else redirect("/queue#task")

    def _again(self, item: Item, text: str, error: str = "") -> Reply:
        item.draft = text
        page = task_view.page(self._desk, item, Entry(text, error))
        return self._shown(page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK)

    def _shown(self, page: Page, status: HTTPStatus = HTTPStatus.OK) -> Reply:
        return Reply(frame.document(page, self._desk.progress), status=status)


def _check_method(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(methods))


def _to(item: Item, done: Item | None = None) -> Reply:
    said = f"?done={done.task.id}" if done else ""
    return redirect(f"/task/{item.task.id}{said}#task")
