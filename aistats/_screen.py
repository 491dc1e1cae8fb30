"""What the command line promises to other programs: exit codes, and what goes to which stream.

Nothing of ours is imported here: `aistats --help` needs no more than this.
"""

from __future__ import annotations

import json
import re
import sys
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a terminal would obey rather than show; line ends and tabs are harmless.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Exit(IntEnum):
    """The exit codes; the table in docs/cli.md says the same."""

    told: str

    OK = 0, "done"
    LOCAL = 1, "a file, or something else on this machine"
    USAGE = 2, "wrong arguments"
    CONFIGURATION = 3, "wrong or missing set-up"
    AUTHENTICATION = 4, "the key is refused"
    CREDIT = 5, "the wallet or the key's limit is exhausted"
    REFUSED = 6, "the request is refused"
    GATEWAY = 7, "the gateway or a provider failed"
    NETWORK = 8, "no answer"
    JOB_FAILED = 9, "the job failed"
    JOB_TIMEOUT = 10, "the job goes on, we stopped waiting"
    INTERRUPTED = 130, "Ctrl-C"
    BROKEN_PIPE = 141, "the reader of the output has gone"

    def __new__(cls, code: int, told: str) -> Self:
        """Keep what the code means beside it."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.told = told
        return member


class Screen:
    """Results go to stdout, as text or as JSON objects, one a line; all else goes to stderr."""

    def __init__(self, *, json: bool) -> None:
        self.json: bool = json

    def text(self, text: str, *, end: str = "\n") -> None:
        """Print a result for people; nothing when JSON was asked for."""
        if not self.json:
            shown = _CONTROL.sub("\ufffd", text) if sys.stdout.isatty() else text
            print(shown, end=end, flush=True)

    def record(self, record: Mapping[str, Any]) -> None:
        """Print a result for programs; nothing unless JSON was asked for."""
        if self.json:
            print(json.dumps(record, default=str), flush=True)

    def note(self, text: str) -> None:
        """Tell people what happens, beside the results."""
        print(_CONTROL.sub("\ufffd", text), file=sys.stderr, flush=True)
