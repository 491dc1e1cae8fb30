"""What must come of every kind of call under every fault on the wire; `matrix` finds out.

Words of a cell: what the caller sees, and how often the call was tried. ok: the result. failed:
`ConnectionFailedError`. timeout: `RequestTimeoutError`. decode: `ResponseDecodeError`. cut:
`StreamTruncatedError`.
"""

from __future__ import annotations

from attrs import frozen

# A line is a fault, either of every connection or of the first one only ("once").
TABLE = """
fault                    | GET       | billed POST | text POST | stream    | upload    | download  | poll
refused                  | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
refused once             | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
DNS failure              | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
DNS failure once         | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
TLS failure              | failed 3  | failed 3    | failed 3  | failed 3  | failed 3  | failed 3  | failed 3
TLS failure once         | ok 2      | ok 2        | ok 2      | ok 2      | ok 2      | ok 2      | ok 2
reset while reading      | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
reset while reading once | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
reset before headers     | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
reset before headers once| ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
reset after headers      | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
reset after headers once | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
reset mid-body           | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
reset mid-body once      | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
closed mid-body          | failed 3  | failed 1    | failed 1  | cut 1     | failed 1  | failed 3  | failed 3
closed mid-body once     | ok 2      | failed 1    | failed 1  | cut 1     | failed 1  | ok 2      | ok 2
length too small         | decode 1  | decode 1    | decode 1  | cut 1     | decode 1  | ok 1      | decode 3
length too small once    | decode 1  | decode 1    | decode 1  | cut 1     | decode 1  | ok 1      | ok 2
two lengths              | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
two lengths once         | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
half-closed              | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
half-closed once         | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
not HTTP                 | failed 3  | failed 1    | failed 1  | failed 1  | failed 1  | failed 3  | failed 3
not HTTP once            | ok 2      | failed 1    | failed 1  | failed 1  | failed 1  | ok 2      | ok 2
slow headers             | timeout 3 | timeout 1   | timeout 1 | timeout 1 | timeout 1 | timeout 3 | timeout 3
slow body                | timeout 3 | timeout 1   | timeout 1 | cut 1     | timeout 1 | timeout 3 | timeout 3
"""  # noqa: E501 - a table is read across

NEVER_SENT = ("refused", "DNS failure", "TLS failure")
BILLED = ("billed POST", "text POST", "stream", "upload")


@frozen
class Cell:
    """One call under one fault; `once`: the fault strikes the first connection only."""

    fault: str
    once: bool
    call: str
    outcome: str
    tries: int

    def __str__(self) -> str:
        return f"{self.fault}{' once' if self.once else ''} x {self.call}"


def cells(table: str = TABLE) -> list[Cell]:
    """Read the table."""
    head, *lines = [
        [word.strip() for word in line.split("|")] for line in table.strip().splitlines()
    ]
    found = []
    for name, *row in lines:
        for call, words in zip(head[1:], row, strict=True):
            outcome, tries = words.split()
            fault = name.removesuffix(" once")
            found.append(Cell(fault, fault != name, call, outcome, int(tries)))
    return found
