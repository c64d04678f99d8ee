"""Books: which pages are read, what is written into them, and what is left alone."""

import codecs
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import alttext_epub
from alttext import Description, Pipeline
from alttext.cli import cli
from alttext_epub import archive, book
from tests.integrations.books import PAGE, files, page, raw, unpacked, write
from tests.integrations.builds import OAK, ROOT

ONE = page('<p>Ours: <img src="../images/oak.svg"/></p>\n<p><img src="../images/oak.svg" alt=""/></p>')
TWO = page('<p><img src="../images/oak.svg" alt="Their words"/></p>')
LINK = page('<p><a href="one.xhtml"><img src="../images/oak.svg"/></a></p>')
PAGES = {"text/one.xhtml": ONE, "text/two.xhtml": TWO}
FIXED = ONE.replace('oak.svg"/></p>\n', f'oak.svg" alt="{OAK}"/></p>\n')
CHECKER = Path("/usr/share/java/epubcheck.jar")
FIRST = "OEBPS/text/one.xhtml"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "alttext.toml").write_text("")
    return tmp_path


@pytest.fixture
def make(here):
    def made(pages=PAGES, name="trees.epub", changes=None, language="en"):
        contents = {**files(pages, language), **(changes or {})}
        return write(here / name, {each: data for each, data in contents.items() if data is not None})

    return made


def epub(*arguments):
    return CliRunner().invoke(cli, ["epub", *map(str, arguments)])


def told(result):
    return re.findall(r"^(\S+?):\d+:\d+: (\S+(?: missing-alt)?)", result.stdout, re.MULTILINE)


def test_problems_are_told_by_page_in_the_order_of_reading(make):
    make({"text/one.xhtml": LINK, "text/two.xhtml": ONE})
    result = epub("check", "trees.epub")
    assert result.exit_code == 1
    assert told(result) == [
        ("trees.epub/OEBPS/text/one.xhtml", "missing-alt"),
        ("trees.epub/OEBPS/text/two.xhtml", "missing-alt"),
    ]
    assert "sole-content-of-link" in result.stdout
    assert "2 of 3 files" in result.stdout


def test_checking_changes_nothing(make):
    path = make()
    before = path.read_bytes(), path.stat()
    assert epub("check", path).exit_code == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before[0], before[1].st_mtime_ns)


def test_a_page_is_fixed_and_every_other_byte_stays(make, here):
    path = make()
    path.chmod(0o640)
    before, contents = path.read_bytes(), unpacked(path)
    result = epub("fix", path)
    assert (result.exit_code, told(result)) == (0, [("trees.epub/OEBPS/text/one.xhtml", "fixed missing-alt")])
    after = path.read_bytes()
    assert unpacked(path) == contents | {FIRST: FIXED.encode()}
    old, new = raw(before), raw(after)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} == {FIRST}
    assert after[:58] == before[:58]  # the kind, first and stored
    assert path.stat().st_mode & 0o777 == 0o640
    assert {each.name for each in here.iterdir()} == {"alttext.toml", "trees.epub"}


def test_a_second_run_has_nothing_to_do(make):
    path = make()
    assert epub("fix", path).exit_code == 0
    before = path.read_bytes(), path.stat().st_mtime_ns
    again = epub("fix", path)
    assert (again.exit_code, told(again)) == (0, [])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert epub("check", path).exit_code == 0


@pytest.mark.parametrize("option", ["--dry-run", "--check", "--diff"])
def test_what_would_change_is_told_without_changing_it(option, make):
    path = make()
    before = path.read_bytes()
    result = epub("fix", option, path)
    assert result.exit_code == 1
    assert f'alt="{OAK}"' in result.stdout
    assert "trees.epub/OEBPS/text/one.xhtml" in result.stdout
    assert path.read_bytes() == before


def test_what_needs_a_person_is_left(make):
    path = make({"text/one.xhtml": LINK, "text/two.xhtml": ONE})
    result = epub("fix", path)
    assert result.exit_code == 1
    assert told(result)[0] == ("trees.epub/OEBPS/text/one.xhtml", "missing-alt")
    assert unpacked(path)["OEBPS/text/one.xhtml"] == LINK.encode()
    assert unpacked(path)["OEBPS/text/two.xhtml"] == FIXED.encode()


def test_reports_for_machines_name_the_pages(make):
    make()
    report = json.loads(epub("check", "--output-format", "json", "trees.epub").stdout)
    names = ["text/one.xhtml", "text/two.xhtml", "nav.xhtml"]
    assert [each["path"] for each in report["files"]] == [f"trees.epub/OEBPS/{name}" for name in names]
    assert report["summary"]["left"] == 1


# Which pages, which pictures


def test_only_pages_of_the_package_are_read(make):
    stray = {
        "OEBPS/text/stray.xhtml": ONE.encode(),
        "OEBPS/notes.html": b"<img src=x>",
        "readme.md": b"![](x)",
    }
    path = make(changes=stray)
    assert {name for name, _ in told(epub("check", path))} == {"trees.epub/OEBPS/text/one.xhtml"}
    epub("fix", path)
    assert {name: unpacked(path)[name] for name in stray} == stray


def test_pages_are_known_by_their_kind_whatever_their_names(make):
    path = make({"text/one.page": ONE, "a b/zwei%20&amp;.xhtml".replace("&amp;", "und"): TWO})
    package = unpacked(path)["OEBPS/book.opf"].replace(b"a b/zwei%20und", b"a%20b/zwei%2520und")
    path = make({"text/one.page": ONE, "a b/zwei%20und.xhtml": TWO}, changes={"OEBPS/book.opf": package})
    report = json.loads(epub("check", "--output-format", "json", path).stdout)
    assert [each["path"].removeprefix("trees.epub/OEBPS/") for each in report["files"]] == [
        "text/one.page",
        "a b/zwei%20und.xhtml",
        "nav.xhtml",
    ]
    assert report["summary"]["unreadable"] == 0


def test_a_page_that_is_listed_but_missing_is_an_error(make):
    result = epub("check", make(changes={FIRST: None}))
    assert result.exit_code == 2
    assert f"trees.epub/{FIRST}: error: is not in the container" in result.stdout


@pytest.mark.parametrize("source", ["../images/oak.svg", "/OEBPS/images/oak.svg", "../images/oak.svg?a#b"])
def test_pictures_are_found_inside_the_book(source, make):
    path = make({"text/one.xhtml": ONE.replace("../images/oak.svg", source)})
    assert epub("fix", path).exit_code == 0
    assert f'src="{source}" alt="{OAK}"'.encode() in unpacked(path)[FIRST]


@pytest.mark.parametrize("source", ["../../../oak.svg", "../../oak.svg", "/oak.svg", "{}"])
@pytest.mark.parametrize("settings", ["", "allow-outside-root = true\n", 'site-root = "."\n'])
def test_pictures_outside_of_the_book_are_never_read(source, settings, make, here, monkeypatch):
    shutil.copyfile(ROOT / "LICENSE", here / "LICENSE")
    (here / ".git").mkdir()
    (here / "alttext.toml").write_text(settings)
    write_oak = '<svg xmlns="http://www.w3.org/2000/svg"><title>Secret oak</title><path d="M0 0h9v9z"/></svg>'
    (here / "oak.svg").write_text(write_oak)
    monkeypatch.setattr("tempfile.tempdir", str(here))  # the pictures of the book are unpacked close to it
    body = page(f'<p>Ours: <img src="{source.format(here / "oak.svg")}"/></p>')
    path = make({"text/one.xhtml": body})
    result = epub("fix", path)
    assert result.exit_code == 1
    assert "Secret oak" not in result.stdout
    assert unpacked(path)[FIRST] == body.encode()


# What pages may look like


MARKUP = {
    "empty elements": page('<p><a id="p1"/>Ours: <img src="../images/oak.svg"/></p>').replace(
        "<title>Trees</title>", "<title/><script src='x.js'/>"
    ),
    "data": page('<p>Ours: <![CDATA[<img src="x">]]> <img src="../images/oak.svg" /></p>'),
    "other quotes": page("<p>Ours:\r\n<img\tsrc = '../images/oak.svg' ></img></p>"),
    "references": page('<p>R&#38;D &amp; <img src="../images/oak.svg"/> &#xA9;</p><!-- <img> -->'),
}


@pytest.mark.parametrize("text", MARKUP.values(), ids=MARKUP)
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_pages_stay_well_formed_and_as_they_were(text, mark, make):
    data = mark + text.encode()
    path = make({"text/one.xhtml": data})
    assert epub("fix", path).exit_code == 0
    fixed = unpacked(path)[FIRST]
    assert re.sub(f" alt=(['\"]){OAK}\\1".encode(), b"", fixed, count=1) == data
    book.parsed(fixed)


def test_pages_in_utf_16_stay_so(make):
    text = ONE.replace("utf-8", "utf-16")
    path = make({"text/one.xhtml": codecs.BOM_UTF16_BE + text.encode("utf-16-be")})
    assert epub("fix", path).exit_code == 0
    assert unpacked(path)[FIRST] == codecs.BOM_UTF16_BE + FIXED.replace("utf-8", "utf-16").encode("utf-16-be")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (ONE.replace("</body>", "<br></body>").encode(), "is not well-formed, so it was left alone; line"),
        (ONE.replace("Ours", "&nbsp;").encode(), "is not well-formed, so it was left alone; line"),
        (ONE.replace("Ours", "Ölberg").encode("latin-1"), "is neither UTF-8 nor UTF-16"),
        (ONE.replace("utf-8", "iso-8859-1").encode(), "is neither UTF-8 nor UTF-16"),
    ],
    ids=["open element", "unknown entity", "latin-1", "declared latin-1"],
)
def test_a_page_that_cannot_be_verified_is_left_alone_and_the_others_are_fixed(data, told, make):
    path = make({"text/one.xhtml": data, "text/two.xhtml": ONE})
    result = epub("fix", path)
    assert result.exit_code == 2
    assert f"trees.epub/{FIRST}: error: {told}" in result.stdout
    assert unpacked(path)[FIRST] == data
    assert unpacked(path)["OEBPS/text/two.xhtml"] == FIXED.encode()


def test_entities_of_the_older_kind_of_books_are_fine(make):
    kind = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    text = ONE.replace("<!DOCTYPE html>", kind).replace("Ours", "&nbsp;Ours&mdash;")
    path = make({"text/one.xhtml": text})
    assert epub("fix", path).exit_code == 0
    assert f'alt="{OAK}"'.encode() in unpacked(path)[FIRST]


@pytest.mark.parametrize(
    ("language", "lang", "expected"),
    [("de", "", "de"), ("de-AT", "", "de-AT"), ("de", "fr", "fr"), ("und", "", "en"), ("English!", "", "en")],
)
def test_the_language_of_the_book_counts_where_a_page_has_none(language, lang, expected, make, monkeypatch):
    asked = []

    class Describer:
        def describe_all(self, placed):
            asked.extend(each.image.context.lang for each in placed)
            return [Description("A dog.", 0.9, review=False) for _ in placed]

    monkeypatch.setattr(Pipeline, "describer", Describer())
    path = make(
        {"text/one.xhtml": page('<p>x</p><p><img src="../images/dogs.jpg"/></p>', lang)}, language=language
    )
    epub("fix", path)
    assert asked == [expected]


def test_the_model_looks_at_pictures_inside_the_book(make):
    body = '<p>At the sea</p><p><img src="../images/dogs.jpg"/></p>'
    path = make({"text/one.xhtml": page(body)})
    result = epub("fix", path)
    left = unpacked(path)[FIRST].decode()
    assert left != page(body) or "ranked: " in result.stdout, result.stdout
    assert re.sub(' alt="[^"]+"', "", left) == page(body)


# Books that are left alone


ENCRYPTED = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="{}"/>
<enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""
AES, FONT = "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "http://www.idpf.org/2008/embedding"


@pytest.mark.parametrize(("method", "file"), [(AES, FIRST), (AES, "OEBPS/font.otf"), (FONT, FIRST)])
@pytest.mark.parametrize("command", ["check", "fix"])
def test_encrypted_books_are_refused(method, file, command, make):
    path = make(changes={"META-INF/encryption.xml": ENCRYPTED.format(method, file).encode()})
    before = path.read_bytes()
    result = epub(command, path)
    assert result.exit_code == 2
    assert "trees.epub: error: is encrypted, so it was left alone" in result.stdout
    assert path.read_bytes() == before


def test_books_with_scrambled_fonts_are_fine(make):
    fonts = {
        "META-INF/encryption.xml": ENCRYPTED.format(FONT, "OEBPS/font.otf").encode(),
        "OEBPS/font.otf": bytes(range(256)),
    }
    path = make(changes=fonts)
    assert epub("fix", path).exit_code == 0
    assert unpacked(path)[FIRST] == FIXED.encode()


def test_signed_books_can_be_checked_and_are_not_changed(make):
    path = make(changes={"META-INF/signatures.xml": b"<signatures/>"})
    before = path.read_bytes()
    assert epub("check", path).exit_code == 1
    result = epub("fix", path)
    assert result.exit_code == 2
    assert f"trees.epub/{FIRST}: error: is signed" in result.stdout
    assert path.read_bytes() == before


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY e{n} "{10 * f"&e{n - 1};"}">' for n in range(1, 10))
    + "]><container>&e9;</container>"
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"META-INF/container.xml": None}, "is no EPUB: it has no META-INF/container.xml"),
        ({"META-INF/container.xml": b"<container>"}, "META-INF/container.xml: is not well-formed"),
        ({"META-INF/container.xml": BOMB.encode()}, "META-INF/container.xml: is not well-formed"),
        ({"OEBPS/book.opf": None}, "OEBPS/book.opf: is not in the container"),
        ({"OEBPS/book.opf": b"no XML"}, "OEBPS/book.opf: is not well-formed"),
        ({"../up.xhtml": b""}, "is no EPUB: '../up.xhtml' is not the name of a file inside of it"),
    ],
)
def test_a_damaged_book_is_one_error_and_the_next_one_is_read(changes, told, make):
    make(name="a.epub", changes=changes)
    make(name="b.epub")
    result = epub("check", "a.epub", "b.epub")
    assert result.exit_code == 2
    assert f"a.epub: error: {told}" in result.stdout
    assert "b.epub/OEBPS/text/one.xhtml:" in result.stdout


def test_pages_that_unpack_to_too_much_are_told(make, monkeypatch):
    monkeypatch.setattr(book, "DOCUMENT_LIMIT", len(ONE) + 1000)
    path = make({"text/one.xhtml": ONE + " " * 5000, "text/two.xhtml": ONE})
    result = epub("fix", path)
    assert result.exit_code == 2
    assert f"trees.epub/{FIRST}: error: unpacks to more than" in result.stdout
    assert unpacked(path)["OEBPS/text/two.xhtml"] == FIXED.encode()


def test_books_whose_pictures_unpack_to_too_much_are_told(make, monkeypatch):
    monkeypatch.setattr(book, "PICTURES_LIMIT", 1000)
    path = make()
    before = path.read_bytes()
    result = epub("fix", path)
    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert "has pictures of more than" in result.stdout


def test_what_is_no_book_is_told(here):
    (here / "a.epub").write_text("not a ZIP")
    result = epub("check", "a.epub", "nowhere.epub")
    assert result.exit_code == 2
    assert "a.epub: error: is no EPUB" in result.stdout
    assert "nowhere.epub: error: cannot be read: No such file or directory" in result.stdout


def test_books_are_found_in_folders(make, here):
    for name in ("b.epub", "sub/a.EPUB", ".hidden.epub", ".git/c.epub"):
        (here / "shelf" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(make(name="trees.epub"), here / "shelf" / name)
    (here / "shelf" / "link.epub").symlink_to(here / "trees.epub")
    (here / "shelf" / "notes.html").write_text("<img src=x>")
    found = [name.partition("/OEBPS")[0] for name, _ in told(epub("check", "shelf"))]
    assert found == ["shelf/b.epub", "shelf/sub/a.EPUB"]
    empty = epub("check", here / "shelf" / ".git" / "..")
    assert empty.exit_code == 1
    (here / "none").mkdir()
    assert "no books in none" in epub("check", "none").stderr


# Writing


def test_a_link_to_a_book_is_left_alone(make, here):
    path = make()
    before = path.read_bytes()
    (here / "link.epub").symlink_to(path)
    result = epub("fix", "link.epub")
    assert result.exit_code == 2
    assert "is a symbolic link" in result.stdout
    assert path.read_bytes() == before


def test_a_read_only_book_is_left_alone(make):
    path = make()
    path.chmod(0o444)
    before = path.read_bytes()
    result = epub("fix", path)
    assert (result.exit_code, path.read_bytes()) == (2, before)
    assert "is read-only" in result.stdout


def test_a_book_that_changes_meanwhile_is_left_alone(make, monkeypatch):
    path = make()
    write_all = archive.write

    def slowly(*arguments):
        write_all(*arguments)
        path.unlink()
        path.write_bytes(b"another book")

    monkeypatch.setattr(archive, "write", slowly)
    result = epub("fix", path)
    assert result.exit_code == 2
    assert "has changed since it was read" in result.stdout
    assert path.read_bytes() == b"another book"


@pytest.mark.parametrize("fault", ["a byte too many", "nothing at all", "another page"])
def test_a_copy_with_a_fault_never_takes_the_place_of_a_book(fault, make, here, monkeypatch):
    path = make()
    before = path.read_bytes()
    write_all = archive.write

    def faulty(opened, target, replaced):
        if fault == "another page":
            replaced = {**replaced, "OEBPS/style.css": b"p { margin: 1 }\n"}
        if fault != "nothing at all":
            write_all(opened, target, replaced)
        if fault == "a byte too many":
            target.write(b"\0")

    monkeypatch.setattr(archive, "write", faulty)
    result = epub("fix", path)
    assert result.exit_code == 2
    assert "error: " in result.stdout
    assert path.read_bytes() == before
    assert {each.name for each in here.iterdir()} == {"alttext.toml", "trees.epub"}


def test_books_can_be_fixed_from_python(make):
    path = make()
    would = alttext_epub.fix(path, write=False)
    assert [result.changed for result in would] == [True, False, False]
    assert unpacked(path)[FIRST] == ONE.encode()
    assert [result.text for result in alttext_epub.fix(path)] == [result.text for result in would]
    assert unpacked(path)[FIRST] == FIXED.encode()
    assert not any(result.findings for result in alttext_epub.check(path))


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("epubcheck"), reason="epubcheck is not installed: apt-get install epubcheck"
)
def test_epubcheck_finds_nothing_wrong_before_and_after(make):
    path = make()
    for _ in range(2):
        command = ["java", "-jar", str(CHECKER), str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert "No errors or warnings detected" in done.stdout + done.stderr, done.stdout + done.stderr
        epub("fix", path)
    assert unpacked(path)[FIRST] == FIXED.encode()


def test_the_template_of_pages_is_well_formed():
    book.parsed(PAGE.format(lang="", body="").encode())
