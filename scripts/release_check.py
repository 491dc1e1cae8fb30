"""Whether this commit can be released: one version, a changelog, nothing stale, nothing left over.

python scripts/release_check.py [--tag vX.Y.Z]    --tag: the tag that is being released, as in CI
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
_ASSIGNMENT = re.compile(r"^__version__ = \"(.*)\"$", re.MULTILINE)
_SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Description"}


class Refused(Exception):  # noqa: N818 - a verdict rather than an error
    """The release has a fault; the text says which and what to do about it."""


def version_of(root: Path) -> str:
    """Read the version from the one file that has it."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    if "version" in project["project"] or "version" not in project["project"].get("dynamic", []):
        raise Refused("pyproject.toml has a version of its own: leave it to aistats/_version.py")
    home = root / project["tool"]["hatch"]["version"]["path"]
    places: dict[Path, list[str]] = {
        path: found
        for path in sorted((root / "aistats").rglob("*.py"))
        if (found := _ASSIGNMENT.findall(path.read_text(encoding="utf-8")))
    }
    if list(places) != [home] or len(places[home]) != 1:
        raise Refused(f"the version is written in {sorted(map(str, places))}, not just in {home}")
    (text,) = places[home]
    try:
        parsed = Version(text)
    except InvalidVersion:
        raise Refused(f"{text!r} is not a version (PEP 440)") from None
    if str(parsed) != text or parsed.local:
        raise Refused(f"write the version {text!r} as {parsed.public!r}")
    return text


def check_changelog(root: Path, version: str) -> str:
    """The changelog has a dated entry for the version, on top, with the usual headings."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    titles = [entry.partition("\n")[0].strip() for entry in entries]
    if titles and titles[0] == "Unreleased":
        if entries[0].partition("\n")[2].strip():
            raise Refused(f'CHANGELOG.md: turn "Unreleased" into "{version} - <date>"')
        entries, titles = entries[1:], titles[1:]
    match = re.fullmatch(r"(\S+) - (\d{4}-\d{2}-\d{2})", titles[0]) if titles else None
    if match is None or match[1] != version:
        raise Refused(f'CHANGELOG.md: the first entry must be "## {version} - YYYY-MM-DD"')
    try:
        date.fromisoformat(match[2])
    except ValueError:
        raise Refused(f"CHANGELOG.md: {match[2]} is not a date") from None
    sections = re.findall(r"^### (.*)$", entries[0], re.MULTILINE)
    if not sections or (unknown := set(sections) - _SECTIONS):
        wrong = sorted(unknown) if sections else "none"
        raise Refused(f"CHANGELOG.md: headings {wrong}; use {sorted(_SECTIONS)}")
    if _description_changed(root) and "Description" not in sections:
        raise Refused(
            'CHANGELOG.md: openapi.yaml changed since the last tag: add "### Description"'
        )
    return f"{titles[0]}, {', '.join(sections)}"


def _description_changed(root: Path) -> bool:
    last = _git(root, "describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^", check=False)
    return bool(last and _git(root, "diff", "--name-only", last, "HEAD", "--", "openapi.yaml"))


def check_tag(root: Path, version: str, tag: str | None) -> str:
    """The tag of the release is v and the version, and no other commit has it."""
    wanted = f"v{version}"
    if tag is not None and tag != wanted:
        raise Refused(f"the tag {tag} does not fit version {version}: it must be {wanted}")
    tagged = _git(root, "rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}", check=False)
    if tagged and tagged != _git(root, "rev-parse", "HEAD"):
        raise Refused(f"the tag {wanted} is on another commit: this version was released already")
    if tag is not None and not tagged:
        raise Refused(f"the tag {wanted} does not exist here")
    return f"{wanted} {'is on this commit' if tagged else 'is free'}"


def check_tree(root: Path) -> str:
    """Everything is committed."""
    left = _git(root, "status", "--porcelain")
    if left:
        raise Refused(f"not committed: {', '.join(left.splitlines()[:5])}")
    return "clean"


def check_fresh(root: Path, command: str) -> str:
    """What is generated is what its source gives."""
    run = [sys.executable, *command.split()]
    done = subprocess.run(run, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused((done.stdout + done.stderr).strip() or f"{command} failed")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else command


def _git(root: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    if check and done.returncode:
        raise Refused(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip() if not done.returncode else ""


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Make all checks and say of each what it found; 0 when the commit can be released."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    on_tag = os.environ.get("GITHUB_REF_TYPE") == "tag"
    given = os.environ.get("GITHUB_REF_NAME") if on_tag else None
    parser.add_argument("--tag", default=given, help="the tag that is being released")
    tag = parser.parse_args(arguments).tag
    checks: dict[str, Callable[[], str]] = {
        "version": lambda: version_of(root),
        "changelog": lambda: check_changelog(root, version_of(root)),
        "tag": lambda: check_tag(root, version_of(root), tag),
        "description": lambda: check_fresh(root, "scripts/sync_spec.py --check"),
        "generated": lambda: check_fresh(root, "scripts/generate.py --check"),
        "tree": lambda: check_tree(root),
    }
    faults = 0
    for name, check in checks.items():
        try:
            print(f"ok    {name:12} {check()}")
        except Refused as fault:
            faults += 1
            print(f"FAIL  {name:12} {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
