"""Typed sync and async client for the AI Stats (Phaseo) Gateway.

from aistats import AIStats

with AIStats() as client:
    job = client.videos.create(model="google/veo-3.1-lite", prompt="a lake at dawn")
    job.wait().download("result.mp4")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aistats._version import __version__

if TYPE_CHECKING:
    from aistats import webhooks as webhooks
    from aistats._aiohttp import aiohttp_transport as aiohttp_transport
    from aistats._content import (
        BinaryContent as BinaryContent,
    )
    from aistats._mode import (
        Async as Async,
    )
    from aistats._mode import (
        Sync as Sync,
    )
    from aistats._options import (
        Limits as Limits,
    )
    from aistats._pace import (
        Poll as Poll,
    )
    from aistats._pages import (
        Page as Page,
    )
    from aistats._pages import (
        Pages as Pages,
    )
    from aistats._retry import (
        Retry as Retry,
    )
    from aistats.client import (
        AIStats as AIStats,
    )
    from aistats.client import (
        AsyncAIStats as AsyncAIStats,
    )
    from aistats.errors import (
        AIStatsError as AIStatsError,
    )
    from aistats.errors import (
        APIError as APIError,
    )
    from aistats.errors import (
        AuthenticationError as AuthenticationError,
    )
    from aistats.errors import (
        BadRequestError as BadRequestError,
    )
    from aistats.errors import (
        ConfigurationError as ConfigurationError,
    )
    from aistats.errors import (
        ConflictError as ConflictError,
    )
    from aistats.errors import (
        ConnectionFailedError as ConnectionFailedError,
    )
    from aistats.errors import (
        InsufficientFundsError as InsufficientFundsError,
    )
    from aistats.errors import (
        InvalidKeyError as InvalidKeyError,
    )
    from aistats.errors import (
        JobError as JobError,
    )
    from aistats.errors import (
        JobFailedError as JobFailedError,
    )
    from aistats.errors import (
        JobTimeoutError as JobTimeoutError,
    )
    from aistats.errors import (
        MissingFieldError as MissingFieldError,
    )
    from aistats.errors import (
        NotFoundError as NotFoundError,
    )
    from aistats.errors import (
        NotImplementedByGatewayError as NotImplementedByGatewayError,
    )
    from aistats.errors import (
        PermissionDeniedError as PermissionDeniedError,
    )
    from aistats.errors import (
        RateLimitError as RateLimitError,
    )
    from aistats.errors import (
        RequestTimeoutError as RequestTimeoutError,
    )
    from aistats.errors import (
        ResponseDecodeError as ResponseDecodeError,
    )
    from aistats.errors import (
        ServerError as ServerError,
    )
    from aistats.errors import (
        StreamError as StreamError,
    )
    from aistats.errors import (
        StreamTruncatedError as StreamTruncatedError,
    )
    from aistats.errors import (
        UpstreamError as UpstreamError,
    )
    from aistats.errors import (
        WebhookVerificationError as WebhookVerificationError,
    )
    from aistats.jobs import (
        BatchJob as BatchJob,
    )
    from aistats.jobs import (
        Job as Job,
    )
    from aistats.jobs import (
        MusicJob as MusicJob,
    )
    from aistats.jobs import (
        VideoJob as VideoJob,
    )
    from aistats.keys import (
        APIKey as APIKey,
    )
    from aistats.results import (
        Usage as Usage,
    )
    from aistats.results import (
        request_id_of as request_id_of,
    )
    from aistats.results import (
        usage_of as usage_of,
    )

# Importing a name here costs nothing until it is used: a process that only verifies webhooks, or a
# test run that only has the sandbox's plugin, loads no HTTP client.
_HOME = {
    "aiohttp_transport": "aistats._aiohttp",
    "BinaryContent": "aistats._content",
    "Limits": "aistats._options",
    "Async": "aistats._mode",
    "Sync": "aistats._mode",
    "Poll": "aistats._pace",
    "Page": "aistats._pages",
    "Pages": "aistats._pages",
    "Retry": "aistats._retry",
    "AIStats": "aistats.client",
    "AsyncAIStats": "aistats.client",
    "AIStatsError": "aistats.errors",
    "APIError": "aistats.errors",
    "AuthenticationError": "aistats.errors",
    "BadRequestError": "aistats.errors",
    "ConfigurationError": "aistats.errors",
    "ConflictError": "aistats.errors",
    "ConnectionFailedError": "aistats.errors",
    "InsufficientFundsError": "aistats.errors",
    "InvalidKeyError": "aistats.errors",
    "JobError": "aistats.errors",
    "JobFailedError": "aistats.errors",
    "JobTimeoutError": "aistats.errors",
    "MissingFieldError": "aistats.errors",
    "NotFoundError": "aistats.errors",
    "NotImplementedByGatewayError": "aistats.errors",
    "PermissionDeniedError": "aistats.errors",
    "RateLimitError": "aistats.errors",
    "RequestTimeoutError": "aistats.errors",
    "ResponseDecodeError": "aistats.errors",
    "ServerError": "aistats.errors",
    "StreamError": "aistats.errors",
    "StreamTruncatedError": "aistats.errors",
    "UpstreamError": "aistats.errors",
    "WebhookVerificationError": "aistats.errors",
    "BatchJob": "aistats.jobs",
    "Job": "aistats.jobs",
    "MusicJob": "aistats.jobs",
    "VideoJob": "aistats.jobs",
    "APIKey": "aistats.keys",
    "Usage": "aistats.results",
    "request_id_of": "aistats.results",
    "usage_of": "aistats.results",
}
_MODULES = frozenset({"errors", "jobs", "keys", "results", "sandbox", "webhooks"})


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    elif name in _MODULES:
        value = import_module(f"aistats.{name}")
    else:
        raise AttributeError(f"module 'aistats' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "AIStats",
    "AIStatsError",
    "APIError",
    "APIKey",
    "Async",
    "AsyncAIStats",
    "AuthenticationError",
    "BadRequestError",
    "BatchJob",
    "BinaryContent",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "InsufficientFundsError",
    "InvalidKeyError",
    "Job",
    "JobError",
    "JobFailedError",
    "JobTimeoutError",
    "Limits",
    "MissingFieldError",
    "MusicJob",
    "NotFoundError",
    "NotImplementedByGatewayError",
    "Page",
    "Pages",
    "PermissionDeniedError",
    "Poll",
    "RateLimitError",
    "RequestTimeoutError",
    "ResponseDecodeError",
    "Retry",
    "ServerError",
    "StreamError",
    "StreamTruncatedError",
    "Sync",
    "UpstreamError",
    "Usage",
    "VideoJob",
    "WebhookVerificationError",
    "__version__",
    "aiohttp_transport",
    "request_id_of",
    "usage_of",
    "webhooks",
]
