"""`manage.py alttext_fill app.Model.picture:alternative`."""

import json
import sys
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.exceptions import FieldError as NoSuchField
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS
from django.utils.connection import ConnectionDoesNotExist

import alttext
from alttext_django import fields, options
from alttext_django.fill import Job, Outcome, fill

_UNUSABLE = 2  # the exit status where nothing could be looked at
_WRONG = (
    ConnectionDoesNotExist,
    ImproperlyConfigured,
    NoSuchField,
    TypeError,
    ValidationError,
    ValueError,  # a fields.FieldError too
)


class Command(BaseCommand):
    """Exits with 0 if nothing is left, with 1 if something is, and with 2 if it could not look."""

    help = (
        "Describe the pictures of records that have no alternative, and write what is certain. "
        "Never writes over what a person has written. Exits with 1 if something is left for a person."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "fields",
            nargs="+",
            metavar="FIELDS",
            help="app.Model.picture:alternative, or app.Model.text for pictures in HTML",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, tell what would be written"
        )
        parser.add_argument("--ids", nargs="+", default=(), metavar="ID", help="only these records")
        parser.add_argument(
            "--where",
            action="append",
            default=[],
            type=_condition,
            metavar="LOOKUP=VALUE",
            help="only records of which this is true, such as decorative=False; may be given several times",
        )
        parser.add_argument("--min-confidence", type=_share, help="from 0 to 1")
        parser.add_argument("--language", help="of the alternatives; LANGUAGE_CODE if it is not given")
        parser.add_argument("--format", default="html", help="of texts: html (default), markdown, mdx")
        parser.add_argument(
            "--batch-size", type=_count, default=100, help="records that are written together"
        )
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="its alias")
        parser.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is left")

    def handle(self, *_: str, **given: Any) -> None:
        """Do it, and report it."""
        counts: Counter[str] = Counter()
        try:
            for label, outcome in _outcomes(given):
                counts[outcome.left] += 1
                self._tell(label, outcome, given)
        except alttext.AlttextError as error:
            raise CommandError(str(error), returncode=_UNUSABLE) from error
        written = counts.pop("", 0)
        self._sum_up(written, counts, is_dry=given["dry_run"])
        if (counts or (written and given["dry_run"])) and not given["exit_zero"]:
            sys.exit(1)

    def _tell(self, label: str, outcome: Outcome, given: Any) -> None:
        if given["verbosity"] < (1 if outcome.left or given["dry_run"] else 2):
            return
        done = "would write" if given["dry_run"] else "wrote"
        what = f"left, {outcome.left}" if outcome.left else done
        words = f" {json.dumps(outcome.alt, ensure_ascii=False)}" if outcome.alt else ""
        self.stdout.write(f"{label} {outcome.record} {outcome.name}: {what}{words}")

    def _sum_up(self, written: int, left: Counter[str], *, is_dry: bool) -> None:
        reasons = ", ".join(f"{count} {reason}" for reason, count in left.most_common())
        done = "would be written" if is_dry else "written"
        self.stderr.write(
            f"{written} {done}, {left.total()} left" + (f": {reasons}" if reasons else ""), self.style.SUCCESS
        )


def _outcomes(given: Any) -> Iterator[tuple[str, Outcome]]:
    """Every outcome with the name of its model. Raises CommandError where the command line is wrong."""
    try:
        job, targets = _job(given), [fields.parse(named) for named in given["fields"]]
        if job.ids and len(targets) > 1:
            raise CommandError("--ids are those of one model; name one field", returncode=_UNUSABLE)
        for target in targets:
            _check(target.model, job)
    except _WRONG as error:
        message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise CommandError(message, returncode=_UNUSABLE) from error
    for target in targets:
        for outcome in fill(target, job):
            yield target.model._meta.label, outcome


def _job(given: Any) -> Job:
    changes = {name: given[name] for name in ("min_confidence", "language") if given[name] is not None}
    return Job(
        chosen=msgspec.structs.replace(options.current(), **changes),
        write=not given["dry_run"],
        batch=given["batch_size"],
        using=given["database"],
        ids=given["ids"],
        where=dict(given["where"]),
        format=given["format"],
    )


def _check(model: Any, job: Job) -> None:
    """Ask once, so that a wrong condition or id is told before any picture is looked at."""
    found = set(map(str, job.rows(model).values_list("pk", flat=True))) if job.ids else set()
    job.rows(model).exists()
    if unknown := [str(each) for each in job.ids if str(each) not in found]:
        raise ValueError(f"{model._meta.label}: no record {', '.join(unknown)}")
    alttext.find_images("", job.format)  # whether there is such a format


def _condition(said: str) -> tuple[str, str]:
    lookup, equals, value = said.partition("=")
    if not equals or not lookup:
        raise ArgumentTypeError(f"{said!r} is not of the form lookup=value")
    return lookup, value


def _share(said: str) -> float:
    value = float(said)
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{said} is not a number from 0 to 1")
    return value


def _count(said: str) -> int:
    value = int(said)
    if value < 1:
        raise ArgumentTypeError(f"{said} is not a whole number, 1 or more")
    return value
