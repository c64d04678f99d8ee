"""`alttext vocab`: what can be said, and whether it can be said well."""

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from alttext.cli.options import Options, for_settings
from alttext.cli.output import width
from alttext.config import VocabularySettings
from alttext.nearest import nearest
from alttext.ranking import vocabulary, vocabulary_translations
from alttext.ranking.vocabulary import Vocabulary
from alttext.reports.words import plural
from alttext.types import Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@click.group()
def vocab() -> None:
    """Check and show the vocabulary."""


@vocab.command()
@click.argument("path", required=False, type=click.Path(exists=True))
@for_settings
@click.pass_context
def check(context: click.Context, path: str | None, options: Options) -> None:
    """Check the vocabulary that the settings name, or the one at PATH.

    Its translations are checked, too. The model of the settings tells which terms mean nearly the same. Exits
    with 1 if something is wrong with a term, 2 if the vocabulary cannot be read.
    """
    wanted = VocabularySettings(path=path) if path else options.settings().vocabulary
    loaded = vocabulary.load(wanted.path, wanted.extend, wanted.veto)
    problems = vocabulary.check(loaded, _vectors(loaded, options))
    problems += vocabulary_translations.problems(loaded, wanted.path, wanted.extend)
    for problem in problems:
        click.echo(problem)
    said = sum(term.emit for term in loaded.terms)
    terms, facets = plural(len(loaded.terms), "term"), plural(len(loaded.facets), "facet")
    verdict = plural(len(problems), "problem") if problems else "no problems"
    click.echo(f"{terms} in {facets}, {said} of them can be said; {verdict}", err=True)
    context.exit(1 if problems else 0)


@vocab.command(short_help="Show terms, or list them all.")
@click.argument("names", nargs=-1, metavar="[TERM|FACET]...")
@for_settings
def show(names: tuple[str, ...], options: Options) -> None:
    """Show terms, or all terms of a facet; without a name list the ids of all terms."""
    loaded = _configured(options)
    pages = [_page(loaded, name) for name in names or loaded.facets]
    click.echo("\n\n".join("\n".join(page) for page in pages))


def _configured(options: Options) -> Vocabulary:
    wanted = options.settings().vocabulary
    return vocabulary.load(wanted.path, wanted.extend, wanted.veto)


def _vectors(loaded: Vocabulary, options: Options) -> "NDArray[np.float32]":
    from alttext.ranking import encode, term_vectors  # noqa: PLC0415 - numpy and a model come with them

    settings = options.settings()
    encoder = encode.load_encoder(settings.model, device=settings.device)
    return term_vectors.load(loaded.terms, encoder, model=encode.folder_of(settings.model))


def _page(loaded: Vocabulary, name: str) -> list[str]:
    if name in loaded.by_id:
        return list(_term(loaded, loaded.by_id[name]))
    if name in loaded.facets:
        return list(_facet(loaded, name))
    known = (*loaded.by_id, *loaded.facets)
    hint = nearest(name, known, "`alttext vocab show` lists them all")
    raise click.UsageError(f"unknown term {name}; {hint}")


def _facet(loaded: Vocabulary, facet: str) -> Iterator[str]:
    terms = loaded.of_facet(facet)
    has_silent = any(not term.emit for term in terms)
    yield f"{facet} ({len(terms)}{'; those in parentheses are ranked, never said' if has_silent else ''})"
    ids = ", ".join(term.id if term.emit else f"({term.id})" for term in terms)
    lines = textwrap.wrap(ids, width() - 2, break_long_words=False, break_on_hyphens=False)
    yield from (f"  {line}" for line in lines)


def _term(loaded: Vocabulary, term: Term) -> Iterator[str]:
    children = [other.id for other in loaded.terms if other.parent == term.id]
    rows = {
        "facet": term.facet,
        "said as": term.phrase if term.emit else "never, only ranked",
        "ranked by": ", ".join(term.prompts),
        "kind of": " < ".join(parent.id for parent in loaded.ancestors(term)),
        "kinds": ", ".join(children),
        **dict(term.grammar),
    }
    yield term.id
    room = max(len(name) for name in rows) + 4
    for name, value in rows.items():
        start = f"  {name:<{room - 2}}"
        if value:
            yield from textwrap.wrap(value, width(), initial_indent=start, subsequent_indent=" " * room)
