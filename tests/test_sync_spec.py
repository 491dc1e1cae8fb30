"""From upstream's text to `openapi.yaml`: facts only, one layout, nothing lost on the way."""

from __future__ import annotations

import functools
import json
import random
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import sync_spec
from scripts.spec import dialect, layout, load, names, overlay, pipeline
from scripts.spec.facts import facts
from scripts.spec.grammar import SpecError, operations
from tests.conftest import SHARED, needs_shared
from tests.drift_rewritings import in_any_order
from tests.tiny_description import tiny

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORDERLESS = ("required", "enum", "parameters")  # the lists that openapi.yaml has in its own order

UPSTREAM = SHARED / "upstream" / "openapi-2026-08-22.yaml"
NULLABLE = {"type": "string", "nullable": True}
PROSE = "A sentence that must not pass."
OURS = pipeline.read_document(str(pipeline.OPENAPI))

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


@settings(max_examples=3)
@given(seed=st.integers(0, 10_000))
def test_the_layout_does_not_depend_on_order(seed: int) -> None:
    """Any order of keys, names, parameters and enums is written as the same bytes."""
    mixed = in_any_order(OURS, random.Random(seed), ORDERLESS)
    assert layout.dump(pipeline.finish(mixed)) == pipeline.OPENAPI.read_text(encoding="utf-8")


REF = "#/components/schemas/"


def named(*schemas: str, **more: Any) -> dict[str, Any]:
    """A description whose one answer is described by the first of some schemas."""
    content = {"application/json": {"schema": {"$ref": f"{REF}{schemas[0]}"}}}
    operation = {"responses": {"200": {"description": "OK", "content": content}}}
    parts = {name: {"type": "string"} for name in schemas} | more
    return {
        "openapi": "3.0.3",
        "paths": {"/a": {"get": operation}, "/empty": {}},
        "components": {"schemas": parts, "securitySchemes": {"key": {"type": "apiKey"}}},
    }


CHILD = {"allOf": [{"$ref": f"{REF}Pet"}, {"type": "object"}]}
KEPT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "over references, in a circle as well": (
        named(
            "Used",
            Used={"properties": {"self": {"$ref": f"{REF}Used"}, "b": {"$ref": f"{REF}Also"}}},
            Also={"type": "string"},
            Lost={"$ref": f"{REF}LostToo"},
            LostToo={"type": "string"},
        ),
        ["Also", "Used"],
    ),
    "over a reference into a schema": (
        named(
            "Used", "Lost", Used={"$ref": f"{REF}Deep/properties/x"}, Deep={"properties": {"x": {}}}
        ),
        ["Deep", "Used"],
    ),
    "over a discriminator": (
        named(
            "Pet",
            "Dog",
            "Fox",
            "Lost",
            Pet={"discriminator": {"propertyName": "k", "mapping": {"d": f"{REF}Dog", "f": "Fox"}}},
            Cat=CHILD,
            Other={"allOf": [{"$ref": f"{REF}Lost"}]},
        ),
        ["Cat", "Dog", "Fox", "Pet"],
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_components_that_nothing_leads_to_are_dropped(name: str) -> None:
    """What only unused components refer to is unused as well, and so are paths with nothing."""
    document, kept = KEPT[name]
    pruned = layout.prune(document)
    assert sorted(pruned["components"]["schemas"]) == kept
    assert (list(pruned["paths"]), list(pruned["components"])) == (["/a"], ["schemas"])


def test_openapi_yaml_is_valid_and_canonical(capsys: pytest.CaptureFixture[str]) -> None:
    """The check that `make check` runs passes on the file in the repository."""
    assert sync_spec.main(["--check"]) == 0
    assert "70 operations" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("      summary: Get a thing\n", "", "no summary"),
        ("title: Tiny", "title:   Tiny", "theirs.yaml is not in its canonical form"),
        ("schemas/Thing'", "schemas/Nothing'", "leads nowhere"),
        ("      operationId: getThing\n", "      operationId: createThing\n", "not valid"),
    ],
)
@pytest.mark.parametrize("as_output", [False, True])
def test_the_check_sees_an_edit_by_hand(
    old: str,
    new: str,
    fault: str,
    as_output: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each kind of damage is refused with the thing to do; openapi.yaml, in order, is not read."""
    text, path = layout.dump(pipeline.finish(tiny())), tmp_path / "theirs.yaml"
    for edited, status in ((text, 0), (text.replace(old, new), 2)):
        path.write_text(edited, encoding="utf-8")
        place = ["--output", str(path)] if as_output else [str(path)]
        assert sync_spec.main([*place, "--check"]) == status
    assert fault in capsys.readouterr().err


@functools.cache
def published() -> str:
    """The newest description that upstream published, as JSON."""
    return json.dumps(load.parse(load.read_file(UPSTREAM), "upstream"))


def upstream(**changes: Any) -> dict[str, Any]:
    """The same with other paths beside or instead."""
    document: dict[str, Any] = json.loads(published())
    document["paths"] |= changes
    return document


def synced(document: dict[str, Any], folder: Path, *options: str) -> tuple[int, Path]:
    """Sync from a document; give the exit status and where the result lies."""
    source, path = folder / "upstream.json", folder / "openapi.yaml"
    source.write_text(json.dumps(document), encoding="utf-8")
    return sync_spec.main([str(source), "--output", str(path), *options]), path


def said_otherwise() -> dict[str, Any]:
    """In newer words and another order, with prose in every place."""
    document: dict[str, Any] = in_any_order(in_newer_words(), random.Random(7), ORDERLESS)
    document["info"] = {"title": PROSE, "version": "1", "description": PROSE}
    for _, _, operation in operations(document):
        operation |= {"description": PROSE, "x-new": PROSE}
    for schema in document["components"]["schemas"].values():
        schema["description"] = PROSE
    return document


def newer(**more: Any) -> dict[str, Any]:
    """The same in the words of OpenAPI 3.1, with a webhook, which only that has."""
    hook = {"post": {"requestBody": {"content": {"application/json": {"schema": NULLABLE}}}}}
    kept = facts(upstream()) | {"openapi": "3.1.1", "webhooks": {"done": hook}} | more
    return dialect.settled(kept)


def in_newer_words() -> dict[str, Any]:
    """In the words of OpenAPI 3.1 without need, but where that cannot say `nullable: true`."""

    def mended(node: Any, before: Any) -> Any:
        if before == {"nullable": True}:
            return before
        if isinstance(node, dict):
            return {key: mended(value, before.get(key)) for key, value in node.items()}
        return node

    document = newer()
    del document["webhooks"]
    assert "'null'" in str(document)
    schemas = document["components"]["schemas"]
    return document | {
        "components": document["components"]
        | {"schemas": mended(schemas, facts(upstream())["components"]["schemas"])}
    }


@needs_shared
@pytest.mark.parametrize("make", [upstream, said_otherwise])
def test_the_recorded_upstream_gives_the_same_bytes(
    make: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    """Only facts count: order, prose and the words of another version change no byte."""
    status, path = synced(make(), tmp_path)
    assert status == 0
    assert path.read_bytes() == pipeline.OPENAPI.read_bytes()
    recorded = pipeline.facts_digest(pipeline.read_facts(str(UPSTREAM)))
    assert f'facts_sha256 = "{recorded}"' in pipeline.UPSTREAM.read_text(encoding="utf-8")


@needs_shared
def test_a_description_of_3_1_keeps_what_only_that_can_say(tmp_path: Path) -> None:
    """The whole is then written, and is valid, in the words of its own version."""
    status, path = synced(newer(), tmp_path)
    assert status == 0
    made = pipeline.read_document(str(path))
    assert made["openapi"] == "3.1.1"
    payload = made["webhooks"]["done"]["post"]["requestBody"]["content"]["application/json"]
    assert payload == {"schema": {"type": ["string", "null"]}}
    text = path.read_text(encoding="utf-8")
    assert "nullable" not in text
    assert layout.dump(pipeline.finish(made)) == text


@needs_shared
def test_a_newer_upstream_is_taken_over_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words of an operation go with it; the commit message gets the verdicts for callers."""
    document = upstream()
    del document["paths"]["/rerank"]
    deleted = document["components"]["schemas"]["VideoDeleteResponse"]
    deleted["properties"]["at"] = {"type": "string"}
    summary = tmp_path / "summary.txt"
    (tmp_path / "openapi.yaml").write_bytes(pipeline.OPENAPI.read_bytes())
    status, path = synced(document, tmp_path, "--summary", str(summary))
    assert status == 0
    assert "/rerank" not in (made := pipeline.read_document(str(path)))["paths"]
    assert "at" in made["components"]["schemas"]["VideoDeleteResponse"]["properties"]
    assert capsys.readouterr().err == (
        "sync: upstream has no $.paths['/rerank'].post now: "
        "its words of 50-words.yaml are left out\n"
    )
    text = summary.read_text(encoding="utf-8")
    assert "openapi.yaml against upstream: 1 breaking, 1 additive" in text
    assert "DELETE /videos/{video_id}" in text


@needs_shared
def test_corrections_of_a_removed_operation_stop_the_sync(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are facts that somebody has to look at; nothing is written."""
    document = upstream()
    del document["paths"]["/videos/{video_id}/cancel"]
    status, path = synced(document, tmp_path)
    assert (status, path.exists()) == (2, False)
    errors = capsys.readouterr().err
    assert "30-videos.yaml" in errors
    assert "50-words.yaml" not in errors


@needs_shared
def test_every_operation_of_upstream_is_covered_but_the_recorded_ones() -> None:
    """Left out are the alias twins and the WebSocket; added are the seed-era paths."""
    theirs = {
        (method, path): operation["operationId"]
        for method, path, operation in operations(pipeline.read_document(str(UPSTREAM)))
    }
    twins = {place for place, name in theirs.items() if name.endswith("Alias")}
    left_out = (twins - {("get", "/analytics")}) | {("get", "/async/{kind}/{id}/ws")}
    ours = {(m, p) for m, p, _ in operations(OURS)}
    assert ours == (set(theirs) - left_out) | SEED_ERA
    assert len(left_out) == 22


def test_the_seed_era_operations_are_deprecated_and_no_others() -> None:
    """Old paths stay usable and say that they are old."""
    old = {(m, p) for m, p, operation in operations(OURS) if operation.get("deprecated")}
    assert old == SEED_ERA


def test_every_operation_has_words_of_its_own() -> None:
    """One line, one tag of the tag list, a name that occurs once."""
    tags = {tag["name"] for tag in OURS["tags"]}
    found = [operation for _, _, operation in operations(OURS)]
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
    new = {"get": {"operationId": "new", "responses": {"200": {}}}}
    status, path = synced(upstream(**{"/new": new}), tmp_path)
    assert (status, path.exists()) == (2, False)
    assert "GET /new has no summary and no tags" in capsys.readouterr().err


def test_nothing_invalid_is_built() -> None:
    """Whatever upstream and the overlay make together."""
    document = tiny()
    document["paths"]["/things"]["post"]["operationId"] = "getThing"
    with pytest.raises(SpecError, match="the result is not valid OpenAPI"):
        pipeline.build(document, ())


def test_names_are_given_without_components() -> None:
    """A description that names nothing gets its first component so."""
    inline = {"type": "object", "x-name": "Made"}
    answer = {"description": "OK", "content": {"application/json": {"schema": inline}}}
    document = {"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": answer}}}}}
    assert pipeline.finish(names.hoist(document))["components"] == {
        "schemas": {"Made": {"type": "object"}}
    }


def test_every_action_of_the_overlay_names_its_reason() -> None:
    """Corrections say where the wire shows them; how unions of text are split is a choice."""
    actions = overlay.read_overlays(pipeline.OVERLAYS)
    chosen = ("32-text.yaml", "35-streams.yaml")
    corrections = [a for a in actions if a.file[:1] == "3" and a.file not in chosen]
    assert len(corrections) > 50
    vague = [
        str(action)
        for action in corrections
        if not re.search(r"docs/gateway\.md|on the wire", action.reason)
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


def test_a_change_of_the_facts_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The revision, the day and the digest are noted; the addresses stay."""
    record = tmp_path / "upstream.toml"
    record.write_bytes(pipeline.UPSTREAM.read_bytes())
    monkeypatch.setattr(pipeline, "UPSTREAM", record)
    kept = facts(OURS)
    sync_spec.record(kept, "abc123")
    noted = tomllib.loads(record.read_text(encoding="utf-8"))
    assert noted["recorded"]["revision"] == "abc123"
    assert noted["recorded"]["facts_sha256"] == pipeline.facts_digest(kept)
    assert noted["urls"] == pipeline.upstream_addresses()
    before = record.stat().st_mtime_ns
    sync_spec.record(kept, "later")
    assert record.stat().st_mtime_ns == before
