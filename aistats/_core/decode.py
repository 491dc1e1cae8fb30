"""From the bytes of a success to what its operation promises, or to `ResponseDecodeError`."""

from __future__ import annotations

import functools
import importlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aistats._core.answer import Answer, undecodable_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from aistats_generated.operations import OperationSpec


def decode(spec: OperationSpec, answer: Answer, result: Callable[[], Any] | None = None) -> Any:
    """Decode a success as its operation promises it; `result` gives another class to decode into.

    Raises `ResponseDecodeError` for what is not that.
    """
    if spec.reply == "json":
        data = decode_object(answer)
        if result is not None:
            return result().from_dict(data)
        return data if spec.result is None else result_model(spec.result).from_dict(data)
    content = whole(answer)
    if spec.reply == "text":
        return content.decode("utf-8", "replace")
    return content if spec.reply == "bytes" else None


@functools.cache
def result_model(name: str) -> Any:
    """Import a generated model at its first use."""
    return getattr(importlib.import_module("aistats_generated.models"), name)


def decode_object(answer: Answer) -> dict[str, Any]:
    """Decode an answer that must be a JSON object; an empty 204 is an empty one.

    An object with an `error` is an error that came with the wrong status.
    """
    if answer.status == 204 and not answer.content:
        return {}
    data = decode_json(answer)
    if not isinstance(data, dict):
        raise undecodable_error(
            answer, f"a JSON {type(data).__name__} where an object was promised"
        )
    return data


def decode_json(answer: Answer) -> Any:
    """Decode a JSON answer, whatever its content type says."""
    content = whole(answer)
    try:
        return json.loads(content)
    except RecursionError:
        raise undecodable_error(answer, "JSON nested too deeply to read") from None
    except ValueError:
        kind = answer.headers.get("content-type", "no content type")
        raise undecodable_error(answer, f"not JSON but {kind}") from None


def whole(answer: Answer) -> bytes:
    """Give the body of a success that came whole and from where it was asked."""
    if answer.status >= 300:
        raise redirect_error(answer)
    if answer.flaw is not None:
        raise undecodable_error(answer, f"unusable: {answer.flaw}")
    return answer.content


def redirect_error(answer: Answer) -> Exception:
    """Build the error for a redirect, which could lead the key elsewhere."""
    target = answer.headers.get("location")
    try:
        where = f" to {urlsplit(target).netloc or 'the same host'}" if target else ""
    except ValueError:
        where = " to what is no address"
    return undecodable_error(answer, f"a redirect{where}, which is never followed: check base_url")
