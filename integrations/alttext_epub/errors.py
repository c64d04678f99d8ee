"""What is raised about books."""

from alttext import AlttextError


class BookError(AlttextError):
    """A book cannot be read, or not be written without loss, so it was left alone."""
