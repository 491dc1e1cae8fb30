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


SHAPE = {"type": "string", "enum": ["a", "b"]}


@pytest.mark.parametrize(
    ("before", "action", "after"),
    [
        (  # objects merge, lists grow, other values are replaced
            {"a": {"keep": 1, "list": [1], "text": "old"}},
            {"target": "$.a", "update": {"list": [2], "text": "new", "more": {"x": 1}}},
            {"a": {"keep": 1, "list": [1, 2], "text": "new", "more": {"x": 1}}},
        ),
        # a selected list takes several items, or one
        ({"e": [1]}, {"target": "$.e", "update": [2, 3]}, {"e": [1, 2, 3]}),
        ({"e": [1]}, {"target": "$.e", "update": {"n": 2}}, {"e": [1, {"n": 2}]}),
        (  # several items of one list go without shifting the others
            {"e": [{"n": 1}, {"n": 2}, {"n": 1}, {"n": 3}]},
            {"target": "$.e[?@.n == 1]", "remove": True},
            {"e": [{"n": 2}, {"n": 3}]},
        ),
        # a truth value is no number
        ({"a": {"b": True}}, {"target": "$.a", "update": {"b": 1}}, {"a": {"b": 1}}),
        (  # a shape is recognised whatever the order of its keys
            {"s": dict(reversed(SHAPE.items()))},
            {"target": "$.s", "remove": True, "x-expect": fingerprint(SHAPE)},
            {},
        ),
    ],
)
def test_an_action_does_what_the_format_says(
    before: dict[str, Any], action: dict[str, Any], after: dict[str, Any]
) -> None:
    """On a copy: the document given is left alone."""
    kept = json.dumps(before)
    done = run(before, **action)
    assert json.dumps(done, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert json.dumps(before) == kept


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


@pytest.mark.parametrize(
    "update",
    [
        {"summary": "Ours"},
        {"description": "Ours", "title": "Ours", "tags": ["ours"]},
        {"x-name": "Ours"},
        {"operationId": "ours"},
    ],
)
def test_words_for_what_is_gone_are_dropped_with_a_notice(update: dict[str, Any]) -> None:
    """Nobody misses them; where there is something to word, they are as strict as the rest."""
    text = overlay({"target": "$.gone", "x-reason": "r", "update": update})
    told: list[str] = []
    actions = read_actions(text, "own.yaml")
    assert apply_strictly({"a": 1}, actions, lambda entry: told.append(str(entry))) == {"a": 1}
    assert told == ["own.yaml: $.gone (r): selects nothing"]
    with pytest.raises(StaleOverlayError, match="changes nothing"):
        apply_strictly(
            {"gone": update | {"tags": []}},
            read_actions(
                overlay({"target": "$.gone", "x-reason": "r", "update": update | {"tags": []}}),
                "own.yaml",
            ),
        )


@pytest.mark.parametrize(
    "action",
    [
        {"update": {"deprecated": True}},
        {"update": {"summary": "Ours", "deprecated": True}},
        {"update": {"description": {"type": "string"}}},  # a property of that name
        {"update": {"tags": {"type": "array"}}},
        {"update": {"x-name": {"type": "string"}}},
        {"update": ["a"]},
        {"remove": True},
    ],
)
def test_a_correction_of_what_is_gone_stops_the_sync(action: dict[str, Any]) -> None:
    """Somebody has to look at it."""
    with pytest.raises(StaleOverlayError, match="selects nothing"):
        run({"a": 1}, target="$.gone", **action)


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
