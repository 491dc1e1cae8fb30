"""A world for waiters in which time is a number: naps are recorded and cost nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from aistats import AIStats, AsyncAIStats, VideoJob
from aistats._engine import Engine
from aistats._flow import AsyncWorld, World
from aistats._options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
COLOURS = ("sync", "asyncio", "trio")
colours = pytest.mark.parametrize("colour", COLOURS)

Answer = Any
"""A dict (a 200 with that JSON), a (status, body) pair, an exception, or a function giving one."""


def unread(
    status: int, body: Any, request: httpx.Request, headers: dict[str, str] | None = None
) -> httpx.Response:
    """Give an answer as a transport does: open, its body still to come."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stream = httpx.ByteStream(content)
    return httpx.Response(status, headers=headers, stream=stream, request=request)


class JobWorld:
    """Answers every request from a script (its last answer stays) and keeps time."""

    def __init__(
        self,
        answers: Iterable[Answer] | Callable[[httpx.Request], Answer] = (),
        *,
        seconds_per_look: float = 0.0,
        uniform: Callable[[float, float], float] = lambda low, high: low,
    ) -> None:
        self.now = 1000.0
        self.naps: list[float] = []
        self.looked_at: list[float] = []
        self.requests: list[httpx.Request] = []
        self._answers = answers if callable(answers) else list(answers)
        self._seconds = seconds_per_look
        self.uniform = uniform

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds

    def send(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.looked_at.append(self.now)
        self.now += self._seconds
        if callable(self._answers):
            answer = self._answers(request)
        else:
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, BaseException):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return unread(status, body, request)

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode().removeprefix("/v1") for request in self.requests]

    def engine(self, colour: str = "sync") -> Engine[Any]:
        options = Options.read(
            api_key=KEY, management_key=None, base_url="https://gateway.example/v1",
            timeout=None, retry=None, headers=None, limits=None,
        )  # fmt: skip
        if colour == "sync":
            world: Any = World(self, self.sleep)
        else:
            world = AsyncWorld(_Awaited(self), _Awaited(self).sleep)
        return Engine(options, world, clock=self.clock, uniform=self.uniform)

    def client(self, colour: str = "sync") -> Any:
        kind = AIStats if colour == "sync" else AsyncAIStats
        client = object.__new__(kind)
        client._transport = None
        client._furnish(self.engine(colour))
        return client

    def video(self, colour: str = "sync", **raw: Any) -> VideoJob[Any]:
        return VideoJob("G-1", {"id": "G-1", **raw}, engine=self.engine(colour))


class _Awaited:
    """The same world for the async colours."""

    def __init__(self, world: JobWorld) -> None:
        self._world = world

    async def send(self, request: httpx.Request) -> httpx.Response:
        await anyio.lowlevel.checkpoint()
        return self._world.send(request)

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self._world.sleep(seconds)


def carry(colour: str, call: Callable[[], Any]) -> Any:
    """Make a call of either colour to its end."""
    if colour == "sync":
        return call()

    async def main() -> Any:
        return await call()

    return anyio.run(main, backend=colour)
