"""The media library over REST: the same of the stand-in and of WordPress itself."""

from io import BytesIO

import pytest
from PIL import Image

from alttext_wordpress import site as module
from alttext_wordpress.site import Site
from alttext_wordpress.web import RequestError, SiteError, Web


def picture(colour="red"):
    buffer = BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "JPEG")
    return buffer.getvalue()


def opened(site, user="editor", password=None):
    return Site(Web(site.url, user, password or site.password))


def test_all_pictures_are_listed_by_their_ids_whatever_the_size_of_pages(site, monkeypatch):
    ids = [site.add(f"{name}.jpg", picture()) for name in "abcde"]
    site.add("notes.txt", b"words", "text/plain")
    for size in (1, 2, 5, 100):
        monkeypatch.setattr(module, "_PER_PAGE", size)
        assert [each.id for each in opened(site).images()] == ids


def test_an_empty_library_has_no_pictures(site):
    assert list(opened(site).images()) == []


def test_what_is_known_of_a_picture_is_told(site):
    number = site.add("dogs.jpg", picture(), alt="Two dogs", caption="Our <b>dogs</b> &amp; cats")
    [listed] = opened(site).images()
    assert (listed.id, listed.alt, listed.caption) == (number, "Two dogs", "Our dogs & cats")
    assert listed.src.startswith(f"{site.url}/wp-content/uploads/")
    assert opened(site).read(number) == listed
    assert listed.is_described


def test_an_alternative_is_written_as_it_is(site):
    number = site.add("dogs.jpg", picture())
    alt = "Zwei Hunde – „Rex“ & 'Bello', \"50 %\", größer als 1,5 m"
    opened(site).write(number, alt)
    assert site.alt(number) == alt
    assert opened(site).read(number).alt == alt


@pytest.mark.parametrize(
    ("alt", "stored"),
    [("a <script>b</script>c", "a c"), ("a <b>b</b>", "a b"), ("a\\b", "ab"), ("a\n b", "a b")],
)
def test_what_the_site_stores_otherwise_is_told(site, alt, stored):
    number = site.add("dogs.jpg", picture())
    with pytest.raises(RequestError, match="instead of what was sent"):
        opened(site).write(number, alt)
    assert site.alt(number) == stored


def test_routes_are_found_where_permalinks_are_plain(site):
    number = site.add("dogs.jpg", picture())
    site.set_permalinks(False)
    opened(site).write(number, "Two dogs")
    assert [each.alt for each in opened(site).images()] == ["Two dogs"]


@pytest.mark.parametrize(("user", "password"), [("editor", "wrong"), ("nobody", None)])
def test_a_wrong_password_is_told_with_what_to_do(site, user, password):
    with pytest.raises(SiteError, match=r"40[13]"):
        list(opened(site, user, password).images())


def test_a_picture_that_is_not_there_is_told(site):
    with pytest.raises(RequestError) as caught:
        opened(site).read(999_999)
    assert (caught.value.status, caught.value.code) == (404, "rest_post_invalid_id")


# What only the stand-in does on demand


def test_holes_and_empty_pages_do_not_end_the_list(stand_in, monkeypatch):
    monkeypatch.setattr(module, "_PER_PAGE", 2)
    ids = [stand_in.add(f"{name}.jpg", picture()) for name in "abcdef"]
    stand_in.hidden = {ids[1], ids[2], ids[3]}
    assert [each.id for each in opened(stand_in).images()] == [ids[0], ids[4], ids[5]]


def test_pictures_that_go_meanwhile_are_no_error(stand_in, monkeypatch):
    monkeypatch.setattr(module, "_PER_PAGE", 1)
    ids = [stand_in.add(f"{name}.jpg", picture()) for name in "abc"]
    images = opened(stand_in).images()
    assert next(images).id == ids[0]
    for number in ids[1:]:
        del stand_in.items[number]
    assert list(images) == []


def test_who_may_not_edit_is_told(stand_in):
    from tests.integrations.wordpress.stub import USERS

    with pytest.raises(SiteError, match="that the user may edit media"):
        list(opened(stand_in, "reader", USERS["reader"]).images())


def test_the_password_goes_to_the_site_only_and_not_with_pictures(stand_in):
    stand_in.add("dogs.jpg", picture())
    site = opened(stand_in)
    [dogs] = site.images()
    assert site.web.picture(dogs.src, 10_000) == picture()
    sent = dict(stand_in.credentials)
    assert sent["/wp-json/wp/v2/media"].startswith("Basic ")
    assert sent["/wp-content/uploads/2026/11/dogs.jpg"] is None


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://127.0.0.1", "example.org", "http://127.0.0.1.nip.io"]
)
def test_a_password_is_not_sent_where_others_could_read_it(url):
    with pytest.raises(SiteError, match="use the https address"):
        Web(url, "editor", "secret")


@pytest.mark.parametrize("url", ["https://example.org", "http://localhost:8080", "http://[::1]/blog/"])
def test_https_and_this_machine_are_private(url):
    assert Web(url, "editor", "secret").url == url.rstrip("/")


def test_a_redirect_is_told_and_not_followed(stand_in):
    stand_in.answers["/wp-json/"] = (301, {"Location": "https://www.example.org/wp-json/"}, b"")
    stand_in.has_permalinks = False
    opened(stand_in)  # the other way in is still there
    stand_in.answers["/"] = (301, {"Location": "https://www.example.org/"}, b"")
    with pytest.raises(SiteError, match=r"redirects to https://www\.example\.org/wp-json/"):
        opened(stand_in)


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<title>A shop</title>"),
        (200, {}, b'{"namespaces": ["shop/v1"]}'),
        (200, {}, b"[]"),
        (500, {}, b"Fatal error in /var/www/x.php"),
        (404, {}, b""),
    ],
)
def test_an_address_without_wordpress_is_told(stand_in, answer):
    stand_in.answers = {"/wp-json/": answer, "/": answer}
    with pytest.raises(SiteError, match="no REST API of WordPress is there"):
        opened(stand_in)


def test_a_site_that_is_not_there_is_told(stand_in):
    with pytest.raises(SiteError, match="refused"):
        Site(Web("http://127.0.0.1:1", "editor", "secret"))


@pytest.mark.parametrize(
    "src", ["http://example.org/a.jpg", "file:///etc/passwd", "ftp://127.0.0.1/a", "", "/a.jpg"]
)
def test_pictures_are_read_from_private_addresses_only(stand_in, src):
    with pytest.raises(RequestError, match="not https"):
        opened(stand_in).web.picture(src, 100)


def test_a_picture_that_is_too_large_is_not_read_to_its_end(stand_in):
    stand_in.add("large.jpg", b"x" * 5000)
    site = opened(stand_in)
    [large] = site.images()
    with pytest.raises(RequestError, match="more than 4999 bytes"):
        site.web.picture(large.src, 4999)
