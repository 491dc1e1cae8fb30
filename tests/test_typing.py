"""Both type checkers accept natural code as it is, and refuse what `typing_api.py` marks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[[Path], list[tuple[Path, int]]]

SOURCE = ROOT / "tests" / "typing_api.py"
NATURAL = ROOT / "tests" / "typing_use.py"
MARK = re.compile(r"\s*# type: ignore\[.*")


def mypy(path: Path) -> list[tuple[Path, int]]:
    """List where mypy --strict finds an error: file and line."""
    output = _output("mypy", "--strict", "--no-error-summary", "--output=json", str(path))
    found = [json.loads(line) for line in output.splitlines()]
    return sorted({(ROOT / one["file"], one["line"]) for one in found if _is_error(one)})


def pyright(path: Path) -> list[tuple[Path, int]]:
    """List where pyright finds an error: file and line."""
    report = json.loads(_output("pyright", "--outputjson", str(path)))
    assert report["summary"]["filesAnalyzed"] == 1
    found = report["generalDiagnostics"]
    return sorted(
        {(ROOT / one["file"], one["range"]["start"]["line"] + 1) for one in found if _is_error(one)}
    )


def _output(*arguments: str) -> str:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "generated")])
    # The command is ours, and finding errors is no failure of it.
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, "MYPYPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def _is_error(one: dict[str, Any]) -> bool:
    return bool(one["severity"] == "error")


both_checkers = pytest.mark.parametrize("check", [mypy, pyright])


@both_checkers
def test_the_calls_are_typed_as_written_there(check: Check) -> None:
    """Result types and plain dicts are right, and no mark is superfluous."""
    assert check(SOURCE) == []


@both_checkers
def test_natural_code_is_accepted(check: Check) -> None:
    """A page of code as people write it needs no cast, no narrowing for us, and no mark."""
    source = NATURAL.read_text(encoding="utf-8")
    assert not re.search(r"\bcast\(|type: ignore|pyright: ignore|\bAny\b", source)
    assert source.count("\n# pyright: strict\n") == 1
    assert check(NATURAL) == []


@both_checkers
def test_every_marked_line_is_refused(check: Check, tmp_path: Path) -> None:
    """Without the marks, the checker complains about those lines and no others."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    marked = [number for number, line in enumerate(lines, 1) if MARK.search(line)]
    bare = tmp_path / "bare.py"
    bare.write_text("\n".join(MARK.sub("", line) for line in lines) + "\n", encoding="utf-8")
    assert len(marked) > 25
    # By name: mypy's cache may remember an equal file of an earlier run.
    assert [(path.name, number) for path, number in check(bare)] == [
        ("bare.py", number) for number in marked
    ]
