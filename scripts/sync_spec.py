"""Take upstream's interface facts over into `openapi.yaml`, with our overlay applied.

python scripts/sync_spec.py [UPSTREAM]    UPSTREAM: a path or an https address
python scripts/sync_spec.py --check [PATH]    is openapi.yaml, or PATH, valid and canonical?
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

from scripts.drift.compare import compare
from scripts.drift.report import Report, as_text
from scripts.spec import layout, overlay, pipeline
from scripts.spec.facts import facts
from scripts.spec.grammar import Node, SpecError, operations
from scripts.spec.load import read_file


def synchronise(
    upstream: str | None, output: Path, revision: str | None, summary: Path | None
) -> int:
    """Rewrite `output` from upstream; leave it untouched when anything is wrong."""
    source, kept = pipeline.read_first(upstream)
    document = pipeline.build(kept, overlay.read_overlays(pipeline.OVERLAYS), _notice)
    if summary is not None:
        summary.write_text(summarise(output, document), encoding="utf-8")
    changed = write(output, layout.dump(document))
    if output == pipeline.OPENAPI:
        record(kept, revision)
    count = sum(1 for _ in operations(document))
    print(f"{output.name}: {'rewritten' if changed else 'unchanged'}, {count} operations, {source}")
    return 0


def _notice(entry: overlay.Stale) -> None:
    action = entry.action
    print(
        f"sync: upstream has no {action.target} now: its words of {action.file} are left out",
        file=sys.stderr,
    )


def summarise(before: Path, document: Node) -> str:
    """Say for the commit message what the new description changes for callers."""
    if not before.exists():
        return f"{before.name} is new\n"
    changes = tuple(compare(pipeline.read_facts(str(before)), facts(document)))
    return as_text(Report(old=before.name, new="upstream", changes=changes)) + "\n"


def write(path: Path, text: str) -> bool:
    """Replace a file in one step, if its text differs."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - it outlives its closing, to be renamed
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    )
    temporary = Path(file.name)
    try:
        with file:
            file.write(text)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def record(kept: Node, revision: str | None) -> None:
    """Note which facts `openapi.yaml` was made from, when they changed."""
    text = read_file(pipeline.UPSTREAM)
    digest = pipeline.facts_digest(kept)
    if tomllib.loads(text)["recorded"]["facts_sha256"] == digest:
        return
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    values = {"revision": revision or "unknown", "date": today, "facts_sha256": digest}
    for key, value in values.items():
        text = re.sub(rf'^{key} = ".*"$', f'{key} = "{value}"', text, flags=re.MULTILINE)
    write(pipeline.UPSTREAM, text)


def check(path: Path) -> int:
    """Prove, offline, that the description is valid and was not edited by hand."""
    document = pipeline.read_document(str(path))
    pipeline.check_references(document, path.name)
    pipeline.validate(document, path.name)
    pipeline.require_words(document)
    if layout.dump(pipeline.finish(document)) != read_file(path):
        raise SpecError(
            f"{path.name} is not in its canonical form: edit scripts/spec/overlay/*.yaml instead "
            "of it, then run `make sync`"
        )
    print(f"{path.name}: valid and canonical, {sum(1 for _ in operations(document))} operations")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 is success, 2 an input that cannot be used."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "upstream",
        nargs="?",
        help="path or https address (default: upstream.toml); what is checked",
    )
    parser.add_argument(
        "--check", action="store_true", help="only check it (default: openapi.yaml), offline"
    )
    parser.add_argument("--output", type=Path, default=pipeline.OPENAPI)
    parser.add_argument("--summary", type=Path, help="write what changes for callers to this file")
    parser.add_argument("--revision", help="upstream's commit, to be recorded with new facts")
    options = parser.parse_args(arguments)
    try:
        if options.check:
            return check(Path(options.upstream) if options.upstream else options.output)
        return synchronise(
            options.upstream or None, options.output, options.revision, options.summary
        )
    except SpecError as error:
        print(f"sync: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
