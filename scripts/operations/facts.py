"""Reads out of the description what a call needs: what goes where, which key, what comes back.

Whatever this module does not understand stops the build: a construct that vanished silently
would be a parameter that callers cannot send.
"""

from __future__ import annotations

import keyword
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from scripts.generator.naming import ClassName, PythonIdentifier
from scripts.generator.walk import Json, resolve
from scripts.spec.grammar import operations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Location = Literal["path", "query", "header", "body"]

REQUEST_OPTIONS: Final = ("extra_body", "extra_headers", "extra_query", "timeout", "retry")
CREDENTIALS: Final = {"InferenceKey": "inference", "ManagementKey": "management"}
BODIES: Final = {"application/json": "json", "multipart/form-data": "multipart"}
STYLES: Final = {"path": "simple", "query": "form", "header": "simple"}
EVENT_STREAM: Final = "text/event-stream"
FREE_BODY: Final = "body"
"""The keyword that carries a whole JSON body of which the description names no fields."""


class DescriptionError(ValueError):
    """The description says something that the emitted files cannot express."""


@contextmanager
def named(place: str) -> Iterator[None]:
    """Let an error about a piece of the description say in which operation that is."""
    try:
        yield
    except DescriptionError as error:
        text = str(error)
        raise DescriptionError(text if place in text else f"{place}: {text}") from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DescriptionError(f"{place} cannot be read: {error!r}") from error


@frozen(kw_only=True)
class Parameter:
    """One keyword of an operation and the place of its value in the request."""

    python: str
    wire: str
    location: Location
    required: bool
    schema: Json
    comma_joined: bool = False


@frozen(kw_only=True)
class OperationFacts:
    """Everything that the two emitted files say about one operation, types excepted."""

    name: str
    operation_id: str
    method: str
    path: str
    tag: str
    summary: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body: str | None
    body_schema: str
    body_required: bool
    free_body: bool
    result: str | None
    reply: str
    credential: str
    streams: bool

    def located(self, *locations: Location) -> tuple[Parameter, ...]:
        """List the parameters that travel in one of the given places."""
        return tuple(one for one in self.parameters if one.location in locations)


def read_operations(document: Json) -> list[OperationFacts]:
    """List the facts of every operation, in the order of the description."""
    found = []
    for method, path, _ in operations(document):
        with named(f"{method.upper()} {path}"):
            found.append(_read(document, path, method, document["paths"][path]))
    names = [operation.name for operation in found]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        msg = f"operations share the Python name {', '.join(twice)}; give them other operationIds"
        raise DescriptionError(msg)
    return found


def is_file(document: Json, schema: Json) -> bool:
    """Say whether a multipart field carries file content, one part or several."""
    schema = resolve(document, schema)
    inner = [*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())]
    inner += [schema["items"]] if "items" in schema else []
    return schema.get("format") == "binary" or any(is_file(document, one) for one in inner)


def is_repeated(document: Json, schema: Json) -> bool:
    """Say whether a field may carry several values, each in a part of its own."""
    schema = resolve(document, schema)
    inner = [*schema.get("oneOf", ()), *schema.get("anyOf", ())]
    return schema.get("type") == "array" or any(is_repeated(document, one) for one in inner)


def python_name(wire: str) -> str:
    """Turn a wire name into a keyword argument; most stay as they are."""
    name = re.sub(r"\W+", "_", wire).strip("_")
    name = f"{name}_" if keyword.iskeyword(name) else name
    if not name.isidentifier():
        msg = f"no Python name can be made of the parameter {wire!r}"
        raise DescriptionError(msg)
    return name


def _read(document: Json, path: str, method: str, item: Json) -> OperationFacts:
    operation: Json = item[method]
    place = f"{method.upper()} {path}"
    body = _body(document, operation, place)
    declared = [*item.get("parameters", ()), *operation.get("parameters", ())]
    fields: tuple[Parameter, ...] = body.pop("fields")
    parameters = (*_parameters(document, declared, path, place), *fields)
    _refuse_collisions(parameters, place)
    return OperationFacts(
        name=str(PythonIdentifier(operation["operationId"], "field_")),
        operation_id=operation["operationId"],
        method=method.upper(),
        path=path,
        tag=_tag(operation, place),
        summary=_summary(operation, place),
        deprecated=bool(operation.get("deprecated", False)),
        parameters=parameters,
        credential=_credential(document, operation, place),
        **body,
        **_reply(document, operation, place),
    )


def _tag(operation: Json, place: str) -> str:
    tags = operation.get("tags", [])
    if len(tags) != 1:
        msg = f"{place}: exactly one tag is needed, it names the folder of the generated module"
        raise DescriptionError(msg)
    return str(PythonIdentifier(tags[0], "tag"))


def _summary(operation: Json, place: str) -> str:
    summary = str(operation.get("summary", "")).strip()
    if not summary or not summary.isprintable():
        msg = f"{place}: the summary must be one line of text, it becomes a docstring"
        raise DescriptionError(msg)
    return summary


def _parameters(
    document: Json, declared: Iterable[Json], path: str, place: str
) -> Iterator[Parameter]:
    found = {(one["in"], one["name"]): one for one in (resolve(document, d) for d in declared)}
    in_path = [("path", name) for name in re.findall(r"{(.+?)}", path)]
    if set(in_path) != {key for key in found if key[0] == "path"}:
        msg = f"{place}: the path and its declared path parameters differ"
        raise DescriptionError(msg)
    for key in [*in_path, *(key for key in found if key[0] != "path")]:
        yield _parameter(document, found[key], place)


def _parameter(document: Json, declared: Json, place: str) -> Parameter:
    location, wire = declared["in"], declared["name"]
    kind = resolve(document, declared.get("schema", {})).get("type")
    style = declared.get("style", STYLES.get(location))
    known = location in STYLES and style == STYLES[location] and "schema" in declared
    if not known or (location == "path" and kind != "string"):
        msg = f"{place}: a {kind} parameter in {location} with style {style} ({wire!r}) is unknown"
        raise DescriptionError(msg)
    return Parameter(
        python=python_name(wire),
        wire=wire,
        location=location,
        required=bool(declared.get("required", False)),
        schema=declared["schema"],
        comma_joined=location == "query" and not declared.get("explode", True),
    )


def _body(document: Json, operation: Json, place: str) -> Json:
    if "requestBody" not in operation:
        nothing: Json = {"body": None, "body_schema": "", "body_required": False}
        return nothing | {"free_body": False, "fields": ()}
    body = resolve(document, operation["requestBody"])
    media_types = [kind for kind in body["content"] if kind in BODIES]
    if len(body["content"]) != 1 or not media_types:
        msg = f"{place}: takes {', '.join(body['content'])}; exactly one of {list(BODIES)} works"
        raise DescriptionError(msg)
    schema = body["content"][media_types[0]]["schema"]
    own_name = schema.get("$ref", f"/{operation['operationId']}Body").rsplit("/", 1)[-1]
    schema = resolve(document, schema)
    if schema.get("type") != "object" or {"allOf", "anyOf", "oneOf"} & set(schema):
        msg = f"{place}: only a plain object becomes keyword arguments"
        raise DescriptionError(msg)
    required = bool(body.get("required", False))
    return {
        "body": BODIES[media_types[0]],
        "body_schema": own_name,
        "body_required": required,
        "free_body": not schema.get("properties"),
        "fields": tuple(_fields(schema, body_required=required)),
    }


def _fields(schema: Json, *, body_required: bool) -> Iterator[Parameter]:
    properties: Mapping[str, Json] = schema.get("properties") or {FREE_BODY: {"type": "object"}}
    required = schema.get("required", ()) if schema.get("properties") else (FREE_BODY,)
    for wire, field in properties.items():
        yield Parameter(
            python=python_name(wire),
            wire=wire,
            location="body",
            required=body_required and wire in required,
            schema=field,
        )


def _refuse_collisions(parameters: tuple[Parameter, ...], place: str) -> None:
    seen = dict.fromkeys(REQUEST_OPTIONS, "option of every call")
    for one in parameters:
        if one.python in seen:
            msg = (
                f"{place}: {one.location} parameter {one.wire!r} and {seen[one.python]} would both "
                f"be the keyword {one.python!r}; rename one of them in the overlay"
            )
            raise DescriptionError(msg)
        seen[one.python] = f"{one.location} parameter {one.wire!r}"


def _credential(document: Json, operation: Json, place: str) -> str:
    """Name the kind of key to send; where a call may go without one, it still gets it."""
    wanted: list[Json] = (operation if "security" in operation else document).get("security", [])
    named = [scheme for alternative in wanted for scheme in alternative]
    if not named:
        return "none"
    if len(named) > 1 or named[0] not in CREDENTIALS:
        msg = f"{place}: security must name one of {list(CREDENTIALS)}, not {wanted}"
        raise DescriptionError(msg)
    return CREDENTIALS[named[0]]


def _reply(document: Json, operation: Json, place: str) -> Json:
    schemas: dict[str, list[Json]] = {}
    answers = [one for status, one in operation["responses"].items() if str(status)[0] == "2"]
    if not answers:
        msg = f"{place}: no success answer is described"
        raise DescriptionError(msg)
    for answer in answers:
        for media_type, content in resolve(document, answer).get("content", {}).items():
            schemas.setdefault(media_type, []).append(content.get("schema", {}))
    streams = schemas.pop(EVENT_STREAM, None) is not None
    if "application/json" in schemas:
        result = _result(document, operation["operationId"], schemas["application/json"], place)
        return {"reply": "json", "result": result, "streams": streams}
    is_text = all(media_type.startswith("text/") for media_type in schemas)
    bare = ("text" if is_text else "bytes") if schemas else "none"
    return {"reply": bare, "result": None, "streams": streams}


def _result(document: Json, operation_id: str, schemas: list[Json], place: str) -> str | None:
    """Name the class that the model generator gives the answer, None for free JSON."""
    schema = schemas[0]
    if any(other != schema for other in schemas):
        msg = f"{place}: its success answers differ in shape; a call has one result type"
        raise DescriptionError(msg)
    # The generator sees one success answer for all statuses, hence its name for an inline one.
    name = schema.get("$ref", f"{operation_id}_response_2XX").rsplit("/", 1)[-1]
    shape = resolve(document, schema)
    if shape.get("type") != "object" or {"oneOf", "anyOf", "allOf"} & set(shape):
        msg = f"{place}: the success answer must be an object"
        raise DescriptionError(msg)
    return str(ClassName(name, "field_")) if "$ref" in schema or shape.get("properties") else None
