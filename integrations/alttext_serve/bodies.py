"""Bodies of requests within limits of size and time: multipart forms with one picture, and JSON."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TypeVar

import msgspec
import python_multipart  # noqa: F401 - Starlette fails late and less clearly without it
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from alttext_serve import problems
from alttext_serve.limits import Limits
from alttext_serve.messages import Surroundings

FORM, JSON = "multipart/form-data", "application/json"
_LONGEST_FIELD = 16 << 10  # bytes

T = TypeVar("T")


async def structure(request: Request, wanted: type[T], limits: Limits) -> T:
    """Return what the JSON of a body says. Raises Problem."""
    _require(request, JSON)
    async with _in_time(limits):
        data = b"".join([part async for part in _parts(request, limits)])
    try:
        return msgspec.json.decode(data, type=wanted)
    except msgspec.ValidationError as error:
        raise problems.invalid(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise problems.malformed("not valid JSON") from error


async def picture(request: Request, limits: Limits) -> tuple[bytes, Surroundings]:
    """Return the file of a form, which is in the field `image`, and its other fields. Raises Problem."""
    _require(request, FORM)
    async with _in_time(limits):
        form = await _form(request, limits)
        try:
            items = form.multi_items()
            files = [(name, value) for name, value in items if isinstance(value, UploadFile)]
            surroundings = _surroundings((name, value) for name, value in items if isinstance(value, str))
            if [name for name, _ in files] != ["image"]:
                raise problems.invalid("send one file, in the field `image`")
            return await files[0][1].read(), surroundings
        finally:
            await form.close()


def _require(request: Request, wanted: str) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted:
        raise problems.wrong_type(wanted)


@asynccontextmanager
async def _in_time(limits: Limits) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(limits.body_seconds):
            yield
    except TimeoutError as error:
        raise problems.too_slow(limits.body_seconds) from error


async def _parts(request: Request, limits: Limits) -> AsyncGenerator[bytes, None]:
    """Yield a body as it arrives. Raises Problem once it is too long, at once if that is announced."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > limits.body:
        raise problems.too_large(limits.body)
    read = 0
    async for part in request.stream():
        read += len(part)
        if read > limits.body:
            raise problems.too_large(limits.body)
        yield part


async def _form(request: Request, limits: Limits) -> FormData:
    parser = MultiPartParser(
        request.headers,
        _parts(request, limits),
        max_files=2,  # one too many is told in other words than those of the parser
        max_fields=2 * len(Surroundings.__struct_fields__),
        max_part_size=_LONGEST_FIELD,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise problems.malformed(error.message) from error


def _surroundings(fields: Iterable[tuple[str, str]]) -> Surroundings:
    given: dict[str, str] = {}
    for name, value in fields:
        if name in given:
            raise problems.invalid(f"{name[:60]!r} is given twice")
        given[name] = value
    try:
        return msgspec.convert(given, Surroundings)
    except msgspec.ValidationError as error:
        raise problems.invalid(str(error)) from error
