"""A document has the same name everywhere, and only what is sure counts as what a picture is there for."""

import pytest

from alttext.errors import AlttextError
from alttext.ledger.site import Site


def test_a_document_is_named_from_the_root_wherever_the_command_runs(small, monkeypatch):
    page = small.write(blog__page_html="")
    monkeypatch.chdir(page.parent)
    assert small.site.name(page) == small.site.name(page.relative_to(page.parent)) == "blog/page.html"


def test_a_document_outside_is_named_too(small, tmp_path):
    assert Site(tmp_path / "site", small.settings).name(tmp_path / "page.html") == "../page.html"


def refs(small, markup, name="page_html"):
    page = small.write(**{"a_jpg": b"a", "b_jpg": b"b", "blog__c_jpg": b"a", name: markup})
    return page, small.named(page)


NO_USE = {
    "one that the site does not have": '<img src="missing.jpg" alt="A dog">',
    "an ornament": '<img src="a.jpg" alt="" role="presentation">',
    "an icon": '<img src="icons/menu-icon.png" alt="Menu">',
    "the only content of a button": '<button><img src="a.jpg" alt="Send"></button>',
    "all of a link that a template fills in": '<a href="{{ url }}"><img src="a.jpg" alt="x"></a>',
}


@pytest.mark.parametrize("markup", NO_USE.values(), ids=NO_USE)
def test_what_it_is_there_for_is_not_sure_for(small, markup):
    page, (ref,) = refs(small, markup)
    assert small.site.use(ref, page) is None


def test_words_that_are_in_question_do_not_tell_what_a_picture_is_there_for(small):
    page, (chart, plain) = refs(
        small, '<img src=a.jpg alt="Bar chart of visitors"><img src=a.jpg alt="A dog">'
    )
    assert small.site.use(chart, page) == small.site.use(plain, page)
    assert small.site.use(chart, page).purpose == "informative"


SAME_USE = {
    "the same picture twice": ("<img src=a.jpg alt=x>", "<img src=a.jpg alt=y>", True),
    "the same bytes under another name": ("<img src=a.jpg alt=x>", "<img src=blog/c.jpg alt=x>", True),
    "another picture": ("<img src=a.jpg alt=x>", "<img src=b.jpg alt=x>", False),
    "another language": ("<p lang=en><img src=a.jpg alt=x>", "<p lang=de><img src=a.jpg alt=x>", False),
    "another region of a language": (
        "<p lang=en-GB><img src=a.jpg alt=x>",
        "<p lang=en_US><img src=a.jpg alt=x>",
        True,
    ),
    "the name of a link": ("<img src=a.jpg alt=x>", "<a href=/x><img src=a.jpg alt=x></a>", False),
    "links to the same page": (
        "<a href=/x.html><img src=a.jpg alt=x></a>",
        "<a href=x.html><img src=a.jpg alt=x></a>",
        True,
    ),
    "links to different pages": (
        "<a href=/x><img src=a.jpg alt=x></a>",
        "<a href=/y><img src=a.jpg alt=x></a>",
        False,
    ),
}


@pytest.mark.parametrize(("one", "other", "same"), SAME_USE.values(), ids=SAME_USE)
def test_uses_are_compared_for(small, one, other, same):
    first, (a,) = refs(small, one, "one_html")
    second, (b,) = refs(small, other, "other_html")
    assert (small.site.use(a, first) == small.site.use(b, second)) is same


def test_a_link_that_is_spelled_the_same_leads_elsewhere_from_another_folder(small):
    link = '<a href="next.html"><img src="/a.jpg" alt="Next"></a>'
    first, (a,) = refs(small, link, "one_html")
    second, (b,) = refs(small, link, "blog__one_html")
    assert small.site.use(a, first).target == "/next.html"
    assert small.site.use(b, second).target == "/blog/next.html"


def test_a_picture_inside_the_document_is_not_spelled_out(small):
    page, (ref,) = refs(small, '<img src="data:image/gif;base64,R0lG" alt="A dot">')
    assert small.site.place(ref, page).source == "data:"


def test_images_without_an_alternative_are_none_of_the_ledgers_business(small):
    _, found = refs(small, '<img src=a.jpg><img src=a.jpg alt=""><img src=a.jpg alt="A dog">')
    assert [ref.alt for ref in found] == ["", "A dog"]


def test_a_document_that_cannot_be_read_is_an_error(small):
    with pytest.raises(AlttextError, match="no such file"):
        small.named(small.folder / "missing.html")
