"""The steps from upstream's text to `openapi.yaml`, and where their inputs and outputs lie."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from scripts.spec import layout, names, overlay
from scripts.spec.facts import facts, resolve, walk_references
from scripts.spec.fetch import read_source
from scripts.spec.grammar import Node, SpecError, operations
from scripts.spec.load import parse, read_file, require_openapi

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT: Final = Path(__file__).resolve().parents[2]
OPENAPI: Final = ROOT / "openapi.yaml"
SPEC: Final = ROOT / "scripts" / "spec"
OVERLAYS: Final = SPEC / "overlay"
UPSTREAM: Final = SPEC / "upstream.toml"
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

    def visit(reference: str) -> None:
        try:
            resolve(document, reference)
        except SpecError as error:
            raise SpecError(f"{source}: {error}") from None

    walk_references(document, visit)


def facts_digest(kept: Node) -> str:
    """Hash the facts of a document, whatever its prose, order and unused components."""
    text = json.dumps(layout.prune(kept), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def build(kept: Node, actions: Iterable[overlay.Action]) -> Node:
    """Apply our overlay to upstream's facts, name what it marks, and lay the result out."""
    return finish(names.hoist(overlay.apply_strictly(kept, actions)))


def finish(document: Node) -> Node:
    """Drop what nothing refers to and put the rest in canonical order."""
    return layout.canonical(layout.prune(document))


def validate(document: Node, source: str) -> None:
    """Check a document against the OpenAPI specification itself."""
    old = str(document.get("openapi", "")).startswith("3.0")
    validator = OpenAPIV30SpecValidator if old else OpenAPIV31SpecValidator
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
