import pytest

from alttext.documents import html
from alttext.documents.html_elements import candidates
from alttext.types import ImageKind


def first(text):
    return html.parse(text)[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<img>", ImageKind.IMG),
        ("<img role=button>", ImageKind.IMG),
        ("<picture><img></picture>", ImageKind.IMG),
        ("<input type=IMAGE>", ImageKind.INPUT),
        ("<map><area href=u></map>", ImageKind.AREA),
        ("<svg role=img></svg>", ImageKind.SVG),
        ("<svg role=graphics-document></svg>", ImageKind.SVG),
        ("<svg role='graphics-symbol img'></svg>", ImageKind.SVG),
        ("<svg role=none aria-label=Rex></svg>", ImageKind.SVG),
        ("<svg role=presentation aria-labelledby=a></svg>", ImageKind.SVG),
        ("<svg><g role=img></g></svg>", ImageKind.ROLE_IMG),
        ("<div role=IMG></div>", ImageKind.ROLE_IMG),
        ("<div role='unknown image'></div>", ImageKind.ROLE_IMG),
        ("<canvas role=img></canvas>", ImageKind.ROLE_IMG),
        ("<iframe role=img src=a.html></iframe>", ImageKind.ROLE_IMG),
        ("<math role=img></math>", ImageKind.ROLE_IMG),
        ("<object data=a.PNG></object>", ImageKind.OBJECT),
        ("<object data=a.svg?v=1#x></object>", ImageKind.OBJECT),
        ("<object data=a type=image/svg+xml></object>", ImageKind.OBJECT),
        ("<object data='data:image/png;base64,AA'></object>", ImageKind.OBJECT),
        ("<object data=a.mp3></object>", ImageKind.OBJECT),
        ("<object data='a.MP4?t=1'></object>", ImageKind.OBJECT),
        ("<object data=a type=video/mp4></object>", ImageKind.OBJECT),
        ("<object data='data:audio/ogg;base64,AA'></object>", ImageKind.OBJECT),
        ("<embed src=a.gif>", ImageKind.EMBED),
        ("<embed src=a type=image/png>", ImageKind.EMBED),
    ],
)
def test_kinds_of_images(text, kind):
    assert first(text).kind is kind


@pytest.mark.parametrize(
    "text",
    [
        "<svg></svg>",
        "<svg aria-label=Logo></svg>",
        "<svg role=none></svg>",
        "<div role=none aria-label=Rex></div>",
        "<svg><image href=a.png /></svg>",
        "<div role=button></div>",
        "<div role='button img'></div>",
        "<div role=imag></div>",
        "<input src=a.png>",
        "<input type=submit>",
        "<map><area></map>",
        "<object data=a.html></object>",
        "<object data=a.png type=application/pdf></object>",
        "<object></object>",
        "<object data=a.mp3 type=text/html></object>",
        "<object data='data:text/plain,a.mp3'></object>",
        "<audio src=a.mp3 title=Rex></audio>",
        "<embed src=a.mp3>",
        "<math><img2></math>",
        "<canvas></canvas><video poster=a.jpg></video>",
        "<link rel=icon href=a.png><meta property=og:image content=a.png>",
        "<picture><source srcset=a.jpg></picture>",
    ],
)
def test_what_is_no_image(text):
    assert html.parse(text) == []


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("<img>", ()),
        ("<img src=''>", ()),
        ("<img src=' a.jpg '>", ("a.jpg",)),
        ("<img src=a.jpg srcset='b.jpg 2x, a.jpg'>", ("a.jpg", "b.jpg")),
        ("<img srcset='l.jpg 1200w, s.jpg 240w, m.jpg 480w'>", ("s.jpg", "m.jpg", "l.jpg")),
        ("<img src=blank.gif data-src=a.jpg>", ("a.jpg", "blank.gif")),
        ("<img src=blank.gif data-original=a.jpg>", ("a.jpg", "blank.gif")),
        ("<img src=blank.gif data-lazy-src=a.jpg>", ("a.jpg", "blank.gif")),
        ("<img data-srcset='l.jpg 900w, s.jpg 300w'>", ("s.jpg", "l.jpg")),
        ("<img src='data:image/gif;base64,AA' srcset=a.jpg>", ("a.jpg", "data:image/gif;base64,AA")),
        ("<img src='data:image/gif;base64,AA'>", ("data:image/gif;base64,AA",)),
        (
            "<picture><source srcset='a.avif 800w, b.avif 300w'><source data-srcset=c.webp><img src=d.jpg>",
            ("d.jpg", "b.avif", "a.avif", "c.webp"),
        ),
        ("<picture><source srcset=a.avif></picture><img src=d.jpg>", ("d.jpg",)),
        ("<input type=image src=a.png>", ("a.png",)),
        ("<object data=a.png></object>", ("a.png",)),
        ("<embed src=a.png>", ("a.png",)),
        ("<div role=img style='background: red url( \"a b.jpg\" ) center'></div>", ("a b.jpg",)),
        ("<div role=img style='background-image:url(a.jpg)'></div>", ("a.jpg",)),
        ("<div role=img style='background:url( )'></div>", ()),
        ("<div role=img style='mask: url(a.svg)'></div>", ()),
        ("<svg role=img></svg>", ()),
    ],
)
def test_sources_come_best_first(text, sources):
    found = first(text)
    assert found.sources == sources
    assert found.src == (sources[0] if sources else "")


@pytest.mark.parametrize(
    ("srcset", "addresses"),
    [
        ("", []),
        (" , ,", []),
        ("a.jpg", ["a.jpg"]),
        ("a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]),
        ("a.jpg, b.jpg", ["a.jpg", "b.jpg"]),
        ("a.jpg,b.jpg 2x", ["a.jpg,b.jpg"]),
        ("\n a.jpg 100w,\n b.jpg 250w,\n c.jpg 300w", ["b.jpg", "c.jpg", "a.jpg"]),
        ("data:image/png;base64,AA== 1x, b.jpg 2x", ["data:image/png;base64,AA==", "b.jpg"]),
        ("a.jpg 640w 480h, b.jpg 320w 240h", ["b.jpg", "a.jpg"]),
        ("a.jpg f(1, 2) 1x, b.jpg", ["a.jpg", "b.jpg"]),
        ("a(1).jpg 2x", ["a(1).jpg"]),
        ("a.jpg (1, b.jpg", ["a.jpg"]),
        ("a.jpg,, b.jpg", ["a.jpg", "b.jpg"]),
        ("a.jpg 99999999999999999999w, b.jpg 9w", ["b.jpg", "a.jpg"]),
    ],
)
def test_candidates_of_a_srcset(srcset, addresses):
    assert candidates(srcset) == addresses


@pytest.mark.parametrize(
    ("text", "decorative"),
    [
        ("<img>", False),
        ("<img alt=''>", False),
        ("<img role=presentation>", True),
        ("<img role=NONE>", True),
        ("<img role='unknown none'>", True),
        ("<img role='button none'>", False),
        ("<img role=none tabindex=0>", False),
        ("<img role=none aria-label=Rex>", False),
        ("<img role=none aria-describedby=a>", False),
        ("<img role=none aria-label=''>", True),
        ("<img aria-hidden=true>", True),
        ("<img aria-hidden=TRUE tabindex=0>", True),
        ("<img aria-hidden=false>", False),
        ("<img aria-hidden>", False),
        ("<svg role=img aria-hidden=true></svg>", True),
        ("<p aria-hidden=true><img></p>", False),
        ("<!-- alttext: decorative --><img>", True),
    ],
)
def test_what_authors_take_out_of_the_accessibility_tree(text, decorative):
    assert first(text).decorative is decorative
