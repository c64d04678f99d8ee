"""The document around every page of the review: head, banner with the progress, footer with the keys."""

from dataclasses import dataclass
from importlib import resources

from alttext.reports.markup import escaped
from alttext.review.page.desk import Progress

# The look of the report as a page comes first; what the review has in addition goes on from there.
_STYLES = (("alttext.reports", "html.css"), ("alttext.review.page", "page.css"))
_KEYS = (
    ("Ctrl + Enter", "write the alternative, from the edit box or a button beside it"),
    ("E", "go to the edit box"),
    ("Esc", "leave the edit box"),
    ("D", "mark the image as decorative"),
    ("S", "skip the image"),
    ("U", "undo the last answer"),
    ("J, K", "go to the next or the previous image"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is within the frame."""

    title: str
    main: str
    skip_to: str  # id of the heading that the focus goes to
    aside: str = ""  # the queue


def style() -> bytes:
    """Return the style of all pages."""
    parts = (resources.files(package).joinpath(name).read_bytes() for package, name in _STYLES)
    return b"\n".join(parts)


def script() -> bytes:
    """Return the script of all pages, without which they work as well."""
    return resources.files("alttext.review.page").joinpath("page.js").read_bytes()


def icon() -> bytes:
    """Return the icon of the pages."""
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        b'<rect width="16" height="16" rx="4" fill="#0550ae"/>'
        b'<path d="M4 12 8 4l4 8M5.5 9.5h5" fill="none" stroke="#fff" stroke-width="1.6"/></svg>'
    )


def document(page: Page, progress: Progress) -> bytes:
    """Return a whole page."""
    parts = (
        _head(page.title),
        f'<body class="review">\n<a class="skip" href="#{page.skip_to}">Skip to the content</a>\n',
        _banner(progress),
        f'<div class="desk">\n<main>\n{page.main}<p id="live" class="unseen" role="status"></p>\n</main>\n',
        f"{page.aside}</div>\n{_foot()}</body>\n</html>\n",
    )
    return "".join(parts).encode("utf-8", "replace")


def _head(title: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)} – alttext review</title>\n"
        '<link rel="icon" href="/icon.svg" type="image/svg+xml">\n'
        '<link rel="stylesheet" href="/page.css">\n<script src="/page.js" defer></script>\n</head>\n'
    )


def said_of(progress: Progress) -> str:
    """Return how far the review is, in a few words."""
    so_far = " so far" if progress.is_looking else ""
    return f"{progress.answered} of {progress.total} answered{so_far}"


def _banner(progress: Progress) -> str:
    looking = "" if progress.is_looking else " hidden"
    return (
        '<header class="banner">\n<p class="brand"><a href="/queue">alttext review</a></p>\n'
        '<div class="progress">\n'
        f'<p class="looking" id="looking"{looking}>Looking at pictures …</p>\n'
        f'<label for="progress">{said_of(progress)}</label>\n'
        f'<progress id="progress" max="{max(1, progress.total)}" value="{progress.answered}"></progress>\n'
        "</div>\n</header>\n"
    )


def _foot() -> str:
    keys = "".join(f"<div><dt><kbd>{key}</kbd></dt><dd>{said}</dd></div>\n" for key, said in _KEYS)
    return (
        '<footer class="quiet">\n<details class="keys" hidden>\n<summary>Keyboard shortcuts</summary>\n'
        f'<dl>\n{keys}</dl>\n<p><label><input type="checkbox" id="keys-on" checked> '
        "Listen to single keys while the focus is outside of text</label></p>\n</details>\n"
        "<p>Answers are written at once. End the review with Ctrl + C in the terminal.</p>\n</footer>\n"
    )
