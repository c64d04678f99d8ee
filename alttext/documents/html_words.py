"""Stage 2: text that is collected while a document is walked through."""

from alttext.documents.html_names import NAME_LIMIT, collapse

_NEARBY = 200


class Words:
    """Text collected during the walk, read after it: what follows an image is known only then."""

    def __init__(self, limit: int = NAME_LIMIT) -> None:
        self.limit = limit
        self.size = 0
        self.parts: list[str] = []
        self._text: str | None = None

    def add(self, part: str) -> None:
        """Append a part with its white space already collapsed."""
        if self.size > self.limit or (part == " " and self.parts and self.parts[-1].endswith(" ")):
            return
        self.parts.append(part[: self.limit])
        self.size += len(part)

    def text(self) -> str:
        """Return everything, once the walk is over."""
        if self._text is None:
            self._text = collapse("".join(self.parts))
        return self._text

    def before(self, mark: int) -> str:
        """Return the end of what had been added when there were `mark` parts."""
        near: list[str] = []
        size = 0
        while mark and size < _NEARBY:
            mark -= 1
            near.append(self.parts[mark][-_NEARBY:])
            size += len(near[-1])
        return collapse("".join(reversed(near)))[-_NEARBY:].lstrip()

    def after(self, mark: int) -> str:
        """Return the beginning of what was added later than that."""
        near: list[str] = []
        size = 0
        while mark < len(self.parts) and size < _NEARBY:
            near.append(self.parts[mark][:_NEARBY])
            size += len(near[-1])
            mark += 1
        return collapse("".join(near))[:_NEARBY].rstrip()
