"""Every kind of fact is compared and judged, and no other way to write the same thing is drift."""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.drift.compare import Reading, compare
from scripts.drift.verdicts import VERDICTS, Change
from scripts.spec import dialect, load, pipeline
from scripts.spec.facts import facts
from scripts.spec.grammar import KINDS, SpecError
from scripts.spec.overlay import apply_strictly, read_actions
from tests.drift_rewritings import REWRITINGS, in_any_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Document = dict[str, Any]
VECTORS = Path(__file__).parent / "vectors" / "drift"


def vector(name: str) -> Document:
    """Read one of our tables."""
    data: Document = load.parse(load.read_file(VECTORS / name), name)
    return data


DOCUMENTS = {
    "base": vector("base.yaml"),
    "openapi": pipeline.read_document(str(pipeline.OPENAPI)),
    "everything": vector("everything.yaml"),
}
READ = {id(document): Reading.of(facts(document)) for document in DOCUMENTS.values()}
MUTATIONS = {
    f"{title}: {name}": (DOCUMENTS[title], entry)
    for title, table in (
        ("base", "mutations.yaml"),
        ("openapi", "openapi-mutations.yaml"),
        ("everything", "everything-mutations.yaml"),
    )
    for name, entry in vector(table).items()
}


def differences(old: Document, new: Document) -> list[Change]:
    """Compare the facts of two documents."""
    return compare(reading(old), reading(new))


def reading(document: Document) -> Reading:
    """Read the facts of a document; those of our tables were read already."""
    return READ.get(id(document)) or Reading.of(facts(document))


def mutated(name: str) -> tuple[Document, Document]:
    """A document, and the same after the actions of one entry of a table."""
    document, entry = MUTATIONS[name]
    actions = [{**action, "x-reason": "a mutation"} for action in entry["do"]]
    text = json.dumps({"overlay": "1.0.0", "actions": actions})
    return document, apply_strictly(document, read_actions(text, "mutation"))


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_single_change_gets_its_verdicts_and_no_others(name: str) -> None:
    """The verdict and, where the table says them, an operation and how many are reached."""
    entry = MUTATIONS[name][1]
    old, new = map(reading, mutated(name))
    changes = compare(old, new)
    assert {change.kind: change.severity for change in changes} == entry["find"]
    reached = {change.operation for change in changes}
    assert entry.get("at", next(iter(reached))) in reached
    assert len(reached) == entry.get("only", len(reached))
    assert len(compare(new, old)) == len(changes)  # what is found forth is found back


def test_the_tables_show_every_verdict() -> None:
    """A kind that no mutation shows would be a verdict that nobody has checked."""
    shown = {kind for _, entry in MUTATIONS.values() for kind in entry["find"]}
    assert VERDICTS.keys() - shown == {"overlay-action-stale", "sync-refused"}


# --- whatever a sync would change is reported -----------------------------------------------------

# What openapi.yaml may say in other words without any drift, with the reason.
SAME: dict[tuple[str, str], Callable[[Any, Any], bool]] = {
    # The other words of a schema, or the values, imply the type.
    ("schema", "type"): lambda _, new: new is None,
    # A parameter in a path is required, whether it says so or not.
    ("parameter", "required"): lambda old, new: old is True and new is not True,
    # `simple` is what a header has without a word.
    ("header", "style"): lambda _, new: new is None,
    # Nothing refers to what is new here.
    ("schema", "$defs"): lambda old, new: new is not None and old.items() <= new.items(),
}


def never(_old: Any, _new: Any) -> bool:
    """Nowhere else."""
    return False


def places(
    node: Any, rule: str = "document", at: tuple[Any, ...] = ()
) -> Iterator[tuple[str, str, tuple[Any, ...], str]]:
    """Yield (kind, keyword, place, rule) of everything in a document that is kept as a fact."""
    shape, kind = rule[0], rule.strip("[]{}<>")
    if shape in "[{<":
        for key in node if isinstance(node, dict) else range(len(node)):
            yield from places(node[key], kind, (*at, key))
    elif isinstance(node, dict):
        for key, value in node.items():
            child = KINDS.get(kind, {}).get(key, "dropped")
            if child != "dropped":
                yield kind, key, (*at, key), child
            if child not in ("dropped", "data"):
                yield from places(value, child, (*at, key))


def variations(value: Any, rule: str) -> Iterator[Any]:
    """Other values for a place; None stands for nothing there."""
    yield None
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, list) and value:
        yield value[1:]
        yield [*value, copy.deepcopy(value[0])]
        if rule == "data":
            yield from ([*value[:-1], other] for other in variations(value[-1], rule) if other)
    elif isinstance(value, dict) and (rule == "data" or rule[0] in "{<"):
        yield from ({k: v for k, v in value.items() if k != gone} for gone in value)
        yield {**value, "new": copy.deepcopy(next(iter(value.values())))}
        if rule == "data":
            for key, inner in value.items():
                yield from ({**value, key: other} for other in variations(inner, rule) if other)


def replaced(document: Document, at: tuple[Any, ...], value: Any) -> Document:
    """A copy with another value in one place."""
    changed = parent = copy.copy(document)
    for step in at[:-1]:
        parent[step] = copy.copy(parent[step])
        parent = parent[step]
    if value is None:
        del parent[at[-1]]
    else:
        parent[at[-1]] = value
    return changed


def test_whatever_a_sync_would_change_is_drift() -> None:
    """Each fact of a description with every keyword is removed and changed, one at a time."""
    document = DOCUMENTS["everything"]
    kept = facts(document)
    read, synced = (
        Reading.of(kept),
        json.dumps(pipeline.finish(kept)),
    )  # test_sync_spec.py: as YAML it is the same
    tried: set[tuple[str, str]] = set()
    silent = []
    for kind, key, at, rule in places(document):
        value: Any = document
        for step in at:
            value = value[step]
        for other in variations(value, rule):
            if at == ("openapi",) and other is None:
                continue  # without a version it is no OpenAPI document
            try:
                new = facts(replaced(document, at, other))
                pipeline.check_references(new, "changed")
                if json.dumps(pipeline.finish(new)) == synced:
                    continue
                found = compare(read, new)
            except SpecError as error:  # drift cannot tell, and says so
                found = [error]
            tried.add((kind, key))
            twice = isinstance(other, list) and other[1:] and other[0] == other[-1]
            if not (found or twice or SAME.get((kind, key), never)(value, other)):
                silent.append((at, other))
    assert silent == []
    every = {
        (kind, key) for kind in KINDS for key, rule in KINDS[kind].items() if rule != "dropped"
    }
    assert tried == every


# --- what is said in other words is no drift ------------------------------------------------------


def rewritten() -> list[Any]:
    """Every rewriting of the documents that changes a character."""
    cases = []
    for name, rewrite in REWRITINGS.items():
        for title in ("base", "openapi"):
            before = DOCUMENTS[title]
            after = rewrite(copy.deepcopy(before))
            if json.dumps(after) != json.dumps(before):
                cases.append(pytest.param(before, after, id=f"{name}-{title}"))
    return cases


@pytest.mark.parametrize(("old", "new"), rewritten())
def test_another_way_to_write_the_same_is_no_drift(old: Document, new: Document) -> None:
    """Order, prose, references, names, defaults, inheritance: none of them is the interface."""
    before, after = reading(old), reading(new)
    assert compare(before, after) == compare(after, before) == []


@pytest.mark.parametrize("name", REWRITINGS)
def test_every_rewriting_rewrites_something(name: str) -> None:
    """A rewriting that leaves the document as it is would prove nothing."""
    assert json.dumps(REWRITINGS[name](copy.deepcopy(DOCUMENTS["base"]))) != json.dumps(
        DOCUMENTS["base"]
    )


def as_anchors(document: Document) -> str:
    """YAML in which equal parts are written once and referred to."""
    seen: Document = {}

    def tie(node: Any) -> Any:
        if isinstance(node, dict):
            node = {key: tie(value) for key, value in node.items()}
        elif isinstance(node, list):
            node = [tie(item) for item in node]
        else:
            return node
        return seen.setdefault(json.dumps(node, sort_keys=True), node)

    return str(yaml.safe_dump(tie(document)))


WRITTEN: dict[str, Callable[[Document], str]] = {
    "JSON": lambda document: json.dumps(document, indent="\t"),
    "YAML with anchors": as_anchors,
    "YAML without quotes": lambda document: re.sub(
        r"'(on|off|yes|2026-08-22|1:30|[0-9]{3})'",
        r"\1",
        yaml.safe_dump(json.loads(json.dumps(document))),
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_another_notation_is_no_drift(name: str) -> None:
    """JSON, anchors, bare numbers and the words of YAML 1.1 read as the same document."""
    document = copy.deepcopy(DOCUMENTS["base"])
    note = document["components"]["schemas"]["Thing"]["properties"]["note"]
    note["enum"] = ["on", "off", "yes", "2026-08-22", "1:30"]
    text = WRITTEN[name](document)
    assert text != yaml.safe_dump(document)
    assert differences(document, load.parse(text, name)) == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(), name=st.sampled_from(sorted(MUTATIONS)))
def test_a_verdict_does_not_depend_on_order(seed: int, name: str) -> None:
    """A change is found with the same values in any order of both documents."""
    old, new = mutated(name)
    rng = random.Random(seed)
    assert differences(in_any_order(old, rng), in_any_order(new, rng)) == differences(old, new)


# --- schemas --------------------------------------------------------------------------------------


def described(schema: Any, side: str, version: str = "3.1.0", **named: Any) -> Document:
    """A description with one schema in a request or in an answer, and named ones besides."""
    content = {"content": {"application/json": {"schema": schema}}}
    operation = {"responses": {"200": content if side == "response" else {}}}
    if side == "request":
        operation["requestBody"] = content
    return facts(
        {
            "openapi": version,
            "paths": {"/x": {"post": operation}},
            "components": {"schemas": copy.deepcopy(named)},
        }
    )


def kinds(
    old: Any, new: Any, side: str = "response", named: Mapping[str, tuple[Any, Any]] | None = None
) -> list[str]:
    """Compare two schemas of two documents; named ones are given as pairs (old, new)."""
    olds, news = ({name: pair[i] for name, pair in (named or {}).items()} for i in (0, 1))
    found = compare(described(old, side, **olds), described(new, side, **news))
    # A document that needs a newer version's words has that version: no matter here.
    return sorted({change.kind for change in found} - {"openapi-version-changed"})


SCHEMAS = vector("schemas.yaml")


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize(("old", "new"), SCHEMAS["equal"])
def test_two_ways_to_allow_the_same_are_equal(old: Any, new: Any, side: str) -> None:
    """Unions flatten, types are implied, limits combine, and 3.1 says it in other words."""
    one, two = (
        described(schema, side, "3.0.3" if is_of_3_0(schema) else "3.1.0") for schema in (old, new)
    )
    assert compare(one, two) == compare(two, one) == []


def is_of_3_0(schema: Any) -> bool:
    """Whether a schema has an exclusive bound that is a truth value."""
    return re.search(r'"exclusiveM[a-z]+": true', json.dumps(schema)) is not None


@pytest.mark.parametrize(("old", "new", "request_kinds", "response_kinds"), SCHEMAS["different"])
def test_a_difference_is_named_for_its_direction(
    old: Any, new: Any, request_kinds: str, response_kinds: str
) -> None:
    """What narrows a request widens nothing, and the other way round."""
    for side, expected in (("request", request_kinds), ("response", response_kinds)):
        assert kinds(old, new, side) == [f"{side}-{kind}" for kind in expected.split()]


STRING, NUMBER = {"type": "string"}, {"type": "number"}


def ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def part(kind: str, **more: Any) -> Document:
    """A tagged variant that contains a list of any variants."""
    tag = {"kind": {"type": "string", "enum": [kind]}}
    parts = {"type": "array", "items": ref("Part")}
    return {"type": "object", "required": ["kind"], "properties": tag | {"in": parts} | more}


def node(**more: Any) -> Document:
    return {"type": "object", "properties": {"next": ref("Node"), **more}}


OTHER = {"properties": {"next": ref("Other")}}
UNION = {"oneOf": [ref("A"), ref("B")]}
CYCLES: dict[str, tuple[Any, Mapping[str, tuple[Any, Any]], list[str]]] = {
    "a difference inside a cycle is found once": (
        ref("Node"), {"Node": (node(), node(v=STRING))}, ["response-property-added"],
    ),
    # While A is compared, B is met and contains A again: "B is equal" rests on A being equal, which
    # turns out wrong. B must not keep that verdict.
    "equality assumed inside a cycle is no proof": (
        ref("Part"),
        {"A": (part("a", z=STRING), part("a", z=NUMBER)), "B": (part("b"), part("b")),
         "Part": (UNION, UNION)},
        ["response-type-changed"],
    ),
    "both of two recursive schemas is not infinite": (
        {"allOf": [ref("Node"), ref("Other")]},
        {"Node": (node(), node()), "Other": (OTHER, OTHER)},
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CYCLES)
def test_schemas_that_contain_themselves(name: str) -> None:
    """They are compared to an end, and what differs is found."""
    schema, named, found = CYCLES[name]
    assert kinds(schema, schema, named=named) == found


@pytest.mark.parametrize(
    "loop",
    [
        {"Loop": ref("Loop")},
        {"Loop": {"allOf": [ref("Loop"), STRING]}},
        {"Loop": {"oneOf": [STRING, ref("Again")]}, "Again": {"anyOf": [ref("Loop")]}},
    ],
)
def test_a_schema_made_of_itself_is_refused(loop: Document) -> None:
    """A reference that only leads to itself describes nothing."""
    with pytest.raises(SpecError, match="made of itself"):
        kinds(STRING, STRING, named={name: (schema, schema) for name, schema in loop.items()})


def test_a_union_of_too_many_alternatives_is_refused() -> None:
    """Unions of unions multiply: a few lines can mean billions."""
    many = {"oneOf": [{"required": [f"p{n}"]} for n in range(20)]}
    with pytest.raises(SpecError, match="more than 256 alternatives"):
        kinds(STRING, {"allOf": [many, many]})


def test_the_words_of_3_1_and_back_are_the_same_description() -> None:
    """What is written in newer words reads as it was; that it is valid, test_sync_spec.py shows."""
    newer = facts(DOCUMENTS["openapi"]) | {"openapi": "3.1.0", "webhooks": {"x": {"post": {}}}}
    lifted = dialect.settled(newer)
    assert "nullable" not in json.dumps(lifted)
    assert compare(facts(lifted), newer) == []
