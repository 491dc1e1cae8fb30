"""The overlay engine: merging as the format says, and strictness about everything else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.spec.grammar import SpecError
from scripts.spec.overlay import (
    StaleOverlayError,
    apply,
    apply_strictly,
    fingerprint,
    read_actions,
    read_overlays,
)

if TYPE_CHECKING:
    from pathlib import Path

names = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=4)
scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


def overlay(*actions: dict[str, Any]) -> str:
    """Write an overlay document with the given actions."""
    return json.dumps(
        {"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": actions}
    )


def run(document: dict[str, Any], **action: Any) -> dict[str, Any]:
    """Apply one action whose reason is 'because'."""
    text = overlay({"x-reason": "because", **action})
    return apply_strictly(document, read_actions(text, "own.yaml"))


def test_an_update_merges_objects_and_appends_to_lists() -> None:
    """Objects merge recursively, lists grow, other values are replaced."""
    before = {"a": {"keep": 1, "list": [1], "text": "old"}}
    after = run(before, target="$.a", update={"list": [2], "text": "new", "more": {"x": 1}})
    assert after == {"a": {"keep": 1, "list": [1, 2], "text": "new", "more": {"x": 1}}}


def test_the_document_given_is_left_alone() -> None:
    """Applying works on a copy."""
    before = {"a": {"b": 1}}
    run(before, target="$.a", update={"b": 2})
    assert before == {"a": {"b": 1}}


def test_an_update_of_a_selected_list_appends_its_items() -> None:
    """A list target takes one item or several."""
    assert run({"e": [1]}, target="$.e", update=[2, 3]) == {"e": [1, 2, 3]}
    assert run({"e": [1]}, target="$.e", update={"n": 2}) == {"e": [1, {"n": 2}]}


def test_remove_deletes_every_selected_item_of_a_list() -> None:
    """Several items of one list go without shifting the others."""
    before = {"e": [{"n": 1}, {"n": 2}, {"n": 1}, {"n": 3}]}
    assert run(before, target="$.e[?@.n == 1]", remove=True) == {"e": [{"n": 2}, {"n": 3}]}


@pytest.mark.parametrize(
    ("action", "fault"),
    [
        ({"target": "$.gone", "remove": True}, "selects nothing"),
        ({"target": "$.a", "update": {"b": 1}}, "changes nothing"),
        ({"target": "$.a", "update": {"b": 2}, "x-adds": True}, "adds b, which upstream has now"),
        ({"target": "$.list", "update": ["x"]}, "adds x, which upstream has now"),
        ({"target": "$.a", "remove": True, "x-expect": "000000000000"}, "x-expect is now"),
    ],
)
def test_an_action_that_no_longer_fits_fails_with_its_reason(
    action: dict[str, Any], fault: str
) -> None:
    """The message names the file, the target, the reason and what is wrong."""
    with pytest.raises(StaleOverlayError) as caught:
        run({"a": {"b": 1}, "list": ["x"]}, **action)
    text = str(caught.value)
    assert fault in text
    assert f"own.yaml: {action['target']} (because)" in text


def test_every_selected_place_must_change() -> None:
    """An action that still works in one place of two is stale all the same."""
    with pytest.raises(StaleOverlayError):
        run({"a": {"x": 1}, "b": {"x": 2}}, target="$['a', 'b']", update={"x": 2})


def test_a_bool_is_not_mistaken_for_a_number() -> None:
    """Replacing true by 1 is a change."""
    assert run({"a": {"b": True}}, target="$.a", update={"b": 1}) == {"a": {"b": 1}}


def test_an_anchor_does_not_tie_two_places_together() -> None:
    """What one action changes in one of two places that shared an anchor stays there."""
    text = """
overlay: 1.0.0
info: {title: t, version: '1'}
actions:
  - {target: $, x-reason: because, update: {a: &shared {n: {}}, b: *shared}}
  - {target: $.a.n, x-reason: because, update: {only: here}}
"""
    after = apply_strictly({"z": 1}, read_actions(text, "own.yaml"))
    assert (after["a"], after["b"]) == ({"n": {"only": "here"}}, {"n": {}})


def test_a_replaced_shape_is_recognised_whatever_the_order_of_its_keys() -> None:
    """`x-expect` depends on the shape alone."""
    shape = {"type": "string", "enum": ["a", "b"]}
    before = {"s": dict(reversed(shape.items()))}
    assert run(before, target="$.s", remove=True, **{"x-expect": fingerprint(shape)}) == {}


@pytest.mark.parametrize(
    ("action", "fault"),
    [
        ({"target": "$.a", "remove": True}, "has no x-reason"),
        ({"target": "$.a", "remove": True, "x-reason": "  "}, "has no x-reason"),
        ({"x-reason": "because", "remove": True}, "has no target"),
        ({"target": "$.a", "x-reason": "because"}, "needs either"),
        ({"target": "$.a", "x-reason": "r", "remove": True, "update": {}}, "needs either"),
        ({"target": "$.a", "x-reason": "because", "removed": True}, "unknown key 'removed'"),
        ({"target": "$.a[", "x-reason": "because", "remove": True}, "not a JSONPath query"),
        ({"target": "$", "x-reason": "because", "remove": True}, "cannot remove the whole"),
        ({"target": "$.a.b", "x-reason": "because", "update": {"c": 1}}, "needs an object"),
    ],
)
def test_a_malformed_action_is_refused(action: dict[str, Any], fault: str) -> None:
    """Each fault of an action is named."""
    with pytest.raises(SpecError, match=fault.replace("$", r"\$")):
        apply_strictly({"a": {"b": 1}}, read_actions(overlay(action), "own.yaml"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("openapi: 3.0.3", "not an OpenAPI Overlay"),
        ("{overlay: 1.0.0, actions: []}", "has no actions"),
        ("[", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_overlay_is_refused(text: str, fault: str) -> None:
    """Each fault of a file is named."""
    with pytest.raises(SpecError, match=fault):
        read_actions(text, "own.yaml")


def test_files_are_applied_in_the_order_of_their_names(tmp_path: Path) -> None:
    """A later file sees what an earlier one did."""
    made = overlay({"target": "$", "x-reason": "r", "update": {"a": {}}})
    used = overlay({"target": "$.a", "x-reason": "r", "update": {"b": 1}})
    (tmp_path / "20-used.yaml").write_text(used, encoding="utf-8")
    (tmp_path / "10-made.yaml").write_text(made, encoding="utf-8")
    assert apply_strictly({"z": 1}, read_overlays(tmp_path)) == {"z": 1, "a": {"b": 1}}


def test_an_empty_folder_is_no_overlay(tmp_path: Path) -> None:
    """A mistyped folder must not read as 'nothing to correct'."""
    with pytest.raises(SpecError, match="holds no overlay"):
        read_overlays(tmp_path)


@given(document=st.dictionaries(names, trees, min_size=1), update=st.dictionaries(names, trees))
def test_an_update_is_seen_in_the_result_and_leaves_the_rest(
    document: dict[str, Any], update: dict[str, Any]
) -> None:
    """Whatever the trees: untouched keys stay, scalars of the update win, nothing is lost."""
    text = overlay({"target": "$", "x-reason": "r", "update": update})
    after, stale = apply(document, read_actions(text, "own.yaml"))
    assert {key: after[key] for key in document if key not in update} == {
        key: value for key, value in document.items() if key not in update
    }
    assert all(after[key] == update[key] for key in update if key not in document)
    assert bool(stale) == (fingerprint(after) == fingerprint(document))


@given(document=st.dictionaries(names, trees, min_size=1))
def test_removing_what_was_added_gives_the_document_back(document: dict[str, Any]) -> None:
    """Add and remove are each other's inverse."""
    actions = overlay(
        {"target": "$", "x-reason": "r", "update": {"added by us": {"n": 1}}},
        {"target": "$['added by us']", "x-reason": "r", "remove": True},
    )
    assert apply_strictly(document, read_actions(actions, "own.yaml")) == document
