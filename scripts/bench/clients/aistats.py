"""This client."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from aistats import AIStats, AsyncAIStats
from aistats._version import __version__
from aistats_generated.models import EmbeddingsResponse
from scripts.bench import tasks

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = __version__
FIRST_CALL = """
from aistats import AIStats
client = AIStats("KEY", base_url="URL/v1")
client.chat.completions.create(**CHAT)
"""
SETUP = """
from aistats import AIStats
client = AIStats("KEY", base_url="URL/v1")
"""
_WAIT = 600.0
_CREATED_AT_ONCE = 200
"""What is measured is the waiting: thousands of connections opened at once are another story."""


def _first_number(answer: EmbeddingsResponse) -> float:
    assert answer.data  # noqa: S101  # what the server sends
    vector = answer.data[0].embedding
    assert isinstance(vector, list)  # noqa: S101
    return float(vector[0])


class Sync:
    """The blocking tasks."""

    def __init__(self, url: str) -> None:
        self._client = AIStats(tasks.KEY, base_url=f"{url}/v1")

    def chat(self) -> object:
        return self._client.chat.completions.create(**tasks.CHAT).choices

    def stream(self) -> int:
        count = 0
        with self._client.chat.completions.stream(**tasks.CHAT) as events:
            for event in events:
                count += event.type is not None
        return count

    def embeddings(self) -> float:
        return _first_number(self._client.embeddings.create(**tasks.EMBEDDINGS))

    def parse(self, body: bytes) -> object:
        return _first_number(EmbeddingsResponse.from_dict(json.loads(body)))

    def models(self) -> int:
        return sum(1 for model in self._client.models.list(limit=250) if model.id)

    def download(self) -> None:
        self._client.videos.download("v", tasks.scratch(), overwrite=True)

    def upload(self) -> object:
        return self._client.files.create(file=tasks.upload_file(), purpose="batch").id


class Async:
    """The tasks with many calls under way."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = self._make("/v1")
        self._slow = self._make("/slow/v1")

    def _make(self, path: str) -> AsyncAIStats:
        return AsyncAIStats(tasks.KEY, base_url=self._url + path)

    async def chat(self) -> object:
        return (await self._client.chat.completions.create(**tasks.CHAT)).choices

    async def slow(self) -> object:
        return (await self._slow.chat.completions.create(**tasks.CHAT)).choices

    async def stream(self) -> int:
        count = 0
        async with self._client.chat.completions.stream(**tasks.CHAT) as events:
            async for event in events:
                count += event.type is not None
        return count

    async def upload(self) -> object:
        return (await self._client.files.create(file=tasks.upload_file(), purpose="batch")).id

    async def jobs(self, count: int, pace: str, begin: Callable[[], None]) -> list[float]:
        client = self._make(f"/jobs/{pace}/v1")
        turn = asyncio.Semaphore(_CREATED_AT_ONCE)

        async def create() -> Any:
            async with turn:
                return await client.videos.create(**tasks.VIDEO)

        jobs = await asyncio.gather(*[create() for _ in range(count)])
        begin()
        late = [
            time.time() - float(job.raw["finished"])
            async for job in client.jobs.as_completed(jobs, timeout=_WAIT)
        ]
        await client.aclose()
        return late

    async def close(self) -> None:
        await self._client.aclose()
        await self._slow.aclose()
