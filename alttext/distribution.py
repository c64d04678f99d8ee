"""What is installed: which version of this distribution, or of a library, and how an extra gets there."""

OURS = "alttext-clip"


def installed(distribution: str = OURS, unknown: str = "0+source") -> str:
    """Return the version of a distribution; `unknown` if it is none, such as a checkout on the path."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - a slow import

    try:
        return version(distribution)
    except PackageNotFoundError:
        return unknown


def to_install(extra: str) -> str:
    """Return the command that installs an extra of this distribution."""
    return f"pip install '{OURS}[{extra}]'"
