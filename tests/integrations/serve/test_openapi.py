"""The contract: true of what is answered, and of what is refused."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from alttext.documents import FORMATS
from alttext_serve import messages, openapi
from alttext_serve.callers import Callers
from tests.integrations.serve.serving import FORM, command, picture, serving, upload

SPEC = openapi.document("1.0")


def schema(name):
    """A schema of the contract that can be used by itself."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **SPEC})


def test_it_is_what_the_service_tells(client):
    told = client.get("/openapi.json").json
    assert told["openapi"].startswith("3.1")
    assert told["paths"] == SPEC["paths"]
    assert told["components"] == SPEC["components"]


def test_it_names_all_formats():
    hints = get_type_hints(messages.FixRequest)
    assert set(get_args(hints["format"])) == set(FORMATS)


def test_it_asks_for_a_token_where_one_is_needed(pipeline):
    with serving(pipeline, Callers("open-sesame")) as client:
        told = client.get("/openapi.json").json
    for path in ("/v1/describe", "/v1/fix"):
        assert told["paths"][path]["post"]["security"] == [{"token": []}]
    assert told["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_answers_are_as_it_says(service):
    assert not list(schema("Described").iter_errors(service.describe(picture()).json))
    assert not list(schema("Fixed").iter_errors(service.fix(text='<img src="a.png"><img alt="x.jpg">').json))
    assert not list(schema("Status").iter_errors(service.get("/readyz").json))


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/v1/describe", FORM, b"nonsense"),
        ("/v1/describe", FORM, upload(b"no picture")),
        ("/v1/describe", "", b""),
        ("/v1/fix", "application/json", b"{"),
        ("/v1/fix", "application/json", b"{}"),
    ],
)
def test_refusals_are_as_it_says(service, path, kind, body):
    answer = service.send("POST", path, body, content_type=kind)
    documented = SPEC["paths"][path]["post"]["responses"][str(answer.status)]
    assert list(documented["content"]) == [answer.headers["content-type"]]
    assert not list(schema("Refusal").iter_errors(answer.json))


@pytest.mark.slow
def test_schemathesis_finds_nothing_that_contradicts_it(tmp_path):
    pytest.importorskip("schemathesis", reason="schemathesis is not installed")
    here = Path(__file__).parent
    program = shutil.which("schemathesis", path=Path(sys.executable).parent)
    fuzz = [program, "--config-file", here / "schemathesis.toml", "run"]
    hooks = "tests.integrations.serve.schemathesis_pictures"
    with command("--quiet") as (process, client):
        run = subprocess.run(
            [*fuzz, f"{client.url}/openapi.json", "--max-examples", "100", "--seed", "1"],
            env=os.environ | {"SCHEMATHESIS_HOOKS": hooks, "PYTHONPATH": str(here.parents[2])},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.poll() is None, "the service goes on"
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Tested: 4" in run.stdout
