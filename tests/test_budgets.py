"""Costs that must not creep up, counted without a clock: modules imported and memory allocated."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from aistats._effects import World
from attrs import evolve

from aistats import AIStats
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
MODULES_BEYOND_HTTPX = 67
"""After `import aistats` and a client, besides Python's own, which differ from version to version.
Raise it only for something every process needs."""

NEEDLESS_AT_IMPORT = frozenset(
    {
        "anyio", "asyncio", "certifi", "dateutil", "h11", "httpcore", "tqdm",
        "pytest_httpserver",
        "trio", "werkzeug", "aistats._connections",
        "aistats._multipart", "aistats._uploads", "aistats.sandbox", "aistats.speech",
        "aistats.streaming", "aistats.webhooks", "aistats_generated.api",
        "aistats_generated.params", "aistats_generated.request",
    }
)  # fmt: skip

BYTES_PER_EVENT = {(3, 11): 1130.0}
"""What a typed event holds while it is kept, by Python version."""

BYTES_PER_POLL = {(3, 11): 8_660.0}
"""The most that one look holds on its way, by Python version."""


def modules_after(script: str) -> set[str]:
    """Give the modules a fresh process has loaded after a script."""
    shown = subprocess.run(  # noqa: S603  # our own text
        [sys.executable, "-c", f"{script}\nimport sys, json; print(json.dumps(list(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return set(json.loads(shown))


CLIENT = f"from aistats import AIStats, AsyncAIStats; AIStats({KEY!r}); AsyncAIStats({KEY!r})"


def test_importing_and_making_clients_loads_few_modules() -> None:
    more = modules_after(CLIENT) - modules_after("import httpx")
    more = {name for name in more if name.partition(".")[0] not in sys.stdlib_module_names}
    assert len(more) <= MODULES_BEYOND_HTTPX, sorted(more)


def test_importing_and_making_clients_loads_nothing_that_can_wait() -> None:
    loaded = modules_after(CLIENT) - modules_after("import httpx")
    assert not NEEDLESS_AT_IMPORT & loaded
    models = {name for name in loaded if name.startswith("aistats_generated.models.")}
    assert not models, "a model is loaded at the first result of its kind"


def test_a_first_chat_loads_only_the_models_of_its_answer() -> None:
    answer = {"id": "c1", "choices": [{"message": {"role": "assistant", "content": "Hi"}}]}
    call = (
        "import httpx\n"
        f"answer = httpx.MockTransport(lambda _: httpx.Response(200, json={answer!r}))\n"
        f"client = AIStats({KEY!r}, http_client=httpx.Client(transport=answer))\n"
        "reply = client.chat.completions.create(model='m', messages=[])\n"
        "assert reply.choices[0].message.content == 'Hi'"
    )
    loaded = modules_after(f"{CLIENT}\n{call}") - modules_after("import httpx")
    models = {name for name in loaded if name.startswith("aistats_generated.models.")}
    assert len(models) <= 20, sorted(models)


class Ready:
    """A transport that answers every request with the same bytes."""

    def __init__(self, content: bytes, kind: str) -> None:
        self._content, self._kind = content, kind

    def send(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200,
            headers={"content-type": self._kind, "content-length": str(len(self._content))},
            stream=httpx.ByteStream(self._content),
            request=request,
        )

    def close(self) -> None:
        """Nothing is open."""


def client_answered(content: bytes, kind: str = "application/json") -> AIStats:
    client = AIStats(KEY)
    transport: Any = Ready(content, kind)
    client._furnish(evolve(client.engine, world=World(transport)))
    return client


def traced(work: Callable[[], object], *, warm: int = 0) -> tuple[int, int]:
    """Give the bytes that the result of some work holds, and the most it held on the way.

    The least of several turns, after `warm` unmeasured ones: Python keeps some of what it needed
    for the next time, and a collection of garbage in between only ever adds.
    """
    for _ in range(warm):
        work()
    found = []
    for _ in range(10):
        gc.collect()
        tracemalloc.start()
        result = work()
        found.append(tracemalloc.get_traced_memory())
        tracemalloc.stop()
        del result
    return min(held for held, _ in found), min(peak for _, peak in found)


def assert_near(measured: float, stored: dict[tuple[int, int], float]) -> None:
    """Compare with the figure of this Python, or of the nearest one with more room.

    A change of more than 5 % is to be understood, and the new figure stored with the code.
    """
    known = stored.get(sys.version_info[:2])
    if known is not None:
        assert measured == pytest.approx(known, rel=0.05)
    else:
        assert measured == pytest.approx(max(stored.values()), rel=0.25)


def event_bytes() -> float:
    """Give what an event of a stream holds while it is kept."""
    chunk = {"id": "c1", "choices": [{"index": 0, "delta": {"content": "word "}}]}
    body = b"data: %s\n\n" % json.dumps(chunk).encode() * 2_000 + b"data: [DONE]\n\n"
    client = client_answered(body, "text/event-stream")

    def read() -> list[object]:
        with client.chat.completions.stream(model="m", messages=[]) as events:
            kept: list[object] = [event for event in events if event.text_delta == "word "]
        assert len(kept) == 2_000
        return kept

    held, _ = traced(read)
    return held / 2_000


def poll_bytes() -> float:
    """Give the most that a look at a job holds on its way."""
    snapshot = {"id": "video_1", "object": "video", "status": "in_progress", "progress": 5}
    job = client_answered(json.dumps(snapshot).encode()).videos.job("video_1")
    assert job.refresh().progress == 5
    _, peak = traced(job.refresh, warm=200)
    return peak


def in_a_fresh_process(measure: Callable[[], float]) -> float:
    """Measure where neither coverage nor what other tests left behind takes memory."""
    script = f"from {measure.__module__} import {measure.__name__} as m; print(m())"
    shown = subprocess.run(  # noqa: S603  # our own text
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    return float(shown)


def test_an_event_of_a_stream_holds_little_memory() -> None:
    assert_near(in_a_fresh_process(event_bytes), BYTES_PER_EVENT)


def test_a_look_at_a_job_takes_little_memory() -> None:
    assert_near(in_a_fresh_process(poll_bytes), BYTES_PER_POLL)
