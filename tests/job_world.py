"""A world for waiters in which time is a number: naps are recorded and cost nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from aistats import VideoJob
from tests.colours import KEY, Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aistats._core.colour import Engine

__all__ = ["COLOURS", "KEY", "JobWorld", "carry", "colours"]

COLOURS = ("sync", "asyncio", "trio")
colours = pytest.mark.parametrize("colour", COLOURS)

Answer = Any
"""A dict (a 200 with that JSON), (status, body) or (status, body, headers), an exception, or a
function giving one."""


class JobWorld(Script):
    """Answers every request from a script (its last answer stays) and keeps time."""

    def __init__(
        self,
        answers: Iterable[Answer] | Callable[[httpx.Request], Answer] = (),
        *,
        seconds_per_look: float = 0.0,
        uniform: Callable[[float, float], float] = lambda low, high: low,
    ) -> None:
        super().__init__(uniform=uniform)
        self.looked_at: list[float] = []
        self._answers = answers if callable(answers) else list(answers)
        self._seconds = seconds_per_look

    def send(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        self.looked_at.append(self.now)
        self.now += self._seconds
        if callable(self._answers):
            answer = self._answers(request)
        else:
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, BaseException):
            raise answer
        status, body, *headers = answer if isinstance(answer, tuple) else (200, answer)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx.Response(status, headers=headers[0] if headers else None, content=content)

    async def asend(self, request: httpx.Request) -> httpx.Response:
        await anyio.lowlevel.checkpoint()
        await request.aread()
        return self.send(request)

    @property
    def paths(self) -> list[str]:
        return [request.url.raw_path.decode().removeprefix("/v1") for request in self.requests]

    def engine(self, colour: Any = "sync") -> Engine[Any]:
        engine: Engine[Any] = self.client(colour).engine
        return engine

    def video(self, colour: Any = "sync", **raw: Any) -> VideoJob[Any]:
        return VideoJob("G-1", {"id": "G-1", **raw}, engine=self.engine(colour))


def carry(colour: str, call: Callable[[], Any]) -> Any:
    """Make a call of either colour to its end."""
    if colour == "sync":
        return call()

    async def main() -> Any:
        return await call()

    return anyio.run(main, backend=colour)
