"""Replies without end: bounded memory, bounded time, and an error that says so."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from aistats import (
    AIStats,
    AsyncAIStats,
    ConfigurationError,
    ConnectionFailedError,
    Limits,
    ResponseDecodeError,
    Retry,
    ServerError,
)
from tests.conftest import ROOT
from tests.trust import wire
from tests.trust.matrix import HASTY, KEY, respond
from tests.trust.wire import Wire

if TYPE_CHECKING:
    from tests.trust.wire import Fault

GROWTH = 40.0
"""MB by which no reply may raise the peak; the limits of `appetite` are 4 MB."""

EXPECTED = {
    "error of 100 MB": "ServerError",
    "success of 100 MB": "ResponseDecodeError",
    "event line of 100 MB": "StreamError",
    "event of 100 MB in lines": "StreamError",
    "5 MB of comments": "StreamTruncatedError",
    "stream that is a document": "ResponseDecodeError",
    "speech event of 100 MB": "StreamError",
    "JSON of 10**6 levels": "ResponseDecodeError",
    "open JSON of 10**6 levels": "ResponseDecodeError",
    "error of 10**6 levels": "UpstreamError",
    "event of 10**6 levels": "StreamError",
    "gzip bomb": "ResponseDecodeError",
    "gzip bomb in an error": "ServerError",
    "gzip bomb in a stream": "ResponseDecodeError",
    "layers of gzip": "ResponseDecodeError",
    "endless headers": "ConnectionFailedError",
    "endless preliminary answers": "ConnectionFailedError",
    "download of 100 MB": "ok",
    "job text, nested": "ConfigurationError",
    "job text, open": "ConfigurationError",
    "webhook, nested": "WebhookVerificationError",
    "webhook, open": "WebhookVerificationError",
}
SYNC_ONLY = {"speech event of 100 MB"}


@pytest.mark.parametrize("colour", ["sync", "async"])
def test_no_reply_fills_the_memory(colour: str) -> None:
    """One process meets them all, and its peak hardly moves."""
    command = [sys.executable, "-m", "tests.trust.appetite", colour]
    paths = f"{ROOT}:{ROOT / 'generated'}"
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env={"PYTHONPATH": paths}, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    left_out = SYNC_ONLY if colour != "sync" else set()
    outcomes = {name: row[0] for name, row in found.items()}
    assert outcomes == {name: EXPECTED[name] for name in EXPECTED if name not in left_out}
    greedy = {name: row[1] for name, row in found.items() if row[1] > GROWTH}
    assert greedy == {}


@pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])
@pytest.mark.parametrize("fault", [wire.dripping_headers, wire.dripping_body, wire.silent])
def test_a_budget_bounds_a_call_whose_answer_drips(fault: Fault, colour: str) -> None:
    """Each byte comes in time, so only the budget of the whole call can end it."""
    settings: dict[str, Any] = {"retry": Retry(attempts=2, budget=HASTY)}

    async def ask_async() -> None:
        async with AsyncAIStats(KEY, **settings) as client:
            await client.videos.retrieve("v1")

    def ask() -> None:
        if colour != "sync":
            anyio.run(ask_async, backend=colour)
            return
        with AIStats(KEY, **settings) as client:
            client.videos.retrieve("v1")

    with Wire(respond, fault) as server:
        settings["base_url"] = f"{server.url}/v1"
        started = time.perf_counter()
        with pytest.raises(ConnectionFailedError):
            ask()
        assert time.perf_counter() - started < HASTY + 30.0


@pytest.mark.parametrize("surplus", [b"{}", b'{"id":"SMUGGLED"}'])
def test_a_smuggled_answer_is_nobodys(surplus: bytes) -> None:
    """Bytes behind the end of an answer are not the answer to the next call."""
    second = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(surplus) + surplus
    honest = b'{"id":"honest"}'
    good = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(honest) + honest

    def say(request: bytes) -> bytes:
        return good + second if b"first" in request else good

    with Wire(say) as server, AIStats(KEY, base_url=f"{server.url}/v1") as client:
        answers = [client.videos.retrieve(name)["id"] for name in ("first", "b", "c")]
    assert answers == ["honest"] * 3


def test_limits_are_the_callers() -> None:
    """A limit can be set for a client and changed for a copy, and must be a number of bytes."""
    body = b'{"id":"v1","text":"' + b"x" * 1000 + b'"}'

    def say(request: bytes) -> bytes:
        status = b"500 Oops" if b"broken" in request else b"200 OK"
        return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body

    with Wire(say) as server:
        base_url, limits = f"{server.url}/v1", Limits(body=100, error_body=64)
        once = Retry(attempts=1)
        with AIStats(KEY, base_url=base_url, limits=limits, retry=once) as client:
            with pytest.raises(ResponseDecodeError, match="larger than 100 bytes"):
                client.videos.retrieve("v1")
            with pytest.raises(ServerError) as caught:
                client.videos.retrieve("broken")
            assert caught.value.body == body[:64].decode()
            assert client.with_options(limits=Limits()).videos.retrieve("v1")["id"] == "v1"
    for wrong in (0, -1, True, 1.5, "9"):
        with pytest.raises(ConfigurationError, match="whole number of bytes"):
            Limits(body=wrong)  # type: ignore[arg-type]
