"""Stage 2: text that is collected while a document is walked through."""

from alttext.documents.html_names import NAME_LIMIT, collapse

_NEARBY = 200


class Words:
    """What an element says, as far as anybody needs it."""

    __slots__ = ("_text", "limit", "parts", "size")

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


class Surroundings:
    """Text of one block, read after the walk: what follows an image is known only then.

    It is kept as it stands in the document, since little of it is near an image.
    """

    __slots__ = ("_squeezed", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._squeezed: dict[int, str] = {}  # parts that are near to an image, and mostly to several

    def add(self, part: str) -> None:
        """Append a part, white space and all."""
        if part and not (part.isspace() and self.parts and self.parts[-1][-1].isspace()):
            self.parts.append(part)

    def before(self, mark: int) -> str:
        """Return the end of what had been added when there were `mark` parts."""
        near: list[str] = []
        size = 0
        while mark and size < _NEARBY:
            mark -= 1
            near.append(self._part(mark)[-_NEARBY:])
            size += len(near[-1])
        return collapse("".join(reversed(near)))[-_NEARBY:].lstrip()

    def after(self, mark: int) -> str:
        """Return the beginning of what was added later than that."""
        near: list[str] = []
        size = 0
        while mark < len(self.parts) and size < _NEARBY:
            near.append(self._part(mark)[:_NEARBY])
            size += len(near[-1])
            mark += 1
        return collapse("".join(near))[:_NEARBY].rstrip()

    def _part(self, at: int) -> str:
        part = self._squeezed.get(at)
        if part is None:
            part = self._squeezed[at] = squeeze(self.parts[at])
        return part


def squeeze(part: str) -> str:
    """Make one space of any white space, also at both ends."""
    words = " ".join(part.split())
    return f"{' ' * part[:1].isspace()}{words}{' ' * (bool(words) and part[-1:].isspace())}"
