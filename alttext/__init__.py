"""Find images without a text alternative and write true ones, changing no other byte.

Everything a caller needs is here; other modules may change between versions.
"""

from alttext.config import Settings
from alttext.errors import (
    AlttextError,
    ConfigError,
    ImageError,
    ModelError,
    ParseError,
    VerificationError,
)
from alttext.pipeline import Pipeline, load
from alttext.rules import Rule, explain
from alttext.texts import find_images, rewrite
from alttext.types import (
    Action,
    Candidate,
    Classification,
    Context,
    Decision,
    Description,
    FileResult,
    Finding,
    ImageKind,
    ImageRef,
    Link,
    Purpose,
    Span,
)

__all__ = [
    "Action",
    "AlttextError",
    "Candidate",
    "Classification",
    "ConfigError",
    "Context",
    "Decision",
    "Description",
    "FileResult",
    "Finding",
    "ImageError",
    "ImageKind",
    "ImageRef",
    "Link",
    "ModelError",
    "ParseError",
    "Pipeline",
    "Purpose",
    "Rule",
    "Settings",
    "Span",
    "VerificationError",
    "explain",
    "find_images",
    "load",
    "rewrite",
]
