"""The API's description as a checker of requests; read at the first request, not at the start."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aistats.sandbox.calls import JSONObject

ORIGIN = "http://sandbox"
FORM = "multipart/form-data"
JSON = "application/json"


@cache
def document() -> JSONObject:
    """Return the description, changed so that a checker sees bodies and queries only.

    Keys are checked by the keyring. Forms are checked as JSON of their fields, because that is
    how the gateway reads them.
    """
    text = (files("aistats_generated") / "openapi.json").read_text(encoding="utf-8")
    found: JSONObject = json.loads(text)
    found.pop("security", None)
    found["servers"] = [{"url": f"{ORIGIN}/v1"}]
    for _method, _path, operation in operations(found):
        operation.pop("security", None)
        content: JSONObject = operation.get("requestBody", {}).get("content", {})
        if FORM in content:
            content[JSON] = {"schema": content[FORM]["schema"]}
    _spell_out_nulls(found)
    return found


def _spell_out_nulls(value: Any) -> None:
    """Make null a form of a nullable union: in OpenAPI 3.0 `nullable` works beside a type only."""
    for inner in value if isinstance(value, list) else value.values():
        if isinstance(inner, dict | list):
            _spell_out_nulls(inner)
    if isinstance(value, dict) and value.get("nullable") is True and "type" not in value:
        for union in ("oneOf", "anyOf"):
            if isinstance(value.get(union), list):
                value[union].append({"type": "string", "nullable": True, "enum": [None]})


def operations(found: JSONObject) -> Iterable[tuple[str, str, JSONObject]]:
    """Return every operation with its method and path."""
    for path, item in found["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "patch", "delete"}:
                yield method.upper(), path, operation


def schema_of(method: str, path: str) -> JSONObject:
    """Return the schema of an operation's request body, references resolved; {} without one."""
    operation: JSONObject = document()["paths"].get(path, {}).get(method.lower(), {})
    content: JSONObject = operation.get("requestBody", {}).get("content", {})
    return resolve(content[JSON]["schema"]) if JSON in content else {}


def parameters_of(method: str, path: str) -> set[str]:
    """Return the names of the parameters that the description gives an operation."""
    item: JSONObject = document()["paths"].get(path, {})
    operation: JSONObject = item.get(method.lower(), {})
    listed = [*item.get("parameters", ()), *operation.get("parameters", ())]
    return {resolve(parameter)["name"] for parameter in listed}


def resolve(schema: JSONObject) -> JSONObject:
    """Follow a reference within the description."""
    while "$ref" in schema:
        target: Any = document()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema


@frozen(kw_only=True)
class _Request:
    """One request in the form the checker takes."""

    host_url: str = ORIGIN
    path: str
    method: str
    parameters: Any
    body: bytes | None
    content_type: str = JSON


@cache
def _checker() -> Any:
    from openapi_core import Config, OpenAPI

    # The description itself was checked when it was made; doing it again takes seconds.
    unchecked: Any = None
    return OpenAPI.from_dict(document(), config=Config(spec_validator_cls=unchecked))


def load() -> None:
    """Load everything now, once for the process, so that no request has to wait for it."""
    _checker()


def faults_of(
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    query: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> list[Any]:
    """Return what the description has against a request: schema errors of the body first."""
    from openapi_core.datatypes import RequestParameters
    from werkzeug.datastructures import Headers, ImmutableMultiDict

    pairs = [(name, value) for name, values in (query or {}).items() for value in values]
    parameters = RequestParameters(
        query=ImmutableMultiDict(pairs), header=Headers(list((headers or {}).items()))
    )
    request = _Request(
        path=f"/v1{path}", method=method.lower(), parameters=parameters, body=body or None
    )
    found: list[Any] = []
    for fault in _checker().iter_request_errors(request):
        found.extend(getattr(fault.__cause__, "schema_errors", ()) or [fault])
    return found
