"""Compares two folders byte by byte, and puts a new one in the place of an old one in one step."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def files(root: Path) -> dict[str, bytes]:
    """Read every file below a folder, but the caches that importing leaves there."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def differences(expected: Path, actual: Path) -> list[str]:
    """List, one line each, the files that a person added, removed or changed in `actual`."""
    wanted, found = files(expected), files(actual) if actual.is_dir() else {}
    lines = [f"missing  {name}" for name in wanted.keys() - found.keys()]
    lines += [f"added    {name}" for name in found.keys() - wanted.keys()]
    lines += [
        f"changed  {name}" for name in wanted.keys() & found.keys() if wanted[name] != found[name]
    ]
    return sorted(lines, key=lambda line: line.split(maxsplit=1)[1])


def swap(new: Path, target: Path) -> None:
    """Put `new` where `target` is; at every moment one whole tree stands under one of the names."""
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
