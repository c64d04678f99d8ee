"""Everything that alttext raises on purpose.

AlttextError
├── ConfigError         a configuration file or option is wrong
├── ParseError          a document cannot be read as its format
├── ImageError          an image cannot be loaded; carries the rule id of the finding
├── ModelError          a model or vocabulary is missing, damaged or of an unknown kind
├── VerificationError   an edit would have changed more than alternatives, so it was not made
└── WriteError          a document cannot be written without loss, so it was left alone
    └── StaleError      what an answer is about has changed since the question was asked
"""


class AlttextError(Exception):
    """Root of the tree. The message names the file, the cause and the next step."""


class ConfigError(AlttextError):
    """A configuration file or option is wrong."""


class ParseError(AlttextError):
    """A document cannot be read as its format."""


class ImageError(AlttextError):
    """An image cannot be loaded; `reason` is the rule id of the finding that reports it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason

    @property
    def cause(self) -> str:
        """What happened, as a sentence: without the picture that it begins with and the advice at its end."""
        told = str(self).partition(": ")[2]
        said = told.rpartition("; ")[0] or told
        return f"{said[:1].upper()}{said[1:]}." if said else ""


class ModelError(AlttextError):
    """A model or vocabulary is missing, damaged or of an unknown kind."""


class VerificationError(AlttextError):
    """An edit would have changed more than alternatives, so it was not made."""


class WriteError(AlttextError):
    """A document cannot be written without loss, so it was left alone."""


class StaleError(WriteError):
    """What an answer is about has changed since the question was asked."""
