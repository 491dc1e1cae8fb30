"""What is installed to build and check this project: pinned by hash, audited, on every Python."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import build
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
# A file of pins, the groups and extras it is made of, and whether the runtime dependencies are in.
LOCKS = [
    ("constraints.txt", ["dev"], list(EXTRAS), True),
    ("scripts/bench/constraints.txt", ["bench"], [], True),
    ("scripts/constraints-fuzz.txt", ["fuzz"], [], False),
]


def in_group(name: str) -> list[Requirement]:
    """List what a dependency group asks for, with the groups it includes."""
    found = []
    for line in PROJECT["dependency-groups"][name]:
        found += [Requirement(line)] if isinstance(line, str) else in_group(line["include-group"])
    return found


def pins_of(name: str) -> dict[str, str]:
    """Read a file of pins, every line of which must be a pin with hashes or one of its hashes."""
    pins = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace(" \\\n", " ")
    for line in text.splitlines():
        pin, *hashes = re.split(r"\s+--hash=sha256:", line)
        assert hashes, line
        assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in hashes), line
        requirement = Requirement(pin)
        (exactly,) = requirement.specifier
        assert exactly.operator == "=="
        pins[canonicalize_name(requirement.name)] = exactly.version
    return pins


@pytest.mark.parametrize(("name", "groups", "extras", "runtime"), LOCKS, ids=str)
def test_the_pins_fit_what_they_are_made_of(
    name: str, groups: list[str], extras: list[str], runtime: bool
) -> None:
    """Each requirement has its pin, by hash and within bounds: `make lock` was not forgotten."""
    pins = pins_of(name)
    wanted = [each for group in groups for each in in_group(group)]
    wanted += [Requirement(line) for extra in extras for line in EXTRAS[extra]]
    wanted += [Requirement(line) for line in PROJECT["project"]["dependencies"] if runtime]
    assert wanted
    missing = [str(each) for each in wanted if canonicalize_name(each.name) not in pins]
    assert missing == []
    unfit = [str(r) for r in wanted if not r.specifier.contains(pins[canonicalize_name(r.name)])]
    assert unfit == []


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
    """The classifiers, the matrix of the checks and the interpreters of the wheel's job agree."""
    told = [line.rpartition(" :: ")[2] for line in PROJECT["project"]["classifiers"]]
    promised = [version for version in told if version.startswith("3.")]
    assert len(promised) >= 4
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert jobs["check"]["strategy"]["matrix"]["python"] == promised
    assert sorted(re.findall(r"PYTHONS=\"(.*)\"", text)[0].split()) == [
        f"python{version}" for version in promised
    ]
    assert list(build.PYTHONS) == promised
