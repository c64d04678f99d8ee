"""Which file a source means, and that nothing outside the root is ever meant."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alttext.errors import ImageError
from alttext.ranking import locate
from alttext.ranking.locate import Place


@pytest.fixture
def site(tmp_path):
    """A project with pages in site/blog, pictures in site/img and a secret beside the project."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    root = tmp_path / "project"
    for name in (
        "site/img/cat.png",
        "site/blog/near.png",
        "site/static/served.png",
        "site/blog/pics/deep.png",
        "website/static/beside.png",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return root


def place(root: Path, **changes) -> Place:
    return Place(**{"folder": root / "site/blog", "root": root, **changes})


def reason(source: str, where: Place) -> str:
    with pytest.raises(ImageError) as caught:
        locate.find(source, where)
    assert str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("near.png", "site/blog/near.png"),
        ("./near.png", "site/blog/near.png"),
        ("pics/deep.png", "site/blog/pics/deep.png"),
        ("pics//deep.png", "site/blog/pics/deep.png"),
        ("../img/cat.png", "site/img/cat.png"),
        ("../blog/../img/cat.png", "site/img/cat.png"),
        ("no-such-folder/../near.png", "site/blog/near.png"),
        (" near.png\n", "site/blog/near.png"),
        ("ne\nar.png", "site/blog/near.png"),
        ("near.png?v=3", "site/blog/near.png"),
        ("near.png?a=b/../c", "site/blog/near.png"),
        ("near.png#top", "site/blog/near.png"),
        ("n%65ar.png", "site/blog/near.png"),
        ("pics%2Fdeep.png", "site/blog/pics/deep.png"),
        (r"pics\deep.png", "site/blog/pics/deep.png"),
        (r"..\img\cat.png", "site/img/cat.png"),
        ("near.PNG", "site/blog/near.png"),
        ("/img/cat.png", "site/img/cat.png"),
        ("/img/cat.png?width=200#x", "site/img/cat.png"),
        (r"\img\cat.png", "site/img/cat.png"),
        ("/served.png", "site/static/served.png"),
        ("/beside.png", "website/static/beside.png"),
        ("/project/img/cat.png", "site/img/cat.png"),
        ("/project/served.png?v=1", "site/static/served.png"),
        ("/site/img/cat.png", "site/img/cat.png"),
        ("/near.png", "site/blog/near.png"),
    ],
)
def test_a_source_means_the_file_a_browser_would_ask_for(site, source, expected):
    assert locate.find(source, place(site)) == (site / expected).resolve()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("what?.png", "what%3F.png"),
        ("what?.png", "what?.png"),
        ("no#1.png", "no%231.png"),
        ("100%.png", "100%.png"),
        ("100%.png", "100%25.png"),
        ("a%20b.png", "a%20b.png"),
        ("two words.png", "two%20words.png"),
        ("two words.png", "two words.png"),
        ("caf\u00e9.png", "caf%C3%A9.png"),
        ("caf\u00e9.png", "cafe\u0301.png"),
        ("cafe\u0301.png", "caf\u00e9.png"),
        ("photo@2x.png", "photo@2x.png"),
        ("@home.png", "@home.png"),
        ("Shot.JPG", "Shot.jpg"),
        ("a+b.png", "a+b.png"),
        ("x{1}.png", "x{1}.png"),
    ],
)
def test_odd_names_are_found(site, name, source):
    (site / "site/blog" / name).write_bytes(b"odd")
    assert locate.find(source, place(site)).name == name


def test_a_name_that_is_no_utf8_is_found_by_its_escapes(site):
    (site / "site/blog" / os.fsdecode(b"caf\xe9.png")).write_bytes(b"latin-1")
    assert locate.find("caf%E9.png", place(site)).read_bytes() == b"latin-1"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "no-source"),
        ("  ", "no-source"),
        ("#", "no-source"),
        ("#icon", "no-source"),
        ("about:blank", "no-source"),
        ("javascript:void(0)", "no-source"),
        ("blob:https://a.example/1", "no-source"),
        ("http://a.example/cat.png", "remote-image"),
        ("HTTPS://a.example/cat.png", "remote-image"),
        ("//cdn.example/cat.png", "remote-image"),
        (r"\\server\share\cat.png", "remote-image"),
        ("ftp://a.example/cat.png", "remote-image"),
        ("{{ site.baseurl }}/img/cat.png", "template-expression"),
        ("{% static 'cat.png' %}", "template-expression"),
        ("<?= $src ?>", "template-expression"),
        ("<%= src %>", "template-expression"),
        ("img/${name}.png", "template-expression"),
        ("{photo}", "template-expression"),
        ("%PUBLIC_URL%/cat.png", "template-expression"),
        ("%sveltekit.assets%/cat.png", "template-expression"),
        ("@Url.Content(cat.png)", "template-expression"),
        ("nowhere.png", "image-not-found"),
        ("/nowhere.png", "image-not-found"),
        ("@/assets/cat.png", "image-not-found"),
        ("~/assets/cat.png", "image-not-found"),
        ("~@/assets/cat.png", "image-not-found"),
        ("@assets/cat.png", "image-not-found"),
        ("@site/static/cat.png", "image-not-found"),
        ("attachment:cat.png", "image-not-found"),
        ("cid:part1", "image-not-found"),
        ("near.png%00.txt", "image-not-found"),
        ("x" * 5000, "image-not-found"),
        ("../../../secret.png", "image-outside-root"),
        ("../../../no-such-secret.png", "image-outside-root"),
        ("%2e%2e/%2e%2e/%2e%2e/secret.png", "image-outside-root"),
        (r"..\..\..\secret.png", "image-outside-root"),
        ("..%5c..%5c..%5csecret.png", "image-not-found" if os.name == "posix" else "image-outside-root"),
        ("/../../../../secret.png", "image-outside-root"),
        ("%2Fetc/passwd", "image-not-found"),
        ("/etc/passwd", "image-not-found"),
        ("file:///etc/passwd", "image-outside-root"),
        ("C:/Users/me/cat.png", "image-outside-root"),
        (r"C:\Users\me\cat.png", "image-outside-root"),
    ],
)
def test_a_source_that_is_no_file_of_the_project_says_why(site, source, expected):
    assert reason(source, place(site)) == expected


def test_an_import_prefix_is_explained(site):
    with pytest.raises(ImageError, match="build tool"):
        locate.find("@/assets/cat.png", place(site))


@pytest.mark.parametrize(
    ("base", "source", "expected"),
    [
        ("pics/", "deep.png", "site/blog/pics/deep.png"),
        ("pics/index.html", "deep.png", "site/blog/pics/deep.png"),
        ("pics", "near.png", "site/blog/near.png"),
        ("..", "img/cat.png", "site/img/cat.png"),
        ("./", "near.png", "site/blog/near.png"),
        ("/", "img/cat.png", "site/img/cat.png"),
        ("/img/?lang=en", "cat.png", "site/img/cat.png"),
        ("pics/", "/img/cat.png", "site/img/cat.png"),
        ("https://example.org/", "img/cat.png", "site/img/cat.png"),
        ("https://example.org/img/", "cat.png", "site/img/cat.png"),
        ("//example.org/img/x.html", "cat.png", "site/img/cat.png"),
        ("https://example.org", "/img/cat.png", "site/img/cat.png"),
    ],
)
def test_base_moves_where_sources_start(site, base, source, expected):
    assert locate.find(source, place(site, base=base)) == (site / expected).resolve()


@pytest.mark.parametrize(
    ("base", "source", "expected"),
    [
        ("https://example.org/", "elsewhere.png", "remote-image"),
        ("https://example.org/", "https://example.org/img/cat.png", "remote-image"),
        ("../../..", "secret.png", "image-outside-root"),
        ("{{ base }}", "near.png", "template-expression"),
        ("nowhere/", "near.png", "image-not-found"),
    ],
)
def test_base_never_leads_out_of_the_project(site, base, source, expected):
    assert reason(source, place(site, base=base)) == expected


def test_a_site_root_says_what_slash_means(site):
    assert locate.find("/cat.png", place(site, site_root=site / "site/img")).name == "cat.png"
    assert reason("/img/cat.png", place(site, site_root=site / "site/blog")) == "image-not-found"


def test_a_site_root_outside_the_project_may_be_read(site, tmp_path):
    assert locate.find("/secret.png", place(site, site_root=tmp_path)).name == "secret.png"


def test_a_machine_path_into_the_project_is_found(site):
    source = quote(str(site / "site/img/cat.png"))
    assert locate.find(source, place(site)).name == "cat.png"


@pytest.mark.parametrize(
    "source", ["/site/cat.png", "/img/img/cat.png", "/a/b/img/cat.png", "/project/", "//img/cat.png"]
)
def test_only_a_folder_that_there_is_not_can_be_where_a_site_is_served(site, source):
    assert reason(source, place(site)) in {"image-not-found", "remote-image"}


@pytest.mark.parametrize(
    "source", ["/project/../../secret.png", "/../secret.png", "/project/../../../secret.png"]
)
def test_below_where_a_site_is_served_nothing_outside_is_read(site, source):
    assert reason(source, place(site)) == "image-outside-root"


def test_two_different_files_for_one_path_are_left_to_the_author(site):
    (site / "img").mkdir()
    (site / "img/cat.png").write_bytes(b"another cat")
    with pytest.raises(ImageError, match="either") as caught:
        locate.find("/img/cat.png", place(site))
    assert caught.value.reason == "image-not-found"


def test_of_a_source_and_what_was_built_from_it_the_source_is_taken(site):
    (site / "site/public").mkdir()
    (site / "site/public/served.png").write_bytes(b"made smaller by the build")
    assert locate.find("/served.png", place(site)) == (site / "site/static/served.png").resolve()


def test_two_copies_of_one_file_are_no_riddle(site):
    (site / "public/img").mkdir(parents=True)
    (site / "public/img/cat.png").write_bytes((site / "site/img/cat.png").read_bytes())
    assert locate.find("/img/cat.png", place(site)) == (site / "site/img/cat.png").resolve()


def test_a_link_within_the_project_is_followed(site):
    (site / "site/blog/link.png").symlink_to(site / "site/img/cat.png")
    assert locate.find("link.png", place(site)).name == "cat.png"


@pytest.mark.parametrize("source", ["link.png", "linked/secret.png", "/link.png"])
def test_a_link_out_of_the_project_is_not_followed(site, tmp_path, source):
    (site / "site/blog/link.png").symlink_to(tmp_path / "secret.png")
    (site / "site/blog/linked").symlink_to(tmp_path, target_is_directory=True)
    assert reason(source, place(site)) == "image-outside-root"


def test_reading_outside_the_root_is_possible_when_asked_for(site, tmp_path):
    free = place(site, allow_outside_root=True)
    assert locate.find("../../../secret.png", free).name == "secret.png"
    assert locate.find(quote(str(tmp_path / "secret.png")), free).name == "secret.png"


def test_a_loop_of_links_is_not_found(site):
    (site / "site/blog/loop.png").symlink_to(site / "site/blog/loop.png")
    assert reason("loop.png", place(site)) == "image-not-found"


def test_a_project_reached_through_a_link_is_still_inside(site, tmp_path):
    (tmp_path / "alias").symlink_to(site, target_is_directory=True)
    where = Place(folder=tmp_path / "alias/site/blog", root=tmp_path / "alias")
    assert locate.find("../img/cat.png", where).name == "cat.png"


def test_the_project_is_the_checkout_around_the_document(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs/guide").mkdir(parents=True)
    assert locate.project_root(tmp_path / "docs/guide") == tmp_path


def test_the_project_is_the_working_directory_without_a_checkout(tmp_path, monkeypatch):
    (tmp_path / "docs/guide").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert locate.project_root(Path("docs/guide")) == tmp_path


def test_the_project_is_the_folder_when_nothing_else_is_known(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert locate.project_root(tmp_path / "docs") == tmp_path / "docs"


fragments = st.sampled_from(
    [
        "..",
        "/",
        "\\",
        "%2e%2e",
        "%2f",
        "%5c",
        ".",
        "secret.png",
        "linked",
        "near.png",
        "?",
        "#",
        "%00",
        "%",
        "~",
        "C:",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(fragments | st.text(max_size=5), max_size=12), base=st.lists(fragments, max_size=4))
def test_no_source_ever_leads_out_of_the_project(site, tmp_path, parts, base):
    link = site / "site/blog/linked"
    if not link.exists():
        link.symlink_to(tmp_path, target_is_directory=True)
    try:
        found = locate.find("".join(parts), place(site, base="".join(base)))
    except ImageError:
        return
    assert found.is_relative_to(site.resolve())


@pytest.mark.parametrize(
    ("source", "base", "expected"),
    [
        ("https://a.example/cat.png", "", "https://a.example/cat.png"),
        (" https://a.example/c\nat.png ", "img/", "https://a.example/cat.png"),
        ("//a.example/cat.png", "", "https://a.example/cat.png"),
        (r"https:\\a.example\cat.png", "", "https://a.example/cat.png"),
        ("cat.png", "https://a.example/img/", "https://a.example/img/cat.png"),
        ("cat.png", "//a.example/img/page.html", "https://a.example/img/cat.png"),
        ("../cat.png", "http://a.example/img/", "http://a.example/cat.png"),
        ("//b.example/cat.png", "http://a.example/", "https://b.example/cat.png"),
        ("https://[", "", "https://["),
    ],
)
def test_a_source_on_the_network_has_an_address(source, base, expected):
    assert locate.address(source, base) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        *((source, True) for source in ("https://a.example/", "//a.example/", "ftp://a.example/")),
        *((source, False) for source in ("cat.png", "/cat.png", "data:image/png,", "C:/cat.png")),
    ],
)
def test_what_is_on_the_network_can_be_told(source, expected):
    assert locate.is_remote(source) is expected
