"""Print what the client can be trusted with: the matrix of faults and the table of the fuzzer.

python scripts/trust.py                  both; about five minutes on two cores
python scripts/trust.py --fuzz           the fuzzer alone: at least 100,000 cases
python scripts/trust.py --cases 10000    fewer cases
python scripts/trust.py --seed 7         other cases; the seed of a run is printed
python scripts/trust.py --only models    the fuzzer, one parser

Every cell of the matrix is run against a server on loopback, by the blocking client, on asyncio and
on trio. Hypothesis makes the fuzzer's cases; where atheris is installed (dependency group `fuzz`),
it also makes some, guided by the coverage that each reaches. Exit status 1 when a cell or a parser
is not as it must be.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "generated")]  # so that `python scripts/trust.py` works

import pytest  # noqa: E402 - see above

from tests.trust import matrix, parsers  # noqa: E402

CASES: Final = 120_000
BLOCK: Final = 5_000
"""Cases of one hypothesis run: longer ones slow down, as it remembers what it tried."""
GUIDED_SHARE: Final = 0.15
"""The part of the cases that atheris makes where it is there; it is several times slower."""
LONGEST: Final = 270.0
"""Seconds for all; what is not done by then is left out, and the table says so."""


def run_matrix() -> list[str]:
    """Run every cell in every colour and print the table; give what is wrong with it."""
    wrong: list[str] = []
    rows: dict[str, dict[str, str]] = {}
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        authority = matrix.Authority(Path(name))
        for number, cell in enumerate(matrix.cells()):
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
            row[cell.call] = " / ".join(sorted(found))  # colours that differ are all shown
    print(f"{'fault':<26}" + "".join(f"{call:<12}" for call in matrix.CALLS))
    for name, row in rows.items():
        print(f"{name:<26}" + "".join(f"{row[call]:<12}" for call in matrix.CALLS))
    print(f"{len(wrong)} failures, {time.perf_counter() - started:.0f} s")
    return wrong


def try_hypothesis(name: str, cases: int, seed: int, until: float) -> dict[str, Any]:
    """Try so many cases in this process."""
    done = 0
    while done < cases and time.time() < until:
        size = min(BLOCK, cases - done)
        try:
            parsers.hunt(parsers.PARSERS[name], size, number=seed + done)()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the finding
            return {"cases": done + size, "failure": _described(error)}
        done += size
    return {"cases": done, "failure": None}


def _described(error: BaseException) -> str:
    """Give what broke and the smallest case that breaks it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    case = " ".join(" ".join(getattr(error, "__notes__", ())).split())
    return f"{type(error).__name__}: {error} | {case}"[:1500]


def try_atheris(name: str, cases: int, seed: int) -> None:
    """Try so many cases that atheris makes; it ends the process itself."""
    atheris: Any = importlib.import_module("atheris")  # its stubs are not published

    with atheris.instrument_imports(include=["aistats", "aistats_generated", "scripts.spec"]):
        for module in [m for m in sys.modules if m.partition(".")[0] in ("aistats", "tests")]:
            del sys.modules[module]
        guided = importlib.import_module("tests.trust.parsers")
    test = guided.hunt(guided.PARSERS[name], cases).hypothesis.fuzz_one_input
    runs = [f"-runs={max(1, cases // parsers.PER_CASE)}", f"-seed={seed + 1}"]
    limits = ["-print_final_stats=1", "-max_len=4096", "-len_control=0", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *runs, *limits], test)
    atheris.Fuzz()


def _work(name: str, plain: int, guided: int, options: list[str], until: float) -> dict[str, Any]:
    """Have other processes try the cases of one parser."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--only", name, *options]
    plainly = [*command, "--engine", "hypothesis", "--cases", str(plain)]
    done = subprocess.run(plainly, capture_output=True, check=False)
    if done.returncode != 0:  # a crash of the interpreter itself is a finding as well
        found: dict[str, Any] = {"cases": plain, "failure": f"the process died: {_end_of(done)}"}
    else:
        found = json.loads(done.stdout.splitlines()[-1])
    found |= {"parser": name, "guided": 0}
    if guided and found["failure"] is None and time.time() < until:
        guidedly = [*command, "--engine", "atheris", "--cases", str(guided)]
        done = subprocess.run(guidedly, capture_output=True, check=False)
        stats = re.search(rb"stat::number_of_executed_units:\s*(\d+)", done.stderr)
        found["guided"] = int(stats[1]) * parsers.PER_CASE if stats else 0
        if done.returncode != 0 or not stats:
            found["failure"] = f"atheris: {_end_of(done)}"
    return {**found, "seconds": time.perf_counter() - started}


def _end_of(done: subprocess.CompletedProcess[bytes]) -> str:
    return f"status {done.returncode}, {done.stderr.decode('utf-8', 'replace')[-1500:]}"


def run_fuzz(cases: int, seed: int, only: str | None) -> list[str]:
    """Try the cases, as many parsers at a time as there are processors; give the failures."""
    speeds = {name: p.speed for name, p in parsers.PARSERS.items() if only in (None, name)}
    until = time.time() + LONGEST
    share = GUIDED_SHARE if importlib.util.find_spec("atheris") else 0.0
    options = ["--seed", str(seed), "--until", str(until)]

    def one(name: str) -> dict[str, Any]:
        mine = cases * speeds[name] / sum(speeds.values())
        return _work(name, round(mine * (1 - share)), round(mine * share), options, until)

    print(f"hypothesis{' and atheris' if share else ' only'}, seed {seed}", flush=True)
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = list(pool.map(one, sorted(speeds, key=speeds.__getitem__)))
    total = {key: sum(each[key] for each in results) for key in ("cases", "guided", "seconds")}
    print(f"{'parser':<16}{'cases':>9}{'guided':>9}{'seconds':>9}")
    for each in [*results, {"parser": "all", **total}]:
        print(
            f"{each['parser']:<16}{each['cases']:>9,}{each['guided']:>9,}{each['seconds']:>9.0f}"
            f"{'  failed' if each.get('failure') else ''}"
        )
    return [f"{each['parser']}: {each['failure']}" for each in results if each["failure"]]


def main() -> int:
    """Read the arguments and run what they ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--fuzz", action="store_true", help="the fuzzer alone")
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=list(parsers.PARSERS), help="the fuzzer, one parser")
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], help=argparse.SUPPRESS)
    parser.add_argument("--until", type=float, default=float("inf"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    logging.getLogger("aistats").addHandler(logging.NullHandler())  # retries are not news here
    if wanted.engine == "atheris":
        try_atheris(wanted.only, wanted.cases, wanted.seed)
    if wanted.engine:
        print(json.dumps(try_hypothesis(wanted.only, wanted.cases, wanted.seed, wanted.until)))
        return 0
    wrong = []
    if not (wanted.fuzz or wanted.only):
        print(
            f"== faults on the wire, {' and '.join(matrix.COLOURS)}: outcome and tries", flush=True
        )
        wrong += run_matrix()
    print("== hostile replies", flush=True)
    wrong += run_fuzz(wanted.cases, wanted.seed, wanted.only)
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
