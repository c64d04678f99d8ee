"""The Django app in a real site on SQLite: its command, its filter, its form in the admin, its checks."""

import re
import shutil
from io import BytesIO, StringIO
from pathlib import Path
from threading import Event

import pytest

import alttext
from alttext.remediation import splice

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "examples" / "site" / "images"
FLOWER = "photos/flower.jpg"  # of which every model of alttext is certain
CHART = "photos/chart-days.png"  # which is no photograph, so that none may be
DOUBT = alttext.Description("A cup.", 0.6, review=True, reasons=("low-confidence",))

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def photo(site):
    """Stores a record with a picture of the example site."""
    from gallery.models import Photo

    def store(name, alt="", **fields):
        if name and (PICTURES / Path(name).name).exists():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PICTURES / Path(name).name, site / name)
        return Photo.objects.create(image=name, alt=alt, **fields)

    return store


@pytest.fixture
def admin(site):
    """A browser in which somebody is logged in who may do everything."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.fixture
def says(monkeypatch):
    """Puts words into the mouth of the model."""

    def put(answer):
        def describe(self, image, *, context=None):
            described = answer(image, context) if callable(answer) else answer
            return (
                alttext.Description(described, 0.95, review=False)
                if isinstance(described, str)
                else described
            )

        monkeypatch.setattr(alttext.Pipeline, "describe", describe)

    return put


def with_options(**keys):
    from django.test import override_settings

    return override_settings(ALTTEXT={"TIMEOUT": 60} | keys)


def run(*arguments, **options):
    """Run the command; the exit status with its standard output and standard error."""
    from django.core.management import CommandError, call_command

    out, err = StringIO(), StringIO()
    try:
        call_command("alttext_fill", *arguments, stdout=out, stderr=err, no_color=True, **options)
    except SystemExit as stop:
        return stop.code, out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


def alt_of(record):
    record.refresh_from_db()
    return record.alt


def upload(name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, (PICTURES / name).read_bytes(), "image/jpeg")


# The command


def test_certain_alternatives_are_written_and_everything_else_is_left_with_its_reason(photo):
    flower, chart, gone = photo(FLOWER), photo(CHART), photo("photos/gone.jpg")
    ours, without = photo("photos/dogs.jpg", alt="Rex and Bella"), photo("")
    status, out, err = run("gallery.Photo.image:alt")
    expected = alttext.load(config=alttext.Settings()).describe(PICTURES / "flower.jpg").text
    assert "flower" in expected.lower()
    assert [alt_of(each) for each in (flower, chart, gone, ours, without)] == [
        expected, "", "", "Rex and Bella", "",
    ]  # fmt: skip
    assert status == 1
    drawn, missing = out.splitlines()
    assert drawn.startswith(f"gallery.Photo {chart.pk} {CHART}: left, ")
    assert missing == f"gallery.Photo {gone.pk} photos/gone.jpg: left, image-not-found"
    assert re.fullmatch(r"1 written, 2 left: 1 [a-z-]+, 1 image-not-found\n", err)


def test_what_is_in_doubt_is_left_with_the_suggestion(photo, says):
    says(DOUBT)
    cup = photo(FLOWER)
    expected = f'gallery.Photo {cup.pk} {FLOWER}: left, low-confidence "A cup."\n'
    assert run("gallery.Photo.image:alt") == (1, expected, "0 written, 1 left: 1 low-confidence\n")
    assert alt_of(cup) == ""


def test_a_dry_run_tells_what_would_be_written_and_writes_nothing(photo):
    flower = photo(FLOWER)
    status, out, err = run("gallery.Photo.image:alt", "--dry-run")
    assert (status, alt_of(flower)) == (1, "")
    assert re.fullmatch(rf'gallery\.Photo {flower.pk} {FLOWER}: would write "[^"]*flower[^"]*"\n', out)
    assert err == "1 would be written, 0 left\n"


def test_nothing_is_left_once_everything_is_written(photo):
    photo(FLOWER)
    assert run("gallery.Photo.image:alt") == (0, "", "1 written, 0 left\n")
    assert run("gallery.Photo.image:alt", "--dry-run") == (0, "", "0 would be written, 0 left\n")


def test_what_is_left_need_not_be_a_failure(photo, says):
    says(DOUBT)
    photo(FLOWER)
    assert run("gallery.Photo.image:alt", "--exit-zero")[0] == 0


def test_an_empty_alternative_is_a_mark_where_it_could_be_null(site, photo):
    from gallery.models import Slide

    photo(FLOWER)  # puts the file there
    told, decorative = (Slide.objects.create(picture=FLOWER, alternative=said) for said in (None, ""))
    assert run("gallery.Slide.picture:alternative")[0] == 0
    assert "flower" in Slide.objects.get(pk=told.pk).alternative.lower()
    assert Slide.objects.get(pk=decorative.pk).alternative == ""


def test_conditions_keep_records_out(photo):
    shown, decorative = photo(FLOWER), photo(FLOWER, decorative=True)
    assert run("gallery.Photo.image:alt", "--where", "decorative=False")[0] == 0
    assert alt_of(shown)
    assert not alt_of(decorative)


def test_only_the_records_asked_for_are_looked_at(photo):
    first, second, third = (photo(FLOWER) for _ in range(3))
    assert run("gallery.Photo.image:alt", "--ids", str(first.pk), str(third.pk))[0] == 0
    assert [bool(alt_of(each)) for each in (first, second, third)] == [True, False, True]


@pytest.mark.parametrize(("least", "is_written"), [("0", True), ("1", False)])
def test_a_site_may_ask_for_more_or_less_certainty(photo, least, is_written):
    flower = photo(FLOWER)
    run("gallery.Photo.image:alt", "--min-confidence", least)
    assert bool(alt_of(flower)) is is_written


def test_words_that_were_read_must_be_as_certain_as_the_site_asks(photo, says):
    says(alttext.Description("Stop", 0.97, review=False, reasons=("text-read",)))
    first, second = photo(FLOWER), photo(FLOWER)
    assert run("gallery.Photo.image:alt", "--ids", str(first.pk))[0] == 0
    status, out, _ = run("gallery.Photo.image:alt", "--min-confidence", "0.98")
    assert (alt_of(first), alt_of(second), status) == ("Stop", "", 1)
    assert 'left, text-uncertain "Stop"' in out


def test_alternatives_are_in_the_language_of_the_site(photo):
    from django.test import override_settings

    first, second = photo(FLOWER), photo(FLOWER)
    with override_settings(LANGUAGE_CODE="de-at"):
        run("gallery.Photo.image:alt", "--ids", str(first.pk))
    run("gallery.Photo.image:alt", "--language", "de")
    assert "Blume" in alt_of(first) or "Blüte" in alt_of(first)
    assert alt_of(second) == alt_of(first)


def test_every_record_is_looked_at_once_however_small_the_batches(photo, says):
    seen = []
    says(lambda image, context: seen.append(image) or f"Picture {len(seen)}.")
    records = [photo(FLOWER) for _ in range(5)]
    assert run("gallery.Photo.image:alt", "--batch-size", "2")[0] == 0
    assert [alt_of(each) for each in records] == [f"Picture {n}." for n in range(1, 6)]


@pytest.mark.parametrize("change", [{"alt": "A tulip from Ann"}, {"image": "photos/new.jpg"}])
def test_what_a_person_changes_meanwhile_stays(photo, says, change):
    record = photo(FLOWER)

    def meanwhile(image, context):
        type(record).objects.filter(pk=record.pk).update(**change)
        return "A flower."

    says(meanwhile)
    status, out, _ = run("gallery.Photo.image:alt")
    record.refresh_from_db()
    assert (record.alt, status) == (change.get("alt", ""), 1)
    assert "left, changed-meanwhile" in out


def test_an_alternative_is_never_cut_to_fit_its_field(photo, says):
    says("A flower. " * 11)
    record = photo(FLOWER)
    assert run("gallery.Photo.image:alt")[0] == 1
    assert alt_of(record) == ""


def test_pictures_may_be_in_a_storage_without_paths(photo, monkeypatch):
    from django.core.files.storage import InMemoryStorage
    from gallery.models import Photo

    storage = InMemoryStorage()
    storage.save(FLOWER, BytesIO((PICTURES / "flower.jpg").read_bytes()))
    monkeypatch.setattr(Photo._meta.get_field("image"), "storage", storage)
    record = Photo.objects.create(image=FLOWER)
    assert not Path(storage.path(FLOWER)).exists()
    assert run("gallery.Photo.image:alt")[0] == 0
    assert "flower" in alt_of(record).lower()


def test_a_name_that_leads_out_of_the_storage_is_not_followed(site, photo):
    (site / "photos").mkdir(parents=True)
    shutil.copy(PICTURES / "flower.jpg", site.parent / "secret.jpg")
    record = photo("../secret.jpg")
    status, out, _ = run("gallery.Photo.image:alt")
    assert (status, alt_of(record)) == (1, "")
    assert "left, image-unreadable" in out


BODY = """<h1>Trip</h1>
<p><img src="/media/photos/flower.jpg"  class=wide></p><p><IMG alt="" src='/media/photos/flower.jpg'>
<a href="/shop"><img src="/media/photos/flower.jpg"></a> <img src="https://example.org/far.jpg">
<img src="/media/photos/flower.jpg" alt="Ann&#39;s tulip"><br/></p>&nbsp;"""


def test_pictures_in_html_get_alternatives_there_and_nothing_else_changes(photo):
    from gallery.models import Article

    photo(FLOWER, alt="put there")
    article = Article.objects.create(body=BODY)
    status, out, err = run("gallery.Article.body")
    article.refresh_from_db()
    found = re.search(r'photos/flower\.jpg" alt="([^"]*)"  class=wide', article.body)
    assert "flower" in found[1].lower()
    assert article.body.replace(f' alt="{found[1]}"', "") == BODY
    assert status == 1
    assert out.splitlines() == [
        f"gallery.Article {article.pk} /media/photos/flower.jpg: left, sole-content-of-link",
        f"gallery.Article {article.pk} https://example.org/far.jpg: left, not-in-storage",
    ]
    assert err.startswith("1 written, 2 left")


def test_a_text_that_somebody_edits_meanwhile_stays(photo, says):
    from gallery.models import Article

    photo(FLOWER, alt="put there")
    article = Article.objects.create(body=BODY)

    def meanwhile(image, context):
        Article.objects.update(body="<p>Rewritten</p>")
        return "A flower."

    says(meanwhile)
    status, out, _ = run("gallery.Article.body")
    article.refresh_from_db()
    assert (status, article.body) == (1, "<p>Rewritten</p>")
    assert "left, changed-meanwhile" in out


@pytest.fixture
def distrusts(monkeypatch):
    """Makes the verification refuse what is written after the place where a text says something."""

    def refuse(mark):
        def verify(before, after, made, format):
            if any(edit.span.start > before.index(mark) for edit in made):
                raise alttext.VerificationError("not to be trusted")

        monkeypatch.setattr(splice, "verify", verify)

    return refuse


def test_just_the_picture_whose_alternative_cannot_be_verified_is_left(photo, distrusts):
    from gallery.models import Article

    photo(FLOWER, alt="put there")
    distrusts("<p>Not here")
    image = '<img src="/media/photos/flower.jpg"'
    article = Article.objects.create(body=f"{image}><p>Not here {image}>")
    status, out, _ = run("gallery.Article.body")
    article.refresh_from_db()
    assert re.fullmatch(f'{image} alt="[^"]+"><p>Not here {image}>', article.body)
    assert status == 1
    assert f"gallery.Article {article.pk} /media/photos/flower.jpg: left, could-not-verify" in out


@pytest.mark.usefixtures("stored")
def test_the_filter_leaves_just_that_picture_too_and_tells_the_log(distrusts, caplog):
    distrusts("<p>Not here")
    html = '<img src="/media/photos/flower.jpg"><p>Not here <img src="/media/photos/a%20b.jpg">'
    assert rendered(safe(html)) == html.replace(">", f' alt="{WRITTEN}">', 1)
    assert "a%20b.jpg is left as it is" in caplog.text


def test_texts_may_be_markdown(photo):
    from gallery.models import Article

    photo(FLOWER, alt="put there")
    article = Article.objects.create(body="# Trip\n\n![](/media/photos/flower.jpg)\n")
    assert run("gallery.Article.body", "--format", "markdown")[0] == 0
    article.refresh_from_db()
    assert re.fullmatch(r"# Trip\n\n!\[.*flower.*\]\(/media/photos/flower\.jpg\)\n", article.body)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gallery.Photo"], "name it as in app.Model.picture:alternative"),
        (["gallery.Nothing.image:alt"], "doesn't have a 'Nothing' model"),
        (["nowhere.Photo.image:alt"], "nowhere"),
        (["gallery.Photo.picture:alt"], "the model has id, image, alt, decorative"),
        (["gallery.Photo.image"], "gallery.Photo.image:alternative"),
        (["gallery.Photo.alt:alt"], "alt is no field of pictures"),
        (["gallery.Photo.image:decorative"], "decorative holds no words"),
        (["gallery.Photo.image:alt", "--where", "colour=red"], "colour"),
        (["gallery.Photo.image:alt", "--where", "decorative=perhaps"], "perhaps"),
        (["gallery.Photo.image:alt", "--ids", "1000000"], "no record 1000000"),
        (["gallery.Photo.image:alt", "--ids", "one"], "one"),
        (["gallery.Photo.image:alt", "gallery.Article.body", "--ids", "1"], "name one field"),
        (["gallery.Article.body", "--format", "rtf"], "rtf"),
        (["gallery.Photo.image:alt", "--database", "other"], "other"),
    ],
)
def test_a_wrong_command_line_is_told_before_anything_is_looked_at(photo, says, arguments, message):
    says(lambda *_: pytest.fail("looked at a picture"))
    photo(FLOWER)
    status, out, told = run(*arguments)
    assert message in told
    assert (status, out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--where", "decorative"], "not of the form"),
        (["--min-confidence", "7"], "not a number from 0 to 1"),
        (["--batch-size", "0"], "not a whole number, 1 or more"),
    ],
)
def test_options_say_what_they_expect(arguments, message):
    status, _, told = run("gallery.Photo.image:alt", *arguments)
    assert status
    assert message in told


def test_a_missing_model_is_told_at_once(photo, says):
    def missing(image, context):
        raise alttext.ModelError("nowhere: no such model; pull it")

    says(missing)
    photo(FLOWER)
    assert run("gallery.Photo.image:alt") == (2, "", "nowhere: no such model; pull it")


# The filter


def rendered(body, source="{% load alttext %}{{ body|alttext }}"):
    from django.template import Context, Template

    return Template(source).render(Context({"body": body}))


def safe(html):
    from django.utils.safestring import mark_safe

    return mark_safe(html)


STORED = 'A "red" tulip & a bee'
WRITTEN = "A &quot;red&quot; tulip &amp; a bee"


@pytest.fixture
def stored(photo, says):
    """A picture with a stored alternative, in a site where no model may run."""
    says(lambda *_: pytest.fail("ran the model in a page"))
    photo(FLOWER, alt=STORED)
    photo("photos/a b.jpg", alt="Two words")
    photo("photos/coffee.jpg")
    photo("photos/twice.jpg", alt="One")
    photo("photos/twice.jpg", alt="Another")
    with with_options(ALTERNATIVES=["gallery.Photo.image:alt"]):
        yield


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "after",
    [
        f'<p><img src="/media/photos/flower.jpg" alt="{WRITTEN}"></p>',
        '<img src="/media/photos/a%20b.jpg?v=2" alt="Two words">',
        f'<IMG SRC=/media/photos/flower.jpg alt="{WRITTEN}">\r\n<p>\u00e9',
    ],
)
def test_html_gets_the_alternative_that_is_stored_with_the_file(after):
    before = re.sub(r' alt="[^"]*"', "", after)
    assert rendered(safe(before)) == after


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    "html",
    [
        '<img src="/media/photos/flower.jpg" alt="">',
        '<img src="/media/photos/flower.jpg" alt="Mine">',
        '<img src="/media/photos/flower.jpg" role="presentation">',
        '<a href="/shop"><img src="/media/photos/flower.jpg"></a>',
        '<img src="/media/photos/coffee.jpg">',
        '<img src="/media/photos/twice.jpg">',
        '<img src="/media/photos/unknown.jpg">',
        '<img src="photos/flower.jpg">',
        '<img src="https://elsewhere.example/media/photos/flower.jpg">',
        '<!-- alttext: ignore --><img src="/media/photos/flower.jpg">',
        "<p>No picture < here & there",
        "",
    ],
)
def test_html_stays_as_it_is_where_nothing_is_known_or_somebody_has_decided(html):
    assert rendered(safe(html)) == html


@pytest.mark.usefixtures("stored")
def test_the_filter_escapes_what_django_would_escape():
    html = '<img src="/media/photos/flower.jpg" onerror="x">'
    assert "<" not in rendered(html)
    assert rendered(html, "{% load alttext %}{{ body|alttext|safe }}") == (
        f'<img src="/media/photos/flower.jpg" alt="{WRITTEN}" onerror="x">'
    )
    assert rendered(None) == "None"


@pytest.mark.usefixtures("stored")
def test_a_page_costs_one_query_and_only_if_a_picture_lacks_its_alternative():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(html):
        with CaptureQueriesContext(connection) as caught:
            rendered(safe(html))
        return len(caught)

    assert queries('<img src="/media/photos/flower.jpg">' * 20) == 1
    assert queries('<p><img src="/media/photos/flower.jpg" alt="Mine"></p>') == 0


def test_a_storage_elsewhere_is_known_by_its_address(stored):
    from django.test import override_settings

    html = '<img src="https://cdn.example/m/photos/flower.jpg">'
    with override_settings(MEDIA_URL="https://cdn.example/m/"):
        assert rendered(safe(html)).endswith(f'alt="{WRITTEN}">')
        assert rendered(safe(html.replace("cdn", "www"))) == html.replace("cdn", "www")


# The form


def add(client, **fields):
    """Upload through the admin; the record that is there then."""
    from gallery.models import Photo

    answer = client.post("/django-admin/gallery/photo/add/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return Photo.objects.latest("pk")


def change_page(client, record):
    return client.get(f"/django-admin/gallery/photo/{record.pk}/change/").content.decode()


def test_an_upload_is_only_looked_at_if_the_site_wants_it_filled(admin, says):
    says(lambda *_: pytest.fail("looked at an upload"))
    assert add(admin, image=upload("flower.jpg")).alt == ""


def test_an_alternative_that_is_left_empty_is_filled_in_if_the_site_wants_that(admin):
    with with_options(ON_UPLOAD="fill"):
        record = add(admin, image=upload("flower.jpg"))
        assert "flower" in record.alt.lower()
        assert record.image.read() == (PICTURES / "flower.jpg").read_bytes()
        record.image.close()
        assert add(admin, image=upload("flower.jpg"), alt="Ann's tulip").alt == "Ann's tulip"
        assert add(admin, image=upload("flower.jpg"), decorative="on").alt == ""
        assert add(admin, image=upload("chart-days.png")).alt == "", "it is no photograph"
        assert add(admin).alt == ""


def test_an_alternative_that_a_person_empties_stays_empty(admin):
    with with_options(ON_UPLOAD="fill"):
        record = add(admin, image=upload("flower.jpg"))
        admin.post(f"/django-admin/gallery/photo/{record.pk}/change/", {"alt": ""})
    assert alt_of(record) == ""


def failing(image, context):
    raise RuntimeError("the model fell over")


@pytest.mark.parametrize("mode", ["suggest", "fill"])
def test_a_failing_model_fails_neither_upload_nor_page(admin, says, caplog, mode):
    says(failing)
    with with_options(ON_UPLOAD=mode):
        record = add(admin, image=upload("flower.jpg"))
        page = change_page(admin, record)
    assert record.alt == ""
    assert "data-alttext-use" not in page
    assert "the model fell over" in caplog.text


def test_a_slow_model_does_not_hold_up_an_upload(admin, says, caplog):
    done = Event()
    says(lambda *_: done.wait(20) and "Too late.")
    with with_options(ON_UPLOAD="fill", TIMEOUT=0.01):
        first, second = (add(admin, image=upload("flower.jpg")) for _ in range(2))
    done.set()
    assert (first.alt, second.alt) == ("", "")
    assert caplog.text.count("in time") == 2


def test_a_picture_that_is_stored_without_an_alternative_gets_a_suggestion(admin, photo, says):
    says(DOUBT)
    page = change_page(admin, photo(FLOWER))
    assert re.search(r'data-alttext-field="id_alt".*<q lang="en">A cup\.</q> 60 % sure\.', page)
    assert re.search(r'<button type="button"[^>]* data-alttext-use>Use this suggestion</button>', page)
    assert 'aria-describedby="id_alt_helptext"' in page, "a screen reader tells it with the field"
    assert "alttext_django/suggestion.js" in page


def test_a_suggestion_is_escaped_and_its_foreign_words_claim_no_language(admin, photo, says):
    says(alttext.Description("<b>By & by</b>", 1.0, review=False, reasons=("author-text",)))
    page = change_page(admin, photo(FLOWER))
    assert "<q>&lt;b&gt;By &amp; by&lt;/b&gt;</q> It comes with the file." in page


@pytest.mark.parametrize(
    ("name", "fields", "keys"),
    [
        (FLOWER, {"alt": "Mine"}, {}),
        (FLOWER, {"decorative": True}, {}),
        (FLOWER, {}, {"ON_UPLOAD": "off"}),
        ("photos/gone.jpg", {}, {}),
        ("", {}, {}),
    ],
)
def test_nothing_is_suggested_where_nothing_is_wanted_or_known(admin, photo, name, fields, keys):
    with with_options(**keys):
        page = change_page(admin, photo(name, **fields))
    assert 'name="alt"' in page
    assert "data-alttext-field" not in page


def test_what_would_not_fit_is_not_suggested(admin, photo, says):
    says("A flower. " * 11)
    assert "data-alttext-field" not in change_page(admin, photo(FLOWER))


# The settings


@pytest.mark.parametrize(
    ("keys", "id", "message"),
    [
        ({"TIMEOUTS": 1}, "E001", "unknown field `TIMEOUTS`; its keys are ALTERNATIVES"),
        ({"TIMEOUT": "soon"}, "E001", "`$.TIMEOUT`"),
        ({"TIMEOUT": 0}, "E001", "`$.TIMEOUT`"),
        ({"ON_UPLOAD": "always"}, "E001", "always"),
        ({"MIN_CONFIDENCE": 90}, "E001", "`$.MIN_CONFIDENCE`"),
        ({"CONFIG": 3}, "E001", "path"),
        ({"ALTERNATIVES": ["gallery.Photo.image"]}, "E002", "gallery.Photo.image:alternative"),
        ({"ALTERNATIVES": ["gallery.Photo.image:words"]}, "E002", "the model has"),
        ({"ALTERNATIVES": ["gallery.Article.body"]}, "E002", "app.Model.picture:alternative"),
        ({"CONFIG": "nowhere.toml"}, "E003", "nowhere.toml"),
    ],
)
def test_wrong_settings_are_told_by_the_check(keys, id, message):
    from django.core.checks import run_checks

    with with_options(**keys):
        (found,) = [each for each in run_checks() if each.id.startswith("alttext_django")]
    assert found.id == f"alttext_django.{id}"
    assert message in found.msg


def test_right_settings_pass_the_check(tmp_path):
    from django.core.management import call_command

    config = tmp_path / "alttext.toml"
    config.write_text("min-confidence = 0.5\n", encoding="utf-8")
    with with_options(
        ALTERNATIVES=["gallery.Photo.image:alt"], CONFIG=config, LANGUAGE="de", MIN_CONFIDENCE=1,
        MODEL=None, ON_UPLOAD="fill", TIMEOUT=2,
    ):  # fmt: skip
        call_command("check", "--fail-level", "WARNING", stdout=StringIO())


def test_the_configuration_of_alttext_holds_in_the_site(photo, tmp_path):
    flower = photo(FLOWER)
    config = tmp_path / "alttext.toml"
    config.write_text("min-confidence = 1.0\n", encoding="utf-8")
    with with_options(CONFIG=str(config)):
        assert run("gallery.Photo.image:alt")[0] == 1
        assert alt_of(flower) == ""
    assert run("gallery.Photo.image:alt")[0] == 0


def test_no_table_is_added_to_the_site():
    from django.core.management import call_command
    from django.test import override_settings

    with override_settings(MIGRATION_MODULES={}):
        call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
        call_command(
            "makemigrations", "alttext_django", "alttext_wagtail", check=True, dry_run=True, stdout=StringIO()
        )


# The pages about it


def blocks(page, language):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{re.escape(language)}\n(.*?)```", text, re.DOTALL)


def test_the_documented_settings_pass_the_check():
    from django.conf import settings
    from django.core.checks import run_checks
    from django.test import override_settings

    plain = [block for page in ("django.md", "wagtail.md") for block in blocks(page, "python")]
    told = [block for block in plain if "import" not in block]
    assert len(told) == 4
    for block in told:
        values = {}
        exec(block, values)
        assert set(values.pop("INSTALLED_APPS", [])) <= set(settings.INSTALLED_APPS)
        with override_settings(**{name: value for name, value in values.items() if name.isupper()}):
            assert [each for each in run_checks() if "alttext" in each.id] == []


def test_the_documented_commands_run(site):
    commands = re.findall(
        r"^python manage\.py alttext_fill (.*)$",
        "\n".join(blocks("django.md", "sh") + blocks("wagtail.md", "sh")),
        re.MULTILINE,
    )
    assert len(commands) == 6
    for command in commands:
        assert run(*command.split()) == (
            0,
            "",
            f"0 {'would be ' * ('--dry-run' in command)}written, 0 left\n",
        )


def test_the_documentation_names_every_setting_option_and_reason_of_its_own():
    from django.core.management import load_command_class

    from alttext_django import fill, options

    page = (ROOT / "docs" / "django.md").read_text(encoding="utf-8")
    parser = load_command_class("alttext_django", "alttext_fill").create_parser("manage.py", "alttext_fill")
    ours = {"--dry-run", "--ids", "--where", "--min-confidence", "--language", "--format", "--batch-size",
            "--database", "--exit-zero"}  # fmt: skip
    assert ours <= {name for action in parser._actions for name in action.option_strings}
    reasons = {fill.CHANGED, fill.TOO_LONG, fill.ELSEWHERE}
    missing = [name for name in (*ours, *options.KEYS, *reasons) if f"`{name}" not in page]
    assert missing == []
