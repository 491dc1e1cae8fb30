"""This client over aiohttp, its optional transport, for the row about calls at once."""

from __future__ import annotations

from aistats import AsyncAIStats, aiohttp_transport
from scripts.bench import tasks
from scripts.bench.clients import aistats

VERSION = aistats.VERSION


class Async:
    """The one task."""

    def __init__(self, url: str) -> None:
        transport = aiohttp_transport()
        self._client = AsyncAIStats(tasks.KEY, base_url=f"{url}/v1", http_client=transport)

    async def chat(self) -> object:
        return (await self._client.chat.completions.create(**tasks.CHAT)).choices

    async def close(self) -> None:
        await self._client.aclose()
