"""From the bytes of a success to what its operation promises, or to `ResponseDecodeError`."""

from __future__ import annotations

import functools
import importlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aistats._core.answer import Answer, undecodable_error
from aistats._core.error_bodies import from_response
from aistats.results import RawResponse, request_id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aistats_generated.operations import OperationSpec

_JOB_PATHS = ("/video", "/music", "/batch")


def decode(
    spec: OperationSpec,
    answer: Answer,
    result: Callable[[], Any] | None = None,
    *,
    operation: str | None = None,
) -> Any:
    """Decode a success as its operation promises it; `result` gives another class to decode into.

    `operation` is what the caller typed. Raises `ResponseDecodeError` for what is not promised.
    """
    if spec.reply == "json":
        data = decode_object(answer, may_be_job=spec.path.startswith(_JOB_PATHS))
        kind = result() if result is not None else spec.result and result_model(spec.result)
        if not kind:
            return data
        model = kind.from_dict(data)
        model._origin = raw_response(answer, operation or spec.name, data)  # noqa: SLF001 - ours
        return model
    content = whole(answer)
    if spec.reply == "text":
        return content.decode("utf-8", "replace")
    return content if spec.reply == "bytes" else None


def raw_response(answer: Answer, operation: str, data: Mapping[str, Any]) -> RawResponse:
    """Give what `raw_of` tells of the call behind a result."""
    headers, request_id = dict(answer.headers), request_id_of(data)
    return RawResponse(
        operation, answer.status, headers, request_id, answer.seconds, answer.attempts
    )


@functools.cache
def result_model(name: str) -> Any:
    """Import a generated model at its first use."""
    return getattr(importlib.import_module("aistats_generated.models"), name)


def decode_object(answer: Answer, *, may_be_job: bool = True) -> dict[str, Any]:
    """Decode an answer that must be a JSON object; an empty 204 is an empty one.

    An object with an `error` came with the wrong status, unless it is a job: there a status word
    stands beside the error, and the failure is the result (docs/gateway.md, Jobs).
    """
    if answer.status == 204 and not answer.content:
        return {}
    data = decode_json(answer)
    if not isinstance(data, dict):
        raise undecodable_error(
            answer, f"a JSON {type(data).__name__} where an object was promised"
        )
    if data.get("error") and not (may_be_job and _is_job(data)):
        raise undecodable_error(answer, error_in(answer) or "an error")
    return data


def _is_job(data: Mapping[str, object]) -> bool:
    words = data.get("status"), data.get("lifecycle_status")
    # The gateway's own errors may name the status of the job as well, beside their status code.
    return any(isinstance(word, str) for word in words) and "status_code" not in data


def error_in(answer: Answer) -> str | None:
    """Describe the `error` in the body of a success; None where there is none."""
    try:
        data = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not data.get("error"):
        return None
    told = from_response(answer.status, answer.headers, answer.content)
    words = dict.fromkeys(filter(None, (told.code, told.message)))
    return f"an error with the status of a success ({': '.join(words)})"


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
