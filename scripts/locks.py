"""The files of pins: what each pin requires, and which pins a list of requirements leads to.

python scripts/locks.py    after `make lock`: note what the pins require, and see that every pin
                           has a wheel for each Python and system that is promised

pip and uv install these files with `--no-deps`: neither asks an index which releases exist, so that
a set-up is the same on every later day. The price is that a file must name everything itself, which
`tests/test_supply.py` proves with what is noted in `pinned.json`: offline, for systems where the
test does not run as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from packaging.markers import Marker

ROOT: Final = Path(__file__).resolve().parent.parent
FILES: Final = ("constraints.txt", "scripts/bench/constraints.txt", "scripts/constraints-fuzz.txt")
PINNED: Final = ROOT / "scripts" / "pinned.json"
LOCKED: Final = ("--no-deps", "--only-binary", ":all:", "--require-hashes")
"""How a file of pins is installed. A package without a wheel would be built, with whatever
release of its build requirements the index has that day."""
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS: Final = ("linux", "macos", "windows")


@frozen
class Pin:
    """One package of a file of pins."""

    name: str
    version: str
    marker: Marker | None
    hashes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name and version, as they stand in `pinned.json`."""
        return f"{self.name}=={self.version}"

    @property
    def line(self) -> str:
        """The pin as a line to be installed anywhere."""
        return " ".join((self.key, *(f"--hash=sha256:{each}" for each in self.hashes)))

    def applies(self, environment: Mapping[str, str]) -> bool:
        """Whether an installer takes it in this environment."""
        return self.marker is None or self.marker.evaluate(dict(environment))


def _sorted(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(lines))


@frozen
class Noted:
    """What a package says that it needs: of Python, and of other packages."""

    python: str
    requires: tuple[str, ...] = field(converter=_sorted)


class LockError(Exception):
    """A file of pins is not what it has to be; says what is missing."""


def read(path: Path) -> list[Pin]:
    """Read a file of pins, every line of which is a pin with hashes."""
    lines = path.read_text(encoding="utf-8").replace(" \\\n", " ").splitlines()
    return [_pin(line, path) for line in lines]


def _pin(line: str, path: Path) -> Pin:
    text, *hashes = line.split(" --hash=sha256:")
    requirement = Requirement(text)
    versions = [each.version for each in requirement.specifier if each.operator == "=="]
    if len(versions) != 1 or not hashes:
        raise LockError(f"{path.name}: no pin with hashes: {text}")
    return Pin(
        canonicalize_name(requirement.name),
        versions[0],
        requirement.marker,
        tuple(each.strip() for each in hashes),
    )


def noted() -> dict[str, Noted]:
    """Read what was noted of each pin."""
    text = PINNED.read_text(encoding="utf-8")
    return {key: Noted(**value) for key, value in json.loads(text).items()}


def closure(
    pins: Iterable[Pin],
    wanted: Iterable[Requirement],
    known: Mapping[str, Noted],
    environment: Mapping[str, str],
) -> list[Pin]:
    """List the pins that requirements lead to in an environment; `LockError` if one is missing."""
    here = {pin.name: pin for pin in pins if pin.applies(environment)}
    found: dict[tuple[str, str], Pin] = {}
    open_ends = [(each, "", "the project") for each in wanted]
    while open_ends:
        requirement, extra, origin = open_ends.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        pin = here.get(canonicalize_name(requirement.name))
        if pin is None or not requirement.specifier.contains(pin.version, prereleases=True):
            raise LockError(f"{origin} requires {requirement}, the pin is {pin and pin.key}")
        for each in {"", *requirement.extras} - {e for name, e in found if name == pin.name}:
            found[pin.name, each] = pin
            open_ends += [(r, each, pin.key) for r in _required(pin, known, environment)]
    return sorted(set(found.values()), key=lambda pin: pin.name)


def _required(
    pin: Pin, known: Mapping[str, Noted], environment: Mapping[str, str]
) -> list[Requirement]:
    if pin.key not in known:
        raise LockError(f"{PINNED.name} has no {pin.key}: run `make lock`")
    python = environment["python_full_version"]
    if not SpecifierSet(known[pin.key].python).contains(python):
        raise LockError(f"{pin.key} is not for Python {python}")
    return [_parsed(line) for line in known[pin.key].requires]


@cache
def _parsed(line: str) -> Requirement:
    return Requirement(line)


def main() -> None:
    """Write `pinned.json` anew and look for the wheels."""
    pins = {pin.key: pin for name in FILES for pin in read(ROOT / name)}
    here = {key: installed(pin) for key, pin in pins.items()}
    found = {key: value for key, value in here.items() if value}
    found |= _asked([pin for key, pin in pins.items() if key not in found])
    lines = {
        key: {"python": found[key].python, "requires": found[key].requires} for key in sorted(pins)
    }
    PINNED.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
    for python in PYTHONS:
        for system in SYSTEMS:
            _require_wheels(python, system)


def installed(pin: Pin) -> Noted | None:
    """Read what a package requires where it is installed, in the version of the pin."""
    try:
        found = metadata.distribution(pin.name)
    except metadata.PackageNotFoundError:
        return None
    if found.version != pin.version:
        return None
    return Noted(str(found.metadata.json.get("requires_python", "")), found.requires or ())


def _asked(pins: list[Pin]) -> dict[str, Noted]:
    """Ask the index what packages require that are not installed: those for other systems."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, report = Path(folder, "pins.txt"), Path(folder, "report.json")
        wanted.write_text("".join(f"{pin.line}\n" for pin in pins), encoding="utf-8")
        arguments = ("--dry-run", "--ignore-installed", "--ignore-requires-python", "--report")
        pip = (sys.executable, "-m", "pip", "install", "--quiet", *LOCKED)
        subprocess.run([*pip, *arguments, str(report), "-r", str(wanted)], check=True)
        told: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        f"{canonicalize_name(each['name'])}=={each['version']}": Noted(
            each.get("requires_python", ""), each.get("requires_dist", ())
        )
        for each in (entry["metadata"] for entry in told)
    }


def _require_wheels(python: str, system: str) -> None:
    """Let uv look for a wheel of every pin that a Python on a system needs; install nothing."""
    uv = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--dry-run", *LOCKED)
    where = ("--python-version", python, "--python-platform", system)
    for name in FILES[:2]:  # what guides the fuzzing is for Linux, and for some Pythons
        with tempfile.TemporaryDirectory() as folder:
            command = (*uv, *where, "--target", folder, "-r", name)
            done = subprocess.run(command, check=False, cwd=ROOT)
        if done.returncode:
            raise SystemExit(f"{name} cannot be installed on {system} with Python {python}")


if __name__ == "__main__":
    main()
