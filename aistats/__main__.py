"""`aistats` and `python -m aistats`: the command line, or what to install where it is missing."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> int:
    """Run the command line and give its exit code; 2 where the extra `cli` is not installed."""
    try:
        from aistats import cli
    except ModuleNotFoundError as error:
        if error.name != "typer":
            raise
        with suppress(OSError):  # not even there is anybody to tell
            os.write(2, b"the command line needs typer: pip install 'aistats-client[cli]'\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
