"""`alttext preview`: what a screen reader would announce for each image of a page, before and after."""

from collections.abc import Iterable, Iterator

import click
import msgspec

from alttext import distribution
from alttext.cli.options import Options, for_pages
from alttext.cli.output import Output
from alttext.pipeline import Pipeline
from alttext.reports import json as report
from alttext.reports.paint import Paint, harmless, painter
from alttext.reports.words import source
from alttext.review.preview import Heard, heard
from alttext.rules import RULES
from alttext.types import Action, FileResult

_NOTHING = "nothing"


@click.command(short_help="Tell what a screen reader says of a page.")
@click.argument("paths", nargs=-1, required=True, metavar="PAGE...")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of text.")
@for_pages
def preview(paths: tuple[str, ...], is_json: bool, options: Options) -> None:
    """Tell what a screen reader would announce for each image of a PAGE, before and after `alttext fix`.

    Changes nothing. Exits with 1 if something would change or is left for a person.
    """
    pipeline = Pipeline(options.settings(paths))
    pages = [
        (result, tuple(heard(result, implicit_figures=pipeline.settings.implicit_figures)))
        for result in pipeline.fix_paths(paths, write=False)
    ]
    output = Output(options)
    output.write_all(_as_json(pages) if is_json else _as_text(pages, painter(output.is_colored)))
    if any(result.error for result, _ in pages):
        options.finish(2)
    options.finish(int(any(_is_open(image) for _, images in pages for image in images)))


def _is_open(image: Heard) -> bool:
    return image.decision is not None and image.decision.action is not Action.KEEP


Pages = Iterable[tuple[FileResult, tuple[Heard, ...]]]


def _as_text(pages: Pages, paint: Paint) -> Iterator[str]:
    for result, images in pages:
        path = harmless(result.path)
        if result.error:
            yield f"{paint(f'{path}:', 'bold')} {paint('error:', 'bold red')} {harmless(result.error)}\n"
        elif not images:
            yield f"{paint(f'{path}:', 'bold')} no images\n"
        for image in images:
            yield "\n".join(_lines(path, image, paint)) + "\n"


def _lines(path: str, image: Heard, paint: Paint) -> Iterator[str]:
    yield f"{paint(f'{path}:{image.line}:{image.column}:', 'bold')} {harmless(_name(image))}"
    is_same = image.before == image.after
    if is_same and not _is_open(image):
        yield _line("now", _said(image.before), paint)
        return
    yield _line("before", _said(image.before), paint)
    yield _line("after", "the same" if is_same else paint(_said(image.after), "green"), paint)
    if _is_open(image) and not (image.finding and image.finding.edit):
        yield _line("left", _why(image), paint)
    if image.suggested is not None:
        yield _line("or", f"{_said(image.suggested)}, with the suggestion", paint)


def _line(title: str, text: str, paint: Paint) -> str:
    return f"    {paint(f'{title}:', 'cyan')}{' ' * (8 - len(title))}{text}"


def _name(image: Heard) -> str:
    return source(image.finding) if image.finding else image.ref.src[:60] or f"<{image.ref.kind.value}>"


def _said(announced: str) -> str:
    return f'"{harmless(announced)}"' if announced else _NOTHING


def _why(image: Heard) -> str:
    reason = image.decision.reason if image.decision else ""
    return f"for a person: {RULES[reason].summary if reason in RULES else ''} [{reason}]"


def _as_json(pages: Pages) -> Iterator[str]:
    rows = [
        {"path": result.path, "error": result.error or None, "images": [_row(image) for image in images]}
        for result, images in pages
    ]
    document = {"version": 1, "tool": distribution.installed(), "pages": rows}
    yield msgspec.json.format(report.encode(document), indent=2) + "\n"


def _row(image: Heard) -> dict[str, object]:
    decision = image.decision
    return {
        "line": image.line,
        "column": image.column,
        "kind": image.ref.kind.value,
        "src": image.ref.src,
        "before": image.before,
        "after": image.after,
        "suggested": image.suggested,
        "action": decision.action.value if decision else None,
        "reason": decision.reason if decision else None,
    }
