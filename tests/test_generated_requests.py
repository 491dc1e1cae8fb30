"""Runs every generated operation through a client and compares what is sent with what is due."""

from __future__ import annotations

import importlib
import inspect
import io
import json
import re
from typing import IO, Any
from urllib.parse import unquote

import httpx
import pytest
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_schema_validator import OAS30WriteValidator
from werkzeug.formparser import parse_form_data

from aistats import AIStats
from aistats_generated import models
from aistats_generated.types import File
from scripts.generator.naming import PythonIdentifier
from scripts.spec.grammar import operations
from tests.colours import KEY, MANAGEMENT_KEY
from tests.conftest import ROOT
from tests.schema_samples import Samples

DOCUMENT = json.loads(
    (ROOT / "generated" / "aistats_generated" / "openapi.json").read_text(encoding="utf-8")
)
OPERATIONS = {one["operationId"]: (method, path, one) for method, path, one in operations(DOCUMENT)}
BASE = "https://api.test/v1"
HOSTILE_ID = "a/b?c#d é%2F..;=&+"


def python_name(name: str) -> str:
    """Give the Python name of a wire name."""
    return str(PythonIdentifier(UntrustedString(name), "field_"))


def operation_module(operation_id: str) -> Any:
    """Import the module of an operation."""
    tag = python_name(OPERATIONS[operation_id][2]["tags"][0])
    return importlib.import_module(f"aistats_generated.api.{tag}.{python_name(operation_id)}")


def declared(operation_id: str, location: str) -> dict[str, dict[str, Any]]:
    """List the parameters of an operation that travel in one place."""
    _, path, operation = OPERATIONS[operation_id]
    found = [*DOCUMENT["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
    resolved = [Samples(DOCUMENT, 0).resolve(one) for one in found]
    return {one["name"]: one for one in resolved if one["in"] == location}


def body_schema(operation_id: str) -> tuple[str, dict[str, Any]] | None:
    """Give media type and schema of an operation's body, if it takes one."""
    body = Samples(DOCUMENT, 0).resolve(OPERATIONS[operation_id][2].get("requestBody", {}))
    for media_type, media in body.get("content", {}).items():
        return media_type, media.get("schema", {})
    return None


def sample_body(operation_id: str, module: Any, seed: int) -> tuple[Any, Any]:
    """Make a body, as the keyword argument to give and as the JSON that should arrive."""
    described = body_schema(operation_id)
    assert described is not None
    media_type, schema = described
    data = Samples(DOCUMENT, seed).of(schema)
    data |= {"stream": False} if "stream" in data else {}
    name = module._get_kwargs.__annotations__["body"].split(" | ")[0]
    if name == "Any":
        return data, data
    model = getattr(models, name)
    wires = model._fields.by_wire
    if media_type == "multipart/form-data":
        files = with_files(schema, data)
        return model(**{wires[wire]: value for wire, value in files.items()}), data
    known = {wires[wire]: value for wire, value in data.items() if wire in wires}
    body = model(**known)
    for wire in data.keys() - wires.keys():
        body[wire] = data[wire]
    return body, data


def with_files(schema: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Put file objects where a form has binary parts."""
    fields = Samples(DOCUMENT, 0).resolve(schema)["properties"]
    made = dict(data)
    for wire, value in data.items():
        if '"binary"' in json.dumps(fields[wire]):
            some = value if isinstance(value, list) else [value]
            parts = [File(io.BytesIO(one.encode()), "a.bin", "image/png") for one in some]
            made[wire] = parts if isinstance(value, list) else parts[0]
    return made


def sent(operation_id: str, *args: Any, **kwargs: Any) -> httpx.Request:
    """Call an operation through a client and give the request that leaves it."""
    requests = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        return httpx.Response(200, json={})

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        client = AIStats(KEY, management_key=MANAGEMENT_KEY, base_url=BASE, http_client=http)
        client.call(operation_module(operation_id), *args, **kwargs)
    (request,) = requests
    return request


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_parameter_lands_where_the_description_says(operation_id: str) -> None:
    """Method, path, query, headers: each as described, encoded, and under its wire name."""
    method, path, _ = OPERATIONS[operation_id]
    module = operation_module(operation_id)
    samples = Samples(DOCUMENT, 3)
    query = {
        name: samples.of(one["schema"]) for name, one in declared(operation_id, "query").items()
    }
    headers = {name: f"value-of-{name}" for name in declared(operation_id, "header")}
    arguments = {python_name(name): value for name, value in (query | headers).items()}
    if body_schema(operation_id):
        arguments["body"], _ = sample_body(operation_id, module, 3)
    names = re.findall(r"\{(.*?)\}", path)
    request = sent(operation_id, *(f"{HOSTILE_ID}{name}" for name in names), **arguments)
    assert request.method == method.upper()
    raw_path = request.url.raw_path.decode().partition("?")[0].removeprefix("/v1")
    pattern = re.sub(r"\\\{.*?\\\}", "([^/?#]+)", re.escape(path))
    match = re.fullmatch(pattern, raw_path)
    assert match, raw_path
    assert [unquote(one) for one in match.groups()] == [f"{HOSTILE_ID}{name}" for name in names]
    assert request.url.params.multi_items() == expected_query(operation_id, query)
    assert {name: request.headers[name] for name in headers} == headers


def expected_query(operation_id: str, query: dict[str, Any]) -> list[tuple[str, str]]:
    """Write a query by the rules of OpenAPI: `form`, exploded unless it says otherwise."""
    pairs = []
    for name, value in query.items():
        exploded = declared(operation_id, "query")[name].get("explode", True)
        values = value if isinstance(value, list) else [value]
        texts = [json.dumps(one) if isinstance(one, bool) else str(one) for one in values]
        pairs += [(name, text) for text in (texts if exploded else [",".join(texts)])]
    return pairs


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_nothing_is_sent_that_was_not_given(operation_id: str) -> None:
    """Without optional arguments there is no query, no header, and no more body than asked for."""
    module = operation_module(operation_id)
    path = OPERATIONS[operation_id][1]
    required: dict[str, Any] = {
        python_name(name): "needed"
        for location in ("query", "header")
        for name, one in declared(operation_id, location).items()
        if one.get("required")
    }
    signature = inspect.signature(module._get_kwargs)
    body = signature.parameters.get("body")
    if body is not None and body.default is inspect.Parameter.empty:
        name = str(body.annotation)
        required["body"] = (
            {"only": "this"} if name == "Any" else getattr(models, name).from_dict({})
        )
    names = re.findall(r"\{(.*?)\}", path)
    given = module._get_kwargs(*names, **required)
    assert given.keys() - {"body"} == {*names, *required} - {"body"}
    assert given.get("body") in (None, {"only": "this"})


@pytest.mark.parametrize(
    "operation_id",
    [one for one in OPERATIONS if (body_schema(one) or ("", {}))[0] == "application/json"],
)
def test_every_json_body_is_sent_as_built_and_is_valid(operation_id: str) -> None:
    """What a model was built from arrives as that JSON, and openapi.yaml allows it."""
    module = operation_module(operation_id)
    described = body_schema(operation_id)
    assert described is not None
    validator = OAS30WriteValidator({**described[1], "components": DOCUMENT["components"]})
    for seed in range(5):
        body, data = sample_body(operation_id, module, seed)
        arguments = required_arguments(operation_id)
        request = sent(operation_id, *arguments["path"], body=body, **arguments["named"])
        assert request.headers["content-type"] == "application/json"
        assert json.loads(request.content) == data
        validator.validate(json.loads(request.content))


def required_arguments(operation_id: str) -> dict[str, Any]:
    """Make the arguments without which the function cannot be called."""
    named = {
        python_name(name): "needed"
        for location in ("query", "header")
        for name, one in declared(operation_id, location).items()
        if one.get("required")
    }
    path = [f"id-{name}" for name in re.findall(r"\{(.*?)\}", OPERATIONS[operation_id][1])]
    return {"named": named, "path": path}


@pytest.mark.parametrize(
    "operation_id",
    [one for one in OPERATIONS if (body_schema(one) or ("", {}))[0] == "multipart/form-data"],
)
def test_every_form_is_sent_part_by_part(operation_id: str) -> None:
    """Files as files, lists as repeated parts, truth values in small letters, objects as JSON."""
    module = operation_module(operation_id)
    for seed in range(5):
        body, data = sample_body(operation_id, module, seed)
        arguments = required_arguments(operation_id)
        request = sent(operation_id, *arguments["path"], body=body, **arguments["named"])
        kind = request.headers["content-type"]
        _, fields, files = parse_form_data(
            {
                "wsgi.input": io.BytesIO(request.read()),
                "CONTENT_TYPE": kind,
                "CONTENT_LENGTH": request.headers["content-length"],
                "REQUEST_METHOD": "POST",
            },
            stream_factory=memory,
        )
        arrived: dict[str, list[str]] = {
            name.removesuffix("[]"): fields.getlist(name) for name in fields
        }
        for name in files:
            arrived[name] = [one.read().decode() for one in files.getlist(name)]
            assert {one.filename for one in files.getlist(name)} == {"a.bin"}
        assert arrived == {name: form_texts(value) for name, value in data.items() if value != []}


def memory(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> IO[bytes]:
    """Keep a received file in memory; a temporary file would stay open."""
    return io.BytesIO()


def form_texts(value: Any) -> list[str]:
    """Write a value the way a form carries it."""
    values = value if isinstance(value, list) else [value]
    return [
        one if isinstance(one, str) else json.dumps(one, separators=(",", ":")) for one in values
    ]


def test_plain_json_does_for_a_body() -> None:
    """A dict goes out as it is, in JSON and in a form; bytes are a file."""
    body = {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "not_described": 1}
    assert json.loads(sent("createChatCompletion", body=body).content) == body
    form = {"file": b"data", "purpose": "batch", "n": [1, 2]}
    assert operation_module("uploadFile")._get_kwargs(body=form) == {
        "file": b"data",
        "purpose": "batch",
        "extra_body": {"n": [1, 2]},
    }


def test_a_file_keeps_what_it_was_called() -> None:
    """A `File` of the generated package is a file as uploads take it, alone or in a list."""
    keywords = operation_module("createImageEdit")._get_kwargs(
        body={"image": [File(b"a", "a.png"), File(b"b", "b.png", "image/png")], "mask": File(b"c")}
    )
    assert keywords == {
        "image": [("a.png", b"a"), ("b.png", b"b", "image/png")],
        "mask": b"c",
    }
