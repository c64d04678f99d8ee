"""`alttext describe`: what is said of single images, and the evidence for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from alttext.cli.options import Options, for_images
from alttext.cli.output import Output
from alttext.cli.picture_map import PictureMap
from alttext.documents import format_of
from alttext.errors import ImageError
from alttext.pipeline import Pipeline
from alttext.reports.json import candidate_row
from alttext.reports.paint import Paint, harmless, painter
from alttext.reports.words import ranked
from alttext.rules import RULES
from alttext.types import Description

SHOWN_PER_FACET = 5


@dataclass(frozen=True, slots=True)
class Described:
    """What came of one image file."""

    path: str
    description: Description | None = None
    error: str = ""

    @property
    def text(self) -> str:
        """What may be said unattended, if anything."""
        said = self.description
        return said.text or "" if said and not said.review else ""

    @property
    def exit_code(self) -> int:
        """0: described. 1: left for a person. 2: not readable."""
        if self.description is None:
            return 2
        return int(self.description.review or self.description.text is None)


@click.command(short_help="Describe image files.")
@click.argument("paths", nargs=-1, required=True, metavar="IMAGE...")
@click.option(
    "--map",
    "map_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Add what is certain enough to a JSON file of paths and alternatives, and pass over what is in it.",
)
@for_images
@click.pass_context
def describe(context: click.Context, paths: tuple[str, ...], map_file: str | None, options: Options) -> None:
    """Describe image files, and show the ranked candidates.

    An IMAGE may also be an address on a host that --remote names.

    Exits with 0 if all are described, 1 if one is left for a person, 2 if one cannot be read.
    """
    output = Output(options)
    pipeline = Pipeline(options.settings(paths))
    known = PictureMap(map_file) if map_file else None
    if known:
        context.call_on_close(known.close)
    codes = [0]

    def described() -> Iterator[Described]:
        for path in paths:
            if known and path in known:
                continue
            each = _describe(pipeline, path)
            codes.append(each.exit_code)
            if known and each.text:
                known.add(path, each.text)
            yield each

    is_json = options.output_format == "json"
    output.write_all(_as_json(described()) if is_json else _as_text(described(), painter(output.is_colored)))
    if known:
        known.save()
    options.finish(max(codes))


def _describe(pipeline: Pipeline, path: str) -> Described:
    try:
        return Described(path, pipeline.describe(path))
    except ImageError as error:
        return Described(path, error=_other_kind(path) or str(error))


def _other_kind(path: str) -> str:
    """What to do instead with a path that names no picture, but what other commands take."""
    if Path(path).is_dir():
        return f"{path}: a folder; name the pictures in it, or use alttext fix for its documents"
    if format_of(path) and Path(path).is_file():
        return f"{path}: a document; use alttext fix, or name a picture"
    return ""


def _as_json(images: Iterable[Described]) -> Iterator[str]:
    rows = [_row(image) for image in images]
    yield msgspec.json.format(msgspec.json.encode({"version": 1, "images": rows})).decode() + "\n"


def _row(image: Described) -> dict[str, object]:
    said = image.description or Description(None)
    return {
        "path": image.path,
        "error": image.error or None,
        "text": said.text,
        "confidence": round(float(said.confidence), 6),
        "review": said.review,
        "reasons": said.reasons,
        "medium": said.medium,
        "candidates": [candidate_row(candidate) for candidate in said.candidates],
    }


def _as_text(images: Iterable[Described], paint: Paint) -> Iterator[str]:
    for number, image in enumerate(images):
        yield "\n" * bool(number) + "\n".join(_lines(image, paint)) + "\n"


def _lines(image: Described, paint: Paint) -> Iterator[str]:
    yield paint(harmless(image.path), "bold")
    said = image.description
    if said is None:
        yield f"  {paint('error:', 'bold red')} {harmless(image.error.removeprefix(f'{image.path}: '))}"
        return
    is_left = said.review or said.text is None
    sentence = "decorative" if said.text == "" else f'"{harmless(said.text or "")}"'
    sure = f"  {paint(f'confidence {said.confidence:.2f}', 'dim')}"
    if not is_left:
        yield f"  {paint(sentence, 'green')}{sure}"
    for reason in said.reasons:
        why = f"{RULES[reason].summary if reason in RULES else ''} {paint(f'[{reason}]', 'dim')}"
        yield f"  left for a person: {why}" if is_left else f"  {why}"
    if is_left and said.text is not None:
        yield f"  suggestion: {paint(sentence, 'yellow')}{sure}"
    yield from _candidate_lines(said, paint)


def _candidate_lines(said: Description, paint: Paint) -> Iterator[str]:
    first: dict[str, list[str]] = {"medium": []} if said.medium else {}
    facets = first | ranked(said.candidates, SHOWN_PER_FACET)
    room = max((len(facet) for facet in facets), default=0)
    for facet, found in facets.items():
        yield f"  {paint(f'{facet:<{room}}', 'cyan')}  {', '.join(found) or said.medium}"
