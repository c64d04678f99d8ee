"""The plugin: its PHP, what it says to a service that listens, and what it does in WordPress itself."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from alttext import Context, Description
from alttext_serve.callers import Callers
from tests.integrations.serve.serving import FakePipeline, picture, serving
from tests.integrations.wordpress.host import PLUGIN

HERE = Path(__file__).parent
FILES = sorted(PLUGIN.rglob("*.php"))
DOUBTFUL = Description("A cat?", 0.4, review=True, reasons=("low-confidence",))
SILENT = Description(None, 0.1, reasons=("low-confidence",))
DECORATIVE = Description("", 1.0, review=False, reasons=("author-text",))
MARKUP = Description('A "dog" <b>\\ 100 %', 0.99, review=False)

pytestmark = pytest.mark.skipif(not shutil.which("php"), reason="no php: Debian has it as php-cli")


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "dogs.png"
    path.write_bytes(picture())
    return str(path)


def uploaded(**case):
    """What is stored after an upload, by functions that stand in for WordPress."""
    command = ["php", "-d", "error_reporting=-1", "-d", "display_errors=stderr", HERE / "functions.php"]
    command += [PLUGIN / "alttext-clip.php", json.dumps(case)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    told = json.loads(run.stdout)
    assert told["keeps_metadata"]
    return told["alt"]


@pytest.mark.parametrize("path", [*FILES, HERE / "functions.php"], ids=lambda path: path.name)
def test_php_reads_it(path):
    run = subprocess.run(["php", "-l", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_runs_outside_of_wordpress(path):
    run = subprocess.run(["php", path], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_new_image_gets_what_the_service_is_certain_of(image):
    with serving(FakePipeline()) as client:
        assert (
            uploaded(file=image, url=client.url + "/", locale="de_DE", caption="Our <b>dog</b>") == "A dog."
        )
    assert client.pipeline.batches == [[picture()]]
    assert client.pipeline.contexts == [Context(lang="de-DE", caption="Our dog")]


@pytest.mark.parametrize("description", [DOUBTFUL, SILENT, DECORATIVE])
def test_doubt_leaves_the_alternative_empty(image, description):
    with serving(FakePipeline(description)) as client:
        assert uploaded(file=image, url=client.url) == ""
    assert len(client.pipeline.batches) == 1


def test_an_alternative_is_stored_as_text(image):
    with serving(FakePipeline(MARKUP)) as client:
        assert uploaded(file=image, url=client.url) == 'A "dog" \\ 100 %'


@pytest.mark.parametrize(
    "case",
    [
        {"alt": "Words of a person"},
        {"is_image": False},
        {"wanted": False},
        {"context": "update"},
        {"file": ""},
        {"file": "/nowhere.jpg"},
        {"url": ""},
    ],
)
def test_the_service_is_not_asked_about(image, case):
    with serving(FakePipeline()) as client:
        assert uploaded(**{"file": image, "url": client.url, **case}) == case.get("alt", "")
    assert client.pipeline.batches == []


def test_the_service_is_not_asked_about_files_that_it_would_not_take(tmp_path):
    large = tmp_path / "large.jpg"
    large.write_bytes(b"x" * (20 * 2**20 + 1))
    with serving(FakePipeline()) as client:
        assert uploaded(file=str(large), url=client.url) == ""
    assert client.pipeline.batches == []


def test_a_person_who_was_faster_is_not_overwritten(image):
    with serving(FakePipeline()) as client:
        assert uploaded(file=image, url=client.url, meanwhile="My dog") == "My dog"


def test_the_token_is_sent(image):
    with serving(FakePipeline(), Callers("open-sesame")) as client:
        assert uploaded(file=image, url=client.url, token="open-sesame") == "A dog."
        assert uploaded(file=image, url=client.url, token="wrong") == ""
        assert uploaded(file=image, url=client.url) == ""


def test_an_upload_goes_on_where_the_service_refuses(image, tmp_path):
    unreadable = tmp_path / "no.png"
    unreadable.write_bytes(b"fault")
    with serving(FakePipeline()) as client:
        assert uploaded(file=str(unreadable), url=client.url) == ""
        assert uploaded(file=image, url=client.url + "/elsewhere") == ""


def test_an_upload_goes_on_where_the_service_is_slow_or_not_there(image):
    pipeline = FakePipeline()
    with serving(pipeline) as client:
        pipeline.may_work.clear()
        assert uploaded(file=image, url=client.url, timeout=0.3) == ""
        pipeline.may_work.set()
    assert uploaded(file=image, url=client.url) == ""
    assert uploaded(file=image, url="http://127.0.0.1:1") == ""


# In WordPress itself


@pytest.fixture
def wordpress(real):
    real.clear()
    return real


def turn_on(site, url):
    site.php(f"update_option('alttext_clip_url', '{url}');")


@pytest.mark.slow
def test_an_upload_to_wordpress_is_described(wordpress):
    with serving(FakePipeline()) as client:
        turn_on(wordpress, client.url)
        assert wordpress.alt(wordpress.add("dogs.png", picture(), "image/png")) == "A dog."
        mine = wordpress.add("cats.png", picture(), "image/png", alt="My cat")
        notes = wordpress.add("notes.txt", b"words", "text/plain")
    assert wordpress.alt(mine) == "My cat"
    assert wordpress.alt(notes) == ""
    assert client.pipeline.batches == [[picture()]]
    assert client.pipeline.contexts == [Context(lang="en-US")]


@pytest.mark.slow
@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1"])
def test_an_upload_to_wordpress_goes_on_without_a_service(wordpress, url):
    turn_on(wordpress, url)
    number = wordpress.add("dogs.png", picture(), "image/png")
    assert wordpress.alt(number) == ""


@pytest.mark.slow
def test_making_sizes_anew_describes_nothing(wordpress):
    number = wordpress.add("dogs.png", picture(), "image/png")
    with serving(FakePipeline()) as client:
        turn_on(wordpress, client.url)
        wordpress.php(
            f"require_once ABSPATH . 'wp-admin/includes/image.php'; wp_update_image_subsizes({number});"
        )
    assert client.pipeline.batches == []


ADMIN = """require_once ABSPATH . 'wp-admin/includes/admin.php';
wp_set_current_user(get_user_by('login', '%s')->ID); do_action('admin_init'); """
REMOVED = """global $wpdb;
define('WP_UNINSTALL_PLUGIN', true); include WP_PLUGIN_DIR . '/alttext-clip/uninstall.php';
echo $wpdb->get_var("SELECT count(*) FROM $wpdb->options WHERE option_name LIKE 'alttext%'");"""


@pytest.mark.slow
def test_the_settings_are_escaped_and_guarded(wordpress):
    shown = wordpress.php(f"""{ADMIN % "admin"} Alttext\\show_page();""")
    assert 'name="_wpnonce"' in shown
    assert "no image is described" in shown
    stored = """$wpdb->update($wpdb->options, array('option_value' => '"><script>x</script>'),
        array('option_name' => 'alttext_clip_url')); wp_cache_flush();"""
    turn_on(wordpress, "http://127.0.0.1:1")
    shown = wordpress.php(f"""{ADMIN % "admin"} {stored} Alttext\\show_page();""")
    assert "&quot;&gt;&lt;script&gt;" in shown
    assert "<script>x" not in shown
    assert "does not answer" in shown
    assert wordpress.php(f"""{ADMIN % "editor"} Alttext\\show_page();""") == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "stored"),
    [("javascript:alert(1)", ""), (" http://alttext:8088 ", "http://alttext:8088"), ("ftp://a", "")],
)
def test_only_addresses_are_stored(wordpress, given, stored):
    code = f"update_option('alttext_clip_url', {json.dumps(given)}); echo get_option('alttext_clip_url');"
    assert wordpress.php(ADMIN % "admin" + code) == stored


@pytest.mark.slow
def test_nothing_stays_when_it_is_removed_but_what_images_have(wordpress):
    with serving(FakePipeline()) as client:
        turn_on(wordpress, client.url)
        number = wordpress.add("dogs.png", picture(), "image/png")
    assert wordpress.php(REMOVED) == "0"
    assert wordpress.alt(number) == "A dog."
