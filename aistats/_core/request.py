"""From the keywords of a call to the pieces of its request, by the facts of its operation."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from attrs import field, frozen

from aistats._options import check_headers
from aistats.errors import ConfigurationError
from aistats_generated.types import UNSET

if TYPE_CHECKING:
    import httpx

    from aistats._retry import Retry
    from aistats_generated.operations import OperationSpec

OPTION_NAMES = ("extra_body", "extra_headers", "extra_query", "timeout", "retry")


@frozen
class Request:
    """The pieces of a request; `path` is encoded and still without its query."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(factory=list)
    headers: Mapping[str, str] = field(factory=dict)
    json: Any = None
    fields: Mapping[str, Any] = field(factory=dict)
    """Text fields of a multipart body, by wire name."""
    files: Mapping[str, Any] = field(factory=dict)
    """Files of a multipart body, by wire name; a list holds several parts of one name."""
    timeout: float | httpx.Timeout | None = None
    retry: Retry | None = None
    absolute: httpx.URL | None = None
    """Where to send it instead of below the base URL."""


def build(spec: OperationSpec, args: tuple[Any, ...], params: dict[str, Any]) -> Request:
    """Sort the arguments of a call into path, query, headers and body.

    Raises `TypeError` for unknown, doubled and missing keywords, and `ConfigurationError` for
    values that cannot be sent.
    """
    values = _named(spec, args, params)
    body = {name: values[name] for name in spec.body_fields if name in values}
    wire = spec.wire
    query = [
        *query_items({wire.get(n, n): values[n] for n in spec.query_params if n in values}, spec),
        *query_items(_extra(values, "extra_query")),
    ]
    named = {wire.get(n, n): values[n] for n in spec.header_params if n in values}
    headers = {name: scalar(name, v) for name, v in named.items() if v is not None}
    extra = _extra(values, "extra_body")
    if extra and spec.body is None:
        raise TypeError(f"{spec.name}() has no body, so extra_body cannot be sent")
    multipart = spec.body == "multipart"
    return Request(
        spec.method,
        _path(spec, values),
        query,
        check_headers({**headers, **_extra(values, "extra_headers")}),
        json=None if multipart else _json_body(spec, body, extra),
        fields={
            **{wire.get(n, n): v for n, v in body.items() if n not in spec.file_fields},
            **extra,
        }
        if multipart
        else {},
        files={wire.get(n, n): body[n] for n in spec.file_fields if n in body},
        timeout=values.get("timeout"),
        retry=values.get("retry"),
    )


def _named(spec: OperationSpec, args: tuple[Any, ...], params: dict[str, Any]) -> dict[str, Any]:
    """Give every argument its name, as Python itself would, and check the names."""
    if len(args) > len(spec.path_params):
        raise TypeError(
            f"{spec.name}() takes {len(spec.path_params)} positional arguments, not {len(args)}: "
            "pass the others by keyword"
        )
    values = dict(zip(spec.path_params, args, strict=False))
    if doubled := values.keys() & params.keys():
        raise TypeError(f"{spec.name}() got {doubled.pop()!r} twice")
    values.update(params)
    values = {name: value for name, value in values.items() if value is not UNSET}
    known = {*spec.path_params, *spec.query_params, *spec.header_params, *spec.body_fields}
    known.update(OPTION_NAMES)
    for name in values.keys() - known:
        import difflib  # late: only for the hint

        near = difflib.get_close_matches(name, known, n=1)
        hint = f": did you mean {near[0]!r}?" if near else ""
        raise TypeError(
            f"{spec.name}() got an unknown keyword {name!r}{hint or '.'} What the description does "
            "not know goes in extra_body, extra_query or extra_headers"
        )
    for name in spec.required:
        place = "extra_query" if name in spec.query_params else "extra_body"
        extra = {} if name in spec.path_params else _extra(values, place)
        if name not in values and spec.wire.get(name, name) not in extra:
            raise TypeError(f"{spec.name}() needs {name!r}")
    return values


def _extra(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    given = values.get(name)
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise TypeError(f"{name} must be a dict with names as keys, not {type(given).__name__}")
    return given


def _path(spec: OperationSpec, values: Mapping[str, Any]) -> str:
    path = spec.path
    for name in spec.path_params:
        wire = spec.wire.get(name, name)
        path = path.replace("{" + wire + "}", path_segment(name, values[name]))
    return path


def path_segment(name: str, value: Any) -> str:
    """Encode an id for a path; refuse what would make it another path."""
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} must be a string, not {type(value).__name__}")
    if not value or value in (".", ".."):
        raise ConfigurationError(f"{name}={value!r} is not an id; nothing was sent")
    if not value.isprintable():
        raise ConfigurationError(f"{name}={value!r} holds control characters; nothing was sent")
    return quote(value, safe="")


def query_items(
    values: Mapping[str, Any], spec: OperationSpec | None = None
) -> Iterable[tuple[str, str]]:
    """List the query's items; lists repeat their name, None is left out."""
    joined = [spec.wire.get(name, name) for name in spec.comma_joined] if spec else ()
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            if name in joined:
                yield name, ",".join(scalar(name, item) for item in value)
            else:
                yield from ((name, scalar(name, item)) for item in value)
        else:
            yield name, scalar(name, value)


def scalar(name: str, value: Any) -> str:
    """Write one value of a query, a header or a form as the gateway reads it."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigurationError(f"{name}={value!r} cannot be sent")
    if isinstance(value, date):  # a datetime is one as well
        return value.isoformat()
    if isinstance(value, str | int | float):
        return str(value)
    raise ConfigurationError(f"{name} must be a string or a number, not {type(value).__name__}")


def query_string(items: Iterable[tuple[str, str]]) -> str:
    """Encode a query; spaces become %20, which every server reads alike."""
    try:
        return urlencode(list(items), quote_via=quote)
    except UnicodeEncodeError as error:
        raise ConfigurationError(f"the query is not valid text: {error}") from None


def _json_body(spec: OperationSpec, body: dict[str, Any], extra: Mapping[str, Any]) -> Any:
    if spec.body is None:
        return None
    if spec.free_body:
        whole = body.get("body")
        if whole is None:
            return dict(extra) if extra or spec.body_required else None
        return {**plain(whole), **extra} if extra else whole
    if not body and not extra and not spec.body_required:
        return None
    return {**{spec.wire.get(name, name): value for name, value in body.items()}, **extra}


def plain(value: Any) -> Any:
    """Give the JSON of a generated model; anything else as it is."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def encode_json(label: str, value: Any) -> bytes:
    """Encode a body; `label` names the call in the error for what JSON cannot hold."""
    try:
        return json.dumps(
            value, separators=(",", ":"), allow_nan=False, default=_json_default
        ).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{label}: the body cannot be written as JSON: {error}") from error


def _json_default(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return list(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
