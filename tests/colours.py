"""One test for both colours: sync, asyncio and trio, over a script or over a real server."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import anyio
import anyio.lowlevel
import httpx
import pytest
from attrs import evolve

from aistats import AIStats, AsyncAIStats
from aistats._core.colour import Awaiting, Blocking

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
MANAGEMENT_KEY = "phaseo_v1_mk_demo00000000_not-a-real-secret"
NO_SERVER = "http://127.0.0.1:9/v1"
"""Nobody listens there."""

Step = httpx.Response | BaseException | Callable[[httpx.Request], httpx.Response]
Colour = Literal["sync", "asyncio", "trio"]

colours = pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])


class Script:
    """A gateway that plays prepared answers, and a clock that only sleeping moves."""

    def __init__(
        self, *steps: Step, uniform: Callable[[float, float], float] | None = None
    ) -> None:
        self.steps = deque(steps)
        self.requests: list[httpx.Request] = []
        self.naps: list[float] = []
        self.now = 1000.0
        self.uniform = uniform or (lambda _, most: most)
        """The jitter; it takes the most it may."""

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    async def asleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self.sleep(seconds)

    def send(self, request: httpx.Request) -> httpx.Response:
        """Play the next step; an answer whose body was given in memory is made unread again."""
        assert self.steps, f"nobody expected {request.method} {request.url}"
        request.read()
        return self._played(request)

    async def asend(self, request: httpx.Request) -> httpx.Response:
        await anyio.lowlevel.checkpoint()
        assert self.steps, f"nobody expected {request.method} {request.url}"
        await request.aread()
        return self._played(request)

    def _played(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        step = self.steps.popleft()
        if isinstance(step, BaseException):
            raise step
        return step if isinstance(step, httpx.Response) else step(request)

    def client(self, colour: Colour = "sync", **settings: Any) -> Any:
        """Make a client over this script, its clock and its jitter."""
        settings = {
            "api_key": KEY, "management_key": MANAGEMENT_KEY, "base_url": NO_SERVER, **settings
        }  # fmt: skip
        if colour == "sync":
            http = httpx.Client(transport=httpx.MockTransport(self.send))
            client: Any = AIStats(http_client=http, **settings)
            world: Any = Blocking(client.engine.world.transport, self.sleep)
        else:
            transport = httpx.MockTransport(self.asend)
            client = AsyncAIStats(http_client=httpx.AsyncClient(transport=transport), **settings)
            world = Awaiting(client.engine.world.transport, self.asleep)
        parts = {"world": world, "clock": self.clock, "uniform": self.uniform}
        client._furnish(evolve(client.engine, **parts))
        return client

    def call(self, colour: Colour, use: Callable[[Any], Any], **settings: Any) -> Any:
        """Give `use` a client over this script, and give what it gives, awaited if need be."""
        return result_of(colour, use, self.client(colour, **settings))


def result_of(colour: Colour, use: Callable[[Any], Any], client: Any) -> Any:
    """Call `use` with a client of either colour and wait for what it gives."""
    if colour == "sync":
        return use(client)

    async def main() -> Any:
        found = use(client)
        return await found if isinstance(found, Awaitable) else found

    return anyio.run(main, backend=colour)


def with_client(colour: Colour, use: Callable[[Any], Any], **settings: Any) -> Any:
    """Give `use` a real client that is closed afterwards; see `result_of`."""
    settings = {"api_key": KEY, "management_key": MANAGEMENT_KEY, **settings}
    if colour == "sync":
        with AIStats(**settings) as client:
            return use(client)

    async def main() -> Any:
        async with AsyncAIStats(**settings) as client:
            found = use(client)
            return await found if isinstance(found, Awaitable) else found

    return anyio.run(main, backend=colour)


def answer(status: int = 200, json: Any = None, **parts: Any) -> httpx.Response:
    """Make an answer of a script; a JSON object unless something else is given."""
    if json is None and not parts.keys() & {"content", "stream", "text"}:
        json = {}
    return httpx.Response(status, **({} if json is None else {"json": json}), **parts)
