"""The generated operation table agrees with the description, and so does what calls send."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
import typing
from importlib import resources
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from openapi_schema_validator import OAS30Validator

import aistats_generated.models
from aistats import Retry
from aistats._core.request import OPTION_NAMES
from aistats.resources.operation import request_for
from aistats_generated import operations, params
from aistats_generated.operations import OPERATIONS, OperationSpec
from scripts.operations.facts import REQUEST_OPTIONS
from tests.call_examples import CALLS, Call
from tests.conftest import ROOT

Json = dict[str, Any]
DOCUMENT: Json = json.loads(
    resources.files("aistats_generated").joinpath("openapi.json").read_text(encoding="utf-8")
)

if TYPE_CHECKING:
    from pathlib import Path
DESCRIBED = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}
BINARY = '"format": "binary"'
BY_ID = {spec.operation_id: spec for spec in OPERATIONS.values()}

each_operation = pytest.mark.parametrize("operation_id", DESCRIBED)


def resolved(node: Json) -> Json:
    while "$ref" in node:
        target = DOCUMENT
        for key in node["$ref"].split("/")[1:]:
            target = target[key]
        node = target
    return node


def body_schema(operation_id: str) -> Json:
    """Give the schema of the request body, {} when there is none."""
    body = DESCRIBED[operation_id][2].get("requestBody", {"content": {"": {"schema": {}}}})
    (content,) = resolved(body)["content"].values()
    return dict(content["schema"])


def wire(spec: OperationSpec, names: tuple[str, ...]) -> list[str]:
    return [spec.wire.get(name, name) for name in names]


def test_the_table_holds_exactly_the_described_operations() -> None:
    """None is missing, none is invented, and each stands under its own name."""
    assert set(BY_ID) == set(DESCRIBED)
    assert all(key == spec.name for key, spec in OPERATIONS.items())


@each_operation
def test_parameters_are_where_the_description_puts_them(operation_id: str) -> None:
    """Path in order; query, header and body complete; and what is required is."""
    method, path, operation = DESCRIBED[operation_id]
    spec = BY_ID[operation_id]
    declared = [resolved(one) for one in operation.get("parameters", ())]
    named = {
        place: [one["name"] for one in declared if one["in"] == place]
        for place in ("query", "header")
    }
    body = resolved(body_schema(operation_id))
    assert (spec.method, spec.path) == (method, path)
    assert wire(spec, spec.path_params) == re.findall(r"{([^}]+)}", path)
    assert wire(spec, spec.query_params) == named["query"]
    assert wire(spec, spec.header_params) == named["header"]
    assert wire(spec, spec.body_fields) == list(body.get("properties", {}))
    needed = [one["name"] for one in declared if one.get("required")] + body.get("required", [])
    assert sorted(wire(spec, spec.required)) == sorted(needed)
    joined = [one["name"] for one in declared if one.get("explode") is False]
    assert wire(spec, spec.comma_joined) == joined


@each_operation
def test_key_media_type_and_streaming_are_as_described(operation_id: str) -> None:
    """The credential is the operation's own or the description's; a body has one media type."""
    operation = DESCRIBED[operation_id][2]
    spec = BY_ID[operation_id]
    security = operation.get("security", DOCUMENT["security"])
    wanted = [scheme for alternative in security for scheme in alternative] or ["none"]
    kinds = {"InferenceKey": "inference", "ManagementKey": "management", "none": "none"}
    assert [spec.credential] == [kinds[scheme] for scheme in wanted]
    body = resolved(operation.get("requestBody", {}))
    media_types = list(body.get("content", {}))
    assert spec.body_required == body.get("required", False)
    kind = {"json": ["application/json"], "multipart": ["multipart/form-data"], None: []}
    assert kind[spec.body] == media_types
    answers = [one for status, one in operation["responses"].items() if status.startswith("2")]
    offered = {kind for answer in answers for kind in resolved(answer).get("content", {})}
    assert spec.streams == ("text/event-stream" in offered)
    assert (spec.reply == "json") == ("application/json" in offered)
    assert spec.deprecated == operation.get("deprecated", False)


@each_operation
def test_files_are_the_binary_fields(operation_id: str) -> None:
    """Those that may be an array are sent as several parts."""
    spec = BY_ID[operation_id]
    fields = resolved(body_schema(operation_id)).get("properties", {})
    binary = {name: json.dumps(one) for name, one in fields.items() if BINARY in json.dumps(one)}
    assert wire(spec, spec.file_fields) == list(binary)
    several = [name for name, text in binary.items() if '"array"' in text]
    assert wire(spec, spec.repeated_files) == several


@each_operation
def test_the_result_is_what_the_generated_module_parses(operation_id: str) -> None:
    """Name and tag lead to the module, and its answer is the class of the row."""
    spec = BY_ID[operation_id]
    module = importlib.import_module(f"aistats_generated.api.{spec.tag}.{spec.name}")
    promised = getattr(operations, spec.name).__annotations__["return"]
    if spec.result:
        assert attrs.has(getattr(aistats_generated.models, spec.result))
        assert module._parse_response.__annotations__["return"] == spec.result == promised
    else:
        plain = {"json": "dict[str, Any]", "bytes": "bytes", "text": "str", "none": "None"}
        assert promised == plain[spec.reply]


@each_operation
def test_the_signature_takes_the_path_and_the_typed_parameters(operation_id: str) -> None:
    """Path parameters come first; the TypedDict has the other keys and demands the required."""
    spec = BY_ID[operation_id]
    signature = inspect.signature(getattr(operations, spec.name))
    *path, keywords = signature.parameters.values()
    assert tuple(one.name for one in path) == spec.path_params
    assert keywords.kind is keywords.VAR_KEYWORD
    typed = getattr(params, keywords.annotation.removeprefix("Unpack[").removesuffix("]"))
    hints = typing.get_type_hints(typed, include_extras=True)
    assert hints.keys() == {
        *OPTION_NAMES,
        *spec.query_params,
        *spec.header_params,
        *spec.body_fields,
    }
    demanded = {key for key, hint in hints.items() if typing.get_origin(hint) is typing.Required}
    assert demanded == set(spec.required) - set(spec.path_params)


def test_every_nested_type_can_be_looked_up() -> None:
    """No name in the parameter types is left without a definition."""
    nested = [getattr(params, name) for name in dir(params) if name.endswith("Param")]
    assert nested
    for one in nested:
        if isinstance(one, type):
            assert typing.get_type_hints(one, include_extras=True)
        else:
            assert typing.get_args(one)


def test_the_options_of_every_call_are_the_same_everywhere() -> None:
    """The emitter reserves them, the types offer them, the engine reads them."""
    offered = typing.get_type_hints(params.RequestOptions)
    assert tuple(offered) == REQUEST_OPTIONS == OPTION_NAMES
    policy = [name for name, one in vars(params.RetryPolicy).items() if isinstance(one, property)]
    assert policy == [field.name for field in attrs.fields(Retry)]


def test_importing_the_table_is_cheap() -> None:
    """It loads no model, no parameter type and none of the libraries that those need."""
    code = "import sys, aistats_generated.operations; print(*sys.modules)"
    # The command is ours: this interpreter and a constant.
    output = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT / "generated")  # noqa: S603
    loaded = set(output.decode().split())
    assert "aistats_generated.operations" in loaded
    heavy = {"attr", "attrs", "httpx", "aistats", "aistats_generated.models", "inspect"}
    assert not loaded & {*heavy, "aistats_generated.params", "aistats_generated.types"}


def faults(operation_id: str, body: Any) -> list[str]:
    """List what the description has against a body."""
    schema = {"components": DOCUMENT["components"], "allOf": [body_schema(operation_id)]}
    return [error.message for error in OAS30Validator(schema).iter_errors(body)]


def body_sent(call: Call) -> tuple[str, Any]:
    """Give the body of an example as the description sees it, files as text."""
    spec = OPERATIONS[call.name]
    request = request_for(spec, call.args, call.params, spec.name)
    if spec.body == "json":
        return spec.operation_id, json.loads(request.content or b"null")
    assert request.form is not None
    given = {name: call.params[name] for name in spec.body_fields if name in call.params}
    for name in spec.file_fields:
        if name in given:
            given[name] = ["file"] * len(given[name]) if isinstance(given[name], list) else "file"
    return spec.operation_id, {spec.wire.get(name, name): given[name] for name in given}


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_what_an_example_sends_is_what_the_description_allows(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The body validates, and holds the parameters as the caller wrote them and nothing else."""
    monkeypatch.chdir(tmp_path)
    for name in ("two-words.wav", "kite.png"):
        (tmp_path / name).write_bytes(b"RIFF")
    operation_id, body = body_sent(call)
    assert faults(operation_id, json.loads(json.dumps(body))) == []
    spec = OPERATIONS[call.name]
    given = {name for name in call.params if name in spec.body_fields}
    assert set(body) == {spec.wire.get(name, name) for name in given}


def test_every_operation_with_a_body_has_an_example() -> None:
    """A new operation needs one here."""
    assert {spec.name for spec in OPERATIONS.values() if spec.body} == {one.name for one in CALLS}


@pytest.mark.parametrize(
    ("operation_id", "body", "fault"),
    [
        ("createVideo", {"model": "m", "seconds": 4}, "4 is not"),
        ("createVideo", {"prompt": "p"}, "'model' is a required"),
        ("createVideo", {"model": "m", "durations": 8}, "'durations' was unexpected"),
        (
            "createChatCompletion",
            {"model": "m", "messages": [{"name": "n"}]},
            "'role' is a required",
        ),
    ],
)
def test_the_check_of_bodies_refuses_what_the_description_forbids(
    operation_id: str, body: Json, fault: str
) -> None:
    """A wrong type, a missing field, an unknown one, a fault further down."""
    assert fault in " ".join(faults(operation_id, body))
