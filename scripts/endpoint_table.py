"""Fill the README's table of endpoints: every operation and the method that makes it.

With `--check`, only say whether the table is as the code has it (exit 1 if not).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from aistats_generated.operations import OPERATIONS

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.drift.touches import public_methods  # noqa: E402 - found through the line above

README = ROOT / "README.md"
BEGIN, END = "<!-- endpoints: begin -->\n", "<!-- endpoints: end -->\n"
DOOR = "client.call"


def methods() -> dict[str, str]:
    """Give for each operation's name the client's method that makes it, `client.call` if none."""
    ids = frozenset(spec.operation_id for spec in OPERATIONS.values())
    found = public_methods(ROOT / "aistats", ids)
    chosen = {}
    for name, spec in OPERATIONS.items():
        ours = [m for m in found.get(spec.operation_id, ()) if m.startswith("client.")]
        # A list says more than the feed of the same path.
        chosen[name] = min(ours, key=lambda m: m.endswith(".feed"), default=DOOR)
    return chosen


def table() -> str:
    """Write the table: a row for each namespace of several methods, one for all the others."""
    rooms: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, method in methods().items():
        room, _, leaf = method.removeprefix("client.").rpartition(".")
        rooms[room].append((leaf, f"`{OPERATIONS[name].method} {OPERATIONS[name].path}`"))
    alone = [
        f"{room}.{rooms[room][0][0]} {rooms[room][0][1]}"
        for room in sorted(rooms)
        if len(rooms[room]) == 1
    ]
    lines = ["| namespace | methods |", "|---|---|"]
    for room in sorted(room for room in rooms if room and len(rooms[room]) > 1):
        entries = " · ".join(f"{leaf} {operation}" for leaf, operation in rooms[room])
        lines.append(f"| `{room}` | {entries} |")
    lines.append(f"| of one method | {' · '.join(alone)} |")
    others = " · ".join(operation for _, operation in rooms[""])
    lines.append(f"| through `{DOOR}` | {others} |")
    return "\n".join(lines) + "\n"


def filled(text: str) -> str:
    """Give `text` with the table between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


def main() -> int:
    """Fill the README, or check that it is filled."""
    text = README.read_text(encoding="utf-8")
    if "--check" in sys.argv[1:]:
        return int(filled(text) != text)
    README.write_text(filled(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
