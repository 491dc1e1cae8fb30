"""Print what the client can be trusted with: the matrix of faults and the table of the fuzzer.

python scripts/trust.py                  both tables; about five minutes on two cores
python scripts/trust.py --cases 2000     fewer cases for the fuzzer

Every cell of the matrix is run against a server on loopback, by the blocking client, on asyncio and
on trio. Exit status 1 when a cell or a parser is not as it must be.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "generated")]  # so that `python scripts/trust.py` works

import pytest  # noqa: E402 - see above

from scripts import fuzz  # noqa: E402
from tests.trust import matrix  # noqa: E402
from tests.trust.table import cells  # noqa: E402

WIDTH: Final = 12


def run_matrix() -> tuple[list[str], list[str]]:
    """Run every cell in every colour; give the table and what is wrong with it."""
    wrong: list[str] = []
    rows: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as name:
        authority = matrix.Authority(Path(name))
        for number, cell in enumerate(cells()):
            found = set()
            for colour in matrix.COLOURS:
                folder = Path(name) / f"{number}-{colour}"
                folder.mkdir()
                with pytest.MonkeyPatch.context() as patch:
                    seen = matrix.run_cell(cell, colour, folder, authority, patch)
                complaints = matrix.faults_of(cell, seen)
                found.add(f"{seen.outcome} {seen.tries}{'!' if complaints else ''}")
                wrong += [f"{cell}, {colour}: {complaint}" for complaint in complaints]
            row = rows.setdefault(f"{cell.fault}{' once' if cell.once else ''}", {})
            row[cell.call] = " / ".join(sorted(found))
    return matrix_table(rows), wrong


def matrix_table(rows: dict[str, dict[str, str]]) -> list[str]:
    """Write the cells as a table; colours that differ are all shown."""
    lines = [f"{'fault':<26}" + "".join(f"{call:<{WIDTH}}" for call in matrix.CALLS)]
    lines.append("-" * len(lines[0]))
    for name, row in rows.items():
        lines.append(f"{name:<26}" + "".join(f"{row[call]:<{WIDTH}}" for call in matrix.CALLS))
    return lines


def main() -> int:
    """Run both and print their tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=fuzz.CASES, help="cases for the fuzzer")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="its seed")
    wanted = parser.parse_args()
    logging.getLogger("aistats").addHandler(logging.NullHandler())  # retries are not news here

    print(f"== faults on the wire, {' and '.join(matrix.COLOURS)}: outcome and tries", flush=True)
    started = time.perf_counter()
    lines, wrong = run_matrix()
    tried = len(cells()) * len(matrix.COLOURS)
    print("\n".join(lines))
    print(f"{tried} cells, {len(wrong)} failures, {time.perf_counter() - started:.0f} s")
    print("\n".join(wrong))

    engines = "hypothesis and atheris" if fuzz.has_atheris() else "hypothesis only"
    print(f"== hostile replies, {engines}, seed {wanted.seed}", flush=True)
    results = fuzz.fuzz(wanted.cases, wanted.seed, None)
    print("\n".join(fuzz.table(results)))
    broken = [f"{each.parser}: {each.failure}" for each in results if each.failure]
    print("\n".join(broken))
    return int(bool(wrong or broken))


if __name__ == "__main__":
    sys.exit(main())
