"""The steps from upstream's text to `openapi.yaml`, and where their inputs and outputs lie."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from scripts.spec import dialect, layout, names, overlay
from scripts.spec.facts import facts, resolve
from scripts.spec.fetch import read_source
from scripts.spec.grammar import Node, SpecError, operations, references
from scripts.spec.load import parse, read_file, require_openapi

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT: Final = Path(__file__).resolve().parents[2]
OPENAPI: Final = ROOT / "openapi.yaml"
SPEC: Final = ROOT / "scripts" / "spec"
OVERLAYS: Final = SPEC / "overlay"
UPSTREAM: Final = SPEC / "upstream.toml"
VALIDATORS: Final = {
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
BASELINE: Final = SPEC / "drift-baseline.yaml"


def upstream_addresses() -> list[str]:
    """The addresses where upstream publishes its description, the newest first."""
    return [str(url) for url in tomllib.loads(read_file(UPSTREAM))["urls"]]


def read_document(source: str) -> Node:
    """Read an OpenAPI 3 document from a path or an address."""
    return require_openapi(parse(read_source(source), source), source)


def read_facts(source: str) -> Node:
    """Read a document and keep its interface facts, in canonical order, with sound references."""
    kept = layout.canonical(facts(read_document(source)))
    check_references(kept, source)
    if not any(operations(kept)):
        raise SpecError(f"{source} describes no operations: it looks truncated")
    return kept


def read_first(source: str | None) -> tuple[str, Node]:
    """Read the facts of the given document, or of the first of upstream's addresses that works."""
    sources = [source] if source else upstream_addresses()
    faults = []
    for place in sources:
        try:
            return place, read_facts(place)
        except SpecError as error:
            faults.append(str(error))
    raise SpecError("; ".join(faults))


def check_references(document: Node, source: str) -> None:
    """Refuse a document with a reference that leads nowhere."""
    for reference in references(document):
        try:
            resolve(document, reference)
        except SpecError as error:
            raise SpecError(f"{source}: {error}") from None


def facts_digest(kept: Node) -> str:
    """Hash the facts of a document, whatever its prose, order and unused components."""
    text = json.dumps(layout.prune(kept), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def build(
    kept: Node,
    actions: Iterable[overlay.Action],
    notice: Callable[[overlay.Stale], object] = id,
) -> Node:
    """Make of upstream's facts what is published: corrected, worded, in its layout, and valid."""
    document = finish(names.hoist(overlay.apply_strictly(kept, actions, notice)))
    require_words(document)
    validate(document, "the result")
    return document


def finish(document: Node) -> Node:
    """Drop what nothing refers to; put the rest in canonical order and its version's words."""
    return layout.canonical(dialect.settled(layout.prune(document)))


def validate(document: Node, source: str) -> None:
    """Check a document against the OpenAPI specification itself."""
    validator = VALIDATORS.get(str(document.get("openapi"))[:3], OpenAPIV30SpecValidator)
    for error in validator(document).iter_errors():  # type: ignore[arg-type, unused-ignore]  # its stub wants hashable keys
        place = "/".join(str(step) for step in getattr(error, "absolute_path", ()))
        raise SpecError(f"{source} is not valid OpenAPI at '{place}': {_first_line(error)}")


def _first_line(error: Any) -> str:
    return str(getattr(error, "message", error)).splitlines()[0][:300]


def require_words(document: Node) -> None:
    """Every operation needs our own summary, one tag and a name before it is published."""
    for method, path, operation in operations(document):
        missing = [key for key in ("operationId", "summary", "tags") if not operation.get(key)]
        if missing:
            raise SpecError(
                f"{method.upper()} {path} has no {' and no '.join(missing)}: "
                "add an action for it to scripts/spec/overlay/50-words.yaml"
            )
