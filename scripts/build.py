"""Build sdist and wheel, then try the wheel where nothing of this checkout can help it.

python scripts/build.py           on every Python of the list below that is found
python scripts/build.py --locked  on this Python and with the versions pinned in constraints.txt
PYTHONS="python3.11 python3.13"   on these, each of which must be there

The wheel is installed, with its extra `sandbox`, into empty environments: with the newest
dependencies and with the oldest ones that pyproject.toml admits, or with the pinned ones alone,
which are the same on every day. In each of them `new_user.py` makes a new user's first steps and
runs the README, outside the checkout and against the sandbox.
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
from typing import TYPE_CHECKING, Final, cast

from packaging.markers import default_environment
from packaging.requirements import Requirement

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

from scripts import locks
from scripts.locks import PYTHONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = {"aistats", "aistats_generated"}
EXTRA: Final = "sandbox"


def main() -> None:
    """Build, look inside, install and use."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--locked", action="store_true", help="this Python, pinned dependencies")
    locked = parser.parse_args().locked
    tried = [] if locked else pythons()
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT))
    _run(sys.executable, "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    (wheel,) = dist.glob("*.whl")
    _check_contents(wheel)
    if locked:
        _try_locked(wheel)
    for python in tried:
        for pins in ([], _oldest()):
            kind = f"oldest dependencies: {' '.join(pins)}" if pins else "newest dependencies"
            _try(python, kind, (f"{wheel}[{EXTRA}]", *pins))


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


def pythons() -> list[str]:
    """List the interpreters to try: those that are asked for, else those that are found."""
    if wanted := os.environ.get("PYTHONS", "").split():
        if faults := [fault for name in wanted if (fault := _fault(name))]:
            sys.exit(f"PYTHONS: {'; '.join(faults)}")
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


def _fault(python: str) -> str | None:
    """Say why an interpreter that was asked for cannot be used."""
    if (path := shutil.which(python)) is None:
        return f"there is no {python}"
    done = _start(path)
    if done.returncode:  # such as a shim of pyenv's for a version that is not active
        said = done.stderr.strip() or f"status {done.returncode}"
        return f"{python} ({path}) does not start: {said.splitlines()[0]}"
    version = done.stdout.strip()
    return None if version in PYTHONS else f"{python} is Python {version}, not {'/'.join(PYTHONS)}"


def _version(python: str) -> str | None:
    """Ask an interpreter for its version, such as 3.12; None when it does not start."""
    done = _start(python)
    return None if done.returncode else done.stdout.strip()


def _start(python: str) -> subprocess.CompletedProcess[str]:
    command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, "", str(error))


def _wanted() -> list[Requirement]:
    """List what the wheel depends on, with its extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (*project["dependencies"], *project["optional-dependencies"][EXTRA])
    return [Requirement(line) for line in lines]


def _oldest() -> list[str]:
    """Give the oldest version of each dependency, those of the extra included."""
    pins = []
    for requirement in _wanted():
        lowest = next(s.version for s in requirement.specifier if s.operator == ">=")
        pins.append(f"{requirement.name}=={lowest}")
    return pins


def pinned() -> list[locks.Pin]:
    """Give the pins of what the wheel needs here, its extra included."""
    pins = locks.read(ROOT / "constraints.txt")
    here = cast("dict[str, str]", default_environment())
    return locks.closure(pins, _wanted(), locks.noted(), here)


def _try_locked(wheel: Path) -> None:
    """Try the wheel with the versions of constraints.txt, which no new release can change."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pins.txt")
        path.write_text("".join(f"{pin.line}\n" for pin in pinned()), encoding="utf-8")
        install = (*locks.LOCKED, "-r", str(path))
        _try(sys.executable, "pinned dependencies", install, ("--no-deps", str(wheel)))


def _try(python: str, kind: str, *installs: tuple[str, ...]) -> None:
    """Install the wheel in an empty environment and be a new user there."""
    print(f"== Python {_version(python)}, {kind}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _run(python, "-m", "venv", folder)
        inside = str(Path(folder, "Scripts" if os.name == "nt" else "bin", "python"))
        for arguments in installs:
            install = (inside, "-m", "pip", "install", "--quiet", *arguments)
            _run(*install, hint="see above; a package index must be reachable")
        for path in (ROOT / "scripts" / "new_user.py", ROOT / "README.md"):
            shutil.copy(path, folder)
        _run(inside, "-I", "new_user.py", "README.md", cwd=Path(folder))


if __name__ == "__main__":
    main()
