"""Build sdist and wheel, then try the wheel where nothing of this checkout can help it.

python scripts/build.py           on every Python of the list below that is found
python scripts/build.py --once    on this Python and with the newest dependencies only
PYTHONS="python3.11 python3.13"   on these, each of which must be there

The wheel is installed, with its extra `sandbox`, into empty environments: with the newest
dependencies and with the oldest ones that pyproject.toml admits. In each of them `new_user.py`
makes a new user's first steps and runs the README, outside the checkout and against the sandbox.
Interpreters are looked for under their names on PATH, then among those of pyenv and of uv.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
PACKAGES: Final = {"aistats", "aistats_generated"}
EXTRA: Final = "sandbox"


def main() -> None:
    """Build, look inside, install and use."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--once", action="store_true", help="this Python, newest dependencies")
    once = parser.parse_args().once
    pythons = [sys.executable] if once else _pythons()
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT))
    _run(sys.executable, "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    (wheel,) = dist.glob("*.whl")
    _check_contents(wheel)
    for python in pythons:
        for oldest in (False,) if once else (False, True):
            _try(wheel, python, oldest=oldest)


def _run(*command: str, cwd: Path | None = None, hint: str = "see above") -> None:
    done = subprocess.run(command, check=False, cwd=cwd)
    if done.returncode:
        sys.exit(f"status {done.returncode} of {shlex.join(command)}: {hint}")


def _check_contents(wheel: Path) -> None:
    """Refuse a wheel that would install anything but our two packages."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    foreign = {top for top in tops if top not in PACKAGES and not top.endswith(".dist-info")}
    if foreign:
        sys.exit(f"{wheel.name} would install {sorted(foreign)}")
    for package in PACKAGES:
        if f"{package}/py.typed" not in names:
            sys.exit(f"{wheel.name} lacks {package}/py.typed")
    print(f"{wheel.name}: {len(names)} files, {wheel.stat().st_size / 1024:.0f} kB")


def _pythons() -> list[str]:
    """List the interpreters to try: those that are asked for, else those that are found."""
    if wanted := os.environ.get("PYTHONS", "").split():
        if missing := [name for name in wanted if _version(name) not in PYTHONS]:
            sys.exit(f"PYTHONS: no Python of {', '.join(PYTHONS)}: {', '.join(missing)}")
        return wanted
    found = {}
    for version in PYTHONS:
        fitting = (path for path in _places(version) if _version(path) == version)
        if path := next(fitting, None):
            found[version] = path
    missing = [version for version in PYTHONS if version not in found]
    print(f"found Python {', '.join(found)}; not found: {', '.join(missing) or 'none'}", flush=True)
    return list(found.values())


def _places(version: str) -> Iterator[str]:
    """Give where an interpreter of this version may be; a name of pyenv's may lead nowhere."""
    yield sys.executable
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    yield from map(str, sorted(pyenv.glob(f"{version}.*/bin/python{version}")))
    uv = [sys.executable, "-m", "uv", "python", "find", "--managed-python", "--no-python-downloads"]
    done = subprocess.run([*uv, version], capture_output=True, text=True, check=False)
    if path := done.stdout.strip():
        yield path


def _version(python: str) -> str | None:
    """Ask an interpreter for its version, such as 3.12; None when it does not start."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _oldest() -> list[str]:
    """Give the oldest version of each dependency, those of the extra included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = []
    for line in (*project["dependencies"], *project["optional-dependencies"][EXTRA]):
        requirement = Requirement(line)
        lowest = next(s.version for s in requirement.specifier if s.operator == ">=")
        pins.append(f"{requirement.name}=={lowest}")
    return pins


def _try(wheel: Path, python: str, *, oldest: bool) -> None:
    """Install the wheel in an empty environment and be a new user there."""
    pins = _oldest() if oldest else []
    kind = f"oldest dependencies: {' '.join(pins)}" if oldest else "newest dependencies"
    print(f"== Python {_version(python)}, {kind}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _run(python, "-m", "venv", folder)
        inside = str(Path(folder, "Scripts" if os.name == "nt" else "bin", "python"))
        install = (inside, "-m", "pip", "install", "--quiet", f"{wheel}[{EXTRA}]", *pins)
        _run(*install, hint="see above; a package index must be reachable")
        for path in (ROOT / "scripts" / "new_user.py", ROOT / "README.md"):
            shutil.copy(path, folder)
        _run(inside, "-I", "new_user.py", "README.md", cwd=Path(folder))


if __name__ == "__main__":
    main()
