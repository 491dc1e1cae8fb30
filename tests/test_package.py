"""What is published: exported names, the content of the wheel, its metadata, and the repository's
papers."""

from __future__ import annotations

import email
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from packaging.requirements import Requirement

import aistats
from tests.conftest import ROOT

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

EXPORTED = [
    "AIStats",
    "AIStatsError",
    "APIError",
    "APIKey",
    "Async",
    "AsyncAIStats",
    "AuthenticationError",
    "BadRequestError",
    "BatchJob",
    "BinaryContent",
    "CallRecord",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "InsufficientFundsError",
    "InvalidKeyError",
    "Job",
    "JobError",
    "JobFailedError",
    "JobTimeoutError",
    "Limits",
    "Meter",
    "MissingFieldError",
    "MusicJob",
    "NotFoundError",
    "NotImplementedByGatewayError",
    "Page",
    "Pages",
    "PermissionDeniedError",
    "Poll",
    "RateLimitError",
    "RawResponse",
    "RequestTimeoutError",
    "ResponseDecodeError",
    "Retry",
    "ServerError",
    "SpendingLimitError",
    "StreamError",
    "StreamTruncatedError",
    "Sync",
    "UpstreamError",
    "Usage",
    "UsageSummary",
    "VideoJob",
    "WebhookVerificationError",
    "__version__",
    "raw_of",
    "request_id_of",
    "usage_of",
    "webhooks",
]
MODULES = {
    *("cli", "client", "errors", "jobs", "keys", "meter", "resources", "results"),
    *("sandbox", "types", "webhooks"),
}
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of this checkout, built offline."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def metadata(wheel: zipfile.ZipFile) -> Message:
    """Read what an installer reads."""
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.message_from_bytes(wheel.read(name))


def test_exported_names_are_pinned() -> None:
    """`aistats` exports these names and no others; a new one is added here on purpose."""
    assert sorted(aistats.__all__) == sorted(EXPORTED)
    assert [name for name in EXPORTED if not hasattr(aistats, name)] == []


def test_names_that_are_not_exported_are_private_or_modules() -> None:
    """Nothing else of ours in `aistats` looks public."""
    ours = {
        name
        for name, value in vars(aistats).items()
        if getattr(value, "__module__", getattr(value, "__name__", "")).startswith("aistats")
    }
    assert {name for name in ours if not name.startswith("_")} <= {*EXPORTED, *MODULES}


def test_public_modules_are_pinned() -> None:
    """A module without an underscore is a promise."""
    files = (ROOT / "aistats").glob("*")
    found = {file.stem for file in files if file.suffix == ".py" or (file / "__init__.py").exists()}
    assert {name for name in found if not name.startswith("_")} == MODULES


def test_the_wheel_holds_our_two_packages(wheel: zipfile.ZipFile) -> None:
    """Nothing called tests, scripts or generated is ever installed."""
    tops = {name.split("/")[0] for name in wheel.namelist()}
    dist_info = f"aistats_client-{aistats.__version__}.dist-info"
    assert tops == {"aistats", "aistats_generated", dist_info}


@pytest.mark.parametrize(
    ("package", "source"),
    [("aistats", "aistats"), ("aistats_generated", "generated/aistats_generated")],
)
def test_the_wheel_holds_all_of_each_package(
    wheel: zipfile.ZipFile, package: str, source: str
) -> None:
    """Every file of the checkout is in it, and no left-over of a run."""
    folder = ROOT / source
    files = (path for path in folder.rglob("*") if path.is_file())
    ours = {f"{package}/{path.relative_to(folder).as_posix()}" for path in files if is_ours(path)}
    assert {name for name in wheel.namelist() if name.startswith(f"{package}/")} == ours
    assert f"{package}/py.typed" in ours


def is_ours(path: Path) -> bool:
    """Say whether a file belongs to the project rather than to a run of something."""
    return "__pycache__" not in path.parts and not path.name.startswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "aistats_generated/openapi.json",
        "aistats/sandbox/media/clip.mp4",
        "aistats/sandbox/media/thumbnail.webp",
        "aistats/sandbox/pytest_plugin.py",
    ],
)
def test_the_wheel_holds_the_data(wheel: zipfile.ZipFile, name: str) -> None:
    """What the sandbox serves and checks against comes along, with content."""
    assert len(wheel.read(name)) > 100


def test_the_wheel_is_small(wheel: zipfile.ZipFile) -> None:
    """Somebody installs it in every image they build: 2 MB unpacked is the limit."""
    assert sum(item.file_size for item in wheel.infolist()) < 2_000_000


def test_the_metadata_is_what_we_promise(wheel: zipfile.ZipFile) -> None:
    """Name, version, Python, licence, description and extras."""
    facts = metadata(wheel)
    assert (facts["Name"], facts["Version"]) == ("aistats-client", aistats.__version__)
    assert facts["Requires-Python"] == ">=3.11"
    assert facts["License-Expression"] == "MIT"
    assert facts["Description-Content-Type"] == "text/markdown"
    extras = facts.get_all("Provides-Extra") or []
    assert {"sandbox", "progress", "cli"} <= set(extras)
    assert "Typing :: Typed" in (facts.get_all("Classifier") or [])


def test_the_runtime_dependencies_are_pinned_by_name(wheel: zipfile.ZipFile) -> None:
    """A new dependency of everybody is added here on purpose; each has a lower bound."""
    lines = metadata(wheel).get_all("Requires-Dist") or []
    needed = [Requirement(line) for line in lines if "extra ==" not in line]
    assert {requirement.name for requirement in needed} == {
        *("anyio", "attrs", "httpcore", "httpx", "python-dateutil", "sniffio")
    }
    assert all(any(s.operator == ">=" for s in r.specifier) for r in needed)


def test_the_wheel_brings_the_command_and_the_fixture(wheel: zipfile.ZipFile) -> None:
    """`aistats` is a command, `aistats_sandbox` a pytest plug-in."""
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    points = wheel.read(name).decode()
    assert "[console_scripts]\naistats = aistats.__main__:main" in points
    assert "[pytest11]\naistats_sandbox = aistats.sandbox.pytest_plugin" in points


def test_every_dependency_says_why() -> None:
    """Each requirement that reaches a user's machine has its reason beside it."""
    tables = PYPROJECT[
        PYPROJECT.index("\ndependencies = [") : PYPROJECT.index("\n[dependency-groups]")
    ]
    requirements = [line for line in tables.splitlines() if re.search(r'"[a-z][a-z-]+[><=]', line)]
    assert len(requirements) >= 5
    assert [line for line in requirements if not re.search(r"# \w+", line)] == []


def test_the_version_is_written_once() -> None:
    """pyproject.toml takes it from aistats/_version.py."""
    project = tomllib.loads(PYPROJECT)
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["hatch"]["version"]["path"] == "aistats/_version.py"


def test_the_changelog_speaks_of_the_description() -> None:
    """What changes because the gateway's description changed has a heading of its own."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "### Description" in text


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_issue_form_is_one(form: Path) -> None:
    """A form has what GitHub wants of it: a name, a description, fields with unique ids."""
    facts = yaml.safe_load(form.read_text(encoding="utf-8"))
    if form.stem == "config":
        assert facts == {"blank_issues_enabled": True}
        return
    assert facts["name"]
    assert facts["description"]
    fields = [field for field in facts["body"] if field["type"] != "markdown"]
    names = [field["id"] for field in fields]
    assert len(set(names)) == len(names) > 0
    assert all(field["attributes"]["label"] for field in fields)


def test_the_hooks_call_what_is_there() -> None:
    """Each hook runs a make target that exists or a program of the virtual environment."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    hooks = [hook for repo in config["repos"] for hook in repo["hooks"]]
    assert hooks
    for hook in hooks:
        program, argument, *_ = hook["entry"].split()
        assert argument in targets if program == "make" else program == ".venv/bin/ruff"
        assert hook["language"] == "system"
        assert re.compile(hook.get("files", ""))


def test_the_papers_are_there() -> None:
    """A newcomer finds how to contribute, how to report a hole, and the licence."""
    for name in ("LICENSE", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".github/SECURITY.md"):
        assert (ROOT / name).stat().st_size > 500
    assert FORMS
    assert (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").stat().st_size > 100


def test_the_public_types_are_complete() -> None:
    """A type checker knows at least 99 % of what users can reach, without guessing."""
    paths = os.pathsep.join([str(ROOT), str(ROOT / "generated")])
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pyright",
            "--outputjson",
            "--ignoreexternal",
            "--verifytypes",
            "aistats",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)["typeCompleteness"]
    assert report["exportedSymbolCounts"]["withKnownType"] > 1000
    vague = [symbol["name"] for symbol in report["symbols"] if not symbol["isTypeKnown"]]
    assert report["completenessScore"] >= 0.99, vague
