"""The errors of this package; `_error_bodies` turns an answer of the gateway into one of them.

AIStatsError
├── ConfigurationError            wrong or missing set-up; nothing was sent
│   ├── InvalidKeyError           (also ValueError)
│   └── SpendingLimitError        a meter has reached its limit
├── ConnectionFailedError         no answer: DNS, TLS, refused, reset
│   └── RequestTimeoutError       (also TimeoutError)
├── APIError                      an answer with status >= 400
│   ├── BadRequestError           400, 413, 422
│   ├── AuthenticationError       401
│   ├── InsufficientFundsError    402
│   ├── PermissionDeniedError     403
│   ├── NotFoundError             404
│   ├── ConflictError             409
│   ├── RateLimitError            429
│   ├── NotImplementedByGatewayError  501
│   └── ServerError               any other 5xx
│       └── UpstreamError         502: the provider behind the gateway failed
├── ResponseDecodeError           a success that is not what was promised
│   └── MissingFieldError         (also AttributeError) it lacks a field that is read
├── StreamError                   a stream carried an error event
│   └── StreamTruncatedError      a stream ended without its terminal event
├── JobError                      a job did not end well
│   ├── JobFailedError            it ended failed, cancelled or expired
│   └── JobTimeoutError           (also TimeoutError) we stopped waiting, the job goes on
└── WebhookVerificationError      a webhook is not from the gateway, or not fresh
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx

from aistats_generated import types

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_MESSAGE_LIMIT = 500
_FIELD_LIMIT = 80
_DEEPEST = 100  # levels of JSON; `pickle` takes two of Python's 1,000 frames for each
_KEY = re.compile(r"((?:aistats|phaseo)_v1_(?:sk|mk)_[A-Za-z0-9]+_)[\x21-\x7e]+")


class AIStatsError(Exception):
    """Whatever this package raises on purpose; `str()` is one line and never shows a secret.

    `may_have_run` is True where a call that creates or bills something may have done so although
    it failed; for a job, `window` holds the aware datetimes between which it was created then.
    """

    may_have_run: bool = False
    window: tuple[datetime, datetime] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions rebuild themselves from `args` alone, which loses every attribute.
        return _rebuild, (type(self), self.args), self.__dict__


def _rebuild(cls: type[AIStatsError], args: tuple[Any, ...]) -> AIStatsError:
    error = cls.__new__(cls, *args)
    error.args = args
    return error


class ConfigurationError(AIStatsError):
    """The set-up is wrong or incomplete; nothing was sent."""


class InvalidKeyError(ConfigurationError, ValueError):
    """The text is not a gateway key; the message names the fault and never repeats the key."""


class SpendingLimitError(ConfigurationError):
    """A `Meter` has reached its limit; nothing was sent."""


class ConnectionFailedError(AIStatsError):
    """No answer arrived.

    `request` is the request without headers and body. `may_have_run` is False when the connection
    was certainly never established; when it is True the gateway may have done the work, and
    `window` holds the aware datetimes between which a job may have been created.
    """

    def __init__(
        self,
        message: str,
        *,
        request: httpx.Request | None = None,
        may_have_run: bool = False,
        window: tuple[datetime, datetime] | None = None,
    ) -> None:
        super().__init__(message)
        self.request = request
        self.may_have_run = may_have_run
        self.window = window


class RequestTimeoutError(ConnectionFailedError, TimeoutError):
    """A connection, write or read took longer than `timeout` allows."""


class APIError(AIStatsError):
    """The gateway answered with a status of 400 or more.

    Any field that the body does not give is None. `retryable` says whether an identical call may
    succeed later; `retry_after` is in seconds. `body` is the decoded JSON, or the text of an answer
    that is not JSON or is nested more than 100 levels deep.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        code: str | None = None,
        reason: str | None = None,
        request_id: str | None = None,
        upstream_status: int | None = None,
        provider: str | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status_code = status_code
        self.code = code
        self.reason = reason
        self.request_id = request_id
        self.upstream_status = upstream_status
        self.provider = provider
        self.body: Any = _portable(body)
        self.headers: httpx.Headers = httpx.Headers(headers)
        self.retryable = retryable
        self.retry_after = retry_after

    def __str__(self) -> str:
        """Status, code, message and request id on one line."""
        head = one_line(f"{self.status_code} {self.code or ''}", _FIELD_LIMIT)
        tail = f" (request id {one_line(self.request_id, _FIELD_LIMIT)})" if self.request_id else ""
        return f"{head}: {one_line(self.message)}{tail}"


class BadRequestError(APIError):
    """400, 413 or 422: the request itself must change."""


class AuthenticationError(APIError):
    """401: the key is missing, malformed, revoked, or of the wrong kind for this route."""


class InsufficientFundsError(APIError):
    """402, or a 502 that says so inside: the wallet cannot pay for this call."""


class PermissionDeniedError(APIError):
    """403: the key is valid, but this is not allowed to it."""


class NotFoundError(APIError):
    """404: no such path or object, or it belongs to somebody else."""


class ConflictError(APIError):
    """409: not in this state, for instance the content of an unfinished video."""


class RateLimitError(APIError):
    """429: usually a spending limit of the key, which waiting does not lift."""


class NotImplementedByGatewayError(APIError):
    """501: the feature is switched off; repeating does not help."""


class ServerError(APIError):
    """5xx: the gateway, or something in front of it, failed."""


class UpstreamError(ServerError):
    """502: the provider behind the gateway failed; see `upstream_status` and `provider`."""


class ResponseDecodeError(AIStatsError):
    """A success that is not what was promised; `body` holds what came instead (bytes)."""

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        body: bytes,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(one_line(message))
        self.status_code = status_code
        self.body = body
        self.headers: httpx.Headers = httpx.Headers(headers)


class MissingFieldError(ResponseDecodeError, AttributeError):
    """A field is read that the gateway always sends, and the answer does not have it.

    `operation` and `request_id` are None for JSON that did not come from a call.
    """

    def __init__(
        self,
        message: str,
        *,
        field: str,
        operation: str | None,
        request_id: str | None,
        status_code: int,
        body: bytes,
    ) -> None:
        super().__init__(message, status_code=status_code, body=body)
        self.field = field
        self.operation = operation
        self.request_id = request_id


def missing_field_error(result: types.ApiModel, field: str) -> MissingFieldError:
    """Build the error for a promised field that `result` lacks; `_origin` knows its call."""
    origin = getattr(result, "_origin", None)  # the generated package leaves it to us
    operation = getattr(origin, "operation", None)
    request_id = getattr(origin, "request_id", None)
    source = f"the answer of {operation}" if operation else "the JSON"
    tail = f" (request id {one_line(request_id, _FIELD_LIMIT)})" if request_id else ""
    return MissingFieldError(
        f"{source} has no {type(result).__name__}.{field}, which it always has{tail}; "
        f".body holds the object that lacks it",
        field=field,
        operation=operation,
        request_id=request_id,
        status_code=getattr(origin, "status_code", 200),
        body=json.dumps(result.to_dict()).encode(),
    )


types.missing_field = missing_field_error


class StreamError(AIStatsError):
    """A stream carried an error event; `partial_text` is what had arrived before it."""

    def __init__(
        self,
        message: str,
        *,
        partial_text: str = "",
        code: str | None = None,
        request_id: str | None = None,
        body: Any = None,
        usage: Any = None,
    ) -> None:
        super().__init__(one_line(message))
        self.partial_text = partial_text
        self.code = code
        self.request_id = request_id
        self.body: Any = _portable(body)
        self.usage = usage


class StreamTruncatedError(StreamError):
    """The stream ended without its terminal event; the text is incomplete."""


class JobError(AIStatsError):
    """A job did not end well; `job`, an `aistats.Job`, is its last snapshot."""

    def __init__(self, message: str, *, job: Any) -> None:
        super().__init__(one_line(message))
        self.job = job


class JobFailedError(JobError):
    """The job ended as failed, cancelled or expired, for the `reason` its provider gave."""

    def __init__(
        self,
        message: str,
        *,
        job: Any,
        status: str,
        code: str | None = None,
        reason: str | None = None,
        provider: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, job=job)
        self.status = status
        self.code = code
        self.reason = reason
        self.provider = provider
        self.request_id = request_id


class JobTimeoutError(JobError, TimeoutError):
    """We stopped waiting; the job goes on and `job.wait()` may be called again."""


class WebhookVerificationError(AIStatsError):
    """The webhook is not signed with this secret, or is not fresh."""


def _portable(body: Any) -> Any:
    """Give JSON as it is, but as text where it is nested too deeply for `pickle`."""
    levels = [body]
    for _ in range(_DEEPEST):
        inner = [each for each in levels if isinstance(each, dict | list)]
        levels = [v for each in inner for v in (each.values() if isinstance(each, dict) else each)]
        if not levels:
            return body
    try:
        return json.dumps(body)
    except RecursionError:
        return f"JSON nested more than {_DEEPEST} levels deep"


def one_line(text: str, limit: int = _MESSAGE_LIMIT) -> str:
    """Fold `text` into one line of bounded length, fit for a message and a terminal.

    A key in it, such as a server's echo of ours, loses its secret; characters that a terminal
    would obey or could not write are replaced.
    """
    line = _KEY.sub(r"\1***", " ".join(text.split()))
    if not line.isprintable():
        line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    return line if len(line) <= limit else line[: limit - 1] + "…"
