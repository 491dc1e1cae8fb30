"""Every kind of change gets its verdict, and no other way to write the same thing gets one."""

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

from scripts.drift.compare import compare
from scripts.drift.verdicts import ADDITIVE, BREAKING, INFO, Change, severity_of
from scripts.spec import load, pipeline
from scripts.spec.facts import facts
from scripts.spec.overlay import apply_strictly, read_actions
from tests.drift_rewritings import REWRITINGS, in_any_order

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = Path(__file__).parent / "vectors" / "drift"


def vector(name: str) -> dict[str, Any]:
    """Read one of our tables."""
    data: dict[str, Any] = load.parse(load.read_file(VECTORS / name), name)
    return data


BASE = vector("base.yaml")
OURS = pipeline.read_document(str(pipeline.OPENAPI))
ON_BASE, ON_OURS = vector("mutations.yaml"), vector("openapi-mutations.yaml")
DOCUMENTS = {"base.yaml": BASE, "openapi.yaml": OURS}


def mutated(document: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """Carry out the actions of one entry of a table."""
    actions = [{**action, "x-reason": "a mutation"} for action in entry["do"]]
    text = json.dumps({"overlay": "1.0.0", "actions": actions})
    return apply_strictly(document, read_actions(text, "mutation"))


FACTS = {id(document): facts(document) for document in DOCUMENTS.values()}


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Compare the facts of two documents."""
    return compare(*(FACTS.get(id(document)) or facts(document) for document in (old, new)))


@pytest.mark.parametrize("name", ON_BASE)
def test_a_single_change_gets_its_verdicts_and_no_others(name: str) -> None:
    """Each mutation of the small description is judged, in each direction that it travels."""
    entry = ON_BASE[name]
    changes = differences(BASE, mutated(BASE, entry))
    assert {change.kind: change.severity for change in changes} == entry["find"]


@pytest.mark.parametrize("name", ON_OURS)
def test_a_single_change_of_openapi_yaml_is_found_where_it_is(name: str) -> None:
    """The verdict, the operation and, where it is said, how many operations are reached."""
    entry = ON_OURS[name]
    changes = differences(OURS, mutated(OURS, entry))
    assert {change.kind: change.severity for change in changes} == entry["find"]
    reached = {change.operation for change in changes}
    assert entry["at"] in reached
    assert len(reached) == entry.get("only", len(reached))


def test_the_tables_are_long_enough_and_cover_every_kind() -> None:
    """A kind that no mutation shows would be a verdict that nobody has checked."""
    assert len(ON_OURS) >= 40
    assert len(REWRITINGS) >= 10
    shown = {
        kind for table in (ON_BASE, ON_OURS) for entry in table.values() for kind in entry["find"]
    }
    never = (BREAKING.keys() | ADDITIVE | INFO) - shown
    assert never == {"overlay-action-stale"}


def test_no_kind_has_two_verdicts() -> None:
    """The three tables do not overlap, and an unknown kind is a defect."""
    assert not (BREAKING.keys() & ADDITIVE)
    assert not (BREAKING.keys() & INFO)
    assert not (ADDITIVE & INFO)
    with pytest.raises(KeyError):
        severity_of("response-became-purple")


def rewritten() -> list[Any]:
    """Every rewriting of both documents that changes a character, in both directions."""
    cases = []
    for name, rewrite in REWRITINGS.items():
        for title, before in DOCUMENTS.items():
            after = rewrite(copy.deepcopy(before))
            if json.dumps(after) != json.dumps(before):
                cases.append(pytest.param(before, after, id=f"{name}-{title}"))
                cases.append(pytest.param(after, before, id=f"{name}-{title}-back"))
    return cases


@pytest.mark.parametrize(("old", "new"), rewritten())
def test_another_way_to_write_the_same_is_no_drift(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Order, prose, references, names, defaults, inheritance: none of them is the interface."""
    assert differences(old, new) == []


@pytest.mark.parametrize("name", REWRITINGS)
def test_every_rewriting_rewrites_something(name: str) -> None:
    """A rewriting that leaves the document as it is would prove nothing."""
    assert json.dumps(REWRITINGS[name](copy.deepcopy(BASE))) != json.dumps(BASE)


def as_anchors(document: dict[str, Any]) -> str:
    """YAML in which equal parts are written once and referred to."""
    seen: dict[str, Any] = {}

    def tie(node: Any) -> Any:
        if isinstance(node, dict):
            node = {key: tie(value) for key, value in node.items()}
        elif isinstance(node, list):
            node = [tie(item) for item in node]
        else:
            return node
        return seen.setdefault(json.dumps(node, sort_keys=True), node)

    return str(yaml.safe_dump(tie(document)))


WRITTEN: dict[str, Callable[[dict[str, Any]], str]] = {
    "JSON": lambda document: json.dumps(document, indent="\t"),
    "YAML with anchors": as_anchors,
    "YAML with numbers for statuses": lambda document: (
        yaml.safe_dump(json.loads(json.dumps(document)))
        .replace("'200':", "200:").replace("'404':", "404:").replace("'201':", "201:")
    ),
    "YAML without quotes": lambda document: (
        re.sub(r"'(on|off|yes|2026-08-22|1:30|[0-9]{3})'", r"\1", yaml.safe_dump(document))
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_another_notation_is_no_drift(name: str) -> None:
    """JSON, anchors, bare numbers and the words of YAML 1.1 read as the same document."""
    document = copy.deepcopy(BASE)
    note = document["components"]["schemas"]["Thing"]["properties"]["note"]
    note["enum"] = ["on", "off", "yes", "2026-08-22", "1:30"]
    text = WRITTEN[name](document)
    assert text != yaml.safe_dump(document)
    assert differences(document, load.parse(text, name)) == []


@settings(max_examples=25)
@given(seed=st.integers())
def test_a_document_does_not_differ_from_any_shuffle_of_itself(seed: int) -> None:
    """The order of anything is never drift."""
    assert differences(BASE, in_any_order(BASE, random.Random(seed))) == []


@settings(max_examples=4)
@given(seed=st.integers())
def test_openapi_yaml_does_not_differ_from_any_shuffle_of_itself(seed: int) -> None:
    """The same for the real document, with all its unions."""
    assert differences(OURS, in_any_order(OURS, random.Random(seed))) == []


@settings(max_examples=25)
@given(seed=st.integers(), name=st.sampled_from(sorted(ON_BASE)))
def test_a_verdict_does_not_depend_on_order(seed: int, name: str) -> None:
    """A change is found with the same values in any order of both documents."""
    after = mutated(BASE, ON_BASE[name])
    rng = random.Random(seed)
    assert differences(in_any_order(BASE, rng), in_any_order(after, rng)) == (
        differences(BASE, after)
    )


@pytest.mark.parametrize("name", ON_BASE)
def test_what_is_found_forth_is_found_back(name: str) -> None:
    """The same number of changes, whichever document is the older."""
    after = mutated(BASE, ON_BASE[name])
    assert len(differences(BASE, after)) == len(differences(after, BASE))
