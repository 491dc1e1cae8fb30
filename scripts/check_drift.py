"""Compare `openapi.yaml` with what a sync would make of upstream, and judge each difference.

Exit status: 0 no unacknowledged drift, 1 drift, 2 could not tell (one line on stderr says why).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that `python scripts/x.py` works

from attrs import evolve

from scripts.drift.baseline import acknowledge, read_baseline
from scripts.drift.compare import compare
from scripts.drift.report import FORMATS, Report
from scripts.drift.touches import public_methods
from scripts.drift.verdicts import DOCUMENT, Change
from scripts.spec import layout, overlay, pipeline
from scripts.spec.facts import facts
from scripts.spec.grammar import Node, SpecError, operations, references

STALE = "overlay-action-stale"
REWRITTEN = "The facts are the same; `make sync` would write openapi.yaml in other words."


def check(options: argparse.Namespace) -> Report:
    """Read both documents, compare them and mark what is acknowledged."""
    _require_two(options.vendored, options.upstream)
    vendored = pipeline.read_facts(options.vendored)
    source, upstream = pipeline.read_first(options.upstream)
    changes: list[Change] = []
    made, refused = None, ""
    if options.overlay != "none":
        actions = overlay.read_overlays(Path(options.overlay))
        try:
            made = pipeline.build(upstream, actions)
        except SpecError as error:  # a sync would stop; what it would change is judged all the same
            upstream, changes = _as_far_as_it_goes(upstream, actions)
            refused = " ".join(str(error).split())
        else:
            upstream = facts(made)
    changes += compare(vendored, upstream)
    if refused and not changes:
        changes.append(_finding("sync-refused", "make sync", None, refused))
    entries = () if options.baseline == "none" else read_baseline(Path(options.baseline))
    marked, over = acknowledge(_with_methods(changes, vendored, upstream), entries)
    old, new = pipeline.finish(vendored), pipeline.finish(upstream)
    if made is not None:
        old, new = pipeline.finish(pipeline.read_document(options.vendored)), made
    return Report(
        old=_shown(options.vendored),
        new=_shown(source),
        changes=tuple(marked),
        stale=tuple(over),
        notice="" if changes or layout.dump(old) == layout.dump(new) else REWRITTEN,
    )


def _require_two(ours: str, upstream: str | None) -> None:
    """Refuse to compare openapi.yaml with itself: it is not what upstream publishes."""
    if upstream and {Path(ours).resolve(), Path(upstream).resolve()} == {pipeline.OPENAPI}:
        raise SpecError(
            f"{upstream} is our own description, made from upstream's: name upstream's document, "
            "or none to have it fetched"
        )


def _shown(source: str) -> str:
    """A path inside the repository is shown from its root: reports are published."""
    path = Path(source)
    return str(path.relative_to(pipeline.ROOT)) if path.is_relative_to(pipeline.ROOT) else source


def _as_far_as_it_goes(
    upstream: Node, actions: tuple[overlay.Action, ...]
) -> tuple[Node, list[Change]]:
    """Apply the overlay where it still fits: where it does not, that is a finding."""
    changed, stale = overlay.apply(upstream, actions)
    findings = [
        _finding(
            STALE, f"{entry.action.file}: {entry.action.target}", entry.action.reason, entry.fault
        )
        for entry in stale
        if not entry.dropped
    ]
    findings += [
        _finding(
            STALE, "the overlay", reference, "refers to a component that upstream no longer has"
        )
        for reference in _fill_gaps(changed)
    ]
    return facts(pipeline.finish(changed)), findings


def _finding(kind: str, at: str, old: str | None, new: str) -> Change:
    return Change(kind=kind, operation=DOCUMENT, at=at, old=old, new=new)


def _fill_gaps(document: Node) -> list[str]:
    """Stand in an empty component for each one that only the overlay refers to now."""
    missing = []
    for reference in sorted(set(references(document))):
        _, _, section, name, *_ = [*reference.split("/"), ""]
        named = document.setdefault("components", {}).setdefault(section, {})
        if name not in named:
            missing.append(reference)
            named[name] = {}
    return missing


def _with_methods(changes: list[Change], old: Node, new: Node) -> list[Change]:
    """Add the public methods that a breaking change touches."""
    names = {
        f"{method.upper()} {path}": str(operation["operationId"])
        for document in (new, old)
        for method, path, operation in operations(document)
        if "operationId" in operation
    }
    known = public_methods(pipeline.ROOT / "aistats", frozenset(names.values()))
    everything = {DOCUMENT: ("every method",)}
    return [
        evolve(
            change,
            methods=everything.get(change.operation)
            or known.get(names.get(change.operation, ""), ("client.call",)),
        )
        if change.severity == "breaking"
        else change
        for change in changes
    ]


def _could_not_tell(why: object) -> int:
    print(f"drift: could not tell: {' '.join(str(why).split())}", file=sys.stderr)
    return 2


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--vendored", default=str(pipeline.OPENAPI))
    parser.add_argument("--upstream", help="path or https address (default: upstream.toml)")
    parser.add_argument("--overlay", default=str(pipeline.OVERLAYS), help="folder, or 'none'")
    parser.add_argument("--baseline", default=str(pipeline.BASELINE), help="file, or 'none'")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--strict", action="store_true", help="a stale baseline entry fails too")
    options = parser.parse_args(arguments)
    try:
        report = check(options)
    except SpecError as error:
        return _could_not_tell(error)
    except Exception as error:  # noqa: BLE001 - Python's own exit status 1 would read as "drift"
        return _could_not_tell(f"{type(error).__name__}: {error}; this is a defect of the check")
    print(FORMATS[options.format](report))
    return 1 if report.open or (options.strict and report.stale) else 0


if __name__ == "__main__":
    raise SystemExit(main())
