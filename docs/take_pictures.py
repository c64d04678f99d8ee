"""Take docs/review-light.png and docs/review-dark.png: `python docs/take_pictures.py`.

Needs Chromium and a checkout in which alttext is installed. A copy of the sample site is reviewed; the
pictures show what anybody sees who does the same.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Thread

from PIL import Image

import alttext
from alttext.review.page.desk import Desk
from alttext.review.page.guard import Guard
from alttext.review.page.previews import Previews
from alttext.review.page.routes import Routes
from alttext.review.page.server import Server
from alttext.review.tasks import tasks

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests import browser  # noqa: E402 - of the checkout, not of the package

ANSWERED = {"cat.jpg": "", "astronaut.jpg": "An astronaut in an orange suit"}
SHOWN = "temple.jpg"
TYPED = ("temple", " on a hill above a lake")  # a phrase to choose, then words
SIZE = (1360, 1120)
COLORS = 256  # enough for a photograph of this size, and a third of the bytes


@contextmanager
def reviewed(folder: Path) -> Iterator[tuple[Desk, Guard]]:
    """Serve the review of the site in a folder."""
    desk, settings = Desk(), alttext.Settings(ledger=False)
    desk.collect(tasks(alttext.load(config=settings), [folder], certain=True))
    with Server() as server:
        guard = Guard(server.port)
        server.answer = Routes(guard, desk, Previews([folder], settings)).answer
        Thread(target=server.serve_forever, daemon=True).start()
        yield desk, guard
        server.shutdown()


def prepare(desk: Desk) -> str:
    """Answer some images, so that there is something to see; return the address of the one to show."""
    items = {item.task.ref.src.rpartition("/")[2]: item for item in reversed(desk.slice(1, 999))}
    for name, alt in ANSWERED.items():
        desk.answer(items[name], alt)
    return f"/task/{items[SHOWN].task.id}?done={items[name].task.id}"


def write(page: browser.Page) -> None:
    """Write an alternative as people do: a choice, and words."""
    chosen, typed = TYPED
    page.click("#box")
    page.evaluate(f"document.querySelector('button[value=\"{chosen}\"]').click()")
    page.type(typed)
    page.wait_for(f"then.textContent.endsWith('{typed}')")
    page.evaluate("scrollTo(0, 0)")


def take(page: browser.Page, scheme: str) -> None:
    """Take one picture."""
    page.prefer(color_scheme=scheme)
    page.wait_for("[...document.images].every((image) => image.complete)")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLORS, Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(ROOT / "docs" / f"review-{scheme}.png", optimize=True)


def main() -> None:
    """Take them all."""
    with tempfile.TemporaryDirectory() as folder, browser.opened(*SIZE) as page:
        shutil.copytree(ROOT / "examples" / "site", Path(folder) / "site")
        os.chdir(folder)
        with reviewed(Path("site")) as (desk, guard):
            path = prepare(desk)
            page.open(guard.address)
            page.wait_until_loaded()
            page.open(f"http://{guard.hosts[0]}{path}")
            write(page)
            take(page, "light")
            take(page, "dark")
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
