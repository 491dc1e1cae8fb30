"""Build sdist and wheel, then try the wheel where nothing of this checkout can help it.

The wheel is installed, with its extra `sandbox`, into empty environments: with the newest
dependencies and with the oldest ones that pyproject.toml admits, on every Python >= 3.11 that is
found. In each one a script outside the checkout makes its first call, its first failure and its
first resumed job against the sandbox.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")
ALLOWED = {"aistats", "aistats_generated"}


def main() -> None:
    """Build, look inside, install and use."""
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT))
    _run(sys.executable, "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    (wheel,) = dist.glob("*.whl")
    _check_contents(wheel)
    for python in _pythons():
        for oldest in (False, True):
            _try(wheel, python, oldest=oldest)


def _run(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd)


def _check_contents(wheel: Path) -> None:
    """Refuse a wheel that would install anything but our two packages."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    foreign = {top for top in tops if top not in ALLOWED and not top.endswith(".dist-info")}
    if foreign:
        sys.exit(f"{wheel.name} would install {sorted(foreign)}")
    for package in ALLOWED:
        if f"{package}/py.typed" not in names:
            sys.exit(f"{wheel.name} lacks {package}/py.typed")
    print(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1024:.0f} kB")


def _pythons() -> list[str]:
    """List the interpreters that start and are of the version their name says."""
    found = []
    for name in PYTHONS:
        path = shutil.which(name)
        test = "import sys; print('%d.%d' % sys.version_info[:2])"
        if path:
            answer = subprocess.run([path, "-c", test], capture_output=True, text=True, check=False)
            if answer.returncode == 0 and name.endswith(answer.stdout.strip()):
                found.append(path)
    return found or [sys.executable]


def _oldest() -> list[str]:
    """Give the oldest version of each runtime dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = []
    for line in project["dependencies"]:
        requirement = Requirement(line)
        lowest = next(s.version for s in requirement.specifier if s.operator == ">=")
        pins.append(f"{requirement.name}=={lowest}")
    return pins


def _try(wheel: Path, python: str, *, oldest: bool) -> None:
    kind = "oldest" if oldest else "newest"
    print(f"== {Path(python).name}, {kind} dependencies", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _run(python, "-m", "venv", folder)
        inside = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
        pins = _oldest() if oldest else []
        _run(str(inside), "-m", "pip", "install", "--quiet", f"{wheel}[sandbox]", *pins)
        script = Path(folder, "new_user.py")
        shutil.copy(ROOT / "scripts" / "new_user.py", script)
        _run(str(inside), "-I", str(script), cwd=Path(folder))


if __name__ == "__main__":
    main()
