import platformdirs
import pytest
from click.testing import CliRunner

from alttext.cli import cli
from alttext.ranking.cache import FILE_NAME, Cache, of_remote


def alttext(*arguments):
    return CliRunner().invoke(cli, ["cache", *arguments])


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_: tmp_path / "usual")


def fill(folder):
    cache = Cache(folder)
    for number in range(1200):
        cache.put(b"%d" % number, "vectors", b"\x01" * 1500)
    cache.put(b"facts", "facts", b"{}")
    cache.close()


def test_info_tells_where_the_cache_is_and_what_is_in_it(tmp_path):
    fill(tmp_path / "usual")
    run = alttext("info")
    assert run.exit_code == 0
    assert run.stdout.splitlines()[0] == str(tmp_path / "usual" / FILE_NAME)
    assert [line.split() for line in run.stdout.splitlines()[1:3]] == [["facts", "1"], ["vectors", "1,200"]]
    assert "of at most 537 MB" in run.stdout


def test_info_of_what_is_not_there_yet_is_no_error():
    run = alttext("info")
    assert (run.exit_code, "vectors" in run.stdout) == (0, False)


def test_clear_forgets_everything(tmp_path):
    fill(tmp_path / "usual")
    run = alttext("clear")
    assert run.exit_code == 0
    assert "cleared" in run.stdout
    assert Cache(tmp_path / "usual").info().entries == {}


@pytest.mark.parametrize("how", ["option", "file"])
def test_another_folder_may_be_named(tmp_path, how):
    fill(tmp_path / "usual")
    fill(tmp_path / "other")
    (tmp_path / "alttext.toml").write_text('cache-dir = "other"' if how == "file" else "")
    named = ("--cache-dir", "other") if how == "option" else ()
    assert str(tmp_path / "other") in alttext("info", *named).stdout
    alttext("clear", *named)
    assert Cache(tmp_path / "other").info().entries == {}
    assert Cache(tmp_path / "usual").info().entries


def test_pictures_that_were_fetched_are_told_and_forgotten_as_well(tmp_path):
    fill(tmp_path / "usual")
    fetched = of_remote(tmp_path / "usual")
    assert str(fetched.path) not in alttext("info").stdout
    fetched.put(b"key", "pictures", b"bytes")
    told = alttext("info").stdout
    assert str(fetched.path) in told
    assert "pictures          1" in told
    assert alttext("clear").stdout.count("cleared") == 2
    assert fetched.info().entries == {}
