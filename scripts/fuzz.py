"""Feed every parser with hostile replies at length, and print what came of it.

python scripts/fuzz.py                   at least 100,000 cases, in five minutes on two cores
python scripts/fuzz.py --cases 10000     fewer
python scripts/fuzz.py --seed 7          other cases; the seed of a run is printed
python scripts/fuzz.py --only models     one parser

Hypothesis makes the cases. Where atheris is installed (dependency group `fuzz`), it also makes
some, guided by the coverage that each reaches. Exit status 1 when a parser broke its promise.
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
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from attrs import frozen

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "generated")]  # so that `python scripts/fuzz.py` works

from tests.trust.hunt import PER_CASE, hunt  # noqa: E402 - see above
from tests.trust.parsers import PARSERS  # noqa: E402

CASES: Final = 120_000
BLOCK: Final = 5_000
"""Cases of one hypothesis run: longer ones slow down, as it remembers what it tried."""
GUIDED_SHARE: Final = 0.15
"""The part of the cases that atheris makes where it is there; it is several times slower."""
LONGEST: Final = 270.0
"""Seconds for all; what is not done by then is left out, and the table says so."""

# How many cases a second a parser takes here, in proportion: slow ones get fewer.
WEIGHTS: Final = {
    "error bodies": 12,
    "Retry-After": 14,
    "models": 10,
    "text streams": 7,
    "speech streams": 7,
    "job snapshots": 3,
    "job texts": 9,
    "webhooks": 9,
    "pages": 7,
    "downloads": 3,
    "keys": 14,
    "descriptions": 4,
}


@frozen
class Result:
    """What one parser came to."""

    parser: str
    cases: int
    guided: int
    seconds: float
    failure: str | None


def has_atheris() -> bool:
    """Say whether the coverage-guided engine is installed."""
    return importlib.util.find_spec("atheris") is not None


def run_hypothesis(name: str, cases: int, seed: int, until: float) -> dict[str, Any]:
    """Try so many cases in this process."""
    done = 0
    while done < cases and time.time() < until:
        size = min(BLOCK, cases - done)
        try:
            hunt(PARSERS[name], size, number=seed + done)()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is the finding
            return {"cases": done + size, "failure": describe(error)}
        done += size
    return {"cases": done, "failure": None}


def describe(error: BaseException) -> str:
    """Give what broke and the smallest case that breaks it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    case = " ".join(" ".join(getattr(error, "__notes__", ())).split())
    return f"{type(error).__name__}: {error} | {case}"[:1500]


def run_atheris(name: str, cases: int, seed: int) -> None:
    """Try so many cases that atheris makes; it ends the process itself."""
    atheris: Any = importlib.import_module("atheris")  # its stubs are not published

    with atheris.instrument_imports(include=["aistats", "aistats_generated", "scripts.spec"]):
        for module in [m for m in sys.modules if m.partition(".")[0] in ("aistats", "tests")]:
            del sys.modules[module]
        guided = importlib.import_module("tests.trust.hunt")
        parsers = importlib.import_module("tests.trust.parsers").PARSERS
    test = guided.hunt(parsers[name], cases).hypothesis.fuzz_one_input
    runs = [f"-runs={max(1, cases // PER_CASE)}", f"-seed={seed + 1}", "-print_final_stats=1"]
    limits = ["-max_len=4096", "-len_control=0", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], *runs, *limits], test)
    atheris.Fuzz()


def work(name: str, plain: int, guided: int, seed: int, until: float) -> Result:
    """Have other processes try the cases of one parser."""
    started = time.perf_counter()
    options = ["--only", name, "--seed", str(seed), "--until", str(until)]
    done = _worker("hypothesis", plain, options)
    found: dict[str, Any]
    if done.returncode != 0:  # a crash of the interpreter itself is a finding as well
        found = {"cases": plain, "failure": f"the process died: {_end_of(done)}"}
    else:
        found = json.loads(done.stdout.splitlines()[-1])
    tried, failure = 0, found["failure"]
    if guided and failure is None and time.time() < until:
        done = _worker("atheris", guided, options)
        stats = re.search(rb"stat::number_of_executed_units:\s*(\d+)", done.stderr)
        tried = int(stats[1]) * PER_CASE if stats else 0
        failure = f"atheris: {_end_of(done)}" if done.returncode != 0 or not stats else None
    return Result(name, found["cases"], tried, time.perf_counter() - started, failure)


def _worker(engine: str, cases: int, options: list[str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, __file__, "--engine", engine, "--cases", str(cases), *options]
    return subprocess.run(command, capture_output=True, check=False)


def _end_of(done: subprocess.CompletedProcess[bytes]) -> str:
    return f"status {done.returncode}, {done.stderr.decode('utf-8', 'replace')[-1500:]}"


def table(results: list[Result]) -> list[str]:
    """Write the results as a table."""
    lines = [f"{'parser':<16}{'cases':>9}{'guided':>9}{'failures':>10}{'seconds':>9}"]
    lines.append("-" * len(lines[0]))
    for each in results:
        row = f"{each.cases:>9,}{each.guided:>9,}{int(each.failure is not None):>10}"
        lines.append(f"{each.parser:<16}{row}{each.seconds:>9.0f}")
    total = f"{sum(r.cases for r in results):>9,}{sum(r.guided for r in results):>9,}"
    failures = sum(result.failure is not None for result in results)
    lines.append(f"{'all':<16}{total}{failures:>10}")
    return lines


def fuzz(cases: int, seed: int, only: str | None, seconds: float = LONGEST) -> list[Result]:
    """Try the cases, two parsers at a time."""
    names = [only] if only else list(PARSERS)
    weight = sum(WEIGHTS[name] for name in names)
    until = time.time() + seconds
    share = GUIDED_SHARE if has_atheris() else 0.0

    def one(name: str) -> Result:
        mine = cases * WEIGHTS[name] / weight
        return work(name, round(mine * (1 - share)), round(mine * share), seed, until)

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return list(pool.map(one, sorted(names, key=WEIGHTS.__getitem__)))


def main() -> int:
    """Read the arguments, fuzz, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=list(PARSERS))
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], help=argparse.SUPPRESS)
    parser.add_argument("--until", type=float, default=float("inf"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    logging.disable()
    if wanted.engine == "atheris":
        run_atheris(wanted.only, wanted.cases, wanted.seed)
    if wanted.engine:
        print(json.dumps(run_hypothesis(wanted.only, wanted.cases, wanted.seed, wanted.until)))
        return 0
    engines = "hypothesis and atheris" if has_atheris() else "hypothesis (atheris is not installed)"
    print(f"fuzzing {len(PARSERS)} parsers with {engines}, seed {wanted.seed}", flush=True)
    results = fuzz(wanted.cases, wanted.seed, wanted.only)
    print("\n".join(table(results)))
    for each in results:
        if each.failure:
            print(f"\n{each.parser}: {each.failure}")
    return int(any(each.failure for each in results))


if __name__ == "__main__":
    sys.exit(main())
