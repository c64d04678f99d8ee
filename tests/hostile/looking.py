"""Looks at pictures of a site, one line of JSON each, and tells what came of it and what else was touched.

Run as a process of its own: a picture may take all memory or all time there is.
"""

import json
import os
import resource
import sys
from html import escape
from pathlib import Path
from typing import TextIO

import alttext

MOST_BYTES = 11 << 20  # of a picture
MEMORY = 6 * 2**30  # bytes of address space
STARTED = (
    "socket.connect",
    "socket.get",
    "socket.send",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.system",
)


def watched(site: Path, touched: list[str]):
    """What notes each file outside the site that is opened, and what is started or connected to."""
    own = (site, Path(sys.prefix), Path(sys.base_prefix), Path(alttext.__file__).parent)

    def note(event: str, arguments: tuple) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = Path(os.path.abspath(os.fsdecode(arguments[0])))  # noqa: PTH100 - links stay
            if not any(path.is_relative_to(folder) for folder in own):
                touched.append(f"{event} {path}")
        elif event.startswith(STARTED):
            touched.append(event)

    return note


def outcome(pipeline: alttext.Pipeline, site: Path, source: str, width: int) -> tuple[str, str]:
    """Why a picture was not looked at, "" if it was; and all that is said of it."""
    page = f'<img src="{escape(source)}" width="{width}" height="{width}">'
    (finding,) = pipeline.fix_text(page, format="html", base=site).findings
    seen = finding.description and finding.description.candidates
    return "" if seen else finding.decision.reason, str(finding)


def peak(status: TextIO) -> int:
    """The most bytes that this process had in memory; `ru_maxrss` begins at what its parent had."""
    status.seek(0)
    return int(status.read().partition("VmHWM:")[2].split()[0]) << 10


def main(site: Path) -> None:
    """Answer until there are no more lines."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    pipeline = alttext.load(config=alttext.Settings(cache=False, ocr="off", max_image_bytes=MOST_BYTES))
    outcome(pipeline, site, "plain.png", 300)  # all is loaded now that is ever needed
    status = Path("/proc/self/status").open(encoding="utf-8")  # noqa: SIM115 - before it would be noted
    touched: list[str] = []
    sys.addaudithook(watched(site, touched))
    for line in sys.stdin:
        touched.clear()
        reason, said = outcome(pipeline, site, json.loads(line), 300)
        told = {"reason": reason, "said": said, "touched": touched, "peak": peak(status)}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
