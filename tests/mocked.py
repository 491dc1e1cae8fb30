"""Clients of both colours over a pretended gateway that answers in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import httpx

from aistats import AIStats, AsyncAIStats, Retry

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "phaseo_v1_sk_demo00000000_not-a-real-secret"
MANAGEMENT_KEY = "phaseo_v1_mk_demo00000000_not-a-real-secret"
BASE = "https://gateway.test/v1"
COLOURS = ("sync", "asyncio", "trio")


class Gateway:
    """Answers every request by `answer` and remembers them, their bodies read."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.requests: list[httpx.Request] = []

    def ask(self, colour: str, call: Callable[[Any], Any], **settings: Any) -> Any:
        """Make a client of this colour and give what `call(client)` gives, awaited if need be."""
        settings = {"api_key": KEY, "management_key": MANAGEMENT_KEY, "base_url": BASE} | settings
        settings.setdefault("retry", Retry(attempts=1))
        if colour == "sync":
            transport = httpx.MockTransport(self._handle)
            with httpx.Client(transport=transport) as http:
                return call(AIStats(http_client=http, **settings))
        return anyio.run(self._ask, call, settings, backend=colour)

    async def _ask(self, call: Callable[[Any], Any], settings: dict[str, Any]) -> Any:
        transport = httpx.MockTransport(self._handle_async)
        async with httpx.AsyncClient(transport=transport) as http:
            result = call(AsyncAIStats(http_client=http, **settings))
            return await result if hasattr(result, "__await__") else result

    def _handle(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        return self.answer(request)

    async def _handle_async(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        return self.answer(request)
