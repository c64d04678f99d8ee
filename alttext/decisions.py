"""What becomes of the problems of documents: which pictures deserve a look, and what is decided and edited.

Whatever describes pictures is handed in, and asked only if there is something to look at.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from alttext import edits, purpose, reach, survey
from alttext.config import Settings
from alttext.documents import page_title
from alttext.errors import ImageError
from alttext.ranking import locate, read_text
from alttext.remediation import policy
from alttext.survey import Document, Surveyed
from alttext.types import (
    Action,
    Classification,
    Description,
    FileResult,
    Finding,
    ImageRef,
    Placed,
    Purpose,
)

Describe = Callable[[Sequence[Placed]], list[Description]]  # in order; may load a model

_OF_TEXT = frozenset({Purpose.TEXT, Purpose.COMPLEX})
_UNREADABLE = frozenset({"qr-code", "equation"})


class Decisions:
    """Decides as the settings say."""

    def __init__(self, settings: Settings, describe: Describe) -> None:
        self._settings = settings
        self._describe = describe

    def made(self, group: Sequence[Surveyed]) -> list[FileResult]:
        """What becomes of each document; nothing is written yet. Raises ModelError."""
        return list(map(self._result, group, self._described(group)))

    def _result(self, surveyed: Surveyed, descriptions: Mapping[int, Description]) -> FileResult:
        document = surveyed.document
        decided = [
            self._decided(problem, descriptions.get(at), document)
            for at, problem in enumerate(surveyed.problems)
        ]
        text, findings = edits.applied(document, list(survey.heeded(decided, self._settings)))
        return surveyed.result(text, findings)

    def _described(self, group: Sequence[Surveyed]) -> list[dict[int, Description]]:
        """What the images of each document show that are worth a look, by their place."""
        places = [self._worth_a_look(each.problems) for each in group]
        placed = [
            Placed(self._speaking(each.problems[at].image), each.document.file, each.document.root)
            for each, wanted in zip(group, places, strict=True)
            for at in wanted
        ]
        descriptions = iter(self._describe(placed) if placed else ())
        return [{at: next(descriptions) for at in wanted} for wanted in places]

    def _worth_a_look(self, problems: Sequence[Finding]) -> list[int]:
        """Places of the images whose description could be written or suggested."""
        return [at for at, problem in enumerate(problems) if self._deserves_a_look(problem)]

    def _deserves_a_look(self, problem: Finding) -> bool:
        is_open = problem.decision.action is Action.REVIEW and problem.image.slot is not None
        return is_open and self._may_write(problem.image) and self._can_tell(problem.classification)

    def _can_tell(self, verdict: Classification) -> bool:
        """Whether pixels can add to a verdict: of what is shown, or of words where markup suggests none."""
        if verdict.purpose is Purpose.INFORMATIVE or verdict.reason == policy.THUMBNAIL:
            return True
        is_open = verdict.purpose in _OF_TEXT and verdict.alternative is None
        return is_open and verdict.reason not in _UNREADABLE and self._reads

    @cached_property
    def _reads(self) -> bool:
        return read_text.is_wanted(self._settings.ocr)

    def _may_write(self, ref: ImageRef) -> bool:
        return ref.missing or (bool(ref.alt) and self._settings.rewrite_placeholders)

    def _speaking(self, ref: ImageRef) -> ImageRef:
        """The reference with the language of its page, or the configured one if it declares none."""
        return replace(ref, context=survey.spoken(ref.context, self._settings))

    def _decided(self, problem: Finding, description: Description | None, document: Document) -> Finding:
        """Stage 8, and the edit that follows from it."""
        if problem.decision.action is not Action.REVIEW or not self._may_write(problem.image):
            return problem
        verdict = problem.classification
        if description:
            verdict = purpose.refine(verdict, description.medium)
        ref = self._speaking(problem.image)
        decision = policy.decide(
            ref,
            verdict,
            description,
            min_confidence=self._settings.min_confidence,
            may_replace=self._settings.rewrite_placeholders,
        )
        if description and decision.reason in description.reasons:
            decision = replace(decision, note=decision.note or description.note)
        if decision.action is Action.REVIEW and decision.alt is None:
            decision = replace(decision, alt=self._destination(ref, document))
        decided = replace(problem, classification=verdict, decision=decision, description=description)
        return edits.with_edit(decided, document)

    def _destination(self, ref: ImageRef, document: Document) -> str | None:
        """What the page calls itself that an image is the only link to, as a suggestion."""
        link = ref.context.link
        if link is None or not link.sole or ref.purpose is not Purpose.FUNCTIONAL or document.file is None:
            return None
        try:
            page = locate.find(link.target, self._place(document, document.file, ref))
        except ImageError:  # no page of this site
            return None
        return page_title.of(page) or None

    def _place(self, document: Document, file: Path, ref: ImageRef) -> locate.Place:
        root = document.root or locate.project_root(file.parent)
        place = reach.place(ref, file, root, self._settings)
        return replace(place, allow_outside_root=False)  # that is said of pictures, not of pages
