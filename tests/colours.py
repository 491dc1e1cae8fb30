"""One test for both colours: sync, asyncio and trio, over a script or over a real server."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import anyio
import anyio.lowlevel
import httpx
import pytest
from attrs import frozen

from aistats import AIStats, AsyncAIStats
from aistats._engine import Engine
from aistats._flow import AsyncWorld, Flow, World, arun, run
from aistats._options import Options

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
MANAGEMENT_KEY = "phaseo_v1_mk_demo00000000_not-a-real-secret"
NO_SERVER = "http://127.0.0.1:9/v1"
"""Nobody listens there."""

Step = httpx.Response | BaseException | Callable[[httpx.Request], httpx.Response]
Colour = Literal["sync", "asyncio", "trio"]

colours = pytest.mark.parametrize("colour", ["sync", "asyncio", "trio"])


class Script:
    """A gateway that plays prepared answers, and a clock that only sleeping moves."""

    def __init__(self, *steps: Step) -> None:
        self.steps = deque(steps)
        self.requests: list[httpx.Request] = []
        self.naps: list[float] = []
        self.now = 1000.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    def send(self, request: httpx.Request) -> httpx.Response:
        assert self.steps, f"nobody expected {request.method} {request.url}"
        self.requests.append(request)
        step = self.steps.popleft()
        if isinstance(step, BaseException):
            raise step
        response = step if isinstance(step, httpx.Response) else step(request)
        response.request = request
        return response

    async def _asend(self, request: httpx.Request) -> httpx.Response:
        await anyio.lowlevel.checkpoint()
        return self.send(request)

    async def _asleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self.sleep(seconds)

    def world(self, colour: Colour) -> World | AsyncWorld:
        if colour == "sync":
            return World(self, self.sleep)
        return AsyncWorld(_Awaited(self), self._asleep)

    def play(self, colour: Colour, flow: Flow[Any]) -> Any:
        """Run a flow to its end."""
        world = self.world(colour)
        if isinstance(world, World):
            return run(flow, world)
        return anyio.run(arun, flow, world, backend=colour)

    def engine(self, colour: Colour = "sync", **settings: Any) -> Engine[Any]:
        """Make an engine over this script; its jitter always takes the most it may."""
        given = {"api_key": KEY, "management_key": MANAGEMENT_KEY, "base_url": NO_SERVER}
        options = Options.read(**{**given, **settings})
        return Engine(options, self.world(colour), clock=self.clock, uniform=lambda _, most: most)

    def client(self, colour: Colour = "sync", **settings: Any) -> Any:
        """Make a client over this script."""
        kind = AIStats if colour == "sync" else AsyncAIStats
        client = object.__new__(kind)
        client._transport = None  # closing is for real clients
        client._furnish(self.engine(colour, **settings))  # type: ignore[arg-type]  # either colour
        return client

    def call(self, colour: Colour, use: Callable[[Any], Any], **settings: Any) -> Any:
        """Give `use` a client over this script, and give what it gives, awaited if need be."""
        return result_of(colour, use, self.client(colour, **settings))


@frozen
class _Awaited:
    script: Script

    async def send(self, request: httpx.Request) -> httpx.Response:
        return await self.script._asend(request)


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
