"""From an address to facts: read as YAML 1.2, bounded, refused in one line, and free of prose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from scripts import check_drift
from scripts.spec import fetch, layout, load, pipeline
from scripts.spec.facts import facts, resolve
from scripts.spec.grammar import KINDS, SpecError
from tests.test_drift import vector

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_httpserver import HTTPServer

PROSE = "A sentence that must not pass."


# --- fetching -------------------------------------------------------------------------------------


def test_a_document_is_read_from_an_address(httpserver: HTTPServer) -> None:
    """The text is that of the answer, through a redirect as well."""
    httpserver.expect_request("/new.yaml").respond_with_data("openapi: 3.0.3")
    moved = Response(status=302, headers={"Location": httpserver.url_for("/new.yaml")})
    httpserver.expect_request("/old.yaml").respond_with_response(moved)
    assert fetch.read_source(httpserver.url_for("/old.yaml")) == "openapi: 3.0.3"


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (404, "openapi: 3.0.3", "answered 404"),
        (500, "openapi: 3.0.3", "answered 500"),
        (200, "<!doctype html><title>Sign in</title>", "is a web page"),
        (200, '{"message": "Not Found"}', "not an OpenAPI 3 document"),
        (200, "", "is empty"),
        (200, "x" * (load.MAX_BYTES + 1), "is larger than"),
        (302, "http://example.test/x", "neither a path"),
    ],
    ids=["missing", "broken", "page", "error", "empty", "large", "unsafe redirect"],
)
def test_a_failed_download_never_reads_as_everything_removed(
    status: int, body: str, fault: str, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """It cannot be told, and one line says why."""
    answer = Response(body, status=status, headers={"Location": body} if status == 302 else {})
    httpserver.expect_request("/x").respond_with_response(answer)
    assert check_drift.main(["--upstream", httpserver.url_for("/x")]) == 2
    captured = capsys.readouterr()
    assert fault in captured.err
    assert captured.out == ""


def test_a_lost_connection_is_tried_again() -> None:
    """Three tries with a pause between them, then one line."""
    pauses: list[float] = []
    with pytest.raises(SpecError, match="cannot be fetched"):
        fetch.read_source("http://127.0.0.1:9/openapi.yaml", pause=pauses.append)
    assert pauses == [1, 2]


def test_the_next_address_is_tried_when_one_fails(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repository has moved before; what worked is said."""
    assert pipeline.upstream_addresses()[0] == (
        "https://raw.githubusercontent.com/phaseoteam/Phaseo/main/apps/docs/openapi/v1/openapi.yaml"
    )
    httpserver.expect_request("/old").respond_with_data("gone", status=404)
    text = pipeline.OPENAPI.read_text(encoding="utf-8")
    httpserver.expect_request("/new").respond_with_data(text)
    urls = [httpserver.url_for("/old"), httpserver.url_for("/new")]
    monkeypatch.setattr(pipeline, "upstream_addresses", lambda: urls)
    assert pipeline.read_first(None)[0] == urls[1]
    monkeypatch.setattr(pipeline, "upstream_addresses", lambda: urls[:1])
    with pytest.raises(SpecError, match="answered 404"):
        pipeline.read_first(None)


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("off", "off"), ("yes", "yes"), ("No", "No"), ("2026-08-22", "2026-08-22"),
        ("1:30", "1:30"), ("0777", 777), ("0o17", 15), ("0x1F", 31), ("1_000", "1_000"),
        ("1e3", 1000.0), (".5", 0.5), ("true", True), ("True", True), ("~", None), ("", None),
        ("null", None), ("'null'", "null"), ("-7", -7), ("<<", "<<"), ("=", "="),
    ],
)  # fmt: skip
def test_plain_words_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    """Truth values, dates and numbers of YAML 1.1 are texts in YAML 1.2; keys are texts always."""
    read = load.parse(f"a: {text}\n", "t")["a"]
    assert (read, type(read)) == (value, type(value))
    assert text[:1] in "<='" or list(load.parse(f"{{{text or 'x'}: 1}}", "t")) == [text or "x"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [(b"\xff\xfe\x00", "is not UTF-8"), (b"x" * (load.MAX_BYTES + 1), "is larger than 10 MB")],
    ids=["binary", "oversized"],
)
def test_bytes_that_are_no_document_are_refused(raw: bytes, fault: str, tmp_path: Path) -> None:
    """When they are read, and only as many as are needed to know."""
    path = tmp_path / "upstream.yaml"
    path.write_bytes(raw)
    with pytest.raises(SpecError, match=f"{path} {fault}"):
        load.read_file(path)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8"))
    | st.sampled_from(["on", "2026-08-22", "0o17", "1e3", "~", "null", "yes", "=", "0777", ".inf"])
)


@given(value=scalars, key=st.text(st.characters(codec="utf-8")))
def test_what_is_written_reads_back(value: object, key: str) -> None:
    """Words that either version of YAML would misread are quoted; JSON may have tabs."""
    document = {"paths": {key: [value]}}
    text = layout.dump(document)
    assert load.parse(text, "t") == load.parse(json.dumps(document, indent="\t"), "t") == document
    if isinstance(value, str):
        assert yaml.safe_load(text)["paths"][key] == [value]


# --- facts ----------------------------------------------------------------------------------------


def with_prose(node: Any, rule: str = "document") -> Any:
    """Say something at every place where a description may hold prose, examples or extensions."""
    shape, kind = rule[0], rule.strip("[]{}<>")
    if shape == "[":
        return [with_prose(item, kind) for item in node]
    if shape in "{<":
        extension = {"x-note": PROSE} if shape == "<" else {}
        return {name: with_prose(item, kind) for name, item in node.items()} | extension
    if not isinstance(node, dict) or not KINDS.get(kind):
        return dict.fromkeys(node, PROSE) if kind == "scopes" else node
    table = KINDS[kind]
    said = {word: PROSE for word, rule in table.items() if rule == "dropped"} | {"x-any": [PROSE]}
    return said | {
        key: with_prose(value, table[key]) for key, value in node.items() if key in table
    }


@pytest.mark.parametrize(
    ("name", "phrase"), [("base.yaml", "Not Found"), ("everything.yaml", "Created")]
)
def test_no_prose_passes_and_no_fact_is_lost(name: str, phrase: str) -> None:
    """Prose is known by its position; a property that is called `description` is data."""
    document = vector(name)
    wordy = with_prose(document)
    assert json.dumps(wordy).count(PROSE) > 100
    assert facts(wordy) == facts(document)
    assert PROSE not in json.dumps(facts(wordy))
    named = facts(document)["components"]["schemas"]
    assert name != "base.yaml" or "description" in named["Thing"]["properties"]
    scopes = facts(vector("everything.yaml"))["components"]["securitySchemes"]["login"]["flows"]
    assert scopes["authorizationCode"]["scopes"] == {"read": "", "write": ""}
    assert phrase in json.dumps(facts(document))  # a status' own, whatever upstream says


def test_a_reference_resolves_through_escaped_steps() -> None:
    """`~1` and `~0` stand for slash and tilde in a step."""
    document = {"paths": {"/a~b": [{"x": 1}]}}
    assert resolve(document, "#/paths/~1a~0b/0/x") == 1
    for step in ("nope", "~1a~0b/7", "~1a~0b/x", "~1a~0b/0/x/y"):
        with pytest.raises(SpecError, match="leads nowhere"):
            resolve(document, f"#/paths/{step}")
