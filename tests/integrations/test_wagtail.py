"""The form for images in a real Wagtail admin on SQLite, and its script in a real browser."""

import gc
import json
import re
import subprocess
from html import unescape
from io import StringIO
from pathlib import Path

import pytest

import alttext

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "examples" / "site" / "images"
SCRIPT = ROOT / "integrations" / "alttext_django" / "static" / "alttext_django" / "suggestion.js"

# Wagtail leaves the temporary files open that it makes smaller pictures in.
pytestmark = [
    pytest.mark.usefixtures("collection", "files_are_closed"),
    pytest.mark.filterwarnings("ignore:unclosed file <(_io.BufferedRandom|tempfile.Spooled):ResourceWarning"),
]


@pytest.fixture
def files_are_closed():
    """Clears away what the host has left, so that no other test is blamed for it."""
    yield
    gc.collect()


@pytest.fixture
def collection(site):
    from wagtail.models import Collection

    return Collection.add_root(name="Root")


@pytest.fixture
def editor(collection):
    """A browser in which somebody is logged in who may do everything."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    return client


@pytest.fixture
def says(monkeypatch):
    """Puts words into the mouth of the model."""

    def put(text, **facts):
        described = alttext.Description(text, **({"confidence": 0.95, "review": False} | facts))
        monkeypatch.setattr(alttext.Pipeline, "describe", lambda *_, **__: described)

    return put


@pytest.fixture
def broken(monkeypatch):
    """A model that falls over."""

    def describe(*_, **__):
        raise RuntimeError("the model fell over")

    monkeypatch.setattr(alttext.Pipeline, "describe", describe)


def with_options(**keys):
    from django.test import override_settings

    return override_settings(ALTTEXT={"TIMEOUT": 60} | keys)


def upload(name="flower.jpg"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, (PICTURES / name).read_bytes(), "image/jpeg")


def add(client, name="flower.jpg", **fields):
    """Upload through the admin; the image that is there then."""
    from wagtail.images import get_image_model

    answer = client.post("/admin/images/add/", {"title": "A title", "file": upload(name), **fields})
    assert answer.status_code == 302, answer.content.decode()
    return get_image_model().objects.latest("pk")


def add_to_many(client, name="flower.jpg"):
    """Upload with others at once; the answer, whose form the editor sees below the picture."""
    answer = client.post("/admin/images/multiple/add/", {"title": "A title", "files[]": upload(name)})
    told = json.loads(answer.content)
    assert told["success"], told
    return told


def edit_page(client, image):
    return client.get(f"/admin/images/{image.pk}/").content.decode()


def offer_in(page):
    """The suggestion that a page shows: its words and the field that they are for."""
    found = re.search(r'data-alttext-field="([^"]*)".*?<q[^>]*>(.*?)</q>.*?data-alttext-use', page, re.DOTALL)
    return (unescape(found[2]), found[1]) if found else None


# Uploads


def test_an_image_is_stored_without_a_description_and_gets_a_suggestion(editor):
    image = add(editor)
    assert image.description == ""
    text, field = offer_in(edit_page(editor, image))
    assert text == alttext.load(config=alttext.Settings()).describe(PICTURES / "flower.jpg").text
    assert "flower" in text.lower()
    assert field == "id_description"


def test_a_description_that_an_editor_wrote_stays_whatever_happens(editor):
    with with_options(ON_UPLOAD="fill"):
        image = add(editor, description="Ann's tulip")
        assert image.description == "Ann's tulip"
        assert offer_in(edit_page(editor, image)) is None
        replaced = {"title": "Another", "file": upload("dogs.jpg"), "description": "Ann's tulip"}
        editor.post(f"/admin/images/{image.pk}/", replaced)
    image.refresh_from_db()
    assert (image.title, image.description) == ("Another", "Ann's tulip")


def test_a_description_is_filled_in_if_the_site_wants_that_and_then_is_the_alternative(editor):
    with with_options(ON_UPLOAD="fill"):
        image = add(editor)
    assert "flower" in image.description.lower()
    assert image.get_rendition("width-100").alt == image.description
    image.decorative = True  # as a block of a page may say of it
    assert image.get_rendition("width-100").alt == ""


def test_what_is_not_certain_is_only_suggested(editor, says):
    says("A cup.", confidence=0.6, review=True)
    with with_options(ON_UPLOAD="fill"):
        image = add(editor)
        page = edit_page(editor, image)
    assert image.description == ""
    assert offer_in(page) == ("A cup.", "id_description")
    assert "60 % sure." in page


def test_a_description_that_an_editor_empties_stays_empty(editor):
    with with_options(ON_UPLOAD="fill"):
        image = add(editor)
        editor.post(f"/admin/images/{image.pk}/", {"title": "A title", "description": ""})
    image.refresh_from_db()
    assert image.description == ""


@pytest.mark.parametrize(("length", "is_taken"), [(255, True), (256, False)])
def test_a_description_is_as_long_as_wagtail_allows_or_it_is_none(editor, says, length, is_taken):
    says("x" * length)
    image = add(editor)
    assert bool(offer_in(edit_page(editor, image))) is is_taken
    with with_options(ON_UPLOAD="fill"):
        assert len(add(editor).description) == (length if is_taken else 0)


def test_the_form_after_uploading_many_has_the_suggestion(editor):
    told = add_to_many(editor)
    text, field = offer_in(told["form"])
    assert "flower" in text.lower()
    assert f'id="{field}"' in told["form"]


def test_the_form_after_uploading_many_has_the_description_if_the_site_wants_that(editor):
    with with_options(ON_UPLOAD="fill"):
        told = add_to_many(editor)
    assert re.search(r'name="image-\d+-description" value="[^"]*flower', told["form"], re.IGNORECASE)
    assert offer_in(told["form"]) is None


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("mode", ["suggest", "fill", "off"])
def test_a_failing_model_fails_no_upload_and_no_page(editor, mode):
    with with_options(ON_UPLOAD=mode):
        image = add(editor)
        assert offer_in(edit_page(editor, image)) is None
        assert offer_in(add_to_many(editor)["form"]) is None
    assert image.description == ""
    assert image.file.storage.size(image.file.name) == (PICTURES / "flower.jpg").stat().st_size


def test_it_can_be_turned_off(editor):
    with with_options(ON_UPLOAD="off"):
        image = add(editor)
        pages = [edit_page(editor, image), editor.get("/admin/images/add/").content.decode()]
        asked = editor.post("/admin/alttext/suggestion/", {"file": upload()})
    assert image.description == ""
    assert not [page for page in pages if "data-alttext-field" in page]
    assert (asked.status_code, asked.content.strip()) == (200, b"")


# Asking before the upload


@pytest.mark.parametrize(
    ("path", "prefix"),
    [("/admin/images/add/", ""), ("/admin/images/chooser/", "image-chooser-upload-")],
)
def test_forms_for_new_images_have_a_place_for_a_suggestion_and_the_script(editor, path, prefix):
    answer = editor.get(path)
    html = answer.json()["html"] if "json" in answer["Content-Type"] else answer.content.decode()
    place = re.search(r'<span class="alttext-offer" role="status"[^>]*>', html)[0]
    assert f'data-alttext-field="id_{prefix}description"' in place
    assert f'data-alttext-file="id_{prefix}file"' in place
    assert 'data-alttext-url="/admin/alttext/suggestion/"' in place
    assert f'id="id_{prefix}file"' in html
    assert "alttext_django/suggestion.js" in editor.get("/admin/images/add/").content.decode()


def test_an_image_is_described_without_being_kept(editor):
    from wagtail.images import get_image_model

    answer = editor.post("/admin/alttext/suggestion/", {"file": upload()})
    assert "flower" in re.search(r"<q[^>]*>(.*?)</q>", answer.content.decode())[1].lower()
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"no picture", 200), (b"GIF89a\x00", 200), (b"<svg onload='x'/>", 200), (None, 400)],
)
def test_what_is_no_image_gets_no_suggestion(editor, content, status):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {} if content is None else {"file": SimpleUploadedFile("a.jpg", content, "image/jpeg")}
    answer = editor.post("/admin/alttext/suggestion/", sent)
    assert answer.status_code == status
    assert b"<" not in answer.content


def test_only_those_may_ask_who_may_upload(collection, says):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from django.test import Client
    from wagtail.admin.models import Admin

    says("A flower.")
    user = get_user_model().objects.create_user("writer", password="x")
    client = Client()
    assert client.post("/admin/alttext/suggestion/", {"file": upload()}).status_code == 302, "to the login"
    client.force_login(user)
    access = Permission.objects.get_or_create(
        codename="access_admin", content_type=ContentType.objects.get_for_model(Admin)
    )[0]
    user.user_permissions.add(access)
    headers = {"X-Requested-With": "XMLHttpRequest"}
    refused = client.post("/admin/alttext/suggestion/", {"file": upload()}, headers=headers)
    assert (refused.status_code, b"A flower." in refused.content) == (403, False)
    assert Client(enforce_csrf_checks=True).post("/admin/alttext/suggestion/").status_code == 403


def test_asking_changes_nothing_by_a_link(editor):
    assert editor.get("/admin/alttext/suggestion/").status_code == 405


# The command, and the checks


def test_the_images_of_a_library_are_described_by_the_command(editor):
    from django.core.management import call_command

    new, known = add(editor), add(editor, description="Ann's tulip")
    call_command("alttext_fill", "wagtailimages.Image.file:description", stdout=StringIO(), stderr=StringIO())
    for image in (new, known):
        image.refresh_from_db()
    assert "flower" in new.description.lower()
    assert known.description == "Ann's tulip"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("alttext_wagtail.forms.SuggestingImageForm", []),
        ("wagtail.images.forms.BaseImageForm", ["alttext_wagtail.W001"]),
        ("", ["alttext_wagtail.W001"]),
    ],
)
def test_the_check_tells_where_editors_would_see_no_suggestions(form, expected):
    from django.core.checks import run_checks
    from django.test import override_settings

    with override_settings(WAGTAILIMAGES_IMAGE_FORM_BASE=form):
        found = [each.id for each in run_checks() if each.id.startswith("alttext")]
    assert found == expected


def test_the_check_tells_of_the_other_app_that_is_needed(monkeypatch):
    from django.apps import apps

    from alttext_wagtail.checks import check_form

    monkeypatch.setattr(apps, "is_installed", lambda name: name != "alttext_django")
    assert [each.id for each in check_form()] == ["alttext_wagtail.E001"]


# The script, in a browser

PRESS = """<script>
window.fetch = async (url, { body, headers }) => {
  const asked = `${url} ${body.get("file").name} ${headers["X-CSRFToken"]}`;
  document.body.dataset.asked = asked;
  return new Response(ANSWER);
};
const field = document.getElementById("id_description");
const offer = document.querySelector("[data-alttext-field]");
const button = () => offer.querySelector("button");
const states = [];
const note = () => states.push([field.value, button()?.hidden ?? null, document.activeElement.id]);
const tell = (value) => { field.value = value; field.dispatchEvent(new Event("input", { bubbles: true })); };
(async () => {
  STEPS
  const result = document.createElement("pre");
  result.id = "result";
  result.textContent = JSON.stringify({ states, asked: document.body.dataset.asked });
  document.body.replaceChildren(result);
})();
</script>"""
CHOOSE = """
  const file = document.getElementById("id_file");
  const chosen = new DataTransfer();
  chosen.items.add(new File(["x"], "flower.jpg"));
  file.files = chosen.files;
  file.dispatchEvent(new Event("change", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 50));"""


@pytest.fixture
def browse(tmp_path, browser):
    """Goes through steps on a page in a browser; what was noted on the way."""
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--dump-dom",
    ]  # fmt: skip

    def run(page, steps, answer=""):
        form = re.search(r"<form.*</form>", page[page.index("<main") :], re.DOTALL)[0]
        script = f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
        acted = PRESS.replace("STEPS", steps).replace("ANSWER", json.dumps(answer))
        file = tmp_path / "page.html"
        html = f'<!DOCTYPE html><meta charset="utf-8"><body>{form}{script}{acted}'
        file.write_text(html, encoding="utf-8")
        shown = subprocess.run([browser, *options, file.as_uri()], capture_output=True, check=True)
        found = re.search('<pre id="result">(.*?)</pre>', shown.stdout.decode(), re.DOTALL)
        return json.loads(unescape(found[1]))

    return run


def test_a_suggestion_is_taken_by_its_button_and_never_over_words(editor, says, browse):
    says("A “flower” & a bee.")
    page = edit_page(editor, add(editor))
    steps = """note();
      tell("Mine"); note(); button().click(); note();
      tell(""); note();
      button().focus(); button().click(); note();"""
    assert browse(page, steps)["states"] == [
        ["", False, ""],
        ["Mine", True, ""],
        ["Mine", True, "id_description"],
        ["", False, "id_description"],
        ["A “flower” & a bee.", True, "id_description"],
    ]


def test_choosing_an_image_asks_for_its_suggestion(editor, says, browse):
    says("A flower.")
    page = editor.get("/admin/images/add/").content.decode()
    answer = editor.post("/admin/alttext/suggestion/", {"file": upload()}).content.decode()
    seen = browse(page, f"{CHOOSE} note(); button().click(); note();", answer)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
    assert seen["asked"] == f"/admin/alttext/suggestion/ flower.jpg {token}"
    assert seen["states"] == [["", False, ""], ["A flower.", True, "id_description"]]


def test_the_form_with_a_suggestion_has_no_barriers(editor, says, audit, tmp_path):
    says("A flower.")
    page = edit_page(editor, add(editor))
    form = re.search(r"<form.*</form>", page[page.index("<main") :], re.DOTALL)[0]
    file = tmp_path / "page.html"
    head = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Edit</title>'
    file.write_text(f"{head}<main><h1>Edit</h1>{form}</main>", encoding="utf-8")
    assert "data-alttext-use" in form
    seen = audit(file)
    ours = [each for each in (*seen.violations, *seen.incomplete) if "alttext" in each.html]
    assert ours == []
