"""Names for findings that stay the same when lines are added above them.

The hash of a line is the one that GitHub's upload-sarif action computes where a report has none, so that
an alert is the same however the report is uploaded:
https://github.com/github/codeql-action/blob/main/src/fingerprints.ts
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256

from alttext.reports.places import errors_of
from alttext.types import FileResult, Finding

_BLOCK = 100  # UTF-16 code units that make the hash of a line
_BASE = 37
_END = "\uffff"  # stands for the end of the file
_UNIT = 2  # bytes


def of_lines(data: bytes, lines: Collection[int]) -> Mapping[int, str]:
    """Return the hashes of some lines of a file: of what follows their start, and how often it did before."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    packed = text.replace(" ", "").replace("\t", "") + _END
    units = packed.encode("utf-16-be", "surrogatepass") + bytes(_UNIT * _BLOCK)
    seen: Counter[bytes] = Counter()
    hashes = {}
    for number, start in enumerate(_line_starts(packed), start=1):
        block = units[start : start + _UNIT * _BLOCK]
        seen[block] += 1
        if number in lines:
            hashes[number] = f"{_rolled(block):x}:{seen[block]}"
    return hashes


def _line_starts(packed: str) -> Iterable[int]:
    start = 0
    for line in packed.split("\n"):
        yield start
        start += _UNIT * (len(line) + 1 + sum(character > "\uffff" for character in line))


def _rolled(block: bytes) -> int:
    value = 0
    for at in range(0, len(block), _UNIT):
        value = (value * _BASE + int.from_bytes(block[at : at + _UNIT])) % 2**64
    return value


def of_findings(findings: Iterable[Finding]) -> list[str]:
    """Return a name for each finding of one document: its problem and picture, and the how manieth it is."""
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        name = "\0".join((finding.rule, finding.image.kind, finding.image.src))
        seen[name] += 1
        named = f"{name}\0{seen[name]}".encode("utf-8", "surrogatepass")
        names.append(sha256(named).hexdigest()[:32])
    return names


def on_disk(result: FileResult, *, written: bool) -> bytes:
    """Return the bytes of a document."""
    text = result.text if written else result.before
    return result.bom + text.encode(result.encoding, errors_of(result))
