"""The checks every request passes before any work is done, in the gateway's order and words."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from aistats.sandbox import description
from aistats.sandbox.catalogue import Model, find
from aistats.sandbox.refusals import refuse
from aistats.sandbox.shapes import fill, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.datastructures import FileStorage

    from aistats.sandbox.calls import Call, JSONObject
    from aistats.sandbox.state import World

Detail = dict[str, Any]
KEYWORDS: dict[str, str] = table("validation")["keywords"]
NUMBERS: dict[str, type] = {"integer": int, "number": float}
TEXT_ROUTES = {"chat.completions.create", "responses.create", "messages.create"}
FILE_FIELDS = {"file", "image", "mask"}
SOUND = re.compile(r"\.(aac|flac|mp3|mp4|mpeg|mpga|m4a|ogg|opus|wav|webm)", re.IGNORECASE)
SOUND_TYPE = re.compile(r"audio/|video/(mp4|webm)$")
NO_FORM_FITS = "No form of the value fits"
MINIMUM_NANOS = 1_000_000_000  # the gateway wants one US dollar before it starts anything
DEFAULT_MODELS: dict[str, str] = table("validation")["default_models"]
LIMITS: dict[str, str] = table("validation")["limits"]
UNKNOWN_MODEL = "The sandbox has no such model for this endpoint. GET /models lists what it has."


def admit(world: World, call: Call, kind: str) -> tuple[JSONObject, Model]:
    """Return the request's body and its model, or raise the refusal."""
    body = read_body(call)
    if "x-phaseo-testing-mode" in call.headers:
        raise refuse(call, 401, "unauthorised", "requires_internal_token")
    model_id = body.get("model", DEFAULT_MODELS.get(kind))
    if isinstance(model_id, str) and model_id.startswith("@"):
        raise refuse(call, 500, "gateway_error", "gateway_context_failed")
    state = call.key.state if call.key else "active"
    if state in LIMITS:
        raise refuse(call, 429, "key_limit_exceeded", LIMITS[state])
    if world.balance_nanos < MINIMUM_NANOS:
        raise refuse(call, 402, "insufficient_funds")
    model = find(model_id, kind)
    if model is None:
        code = "unsupported_model_or_endpoint"
        raise refuse(call, 400, code, UNKNOWN_MODEL, **fill("errors.no_model"))
    refuse_unknown(call, body, model.id)
    _check_provider(call, body, model)
    return body, model


def _check_provider(call: Call, body: JSONObject, model: Model) -> None:
    wishes: Any = body.get("provider")
    only = wishes.get("only") if isinstance(wishes, dict) else None
    if only and model.provider not in only:
        message = "No route is left after the provider filters of the request"
        told = fill("errors.no_provider", message=message, model=model.id, only=only, left=0)
        raise refuse(call, 400, "validation_error", message, **told)


def read_body(call: Call) -> JSONObject:
    """Return the body of a pipeline request, decoded and checked."""
    try:
        body = _form_body(call) if call.is_form else call.json()
    except ValueError:
        raise refuse(call, 400, "invalid_json") from None
    details = details_of(call, body)
    if details:
        raise _refused(call, details)
    return body


def _refused(call: Call, details: list[Detail]) -> Exception:
    first = details[0]
    where = ".".join(str(part) for part in first["path"])
    said = f"{first['message']} at {where}" if where else first["message"]
    return refuse(call, 400, "validation_error", said, details=details)


def details_of(call: Call, body: Any) -> list[Detail]:
    """Return one detail for each thing that is wrong with a body, in the gateway's terms."""
    found = [_detail(fault) for fault in _faults(call, body)]
    enums = {tuple(d["path"]) for d in found if d["keyword"] == "invalid_value"}
    found = [d for d in found if d["keyword"] != "invalid_type" or tuple(d["path"]) not in enums]
    if isinstance(body, dict):
        found.extend(_beyond_the_description(call, body))
    once = {(str(d["path"]), d["keyword"]): d for d in reversed(found)}
    return sorted(once.values(), key=_order)


def _faults(call: Call, body: Any) -> list[Any]:
    place = description.body_place(call.method, call.route.template)
    return (
        [fault for fault in description.faults_at(place, body) if _counts(fault)] if place else []
    )


def _counts(fault: Any) -> bool:
    """Leave out what the description has against a request and the gateway, as far as known, not.

    For the gateway one form of a union that fits is enough. An assistant's message that calls a
    tool commonly has the content null; refusing it here would break programs that work.
    """
    if fault.validator != "oneOf":
        return True
    null_content = fault.instance is None and list(fault.absolute_path)[-1:] == ["content"]
    return bool(fault.context) and not null_content


def _order(detail: Detail) -> list[str]:
    """Sort by place; what is too much in an object comes after what is wrong within it."""
    last = ["\uffff"] if detail["keyword"] == "unrecognized_keys" else []
    return [str(part) for part in detail["path"]] + last


def _form_body(call: Call) -> JSONObject:
    """Read numbers as numbers, as the gateway does for forms, and name the files."""
    fields = call.fields()
    properties = description.schema_of(call.method, call.route.template).get("properties", {})
    for name, value in fields.items():
        kind = _kind(properties.get(name, {}))
        if kind in NUMBERS and isinstance(value, str) and call.route.name != "videos.create":
            try:
                fields[name] = NUMBERS[kind](value)
            except ValueError:
                continue
        elif kind == "boolean" and value in {"true", "false"}:
            fields[name] = value == "true"
        elif kind == "array" and not isinstance(value, list):
            fields[name] = [value]
    named = {name.removesuffix("[]"): file.filename for name, [file, *_] in call.form[1].items()}
    return fields | named


def _kind(schema: JSONObject) -> Any:
    """Return the type a schema wants, null aside."""
    kind = description.resolve(schema).get("type")
    return kind[0] if isinstance(kind, list) else kind


def detail(message: str, path: list[Any], keyword: str, **params: Any) -> Detail:
    """Return one detail."""
    return {"message": message, "path": path, "keyword": keyword, "params": params}


def _detail(fault: Any) -> Detail:
    path = list(fault.absolute_path)
    if fault.validator == "required":
        return _missing(fault, path)
    if fault.validator == "additionalProperties":
        extra = sorted(set(fault.instance) - set(fault.schema.get("properties", {})))
        return detail(f"Unknown key {extra[0]!r}", path, "unrecognized_keys")
    if path[-1:] == ["role"]:
        return detail(f"No message has the role {fault.instance!r}", path, "invalid_union")
    keyword = KEYWORDS.get(fault.validator, "custom")
    if keyword.startswith("too_"):
        said = f"{keyword.capitalize().replace('_', ' ')}: the limit is {fault.validator_value}"
        return detail(said, path, keyword)
    return detail(fault.message[:200], path, keyword)


def _missing(fault: Any, path: list[Any]) -> Detail:
    name = fault.message.split("'")[1]  # "'name' is a required property"
    schema = description.resolve(fault.schema.get("properties", {}).get(name, {}))
    if "oneOf" in schema or "anyOf" in schema:
        return detail(NO_FORM_FITS, [*path, name], "invalid_union")
    return detail(fault.message, [*path, name], "invalid_type")


def _beyond_the_description(call: Call, body: JSONObject) -> Iterator[Detail]:
    """Check what the gateway checks and no schema can say."""
    if call.is_form:
        yield from _upload_rules(call)
    if body.get("model") == "":
        yield detail("Too small: an id has characters", ["model"], "too_small")
    if call.route.name == "chat.completions.create":
        yield from _messages_without_content(body.get("messages"))
    if call.route.name == "videos.create":
        yield from _video_rules(body)


def _upload_rules(call: Call) -> Iterator[Detail]:
    """A file has a name, or it is no file; a sound shows by name or type that it is one."""
    fields, files = call.form
    for name in FILE_FIELDS & {name.removesuffix("[]") for name in fields}:
        yield detail("Expected a file, received text: the part has no file name", [name], "custom")
    for name, upload in [(n, upload) for n, parts in files.items() for upload in parts]:
        path = [name.removesuffix("[]")]
        if not upload.filename:
            yield detail("The file has no name", path, "custom")
        elif call.route.name.startswith("audio.") and not _is_sound(upload):
            told = f"Not a sound: {upload.filename!r}, {upload.mimetype!r}"
            yield detail(told, path, "custom")


def _is_sound(upload: FileStorage) -> bool:
    extension = PurePosixPath(upload.filename or "").suffix
    return bool(SOUND.fullmatch(extension) or SOUND_TYPE.match(upload.mimetype))


def _messages_without_content(messages: Any) -> Iterator[Detail]:
    for index, message in enumerate(messages if isinstance(messages, list) else ()):
        wants = isinstance(message, dict) and message.get("role") in {"user", "system", "developer"}
        if wants and "content" not in message:
            yield detail(NO_FORM_FITS, ["messages", index, "content"], "invalid_union")


def _video_rules(body: JSONObject) -> Iterator[Detail]:
    if not body.get("prompt") and not (body.get("input_reference") or body.get("input_references")):
        yield detail("A prompt is needed, or an image to start from", ["prompt"], "custom")
    if body.get("size") and (body.get("resolution") or body.get("aspect_ratio")):
        yield detail("Give size, or resolution and aspect_ratio", ["size"], "custom")


def refuse_unknown(call: Call, body: JSONObject, model: str) -> None:
    """Refuse body keys that the text endpoints do not know; the others drop them silently."""
    if call.route.name not in TEXT_ROUTES:
        return
    known = description.schema_of(call.method, call.route.template).get("properties", {})
    details = [
        detail(f"Unknown parameter {name!r}", [name], "unknown_param", param=name, model=model)
        for name in body
        if name not in known
    ]
    if details:
        raise _refused(call, details)


def problems_of(call: Call) -> list[str]:
    """Return what the description has against a whole request: its query and its body."""
    method, template = "GET" if call.method == "HEAD" else call.method, call.route.template
    told = description.query_faults(method, template, call.query)
    if not call.body:
        return [*told, "body: missing"] if description.needs_body(method, template) else told
    try:
        body = _form_body(call) if call.is_form else call.json()
    except ValueError as error:
        return [*told, f"body: {error}"]
    return told + [f"body {fault.json_path}: {fault.message}" for fault in _faults(call, body)]
