"""Generate the low-level client: `openapi.yaml` -> `generated/`.

python scripts/generate.py            rewrite generated/
python scripts/generate.py --check    is generated/ exactly what openapi.yaml gives?
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

from scripts.emit_operations import emit
from scripts.generator import tools, tree
from scripts.generator.gates import check_package
from scripts.generator.names import check_names
from scripts.generator.view import generator_view
from scripts.generator.words import older_words
from scripts.spec.grammar import SpecError
from scripts.spec.load import parse, read_file, require_openapi

if TYPE_CHECKING:
    from scripts.generator.walk import Json

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "openapi.yaml"
TARGET: Final = ROOT / "generated"
PACKAGE: Final = "aistats_generated"
UPSTREAM: Final = ROOT / "scripts" / "spec" / "upstream.toml"
README: Final = """\
# Generated code: do not edit

A machine wrote everything in this folder from `openapi.yaml`, with `make generate`.
`aistats_generated/` is the low-level client; `PROVENANCE.toml` says what it was made from.
An edit here is lost with the next run, and `make check-generated` fails on it:
change `openapi.yaml` (through `scripts/spec/overlay/`) or the templates in `scripts/templates/`.
"""


def build(source: Path, target: Path) -> dict[str, int]:
    """Write the whole generated tree into the new folder `target`; return what was counted."""
    tools.check_pins()
    document = require_openapi(parse(read_file(source), source.name), source.name)
    check_names(document)
    view, steps = generator_view(older_words(document))
    package = target / PACKAGE
    target.mkdir(parents=True)
    tools.write_client(view, package)
    emit(document, package)
    tools.tidy(package)
    (package / "py.typed").touch()
    _write(package / "openapi.json", json.dumps(document, separators=(",", ":")) + "\n")
    counts = check_package(view, package)
    _write(target / "README.md", README)
    _write(target / "PROVENANCE.toml", provenance(source, document, steps, counts))
    return counts


def provenance(source: Path, document: Json, steps: dict[str, int], counts: dict[str, int]) -> str:
    """Say what the tree was made from and with; the counts make a silent loss a visible change."""
    recorded = tomllib.loads(UPSTREAM.read_text(encoding="utf-8"))["recorded"]
    tables = {
        "upstream": {key: recorded[key] for key in ("revision", "date")},
        "description": {
            "file": source.name,
            "openapi": document["openapi"],
            "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        },
        "tools": tools.PINS,
        "counts": counts,
        "view": {step.replace(" ", "-"): count for step, count in steps.items()},
    }
    parts = [
        "\n".join([f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in rows.items())])
        for name, rows in tables.items()
    ]
    return "\n\n".join(parts) + "\n"


def generate(source: Path, target: Path) -> dict[str, int]:
    """Replace `target` by a fresh tree; after any failure the old one is still there."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".generating-") as folder:
        fresh = Path(folder) / target.name
        counts = build(source, fresh)
        tree.swap(fresh, target)
    return counts


def check(source: Path, target: Path) -> list[str]:
    """List the files of `target` that are not what `source` gives."""
    with tempfile.TemporaryDirectory(prefix="generating-") as folder:
        fresh = Path(folder) / target.name
        build(source, fresh)
        return tree.differences(fresh, target)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; 0: all is well, 1: `--check` found a difference, 2: a fault."""
    parser = argparse.ArgumentParser(description="Generate the low-level client")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            counts = generate(SOURCE, TARGET)
            print("generated/: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
            return 0
        found = check(SOURCE, TARGET)
    except (SpecError, ValueError, RuntimeError, OSError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 2
    if found:
        print("generated/ is not what openapi.yaml gives; run `make generate`:", file=sys.stderr)
        print("\n".join(f"  {line}" for line in found), file=sys.stderr)
        return 1
    print("generated/ is what openapi.yaml gives")
    return 0


if __name__ == "__main__":
    sys.exit(main())
