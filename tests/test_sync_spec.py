"""From upstream's text to `openapi.yaml`: facts only, one layout, nothing lost on the way."""

from __future__ import annotations

import json
import random
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import sync_spec
from scripts.spec import layout, load, overlay, pipeline
from scripts.spec.facts import facts
from scripts.spec.grammar import operations
from tests.conftest import SHARED, needs_shared

if TYPE_CHECKING:
    from pathlib import Path

UPSTREAM = SHARED / "upstream" / "openapi-2026-08-22.yaml"
PROSE = "A sentence that must not pass."

SEED_ERA = {
    ("get", "/gateway/models"),
    ("get", "/gateway/models/me"),
    ("get", "/data/models"),
    ("get", "/management/keys"),
    ("post", "/management/keys"),
    ("get", "/management/keys/{id}"),
    ("patch", "/management/keys/{id}"),
    ("delete", "/management/keys/{id}"),
}


def shuffled(node: Any, rng: random.Random) -> Any:
    """The same document with its keys, and its lists without order, in another order."""
    if isinstance(node, dict):
        items = [(key, shuffled(value, rng)) for key, value in node.items()]
        rng.shuffle(items)
        for key, value in items:
            if key in ("required", "enum", "parameters") and isinstance(value, list):
                rng.shuffle(value)
        return dict(items)
    return [shuffled(item, rng) for item in node] if isinstance(node, list) else node


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_layout_does_not_depend_on_order(seed: int) -> None:
    """Any order of keys, names, parameters and enums is written as the same bytes."""
    document = pipeline.read_document(str(pipeline.OPENAPI))
    mixed = shuffled(document, random.Random(seed))
    assert layout.dump(pipeline.finish(mixed)) == pipeline.OPENAPI.read_text(encoding="utf-8")


def test_unused_components_are_dropped_and_used_ones_kept() -> None:
    """What only unused components refer to is unused as well; cycles end."""
    ref = "#/components/schemas/"
    document = {
        "openapi": "3.0.3",
        "paths": {"/a": {"get": {"responses": {"200": {"description": "OK", "content": {
            "application/json": {"schema": {"$ref": f"{ref}Used"}}}}}}}, "/empty": {}},
        "components": {"schemas": {
            "Used": {"properties": {"self": {"$ref": f"{ref}Used"}, "b": {"$ref": f"{ref}Also"}}},
            "Also": {"type": "string"},
            "Lost": {"$ref": f"{ref}LostToo"},
            "LostToo": {"type": "string"},
        }},
    }  # fmt: skip
    pruned = layout.prune(document)
    assert sorted(pruned["components"]["schemas"]) == ["Also", "Used"]
    assert list(pruned["paths"]) == ["/a"]


def test_openapi_yaml_is_valid_and_canonical(capsys: pytest.CaptureFixture[str]) -> None:
    """The check that `make check` runs passes on the file in the repository."""
    assert sync_spec.main(["--check"]) == 0
    assert "70 operations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("      summary: List the providers\n", "", "no summary"),
        ("title: AI Stats Gateway", "title:   AI Stats Gateway", "canonical form"),
        ("schemas/DeletedResponse'", "schemas/Deleted'", "leads nowhere"),
        ("      operationId: listProviders\n", "      operationId: listModels\n", "not valid"),
    ],
)
def test_the_check_sees_an_edit_by_hand(
    old: str, new: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind of damage is refused with the thing to do."""
    text = pipeline.OPENAPI.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "openapi.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert sync_spec.main(["--check", "--output", str(path)]) == 2
    assert fault in capsys.readouterr().err


@needs_shared
def test_syncing_the_recorded_upstream_changes_nothing(tmp_path: Path) -> None:
    """The repository holds exactly what the newest known upstream and the overlay give."""
    path = tmp_path / "openapi.yaml"
    assert sync_spec.main([str(UPSTREAM), "--output", str(path)]) == 0
    assert path.read_bytes() == pipeline.OPENAPI.read_bytes()
    recorded = pipeline.facts_digest(pipeline.read_facts(str(UPSTREAM)))
    assert f'facts_sha256 = "{recorded}"' in pipeline.UPSTREAM.read_text(encoding="utf-8")


@needs_shared
def test_upstream_in_any_order_and_with_prose_gives_the_same_bytes(tmp_path: Path) -> None:
    """Only facts count: another order, JSON, and prose in every place change no byte."""
    document = shuffled(load.parse(load.read_file(UPSTREAM), "upstream"), random.Random(7))
    document["info"]["description"] = PROSE
    for _, _, operation in operations(document):
        operation |= {"description": PROSE, "x-new": PROSE}
    for schema in document["components"]["schemas"].values():
        schema["description"] = PROSE
    source, path = tmp_path / "upstream.json", tmp_path / "openapi.yaml"
    source.write_text(json.dumps(document), encoding="utf-8")
    assert sync_spec.main([str(source), "--output", str(path)]) == 0
    assert path.read_bytes() == pipeline.OPENAPI.read_bytes()


@needs_shared
def test_every_operation_of_upstream_is_covered_but_the_recorded_ones() -> None:
    """Left out are the alias twins and the WebSocket; added are the seed-era paths."""
    theirs = {
        (method, path): operation["operationId"]
        for method, path, operation in operations(pipeline.read_document(str(UPSTREAM)))
    }
    twins = {place for place, name in theirs.items() if name.endswith("Alias")}
    left_out = (twins - {("get", "/analytics")}) | {("get", "/async/{kind}/{id}/ws")}
    ours = {(m, p) for m, p, _ in operations(pipeline.read_document(str(pipeline.OPENAPI)))}
    assert ours == (set(theirs) - left_out) | SEED_ERA
    assert len(left_out) == 22


def test_the_seed_era_operations_are_deprecated_and_no_others() -> None:
    """Old paths stay usable and say that they are old."""
    document = pipeline.read_document(str(pipeline.OPENAPI))
    old = {(m, p) for m, p, operation in operations(document) if operation.get("deprecated")}
    assert old == SEED_ERA


def test_every_operation_has_words_of_its_own() -> None:
    """One line, one tag of the tag list, a name that occurs once."""
    document = pipeline.read_document(str(pipeline.OPENAPI))
    tags = {tag["name"] for tag in document["tags"]}
    found = [operation for _, _, operation in operations(document)]
    assert {operation["tags"][0] for operation in found} == tags
    assert all(len(operation["tags"]) == 1 for operation in found)
    assert all("\n" not in operation["summary"] for operation in found)
    assert len({operation["summary"] for operation in found}) == len(found)


@needs_shared
@pytest.mark.parametrize("date", ["2026-05-19", "2026-06-11", "2026-07-09"])
def test_an_upstream_that_the_overlay_does_not_fit_leaves_the_file_alone(
    date: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stale actions stop the sync, each with its reason, and nothing is written."""
    path = tmp_path / "openapi.yaml"
    source = SHARED / "upstream" / f"openapi-{date}.yaml"
    assert sync_spec.main([str(source), "--output", str(path)]) == 2
    assert not path.exists()
    errors = capsys.readouterr().err
    assert "no longer apply" in errors
    assert "30-videos.yaml" in errors


@needs_shared
def test_a_new_operation_needs_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Upstream's next operation is not published before somebody has named it."""
    document = load.parse(load.read_file(UPSTREAM), "upstream")
    document["paths"]["/new"] = {"get": {"operationId": "new", "responses": {"200": {}}}}
    source, path = tmp_path / "upstream.json", tmp_path / "openapi.yaml"
    source.write_text(json.dumps(document), encoding="utf-8")
    assert sync_spec.main([str(source), "--output", str(path)]) == 2
    assert "GET /new has no summary and no tags" in capsys.readouterr().err
    assert not path.exists()


def test_every_action_of_the_overlay_names_its_reason() -> None:
    """Corrections say where the wire shows them."""
    actions = overlay.read_overlays(pipeline.OVERLAYS)
    corrections = [action for action in actions if action.file[:1] == "3"]
    assert len(corrections) > 50
    vague = [
        str(action)
        for action in corrections
        if not re.search(r"docs/gateway\.md|on the wire|recorded", action.reason)
    ]
    assert vague == []


def test_writing_replaces_the_file_in_one_step(tmp_path: Path) -> None:
    """An unchanged text touches nothing; a failed write leaves the old text and no litter."""
    path = tmp_path / "openapi.yaml"
    assert sync_spec.write(path, "one\n")
    assert not sync_spec.write(path, "one\n")
    with pytest.raises(UnicodeEncodeError):
        sync_spec.write(path, "\ud800")
    assert path.read_text(encoding="utf-8") == "one\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["openapi.yaml"]


@needs_shared
def test_the_summary_says_what_a_newer_upstream_changes_for_callers(tmp_path: Path) -> None:
    """The commit message gets the verdicts on the old description against the new one."""
    document = load.parse(load.read_file(UPSTREAM), "upstream")
    document["components"]["schemas"]["VideoDeleteResponse"]["properties"]["at"] = {
        "type": "string"
    }
    source, path, summary = (tmp_path / name for name in ("up.json", "openapi.yaml", "summary.txt"))
    source.write_text(json.dumps(document), encoding="utf-8")
    path.write_bytes(pipeline.OPENAPI.read_bytes())
    assert sync_spec.main([str(source), "--output", str(path), "--summary", str(summary)]) == 0
    text = summary.read_text(encoding="utf-8")
    assert "openapi.yaml against upstream: 1 additive" in text
    assert "DELETE /videos/{video_id}" in text
    assert path.read_bytes() != pipeline.OPENAPI.read_bytes()


def test_a_change_of_the_facts_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The revision, the day and the digest are noted; the addresses stay."""
    record = tmp_path / "upstream.toml"
    record.write_bytes(pipeline.UPSTREAM.read_bytes())
    monkeypatch.setattr(pipeline, "UPSTREAM", record)
    kept = facts(pipeline.read_document(str(pipeline.OPENAPI)))
    sync_spec.record(kept, "abc123")
    noted = tomllib.loads(record.read_text(encoding="utf-8"))
    assert noted["recorded"]["revision"] == "abc123"
    assert noted["recorded"]["facts_sha256"] == pipeline.facts_digest(kept)
    assert noted["urls"] == pipeline.upstream_addresses()
    before = record.stat().st_mtime_ns
    sync_spec.record(kept, "later")
    assert record.stat().st_mtime_ns == before
