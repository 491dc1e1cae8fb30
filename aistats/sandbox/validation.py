"""Refuse wrong requests with the gateway's words for what is wrong with them (wire-facts §2.2)."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from aistats.sandbox.description import (
    body_place,
    faults_at,
    needs_body,
    query_faults,
    resolve,
    schema_of,
)
from aistats.sandbox.envelopes import pipeline, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aistats.sandbox.calls import Call, JSONObject, Upload

Detail = dict[str, Any]
KEYWORDS = {
    "type": "invalid_type",
    "enum": "invalid_value",
    "const": "invalid_value",
    "minimum": "too_small",
    "exclusiveMinimum": "too_small",
    "minLength": "too_small",
    "minItems": "too_small",
    "minProperties": "too_small",
    "maximum": "too_big",
    "exclusiveMaximum": "too_big",
    "maxLength": "too_big",
    "maxItems": "too_big",
    "maxProperties": "too_big",
    "pattern": "invalid_format",
    "format": "invalid_format",
    "oneOf": "invalid_union",
    "anyOf": "invalid_union",
    "not": "custom",
}
NAMES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}
NUMBERS: dict[str, type] = {"integer": int, "number": float}
TEXT_ROUTES = {"chat.completions.create", "responses.create", "messages.create"}
FILE_FIELDS = {"file", "image", "mask"}
SOUND = re.compile(r"\.(aac|flac|mp3|mp4|mpeg|mpga|m4a|ogg|opus|wav|webm)", re.IGNORECASE)
SOUND_TYPE = re.compile(r"audio/|video/(mp4|webm)$")
REQUIRED_NAME = re.compile(r"^'(.+?)' is a required")


def read_body(call: Call) -> JSONObject:
    """Return the body of a pipeline request, decoded and checked."""
    body = decoded(call)
    details = details_of(call, body)
    if details:
        first = details[0]
        where = ".".join(str(part) for part in first["path"])
        said = f"{first['message']} at {where}" if where else first["message"]
        raise pipeline(call, 400, "validation_error", description=said, details=details)
    checked: JSONObject = body
    return checked


def decoded(call: Call) -> Any:
    """Return the body as JSON, or as the JSON a form stands for."""
    if call.is_form:
        return _form_body(call)
    try:
        return call.json()
    except ValueError:
        raise refuse(call, 400, "invalid_json") from None


def details_of(call: Call, body: Any) -> list[Detail]:
    """Return one detail for each thing that is wrong with a body, in the gateway's terms."""
    found = [_detail(fault) for fault in _faults(call, body)]
    enums = {tuple(d["path"]) for d in found if d["keyword"] == "invalid_value"}
    found = [d for d in found if d["keyword"] != "invalid_type" or tuple(d["path"]) not in enums]
    found.extend(_beyond_the_description(call, body))
    once = {(str(d["path"]), d["keyword"]): d for d in reversed(found)}
    return sorted(once.values(), key=_order)


def _faults(call: Call, body: Any) -> list[Any]:
    place = body_place(call.method, _template(call))
    return [fault for fault in faults_at(place, body) if _counts(fault)] if place else []


def _counts(fault: Any) -> bool:
    """Leave out what the description has against a request and the gateway, as far as known, not.

    For the gateway one form of a union that fits is enough. An assistant's message that calls a
    tool commonly has the content null; refusing it here would break programs that work.
    """
    if fault.validator != "oneOf":
        return True
    null_content = fault.instance is None and list(fault.absolute_path)[-1:] == ["content"]
    return bool(fault.context) and not null_content


def _template(call: Call) -> str:
    return call.route.described_as or call.route.path


def _order(detail: Detail) -> list[str]:
    """Sort by place; what is too much in an object comes after what is wrong within it."""
    last = ["\uffff"] if detail["keyword"] == "unrecognized_keys" else []
    return [str(part) for part in detail["path"]] + last


def _form_body(call: Call) -> JSONObject:
    """Read numbers as numbers, as the gateway does for forms, and name the files."""
    fields = call.fields()
    properties: JSONObject = schema_of(call.method, _template(call)).get("properties", {})
    for name, value in fields.items():
        kind = resolve(properties.get(name, {})).get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind in NUMBERS and isinstance(value, str) and call.route.name != "videos.create":
            try:
                fields[name] = NUMBERS[kind](value)
            except ValueError:
                continue
        elif kind == "boolean" and value in {"true", "false"}:
            fields[name] = value == "true"
        elif kind == "array" and not isinstance(value, list):
            fields[name] = [value]
    return fields | {
        name.removesuffix("[]"): f.filename for name, [f, *_] in call.form()[1].items()
    }


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
    return detail(_say(fault, keyword), path, keyword)


def _missing(fault: Any, path: list[Any]) -> Detail:
    match = REQUIRED_NAME.match(fault.message)
    name = match[1] if match else "?"
    schema = resolve(fault.schema.get("properties", {}).get(name, {}))
    if "oneOf" in schema or "anyOf" in schema:
        return detail("No form of the value fits", [*path, name], "invalid_union")
    wanted = schema.get("type", "value")
    wanted = wanted[0] if isinstance(wanted, list) else wanted
    return detail(f"Expected {wanted}, received nothing", [*path, name], "invalid_type")


def _say(fault: Any, keyword: str) -> str:
    limit = fault.validator_value
    if fault.validator == "type" and isinstance(limit, list):
        limit = limit[0]
    received = NAMES.get(type(fault.instance), "value")
    said = {
        "invalid_type": f"Expected {limit}, received {received}",
        "invalid_value": f"Expected one of {', '.join(map(json.dumps, limit))}"
        if isinstance(limit, list)
        else "",
        "too_small": f"Too small: the limit is {limit}",
        "too_big": f"Too big: the limit is {limit}",
        "invalid_union": "No form of the value fits",
    }
    return said.get(keyword) or f"Not accepted: {fault.validator}"


def _beyond_the_description(call: Call, body: Any) -> Iterator[Detail]:
    """Check what the gateway checks and no schema can say."""
    if not isinstance(body, dict):
        return
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
    fields, files = call.form()
    for name in FILE_FIELDS & {name.removesuffix("[]") for name in fields}:
        yield detail("Expected a file, received text: the part has no file name", [name], "custom")
    for name, (upload, *_) in files.items():
        if not upload.filename:
            yield detail("The file has no name", [name.removesuffix("[]")], "custom")
        elif call.route.name.startswith("audio.") and not _is_sound(upload):
            said = f"Not a sound: {upload.filename!r}, {upload.content_type!r}"
            yield detail(said, [name.removesuffix("[]")], "custom")


def _is_sound(upload: Upload) -> bool:
    extension = PurePosixPath(upload.filename).suffix
    return bool(SOUND.fullmatch(extension) or SOUND_TYPE.match(upload.content_type))


def _messages_without_content(messages: Any) -> Iterator[Detail]:
    for index, message in enumerate(messages if isinstance(messages, list) else ()):
        wants = isinstance(message, dict) and message.get("role") in {"user", "system", "developer"}
        if wants and "content" not in message:
            path = ["messages", index, "content"]
            yield detail("No form of the value fits", path, "invalid_union")


def _video_rules(body: JSONObject) -> Iterator[Detail]:
    if not body.get("prompt") and not (body.get("input_reference") or body.get("input_references")):
        yield detail("A prompt is needed, or an image to start from", ["prompt"], "custom")
    if body.get("size") and (body.get("resolution") or body.get("aspect_ratio")):
        yield detail("Give size, or resolution and aspect_ratio", ["size"], "custom")


def refuse_unknown(call: Call, body: JSONObject, model: str) -> None:
    """Refuse body keys that the text endpoints do not know; the others drop them silently."""
    if call.route.name not in TEXT_ROUTES:
        return
    known = schema_of(call.method, _template(call)).get("properties", {})
    extra = [name for name in body if name not in known]
    if extra:
        details = [
            detail(f"Unknown parameter {name!r}", [name], "unknown_param", param=name, model=model)
            for name in extra
        ]
        said = f"{details[0]['message']} at {extra[0]}"
        raise pipeline(call, 400, "validation_error", description=said, details=details)


def problems_of(call: Call) -> list[str]:
    """Return what the description has against a whole request: its query and its body."""
    method = "GET" if call.method == "HEAD" else call.method
    told = query_faults(method, _template(call), call.query)
    try:
        body = _form_body(call) if call.is_form else call.json() if call.body.strip() else None
    except ValueError as error:
        return [*told, f"body: {error}"]
    if body is None and not call.body:
        needed = needs_body(method, _template(call))
        return [*told, "body: missing"] if needed else told
    return told + [f"body {fault.json_path}: {fault.message}" for fault in _faults(call, body)]
