"""`make generate`: the same bytes everywhere, nothing lost silently, no edit unnoticed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from scripts import generate
from scripts.generator import tools, tree
from scripts.generator.gates import GateError, check_package
from scripts.generator.view import generator_view
from scripts.spec.grammar import operations
from scripts.spec.load import parse, read_file
from tests.conftest import ROOT
from tests.tiny_description import schemas, tiny, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PACKAGE = "aistats_generated"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate from the small description once; tests that change the result copy it."""
    folder = tmp_path_factory.mktemp("made")
    generate.generate(write(tiny(), folder), folder / "generated")
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A copy of the small generated tree, beside its description."""
    folder = tmp_path / "copy"
    shutil.copytree(made, folder)
    return folder


# --- what is in the repository -------------------------------------------------------------------


def test_generated_is_what_the_description_gives() -> None:
    """Regenerating changes no byte, whatever hash seed this run has."""
    assert generate.check(generate.SOURCE, generate.TARGET) == []


def test_the_tree_says_what_it_was_made_from() -> None:
    """PROVENANCE.toml holds the digest of openapi.yaml, the pins and the counts."""
    facts = tomllib.loads((generate.TARGET / "PROVENANCE.toml").read_text(encoding="utf-8"))
    source = generate.SOURCE.read_bytes()
    described = list(operations(parse(read_file(generate.SOURCE), "openapi.yaml")))
    assert facts["description"]["sha256"] == hashlib.sha256(source).hexdigest()
    assert facts["tools"] == {"openapi-python-client": "0.29.1", "ruff": "0.17.5"}
    assert facts["counts"]["operations"] == len(described)
    assert all(count > 0 for count in facts["view"].values())
    assert len((generate.TARGET / "README.md").read_text(encoding="utf-8").splitlines()) <= 8


def test_the_package_carries_the_whole_description() -> None:
    """openapi.json is openapi.yaml, compact; py.typed is there; no path of a machine is."""
    package = generate.TARGET / PACKAGE
    text = (package / "openapi.json").read_text(encoding="utf-8")
    document = parse(read_file(generate.SOURCE), "openapi.yaml")
    assert json.loads(text) == document
    assert text == json.dumps(document, separators=(",", ":")) + "\n"
    found = tree.files(generate.TARGET)
    assert f"{PACKAGE}/py.typed" in found
    strangers = ("client.py", "errors.py", ".ruff_cache", ".json.tmp")
    assert not [name for name in found if name.split("/", 1)[-1].startswith(strangers)]
    assert not [name for name, data in found.items() if str(ROOT.parent).encode() + b"/" in data]


# --- the same bytes everywhere -------------------------------------------------------------------


def test_neither_hash_seed_nor_place_nor_settings_change_a_byte(made: Path, tmp_path: Path) -> None:
    """Another process, folder, hash seed and stray tool settings give the same tree."""
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\n")
    shutil.copy(made / "openapi.yaml", tmp_path)
    code = (
        "from pathlib import Path; from scripts import generate; "
        "generate.generate(Path('openapi.yaml').absolute(), Path('generated').absolute())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True
    )
    assert tree.differences(made / "generated", tmp_path / "generated") == []


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda root: (root / "README.md").unlink(), "missing  README.md"),
        (lambda root: (root / "notes.txt").write_text("mine"), "added    notes.txt"),
        (
            lambda root: (root / PACKAGE / "models" / "thing.py").write_text("# mine\n"),
            f"changed  {PACKAGE}/models/thing.py",
        ),
        (
            lambda root: (root / PACKAGE / "py.typed").write_bytes(b" "),
            f"changed  {PACKAGE}/py.typed",
        ),
    ],
)
def test_an_edit_below_generated_is_found(
    edit: Callable[[Path], object], line: str, made: Path, copied: Path
) -> None:
    """A file that was removed, added or changed by one byte is named."""
    edit(copied / "generated")
    assert tree.differences(made / "generated", copied / "generated") == [line]


def test_caches_of_python_are_no_edit(made: Path, copied: Path) -> None:
    """Importing the package leaves `__pycache__` behind, which is nobody's change."""
    cache = copied / "generated" / PACKAGE / "__pycache__"
    cache.mkdir()
    (cache / "types.cpython-311.pyc").write_bytes(b"x")
    assert tree.differences(made / "generated", copied / "generated") == []


def test_the_command_line_tells_what_differs(
    made: Path,
    copied: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`--check` ends with 1 and a list; a run repairs; a fault ends with 2 and one line."""
    monkeypatch.setattr(generate, "SOURCE", copied / "openapi.yaml")
    monkeypatch.setattr(generate, "TARGET", copied / "generated")
    (copied / "generated" / "README.md").write_text("edited")
    assert generate.main(["--check"]) == 1
    assert "  changed  README.md" in capsys.readouterr().err.splitlines()
    assert (copied / "generated" / "README.md").read_text() == "edited"
    assert generate.main([]) == 0
    assert tree.differences(made / "generated", copied / "generated") == []
    (copied / "openapi.yaml").write_text("<html>")
    assert generate.main(["--check"]) == 2
    assert "generate: openapi.yaml is a web page" in capsys.readouterr().err


def test_a_failed_run_leaves_the_old_tree(copied: Path) -> None:
    """Nothing is replaced until everything has passed, and nothing is left lying about."""
    before, beside = tree.files(copied / "generated"), sorted(copied.iterdir())
    document = tiny()
    schemas(document)["Thing"]["properties"]["from_dict"] = {
        "type": "string"
    }  # found by the last gate only
    with pytest.raises(GateError, match="field from_dict hides a method of every model"):
        generate.generate(write(document, copied), copied / "generated")
    assert tree.files(copied / "generated") == before
    assert sorted(copied.iterdir()) == beside


def test_a_tool_of_another_version_is_refused(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older generators execute text from the description."""
    monkeypatch.setitem(tools.PINS, "openapi-python-client", "0.29.2")
    with pytest.raises(tools.ToolError, match=r"0\.29\.1 is installed, 0\.29\.2 is needed"):
        generate.generate(copied / "openapi.yaml", copied / "other")
    assert not (copied / "other").exists()


def test_a_warning_of_the_generator_stops_the_run(tmp_path: Path) -> None:
    """What the generator would leave out with a warning and exit code 0 is an error here."""
    document = tiny()
    document["components"]["schemas"]["THING"] = {"type": "object", "properties": {}}
    document["components"]["schemas"]["part_"] = {"type": "object", "properties": {}}
    with pytest.raises(tools.ToolError, match=r"failed:(?s:.*)duplicate models"):
        generate.generate(write(document, tmp_path), tmp_path / "generated")


# --- the gates -----------------------------------------------------------------------------------


def edited(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Make an edit of one file of the package."""

    def edit(package: Path) -> None:
        source = (package / path).read_text(encoding="utf-8")
        assert old in source
        (package / path).write_text(source.replace(old, new), encoding="utf-8")

    return edit


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "an operation is gone": (
        lambda package: (package / "api/things/create_thing.py").unlink(),
        "described but not generated: create_thing with no parameters and a body",
    ),
    "an operation is too many": (
        edited("api/things/create_thing.py", '"create_thing"', '"make_thing"'),
        "generated but not described: make_thing",
    ),
    "a query parameter is gone": (
        edited("api/things/get_thing.py", '"params": params, ', ""),
        "generated but not described: get_thing with thing_id, x-trace and no body",
    ),
    "a query parameter has another wire name": (
        edited("api/things/get_thing.py", '"params": params', '"param": params'),
        "generated but not described: get_thing with param, thing_id, x-trace",
    ),
    "a header is gone": (
        edited("api/things/get_thing.py", ', "x-trace": x_trace', ""),
        "generated but not described: get_thing with params, thing_id and no body",
    ),
    "a body is gone": (
        edited("api/things/create_thing.py", "{}, body)", "{})"),
        "generated but not described: create_thing with no parameters and no body",
    ),
    "a module is gone": (
        lambda package: (package / "models/part.py").unlink(),
        "imports models.part, which is not there",
    ),
    "a decoder names no model": (
        edited("models/thing.py", 'Ref("Part")', 'Ref("Parts")'),
        "models/thing.py decodes Parts, which is not there",
    ),
    "a field is gone": (
        edited("models/part.py", '("weight", "weight", None),', ""),
        "schema Part lost weight",
    ),
    "a schema has no class": (
        edited("models/bare.py", "class Bare(", "class Bear("),
        "schema Bare lost its class",
    ),
    "text of the generator's own escaping": (
        edited("models/part.py", '"weight"', '"<UntrustedString object at 0x7f>"'),
        "models/part.py contains the text 'UntrustedString'",
    ),
    "text of a template": (
        edited("models/part.py", '"weight"', '"{{ field }}"'),
        "models/part.py contains the text '{{'",
    ),
    "no Python": (
        edited("models/part.py", "class", "clas"),
        "models/part.py is not Python",
    ),
    "an argument twice": (
        edited("api/things/get_thing.py", "thing_id: str,", "thing_id: str, params: str,"),
        "api/things/get_thing.py is not Python: duplicate argument",
    ),
    "a parameter that hides a function": (
        edited("api/things/get_thing.py", "thing_id: str,", "thing_id: str, keywords: str,"),
        "api/things/get_thing.py: parameter keywords hides a name",
    ),
    "a field that hides a method": (
        edited("models/part.py", '("weight", "weight", None)', '("to_dict", "weight", None)'),
        "models/part.py: field to_dict hides a method of every model",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_gate_finds_what_went_wrong(case: str, copied: Path) -> None:
    """Whatever the generator loses or breaks is named, and the package refused."""
    package = copied / "generated" / PACKAGE
    view, _ = generator_view(tiny())
    assert check_package(view, package)["operations"] == 2
    break_it, message = BROKEN[case]
    break_it(package)
    with pytest.raises(GateError) as refused:
        check_package(view, package)
    assert message in str(refused.value)


@pytest.fixture(autouse=True)
def nothing_is_left_in_the_checkout() -> Iterator[None]:
    """No run leaves a working folder in the repository."""
    before = {path.name for path in ROOT.glob(".gener*")}
    yield
    assert {path.name for path in ROOT.glob(".gener*")} == before
