"""`alttext wordpress`: what it writes into a library, what it leaves, and how it tells."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import alttext
from alttext import Description, Settings
from alttext.cli import cli
from tests.integrations.wordpress.stub import PASSWORD, USERS

IMAGES = Path(__file__).parents[3] / "examples/site/images"
CERTAIN = Description("A dog.", 0.97, review=False, reasons=("described",))
DOUBTFUL = Description("A cat?", 0.4, review=True, reasons=("low-confidence",))
SILENT = Description(None, 0.1, review=True, reasons=("not-a-photograph",))


class Says:
    """A pipeline that says of a picture what its bytes ask for."""

    settings = Settings(max_image_bytes=1000)

    def __init__(self):
        self.contexts = []

    def describe_all(self, images, *, contexts=()):
        self.contexts += contexts
        return [{b"dog": CERTAIN, b"cat": DOUBTFUL}.get(image, SILENT) for image in images]


@pytest.fixture
def pipeline(monkeypatch):
    says = Says()
    monkeypatch.setattr(alttext, "load", lambda *_: says)
    return says


def run(site, *options, password=PASSWORD, user="editor"):
    environment = {"ALTTEXT_WORDPRESS_PASSWORD": password}
    return CliRunner().invoke(
        cli, ["wordpress", "--url", site.url, "--user", user, *options], env=environment
    )


def writes(site):
    return [path for method, path in site.log if method == "POST"]


def test_what_is_certain_is_written_and_the_rest_is_left_with_reasons(stand_in, pipeline):
    dog, cat, chart, mine = (
        stand_in.add("dog.jpg", b"dog", caption="Rex"),
        stand_in.add("cat.jpg", b"cat"),
        stand_in.add("chart.png", b"chart", "image/png"),
        stand_in.add("mine.jpg", b"dog", alt="My dog"),
    )
    result = run(stand_in, "--lang", "de")
    assert result.exit_code == 1
    assert [stand_in.alt(each) for each in (dog, cat, chart, mine)] == ["A dog.", "", "", "My dog"]
    folder = f"{stand_in.url}/wp-content/uploads/2026/11"
    assert result.stdout.splitlines() == [
        f'{dog}  {folder}/dog.jpg  written "A dog."',
        f'{cat}  {folder}/cat.jpg  review "A cat?"  [low-confidence]',
        f"{chart}  {folder}/chart.png  review  [not-a-photograph]",
    ]
    assert [(each.lang, each.caption) for each in pipeline.contexts] == [
        ("de", "Rex"),
        ("de", ""),
        ("de", ""),
    ]


def test_a_second_run_writes_nothing_and_a_finished_library_leaves_nothing(stand_in, pipeline):
    for number in range(20):
        stand_in.add(f"{number}.jpg", b"dog")
    assert run(stand_in).exit_code == 0
    assert len(writes(stand_in)) == 20
    second = run(stand_in)
    assert (second.exit_code, second.stdout) == (0, "")
    assert len(writes(stand_in)) == 20


def test_a_dry_run_writes_nothing(stand_in, pipeline):
    dog = stand_in.add("dog.jpg", b"dog")
    result = run(stand_in, "--dry-run")
    assert (result.exit_code, stand_in.alt(dog), writes(stand_in)) == (1, "", [])
    assert 'would-write "A dog."' in result.stdout


def test_words_that_a_person_writes_meanwhile_are_kept(stand_in, pipeline):
    dog = stand_in.add("dog.jpg", b"dog")
    stand_in.on_read = lambda item: setattr(item, "alt", "My dog")
    result = run(stand_in)
    assert (result.exit_code, stand_in.alt(dog), writes(stand_in)) == (0, "My dog", [])
    assert 'kept "My dog"  [described meanwhile]' in result.stdout


def test_a_limit_is_of_pictures_without_an_alternative(stand_in, pipeline):
    stand_in.add("mine.jpg", b"dog", alt="My dog")
    dogs = [stand_in.add(f"{number}.jpg", b"dog") for number in range(3)]
    run(stand_in, "--limit", "2")
    assert [stand_in.alt(each) for each in dogs] == ["A dog.", "A dog.", ""]


def test_a_picture_that_cannot_be_had_spoils_no_other(stand_in, pipeline):
    gone = stand_in.add("gone.jpg", b"dog")
    large = stand_in.add("large.jpg", b"x" * 1001)
    dog = stand_in.add("dog.jpg", b"dog")
    stand_in.answers["/wp-content/uploads/2026/11/gone.jpg"] = (404, {}, b"")
    result = run(stand_in)
    assert result.exit_code == 2
    assert (
        f"{gone}  {stand_in.url}/wp-content/uploads/2026/11/gone.jpg  failed  [404 Not Found]"
        in result.stdout
    )
    assert f"{large}  " in result.stdout
    assert "more than 1000 bytes" in result.stdout
    assert stand_in.alt(dog) == "A dog."


def test_a_write_that_fails_is_told_and_the_next_is_tried(stand_in, pipeline):
    broken, dog = stand_in.add("a.jpg", b"dog"), stand_in.add("b.jpg", b"dog")
    stand_in.answers[f"/wp-json/wp/v2/media/{broken}"] = (500, {}, b"<title>Fatal</title>")
    result = run(stand_in)
    assert result.exit_code == 2
    assert "failed" in result.stdout
    assert stand_in.alt(dog) == "A dog."


def test_without_the_right_to_write_it_ends(stand_in, pipeline):
    first = stand_in.add("a.jpg", b"dog")
    stand_in.add("b.jpg", b"dog")
    refusal = b'{"code": "rest_cannot_edit", "message": "Sorry, you are not allowed to edit this post."}'
    stand_in.answers[f"/wp-json/wp/v2/media/{first}"] = (403, {}, refusal)
    result = run(stand_in)
    assert result.exit_code == 2
    assert "may not write: 403 Sorry, you are not allowed to edit this post." in result.stderr
    assert writes(stand_in) == []


def test_json_tells_the_same(stand_in, pipeline):
    dog = stand_in.add("dog.jpg", b"dog")
    result = run(stand_in, "--output-format", "json")
    assert json.loads(result.stdout) == {
        "version": 1,
        "site": stand_in.url,
        "images": [
            {
                "id": dog, "src": f"{stand_in.url}/wp-content/uploads/2026/11/dog.jpg", "action": "written",
                "alt": "A dog.", "reason": "described", "confidence": 0.97,
            }
        ],
    }  # fmt: skip


def test_names_from_the_site_cannot_drive_the_terminal(stand_in, pipeline):
    stand_in.add("\x1b[2Jdog.jpg", b"cat")
    assert "\x1b" not in run(stand_in).stdout


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password": ""}, "ALTTEXT_WORDPRESS_PASSWORD is not set"),
        ({"password": "wrong"}, "401"),
        ({"user": "reader", "password": USERS["reader"]}, "that the user may edit media"),
    ],
)
def test_who_may_not_in_is_told_why(stand_in, pipeline, changes, message):
    result = run(stand_in, **changes)
    assert result.exit_code == 2
    assert message in result.stderr
    assert USERS["reader"] not in result.output


def test_the_password_is_no_option():
    result = CliRunner().invoke(cli, ["wordpress", "--help"])
    assert "--password" not in result.output
    assert "ALTTEXT_WORDPRESS_PASSWORD" in result.output


def test_the_model_looks_at_the_pictures_of_a_site(site):
    dogs = site.add("dogs.jpg", (IMAGES / "dogs.jpg").read_bytes())
    chart = site.add("chart.png", (IMAGES / "chart-days.png").read_bytes(), "image/png")
    result = run(site, password=site.password)
    said = alttext.load(config=Settings()).describe(IMAGES / "dogs.jpg").text
    assert said
    assert site.alt(dogs) == said
    assert site.alt(chart) == ""
    assert result.exit_code == 1


def test_the_page_in_the_documentation_shows_its_help():
    page = Path(__file__).parents[3] / "docs/wordpress.md"
    help_text = (
        CliRunner().invoke(cli, ["wordpress", "--help"], prog_name="alttext", terminal_width=80).stdout
    )
    assert f"```text\n$ alttext wordpress --help\n{help_text}```" in page.read_text(encoding="utf-8")
