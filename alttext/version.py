"""Which version of a distribution is installed: of this one, or of a library that a result depends on."""

OURS = "alttext-clip"


def installed(distribution: str = OURS, unknown: str = "0+source") -> str:
    """Return the version of a distribution; `unknown` if it is none, such as a checkout on the path."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a slow import

    try:
        return version(distribution)
    except PackageNotFoundError:
        return unknown
