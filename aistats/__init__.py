"""Typed sync and async client for the AI Stats (Phaseo) Gateway.

from aistats import AIStats

with AIStats() as client:
    job = client.videos.create(model="google/veo-3.1-lite-preview", prompt="a lake at dawn")
    job.wait().download("result.mp4")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from aistats._version import __version__ as __version__

if TYPE_CHECKING:
    from aistats import webhooks as webhooks
    from aistats._core.colour import Async as Async
    from aistats._core.colour import Sync as Sync
    from aistats._core.options import Limits as Limits
    from aistats._core.retry import Retry as Retry
    from aistats._files.content import BinaryContent as BinaryContent
    from aistats.client import AIStats as AIStats
    from aistats.client import AsyncAIStats as AsyncAIStats
    from aistats.errors import *  # noqa: F403 - its `__all__` is the table of errors
    from aistats.jobs.handles import BatchJob as BatchJob
    from aistats.jobs.handles import Job as Job
    from aistats.jobs.handles import MusicJob as MusicJob
    from aistats.jobs.handles import VideoJob as VideoJob
    from aistats.jobs.pace import Poll as Poll
    from aistats.keys import APIKey as APIKey
    from aistats.meter import CallRecord as CallRecord
    from aistats.meter import Meter as Meter
    from aistats.meter import UsageSummary as UsageSummary
    from aistats.resources.pages import Page as Page
    from aistats.resources.pages import Pages as Pages
    from aistats.results import RawResponse as RawResponse
    from aistats.results import Usage as Usage
    from aistats.results import raw_of as raw_of
    from aistats.results import request_id_of as request_id_of
    from aistats.results import usage_of as usage_of

# Importing a name here costs nothing until it is used: a process that only verifies webhooks, or a
# test run that only has the sandbox's plugin, loads no HTTP client.
_HOMES = {
    "_core.colour": "Async Sync",
    "_core.options": "Limits",
    "_core.retry": "Retry",
    "_files.content": "BinaryContent",
    "client": "AIStats AsyncAIStats",
    "errors": (
        "AIStatsError APIError AuthenticationError BadRequestError ConfigurationError ConflictError"
        " ConnectionFailedError InsufficientFundsError InvalidKeyError JobError JobFailedError"
        " JobTimeoutError MissingFieldError NotFoundError NotImplementedByGatewayError"
        " PermissionDeniedError"
        " RateLimitError RequestTimeoutError ResponseDecodeError ServerError SpendingLimitError"
        " StreamError StreamTruncatedError UpstreamError WebhookVerificationError"
    ),
    "jobs.handles": "BatchJob Job MusicJob VideoJob",
    "jobs.pace": "Poll",
    "keys": "APIKey",
    "meter": "CallRecord Meter UsageSummary",
    "resources.pages": "Page Pages",
    "results": "RawResponse Usage raw_of request_id_of usage_of",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}
_MODULES = frozenset({"errors", "jobs", "keys", "results", "sandbox", "types", "webhooks"})


if not TYPE_CHECKING:  # else any name would do for a checker

    def __getattr__(name: str) -> Any:
        if name in _HOME_OF:
            value = getattr(import_module(f"aistats.{_HOME_OF[name]}"), name)
        elif name in _MODULES:
            value = import_module(f"aistats.{name}")
        else:
            raise AttributeError(f"module 'aistats' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*_HOME_OF, "__version__", "webhooks"]


if not TYPE_CHECKING:  # checkers take the names above
    __all__ = [*_HOME_OF, "__version__", "webhooks"]  # noqa: PLE0604
