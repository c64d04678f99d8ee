"""The contract of the service in OpenAPI 3.1, made of the records that it really reads and writes."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from alttext_serve import bodies, messages, problems

Json = dict[str, Any]

_REFUSALS: Mapping[int, str] = {
    400: "The body is not what its type says.",
    401: "The bearer token is missing or wrong.",
    403: "A page of a site that is not allowed asks.",
    408: "The body did not arrive in time.",
    413: "The body, or the picture in it, is too large.",
    415: "The body, or the picture in it, is of a kind that is not taken.",
    421: "The service is asked by a name that is not known to be its own.",
    422: "The body says something that cannot be, or holds no readable picture.",
    503: "Too much to do; `Retry-After` says when to try again.",
    500: "A fault of the service.",
}
_OF_CALLERS = (403, 421)
_PICTURES = "image/jpeg, image/png, image/gif, image/webp, image/avif, image/bmp, image/tiff, image/svg+xml"


def document(version: str, *, needs_token: bool = False) -> Json:
    """Return the contract."""
    spec: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": "alttext",
            "version": version,
            "description": "Text alternatives for images. Takes bytes only, no URLs and no paths.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }
    if needs_token:
        spec["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for path in ("/v1/describe", "/v1/fix"):
            spec["paths"][path]["post"]["security"] = [{"token": []}]
    return spec


def _paths() -> Json:
    return {
        "/v1/describe": {"post": _work("describe", "Describe a picture", _form(), messages.Described)},
        "/v1/fix": {
            "post": _work(
                "fix", "Write the alternatives of a document", _body(messages.FixRequest), messages.Fixed
            )
        },
        "/healthz": {"get": _look("healthz", "Whether the process is alive", messages.Status)},
        "/readyz": {"get": _look("readyz", "Whether more work is welcome", messages.Status, 503)},
        "/openapi.json": {"get": _look("openapi", "This contract", None)},
    }


def _schemas() -> Json:
    records = (
        messages.Surroundings, messages.FixRequest, messages.Described, messages.Fixed,
        messages.Status, messages.Refusal,
    )  # fmt: skip
    _, components = msgspec.json.schema_components(records, ref_template="#/components/schemas/{name}")
    return {**components, "DescribeRequest": _upload(components.pop("Surroundings"))}


def _upload(surroundings: Json) -> Json:
    """The form: a picture and what is known of the place where it is shown."""
    image = {"type": "string", "contentMediaType": "application/octet-stream", "description": "the picture"}
    return surroundings | {
        "title": "DescribeRequest",
        "description": "A picture, and what is known of the place where it is shown.",
        "properties": {"image": image} | surroundings["properties"],
        "required": ["image"],
    }


def _form() -> Json:
    content = {"schema": _ref("DescribeRequest"), "encoding": {"image": {"contentType": _PICTURES}}}
    return {"required": True, "content": {bodies.FORM: content}}


def _body(record: type[msgspec.Struct]) -> Json:
    return {"required": True, "content": {bodies.JSON: {"schema": _ref(record.__name__)}}}


def _work(name: str, summary: str, body: Json, answer: type[msgspec.Struct]) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": body,
        "responses": {"200": _told(answer), **{str(status): _refused(status) for status in _REFUSALS}},
    }


def _look(name: str, summary: str, answer: type[msgspec.Struct] | None, *refusals: int) -> Json:
    responses = {
        "200": _told(answer),
        **{str(status): _refused(status) for status in (*_OF_CALLERS, *refusals)},
    }
    return {"operationId": name, "summary": summary, "responses": responses}


def _told(answer: type[msgspec.Struct] | None) -> Json:
    schema = _ref(answer.__name__) if answer else {"type": "object"}
    return {"description": HTTPStatus.OK.phrase, "content": {bodies.JSON: {"schema": schema}}}


def _refused(status: int) -> Json:
    told: Json = {
        "description": _REFUSALS[status],
        "content": {problems.MEDIA_TYPE: {"schema": _ref("Refusal")}},
    }
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        told["headers"] = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
    return told


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
