"""Pages made to be costly: each is read to its end, in bounded time and memory, and nothing of it changes."""

import resource
import subprocess
import sys

import pytest

PATIENCE = 120  # seconds; far more than any of these takes, far less than what grows with the square
MEMORY = 6 * 2**30  # bytes of address space
IMAGE = '<img src="a.png">'

HTML = {
    "ten thousand images": IMAGE * 10_000,
    "deep nesting": "<div>" * 20_000 + IMAGE + "</div>" * 20_000,
    "deep nesting without an end": "<b><i>" * 10_000 + IMAGE,
    "formatting that never closes": "<a><b><table>" * 300 + IMAGE,
    "objects within each other": '<object data="a.png">' * 20_000,
    "attributes without number": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">" + IMAGE,
    "a value of megabytes": f'<p title="{"x" * 4_000_000}">{IMAGE}',
    "an unfinished tag of megabytes": IMAGE + "<p " + "x" * 2_000_000,
    "an unfinished comment": IMAGE + "<!--" + "-" * 2_000_000,
    "an unfinished script": IMAGE + "<script>" + "<!--<script>" * 50_000,
    "references without number": "&amp;&#x41;&notanentity" * 50_000 + IMAGE,
    "a picture of megabytes in the page": f'<img src="data:image/png;base64,{"A" * 4_000_000}">',
    "many sources": f'<img srcset="{", ".join(f"{n}.png {n}w" for n in range(1, 20_000))}">',
    "null characters": "\0" * 100_000 + IMAGE,
}
MARKDOWN = {
    "ten thousand images": "![](a.png)\n\n" * 10_000,
    "brackets that never close": "[" * 20_000 + "![](a.png)",
    "brackets of images that never close": "![" * 10_000,
    "emphasis that never ends": "*a **a " * 10_000 + "![](a.png)",
    "deep quotes": ">" * 2_000 + " ![](a.png)",
    "deep lists": "\n".join("  " * n + "- a" for n in range(150)) + "\n\n![](a.png)",
    "backticks of all lengths": " ".join("`" * n for n in range(1, 500)) + " ![](a.png)",
    "references without number": "".join(f"[{n}]: {n}.png\n" for n in range(10_000)) + "\n![][5]\n",
    "a table of many columns": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|![](a.png)" * 2_000 + "|\n",
}
CASES = [
    pytest.param(suffix, text, id=f"{suffix}: {name}")
    for suffix, pages in (("html", HTML), ("md", MARKDOWN))
    for name, text in pages.items()
]


def run(command, page):
    return subprocess.run(
        [sys.executable, "-m", "alttext", command, "--quiet", str(page)],
        check=False,
        cwd=page.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


def assert_read(page, text):
    told = run("check", page)
    assert told.returncode in {0, 1}, told.stderr[-500:]
    assert "Traceback" not in told.stderr
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("suffix", "text"), CASES)
def test_a_costly_page_is_read_to_its_end(tmp_path, suffix, text):
    page = tmp_path / f"page.{suffix}"
    page.write_text(text, encoding="utf-8")
    assert_read(page, text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["<p>All is well.</p>\n" * 2_500_000 + IMAGE, (IMAGE + "\n") * 100_000],
    ids=["50 MB", "100,000 images"],
)
def test_a_huge_page_is_read_to_its_end(tmp_path, text):
    page = tmp_path / "page.html"
    page.write_text(text, encoding="utf-8")
    assert_read(page, text)
