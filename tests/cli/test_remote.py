"""Pictures on other servers, from the command line; drawings that name themselves need no model."""

import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.ranking import remote
from alttext.ranking.cache import of_remote
from tests.ranking.rogue import Rogue, http, redirect

MILL = b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><title>A windmill</title></svg>'


@pytest.fixture
def server(monkeypatch):
    mill = http(MILL, content_type="image/svg+xml")
    with Rogue({"/mill.svg": mill, "/inside.svg": redirect("http://127.0.0.1/mill.svg")}) as rogue:
        monkeypatch.setattr(remote, "Network", rogue.network)
        yield rogue


@pytest.fixture(autouse=True)
def page(tmp_path, monkeypatch, server):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alttext.toml").write_text("")
    return write(tmp_path, f"{server.host()}/mill.svg")


def write(folder, source):
    page = folder / "page.html"
    page.write_text(f'<p><img src="{source}"></p>\n')
    return page


def alttext(*arguments, env=None):
    return CliRunner().invoke(cli, arguments, env=env)


@pytest.mark.parametrize("how", ["option", "file", "variable"])
def test_fix_fetches_a_picture_of_a_host_that_is_listed(page, server, how):
    if how == "file":
        (page.parent / "alttext.toml").write_text(f'remote = ["{server.host()}"]\ncache-dir = "kept"')
    given = ("--remote", server.host()) if how == "option" else ()
    run = alttext(
        "fix", "page.html", *given, env={"ALTTEXT_REMOTE": server.host()} if how == "variable" else {}
    )
    assert (run.exit_code, run.stderr) == (0, "")
    assert page.read_text() == f'<p><img src="{server.host()}/mill.svg" alt="A windmill"></p>\n'
    assert server.paths == ["/mill.svg"]
    if how == "file":
        assert of_remote(page.parent / "kept").info().entries == {"addresses": 1, "pictures": 1}


@pytest.mark.parametrize("given", [(), ("--remote", "cdn.example.org")])
def test_without_that_nothing_is_fetched_and_the_reason_is_told(page, server, given):
    before = page.read_text()
    run = alttext("fix", "page.html", *given)
    assert (run.exit_code, "[remote-image]" in run.stdout) == (1, True)
    assert (page.read_text(), server.requests) == (before, [])


@pytest.mark.parametrize(
    ("path", "reason"), [("/gone.svg", "remote-unavailable"), ("/inside.svg", "remote-refused")]
)
def test_a_picture_that_cannot_be_had_is_a_finding_with_its_reason(page, server, path, reason):
    write(page.parent, f"{server.host()}{path}")
    run = alttext("fix", "page.html", "--remote", server.host())
    assert (run.exit_code, f"[{reason}]" in run.stdout, run.stderr) == (1, True, "")
    assert server.paths == [path]


def test_check_never_fetches(page, server):
    (page.parent / "alttext.toml").write_text(f'remote = ["{server.host()}"]')
    for looks in ((), ("--sensitive",)):
        assert alttext("check", "page.html", *looks).exit_code == 1
    assert alttext("check", "--remote", server.host(), "page.html").exit_code == 2
    assert server.requests == []


def test_describe_takes_an_address(server):
    run = alttext("describe", f"{server.host()}/mill.svg", "--remote", server.host())
    assert (run.exit_code, '"A windmill"' in run.stdout) == (0, True)
    refused = alttext("describe", f"{server.host()}/mill.svg")
    assert (refused.exit_code, "nothing is fetched" in refused.stdout) == (2, True)
    assert len(server.requests) == 1


def test_what_is_listed_has_to_be_a_host(page):
    run = alttext("fix", "page.html", "--remote", "https://example.org/pictures")
    assert run.exit_code == 2
    assert "https://example.org/pictures is not a host" in run.stderr
