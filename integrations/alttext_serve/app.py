"""The service as an ASGI application: what is asked at which path, who may ask, and what is answered."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from alttext import ParseError, Pipeline
from alttext.commands import installed
from alttext_serve import bodies, messages, openapi, problems
from alttext_serve.callers import Callers, Guard
from alttext_serve.engine import Engine
from alttext_serve.limits import Limits
from alttext_serve.problems import Problem

_CLIENT_IS_GONE = 499  # nobody receives it; what others say for this

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]


def create(pipeline: Pipeline, limits: Limits | None = None, callers: Callers | None = None) -> Starlette:
    """Return the application. Without `callers`, programs of this machine may call, and no pages."""
    callers = callers or Callers()
    service = Service(pipeline, limits or Limits(), callers)
    return Starlette(
        routes=[
            Route("/v1/describe", service.answering(service.describe), methods=["POST"]),
            Route("/v1/fix", service.answering(service.fix), methods=["POST"]),
            Route("/healthz", service.healthz),
            Route("/readyz", service.readyz),
            Route("/openapi.json", service.openapi),
        ],
        exception_handlers={
            Problem: _refuse,
            HTTPException: _refuse_route,
            ClientDisconnect: _tell_nobody,
            Exception: _fail,
        },
        middleware=list(_middleware(callers)),
        lifespan=service.lifespan,
    )


def _middleware(callers: Callers) -> Iterator[Middleware]:
    yield Middleware(Guard, callers)
    if callers.origins:  # or browsers would show them no answer
        yield Middleware(
            CORSMiddleware,
            allow_origins=callers.origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type"),
            allow_private_network=True,
        )


class Service:
    """What the paths answer."""

    def __init__(self, pipeline: Pipeline, limits: Limits, callers: Callers) -> None:
        self.limits, self._callers = limits, callers
        self._engine = Engine(pipeline, limits)
        self._answering = 0  # requests at this time
        self._spec = _json(openapi.document(installed(), needs_token=bool(callers.token)))

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Work while the application runs."""
        self._engine.start()
        yield
        await asyncio.to_thread(self._engine.stop)

    def answering(self, handler: Handler) -> Handler:
        """Let a handler answer who may ask, while there are not too many at a time."""

        async def answer(request: Request) -> Response:
            self._callers.check_token(request.headers)
            with self._place():
                return await handler(request)

        return answer

    async def describe(self, request: Request) -> Response:
        """Describe the picture of a form."""
        image, surroundings = await bodies.picture(request, self.limits)
        if not image:
            raise problems.invalid("the file in the field `image` is empty")
        said = await self._worked(request, self._engine.describe(image, surroundings.context))
        for reason in said.reasons:
            if problem := problems.of_picture(reason):
                raise problem
        return _answer(messages.described(said))

    async def fix(self, request: Request) -> Response:
        """Fix the document of a body."""
        asked = await bodies.structure(request, messages.FixRequest, self.limits)
        if len(asked.text) > self.limits.text:
            raise Problem(413, "text-too-long", f"more than {self.limits.text} characters")
        try:
            result = await self._worked(request, self._engine.fix(asked.text, asked.format, asked.images))
        except ParseError as error:
            raise problems.invalid(f"the text cannot be read as {asked.format}") from error
        return _answer(messages.fixed(result))

    async def healthz(self, _request: Request) -> Response:
        """Tell that the process is alive."""
        return _answer(messages.Status(status="ok", version=installed()))

    async def readyz(self, _request: Request) -> Response:
        """Tell whether more work is welcome."""
        if trouble := self._engine.trouble:
            raise problems.busy(self.limits.retry_after, trouble)
        return _answer(messages.Status(status="ready", version=installed()))

    async def openapi(self, _request: Request) -> Response:
        """Tell what can be asked."""
        return Response(self._spec, media_type=bodies.JSON)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if self._answering >= self.limits.requests:
            raise problems.busy(self.limits.retry_after)
        self._answering += 1
        try:
            yield
        finally:
            self._answering -= 1

    async def _worked(self, request: Request, work: Awaitable[T]) -> T:
        """What comes of the work, unless it takes too long or nobody waits for it any more."""
        task = asyncio.ensure_future(work)
        watch = asyncio.ensure_future(_left(request))
        try:
            wait = asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait_for(wait, self.limits.work_seconds)
            if not task.done():
                raise ClientDisconnect
            return task.result()
        except TimeoutError as error:
            raise problems.busy(self.limits.retry_after, "not done in time") from error
        finally:
            task.cancel()
            watch.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)


def _answer(value: msgspec.Struct) -> Response:
    return Response(_json(value), media_type=bodies.JSON)


async def _refuse(_request: Request, problem: Any) -> Any:
    return problem.response


async def _refuse_route(_request: Request, error: Any) -> Response:
    """What Starlette refuses: unknown paths and methods."""
    code = error.detail.lower().replace(" ", "-")
    return Problem(error.status_code, code, error.detail, error.headers).response


async def _tell_nobody(_request: Request, _error: Exception) -> Response:
    return Response(status_code=_CLIENT_IS_GONE)


async def _fail(_request: Request, _error: Exception) -> Response:
    """The answer to a fault of ours; what it was is told to the log only."""
    return Problem(500, "internal", "something went wrong here; the log of the service says what").response
