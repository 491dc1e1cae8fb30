"""`python -m aistats` is the command `aistats`."""

import sys

from aistats.cli import main

if __name__ == "__main__":
    sys.exit(main())
