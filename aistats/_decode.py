"""From the bytes of a success to what its operation promises, or to `ResponseDecodeError`."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from attrs import frozen

from aistats._json import TooDeepError, read_json
from aistats.errors import ResponseDecodeError
from aistats.results import request_id_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats._flow import Answer
    from aistats_generated.operations import OperationSpec


@frozen
class Origin:
    """Which call a result came from, for the error about a field that is missing in it."""

    operation: str
    status_code: int
    _data: dict[str, Any]

    @property
    def request_id(self) -> str | None:
        """The gateway's id of the request."""
        return request_id_of(self._data)


def decode(spec: OperationSpec, answer: Answer, result: Callable[[], Any] | None = None) -> Any:
    """Decode a success as its operation promises it; raise `ResponseDecodeError` otherwise."""
    data = undecoded(spec, answer)
    if result is None and spec.result is None:
        return data
    model = (result() if result else result_model(str(spec.result))).from_dict(data)
    model._origin = Origin(spec.name, answer.status, data)  # noqa: SLF001 - it is there for us
    return model


def undecoded(spec: OperationSpec, answer: Answer) -> Any:
    """Give the promised JSON object, bytes, text or nothing, not yet made into a model."""
    if spec.reply == "json":
        return decode_object(answer)
    content = whole(answer)
    if spec.reply == "text":
        return content.decode("utf-8", "replace")
    return content if spec.reply == "bytes" else None


@functools.cache
def result_model(name: str) -> Any:
    """Import a generated model at its first use."""
    return getattr(importlib.import_module("aistats_generated.models"), name)


def decode_object(answer: Answer) -> dict[str, Any]:
    """Decode an answer that must be a JSON object; an empty 204 is an empty one."""
    if answer.status == 204 and not answer.content:
        return {}
    data = decode_json(answer)
    if not isinstance(data, dict):
        raise undecodable(answer, f"a JSON {type(data).__name__} where an object was promised")
    return data


def decode_json(answer: Answer) -> Any:
    """Decode a JSON answer, whatever its content type says."""
    content = whole(answer)
    try:
        return read_json(content)
    except TooDeepError:
        raise undecodable(answer, "JSON nested too deeply to read") from None
    except ValueError:
        kind = answer.headers.get("content-type", "no content type")
        raise undecodable(answer, f"not JSON but {kind}") from None


def whole(answer: Answer) -> bytes:
    """Give the body of a success that came whole and from where it was asked."""
    if answer.status >= 300:
        target = answer.headers.get("location")
        where = f" to {_host_of(target)}" if target else ""
        raise undecodable(answer, f"a redirect{where}, which is never followed: check base_url")
    if answer.flaw is not None:
        raise undecodable(answer, f"unusable: {answer.flaw}")
    return answer.content


def _host_of(target: str) -> str:
    try:
        return urlsplit(target).netloc or "the same host"
    except ValueError:
        return "what is no address"


def undecodable(answer: Answer, what: str) -> ResponseDecodeError:
    """Build the error for a success that is not what was promised."""
    return ResponseDecodeError(
        f"the answer (status {answer.status}) is {what}; .body holds what came",
        status_code=answer.status,
        body=answer.content,
        headers=answer.headers,
    )
