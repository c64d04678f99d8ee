"""What the service answers: to each request in itself, with a pipeline that only remembers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext import Context, Description
from tests.integrations.serve.serving import (
    BOUNDARY,
    FORM,
    FakePipeline,
    form,
    part,
    picture,
    serving,
    upload,
)

JSON = "application/json"

# Answers


def test_a_picture_is_described_with_the_evidence(client):
    answer = client.describe(b"the bytes of a picture", lang="de", caption="Rex")
    assert answer.status == 200
    assert answer.headers["content-type"] == JSON
    assert answer.json == {
        "text": "A dog.", "confidence": 0.97, "review": False, "reasons": ["described"],
        "medium": "photograph", "lang": "en",
        "candidates": [
            {"id": "dog", "facet": "object", "phrase": "a dog", "score": 1.5, "confidence": 0.97}
        ],
    }  # fmt: skip
    assert client.pipeline.batches == [[b"the bytes of a picture"]]
    assert client.pipeline.contexts == [Context(lang="de", caption="Rex")]


def test_an_abstention_is_an_answer():
    silent = Description(None, 0.2, reasons=("low-confidence",))
    with serving(FakePipeline(silent)) as client:
        answer = client.describe(b"x")
    assert (answer.status, answer.json["text"], answer.json["review"]) == (200, None, True)
    assert answer.json["reasons"] == ["low-confidence"]


def test_a_document_is_fixed(client):
    answer = client.fix(text="<p>a</p>", format="markdown")
    assert answer.status == 200
    assert answer.json == {"text": "<P>A</P>", "changed": True, "findings": []}
    assert client.pipeline.documents == [("<p>a</p>", "markdown")]


@pytest.mark.parametrize(("path", "status"), [("/healthz", "ok"), ("/readyz", "ready")])
def test_it_tells_that_it_is_well(client, path, status):
    assert client.get(path).json["status"] == status


# Refusals


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/", (404, "not-found")),
        ("POST", "/v2/describe", (404, "not-found")),
        ("GET", "/v1/describe", (405, "method-not-allowed")),
        ("PUT", "/v1/fix", (405, "method-not-allowed")),
        ("POST", "/healthz", (405, "method-not-allowed")),
    ],
)
def test_paths_and_methods_that_are_not_served(client, method, path, told):
    assert client.send(method, path).told == told


MALFORMED_FORMS = {
    "no boundary in the type": ("multipart/form-data", upload(b"x"), (400, "malformed")),
    "an empty boundary": ("multipart/form-data; boundary=", upload(b"x"), (400, "malformed")),
    "another boundary than the type says": (FORM + "x", upload(b"x"), (400, "malformed")),
    "no multipart at all": (FORM, b"nonsense", (400, "malformed")),
    "a part without a name": (
        FORM,
        f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--{BOUNDARY}--\r\n".encode(),
        (400, "malformed"),
    ),
    "a part without a head": (
        FORM,
        f"--{BOUNDARY}\r\n\r\nx\r\n--{BOUNDARY}--\r\n".encode(),
        (400, "malformed"),
    ),
    "a field that is far too long": (FORM, upload(b"x", caption="a" * 20_000), (400, "malformed")),
    "many files": (FORM, form(*[part("image", b"x", "a.png")] * 9), (400, "malformed")),
    "many fields": (FORM, form(*[part(f"f{n}", "x") for n in range(99)]), (400, "malformed")),
    "an end in the midst of a part": (FORM, upload(b"x")[:-30], (422, "invalid")),
    "nothing": (FORM, b"", (422, "invalid")),
    "no picture": (FORM, form(part("lang", "de")), (422, "invalid")),
    "a picture that is no file": (FORM, form(part("image", b"x")), (422, "invalid")),
    "an empty picture": (FORM, upload(b""), (422, "invalid")),
    "two pictures": (FORM, form(*[part("image", b"x", "a.png")] * 2), (422, "invalid")),
    "a file in another field": (FORM, form(part("picture", b"x", "a.png")), (422, "invalid")),
    "an unknown field": (FORM, upload(b"x", url="https://example.org/a.png"), (422, "invalid")),
    "a field given twice": (
        FORM,
        form(part("lang", "de"), part("lang", "en"), upload(b"x")),
        (422, "invalid"),
    ),
    "a field that is too long": (FORM, upload(b"x", caption="a" * 2001), (422, "invalid")),
    "no type": ("", upload(b"x"), (415, "wrong-content-type")),
    "another type": ("image/png", picture(), (415, "wrong-content-type")),
    "a form of links": ("application/x-www-form-urlencoded", b"image=x", (415, "wrong-content-type")),
}


@pytest.mark.parametrize(("kind", "body", "told"), MALFORMED_FORMS.values(), ids=MALFORMED_FORMS)
def test_forms_that_cannot_be_read(client, kind, body, told):
    assert client.send("POST", "/v1/describe", body, content_type=kind).told == told
    assert client.pipeline.batches == []


MALFORMED_JSON = {
    "no JSON": (b"{", (400, "malformed")),
    "nothing": (b"", (400, "malformed")),
    "bytes that are no text": (b'{"text": "\xff"}', (400, "malformed")),
    "half of a character": (b'{"text": "\\ud800"}', (400, "malformed")),
    "depth without end": (b'{"text":' + b"[" * 100_000, (422, "invalid")),
    "a list": (b"[]", (422, "invalid")),
    "no text": (b"{}", (422, "invalid")),
    "a text that is none": (b'{"text": 1}', (422, "invalid")),
    "an unknown format": (b'{"text": "", "format": "pdf"}', (422, "invalid")),
    "an unknown field": (b'{"text": "", "path": "/etc/passwd"}', (422, "invalid")),
    "pictures that are not in base64": (b'{"text": "", "images": {"a.png": "?"}}', (422, "invalid")),
}


@pytest.mark.parametrize(("body", "told"), MALFORMED_JSON.values(), ids=MALFORMED_JSON)
def test_json_that_cannot_be_read(client, body, told):
    assert client.send("POST", "/v1/fix", body, content_type=JSON).told == told
    assert client.pipeline.documents == []


PIECES = (
    b"--", BOUNDARY.encode(), b"\r\n", b"\r\n\r\n", b"Content-Disposition: form-data", b'; name="image"',
    b'; filename="', b'"', b"Content-Type: text/plain; charset=nonsense", b"{", b'"text"', b":",
)  # fmt: skip


@pytest.mark.parametrize("path", ["/v1/describe", "/v1/fix"])
def test_whatever_is_sent_the_answer_is_a_refusal_and_never_a_fault(client, path):
    kind = FORM if path == "/v1/describe" else JSON
    bodies = st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=9)), max_size=12).map(b"".join)

    @settings(max_examples=60)
    @given(bodies)
    def send(body):
        assert client.send("POST", path, body, content_type=kind).status in {200, 400, 422}

    send()


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("image-too-large", (413, "image-too-large")),
        ("unsupported-image", (415, "unsupported-image")),
        ("image-unreadable", (422, "image-unreadable")),
    ],
)
def test_a_picture_that_cannot_be_loaded_is_refused_with_the_reason(reason, told):
    with serving(FakePipeline(Description(None, reasons=(reason,)))) as client:
        assert client.describe(b"x").told == told


def test_a_fault_tells_nothing_of_the_machine(client):
    answer = client.describe(b"fault")
    assert answer.told == (500, "internal")
    assert b"secret" not in answer.body
    assert b"Traceback" not in answer.body
    assert client.describe(b"x").status == 200, "the service goes on"


# Sizes


@pytest.mark.parametrize("path", ["/v1/describe", "/v1/fix"])
@pytest.mark.parametrize("is_announced", [True, False])
def test_a_body_that_is_too_large_is_refused_and_told_to_who_sends_all_of_it(pipeline, path, is_announced):
    body = upload(b"x" * 5_000_000)
    kind = FORM if path == "/v1/describe" else JSON
    with serving(pipeline, body=10_000) as client:
        sent = body if is_announced else (body[at : at + 50_000] for at in range(0, len(body), 50_000))
        answer = client.send("POST", path, sent, content_type=kind)
        assert answer.told == (413, "body-too-large")
    assert pipeline.batches == []


def test_a_body_of_the_largest_size_is_taken(pipeline):
    body = upload(b"x")
    with serving(pipeline, body=len(body)) as client:
        assert client.describe(b"x").status == 200
        assert client.describe(b"xx").status == 413


def test_a_document_that_is_too_long_is_refused(pipeline):
    with serving(pipeline, text=10) as client:
        assert client.fix(text="x" * 10).status == 200
        assert client.fix(text="x" * 11).told == (413, "text-too-long")
