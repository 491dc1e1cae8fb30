"""Runs the pinned generator and ruff so that they give the same bytes on every machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scripts.generator.walk import Json

ROOT: Final = Path(__file__).resolve().parents[2]
TEMPLATES: Final = ROOT / "scripts" / "templates"
PINS: Final = {"openapi-python-client": "0.29.1", "ruff": "0.17.5"}
RUNTIME: Final = TEMPLATES / "runtime"  # plain Python, the same for every description
LEFT_OUT: Final = ("client.py", "errors.py")  # the engine in aistats/ is the only door
RUFF: Final = (
    "--isolated",
    "--no-cache",
    "--quiet",
    "--config=line-length=100",
    "--target-version=py311",
    "--config=format.skip-magic-trailing-comma=true",
    "--config=lint.isort.split-on-trailing-comma=false",
)


class ToolError(RuntimeError):
    """A tool is not the pinned one, or did not do what it was asked."""


def check_pins() -> None:
    """Refuse other versions: their output differs, and older generators execute foreign text."""
    for tool, wanted in PINS.items():
        if version(tool) != wanted:
            message = f"{tool} {version(tool)} is installed, {wanted} is needed: run `make setup`"
            raise ToolError(message)


def write_client(view: Json, package: Path) -> None:
    """Let the generator write the package from its view of the description."""
    source, config = package.with_name("view.json"), package.with_name("config.json")
    source.write_text(json.dumps(view), encoding="utf-8")
    options = {"literal_enums": True, "post_hooks": [], "package_name_override": package.name}
    config.write_text(json.dumps(options), encoding="utf-8")
    command = ["scripts.generator.naming", "generate", "--meta=none", "--fail-on-warning"]
    command += [f"--path={source}", f"--config={config}", f"--output-path={package}"]
    _run([*command, f"--custom-template-path={TEMPLATES}"])
    for name in LEFT_OUT:
        (package / name).unlink()
    for module in sorted(RUNTIME.glob("*.py")):
        (package / module.name).write_bytes(module.read_bytes())
    source.unlink()
    config.unlink()


def tidy(package: Path) -> None:
    """Sort imports, drop unused ones and format, whatever the settings around the package say."""
    _run(["ruff", "check", "--fix-only", "--select=I,F401", *RUFF, str(package)])
    _run(["ruff", "format", *RUFF, str(package)])


def _run(module: list[str]) -> None:
    # typer's pretty traceback prints every local of a failing template: minutes and gigabytes.
    environment = os.environ | {"_TYPER_STANDARD_TRACEBACK": "1", "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    environment["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, "-m", *module],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        message = f"{module[0]} failed:\n{(done.stdout + done.stderr)[-4000:]}"
        raise ToolError(message)
