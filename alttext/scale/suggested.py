"""What follows for each image from what was seen: suggestions, as `alttext apply` takes them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from alttext.pipeline import Pipeline
from alttext.review import suggestions
from alttext.review.suggestions import Suggestion
from alttext.review.tasks import Task, tasks
from alttext.types import FileResult


def suggested(
    pipeline: Pipeline, paths: Iterable[str | Path], site: Path
) -> Iterator[Suggestion | Task | FileResult]:
    """Yield what is left below the paths, in the order of the documents; what is certain is accepted already.

    What cannot be answered in a file comes as it is: a task that is blocked, and a document that cannot be
    read as a result with an error. Paths in suggestions are relative to the folder `site`. Raises ModelError,
    and ParseError if a document is outside of `site` or the ledger cannot be read.
    """
    found = tasks(pipeline, paths, certain=True)
    return suggestions.of_tasks(found, site, pipeline.settings, accepts=True)
