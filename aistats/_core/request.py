"""From the keywords of a call to the pieces of its request, by the facts of its operation."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote, unquote, urlsplit

from attrs import field, frozen

from aistats._core.options import check_headers
from aistats._core.retry import repeat_of
from aistats.errors import ConfigurationError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from aistats._core.options import URL, Timeout
    from aistats._core.retry import Retry
    from aistats._json import JSONObject
    from aistats_generated.operations import OperationSpec

OPTION_NAMES = ("extra_body", "extra_headers", "extra_query", "timeout", "retry")
METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS")

# What only the management key may call, by the first part of the path; needed for paths that the
# description does not know.
_MANAGEMENT_PATHS = frozenset(
    {
        *("credits", "activity", "keys", "management", "workspaces", "management-keys", "logs"),
        *("webhook-endpoints", "presets", "settings", "guardrails", "feedback", "events"),
        *("preset-test-runs", "oauth-clients", "data-contribution"),
    }
)


class Form(Protocol):
    """A multipart body; each attempt opens it anew."""

    @property
    def repeatable(self) -> bool:
        """Whether it can be sent a second time."""
        ...

    def opened(self) -> AbstractContextManager[list[tuple[str, Any]]]:
        """Open its files for one attempt; gives the parts as httpx takes them."""
        ...


@frozen
class Request:
    """The pieces of a request; `path` is encoded and still without its query."""

    method: str
    path: str
    query: list[tuple[str, str]] = field(factory=list)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    """The JSON body."""
    form: Form | None = field(default=None, repr=False)
    operation: str = ""
    """What the caller typed, such as chat.completions.create; empty for the client's own looks."""
    model: str | None = None
    """The model that was asked for."""
    credential: str = "inference"
    accept: str = "application/json"
    timeout: float | Timeout | None = None
    retry: Retry | None = None
    absolute: URL | None = field(default=None, repr=False)
    """Where to send it instead of below the base URL."""

    @property
    def label(self) -> str:
        """What messages and the log call this call."""
        return f"{self.method} {self.path}"

    @property
    def bills(self) -> bool:
        """Whether the gateway takes money for it, at once or with the job that it creates."""
        return (
            self.method == "POST"
            and self.credential == "inference"
            and self.path not in ("/files", "/batches/files")
            and repeat_of(self.method, self.path) != "safe"
        )


class Ended(NamedTuple):
    """How a call ended."""

    facts: Any
    """Its result, or what is known of it; None where nothing is."""
    error: BaseException | None
    status: int | None
    attempts: int
    seconds: float


class Observer(Protocol):
    """Whoever is told of calls, and may refuse the next one; see `aistats.meter`."""

    def admit(self, request: Request) -> None:
        """Raise before anything is sent, where nothing more may be spent."""
        ...

    async def ended(self, request: Request, end: Ended) -> None:
        """Take note of a call that has ended."""
        ...


Arguments = dict[str, Any]


def arguments_of(
    spec: OperationSpec, args: tuple[object, ...], params: JSONObject, label: str
) -> Arguments:
    """Give every argument its name, as Python itself would, and check the names.

    `label` is the name that the caller typed, such as chat.completions.create. Raises `TypeError`
    for unknown, doubled and missing keywords.
    """
    if len(args) > len(spec.path_params):
        takes = f"{len(spec.path_params)} positional arguments, not {len(args)}"
        takes = takes if spec.path_params else "keyword arguments only"
        raise TypeError(f"{label}() takes {takes}")
    values = dict(zip(spec.path_params, args, strict=False))
    if doubled := values.keys() & params.keys():
        raise TypeError(f"{label}() got {doubled.pop()!r} twice")
    values.update(params)
    known = {*spec.path_params, *spec.query_params, *spec.header_params, *spec.body_fields}
    known.update(OPTION_NAMES)
    for name in values.keys() - known:
        import difflib  # late: only for the hint

        near = difflib.get_close_matches(name, known, n=1)
        hint = f": did you mean {near[0]!r}?" if near else "."
        raise TypeError(
            f"{label}() got an unknown keyword {name!r}{hint} What the description does not know "
            "goes in extra_body, extra_query or extra_headers"
        )
    for name in spec.required:
        place = "extra_query" if name in spec.query_params else "extra_body"
        extra = {} if name in spec.path_params else extra_of(values, place)
        if name not in values and spec.wire.get(name, name) not in extra:
            raise TypeError(f"{label}() needs {name!r}")
    return values


def build(spec: OperationSpec, values: Arguments, label: str) -> Request:
    """Sort named arguments into path, query, headers and JSON body; a form is its own affair.

    Raises `ConfigurationError` for values that cannot be sent, naming their place.
    """
    body = {name: values[name] for name in spec.body_fields if name in values}
    wire = spec.wire
    query = [
        *query_items({wire.get(n, n): values[n] for n in spec.query_params if n in values}, spec),
        *query_items(extra_of(values, "extra_query")),
    ]
    named = {wire.get(n, n): values[n] for n in spec.header_params if n in values}
    headers = {name: scalar(name, v) for name, v in named.items() if v is not None}
    extra = extra_of(values, "extra_body")
    if extra and spec.body is None:
        raise TypeError(f"{label}() has no body, so extra_body cannot be sent")
    document = _json_body(spec, body, extra) if spec.body == "json" else None
    return Request(
        spec.method,
        _path(spec, values),
        query,
        check_headers({**headers, **extra_of(values, "extra_headers")}),
        content=None if document is None else encode_json(document),
        operation=label,
        model=model if isinstance(model := values.get("model"), str) else None,
        credential=spec.credential,
        timeout=values.get("timeout"),
        retry=values.get("retry"),
    )


def free_request(
    method: str,
    path: str,
    *,
    json: object = None,
    params: JSONObject | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | Timeout | None = None,
    retry: Retry | None = None,
) -> Request:
    """Make the request of a path that the description does not know; None sends no body."""
    if not isinstance(method, str) or method.upper() not in METHODS:
        raise ConfigurationError(f"{method!r} is not a method; use one of {', '.join(METHODS)}")
    check_path(path)
    management = path.split("/")[1] in _MANAGEMENT_PATHS
    return Request(
        method.upper(),
        path,
        list(query_items(params or {})),
        check_headers(headers or {}),
        content=None if json is None else encode_json(json),
        credential="none" if path == "/health" else "management" if management else "inference",
        timeout=timeout,
        retry=retry,
    )


def extra_of(values: JSONObject, name: str) -> JSONObject:
    """Give one of the `extra_` arguments, {} where there is none."""
    given = values.get(name)
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
        raise TypeError(f"{name} must be a dict with names as keys, not {type(given).__name__}")
    return given


def _path(spec: OperationSpec, values: JSONObject) -> str:
    path = spec.path
    for name in spec.path_params:
        wire = spec.wire.get(name, name)
        path = path.replace("{" + wire + "}", path_segment(name, values[name]))
    return path


def path_segment(name: str, value: object) -> str:
    """Encode an id for a path; refuse what would make it another path."""
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} must be a string, not {type(value).__name__}")
    if not value or value in (".", ".."):
        raise ConfigurationError(f"{name}={value!r} is not an id; nothing was sent")
    if not value.isprintable():
        raise ConfigurationError(f"{name}={value!r} holds control characters; nothing was sent")
    return quote(value, safe="")


def check_path(path: str) -> None:
    """Accept a path below the base URL, nothing that could leave it."""
    if not isinstance(path, str) or not path.startswith("/") or path.startswith("//"):
        raise ConfigurationError(
            f"{path!r} is not a path: it starts with one slash and follows the base URL, "
            "for instance /models"
        )
    if urlsplit(path).query or "?" in path or "#" in path:
        raise ConfigurationError(f"{path!r}: pass the query as params={{...}}")
    decoded = unquote(path)
    odd = not decoded.isprintable() or any(sign in path for sign in " \\")
    if odd or {".", ".."} & set(decoded.split("/")):
        raise ConfigurationError(f"{path!r} holds characters or parts that a path must not have")


def query_items(values: JSONObject, spec: OperationSpec | None = None) -> Iterable[tuple[str, str]]:
    """Write the values of a query; a list repeats its name unless the gateway wants commas."""
    joined = spec.comma_joined if spec else ()
    for name, value in values.items():
        if value is None:
            continue
        if isinstance(value, Sequence) and not isinstance(value, str | bytes):
            items = [scalar(name, item) for item in value]
            yield from [(name, ",".join(items))] if name in joined else [(name, i) for i in items]
        else:
            yield name, scalar(name, value)


def scalar(name: str, value: object) -> str:
    """Write one value of a query, a header or a form as the gateway reads it."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ConfigurationError(f"{name}={value!r} cannot be sent")
    if isinstance(value, date):  # a datetime is one as well
        return value.isoformat()
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if not isinstance(value, str | int | float | Decimal):
        raise ConfigurationError(f"{name} must be a string or a number, not {type(value).__name__}")
    text = str(value)
    if not _is_text(text):
        raise ConfigurationError(f"{name} holds a lone surrogate, which is no text")
    return text


def _json_body(spec: OperationSpec, body: dict[str, Any], extra: JSONObject) -> object:
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


def encode_json(value: object) -> bytes:
    """Encode a body, with the obvious neighbours of JSON; raises `ConfigurationError`.

    The error names the place of what cannot be sent, such as messages[1].content.
    """
    try:
        return json.dumps(
            value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=neighbour
        ).encode()
    except (TypeError, ValueError, RecursionError) as error:
        fault = _fault_in(value, "") or f"the body cannot be written as JSON: {error}"
        raise ConfigurationError(f"{fault}; nothing was sent") from None


def neighbour(value: Any) -> object:
    """Give the JSON of what is nearly JSON; `TypeError` for what is not."""
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Decimal) and value.is_finite():
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return list(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _fault_in(value: object, place: str, depth: int = 0) -> str | None:
    """Find the first part of a body that cannot be sent, and say where it is."""
    if depth > 100:
        return f"{place[:100]}: it is nested too deeply, or within itself"
    if isinstance(value, str):
        return None if _is_text(value) else f"{place}: a lone surrogate is no text"
    if value is None or isinstance(value, int):
        return None
    if isinstance(value, float):
        return None if math.isfinite(value) else f"{place}: {value!r} is no JSON value"
    if not isinstance(value, dict | list | tuple):
        try:
            return _fault_in(neighbour(value), place, depth + 1)
        except (TypeError, ValueError, OverflowError):
            return f"{place}: {type(value).__name__} is no JSON value"
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(value, dict) and not isinstance(key, str):
            return f"{place}: the key {key!r} is no string"
        inner = f"{place}[{key}]" if isinstance(key, int) else f"{place}.{key}".lstrip(".")
        if fault := _fault_in(item, inner, depth + 1):
            return fault
    return None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
