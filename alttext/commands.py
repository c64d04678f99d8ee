"""What commands of other packages may build on: the options that commands share, and where reports go.

    [project.entry-points."alttext.commands"]
    mine = "mine.command:mine"

makes the click command `mine` a command of alttext. What is here stays as it is between versions, as what
`alttext` itself exports does; other modules may change. A command gets an `Options` from a decorator such as
`for_containers`; its `settings(paths)` are those of the configuration with the command line on top, and
`finish(code)` ends the command. Errors that are an `AlttextError` are told in one line.
"""

from alttext.cli.declared import CONFIG_FILE, DIFF, DRY_RUN, MODEL, QUIET
from alttext.cli.options import Options, for_containers
from alttext.cli.output import Output
from alttext.distribution import installed
from alttext.reports import View

__all__ = [
    "CONFIG_FILE",
    "DIFF",
    "DRY_RUN",
    "MODEL",
    "QUIET",
    "Options",
    "Output",
    "View",
    "for_containers",
    "installed",
]
