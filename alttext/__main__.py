"""`python -m alttext` is the `alttext` command."""

from alttext.cli import main

if __name__ == "__main__":
    main()
